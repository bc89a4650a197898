"""Cross-entropy error: the logarithm as a loss, and the small number that keeps it finite."""

import numpy as np

from helpers import figures
from helpers.widgets.panel import Choice, Panel, Slider


def logarithm(log=np.log):
    """The live plot of log x, its slope, and −log x as a loss."""
    figure, (ax, loss_ax) = figures.new(columns=2, width=5.9)
    axis = np.geomspace(1e-4, 1, 400)
    ax.set(xlim=(-0.03, 1.03), ylim=(-7.5, 1), xlabel="$x$", title="$\\log x$")
    ax.plot(axis, log(axis), color=figures.PREDICTION)
    loss_ax.set(xlim=(-0.03, 1.03), ylim=(-1, 7.5), xlabel="$x$", title="$-\\log x$")
    loss_ax.plot(axis, -log(axis), color=figures.LOSS)
    for mark in (1, 0.6, 0.1, 0.01):
        ax.plot(mark, log(mark), "|", color=figures.GREY)
        loss_ax.plot(mark, -log(mark), "|", color=figures.GREY)
    (tangent,) = ax.plot([], [], "--", color=figures.GRADIENT, animated=True)
    (point,) = ax.plot([], [], "o", color=figures.PREDICTION, animated=True)
    (drop,) = loss_ax.plot([], [], ":", color=figures.GREY, animated=True)
    (loss_point,) = loss_ax.plot([], [], "o", color=figures.LOSS, animated=True)

    def update(x, axis):
        for each in (ax, loss_ax):
            if each.get_xscale() != axis:
                each.set_xscale(axis)
                each.set_xlim((8e-4, 1.2) if axis == "log" else (-0.03, 1.03))
        with np.errstate(divide="ignore"):
            height, slope = log(x), np.divide(1.0, x)
        near = np.linspace(0.5 * x, 1.5 * x + 0.02, 30) if x else np.array([])
        tangent.set_data(near, height + slope * (near - x) if x else near)
        point.set_data([x], [height])
        drop.set_data([x, x], [0, -height])
        loss_point.set_data([x], [-height])
        return {
            "x": f"{x:.3f}",
            "log x": f"{height:z.4f}",
            "−log x": f"{-height:z.4f}",
            "1/x": f"{slope:.2f}",
            "exp(−loss)": f"{np.exp(height):.3f}",
        }

    presets = {str(x): {"x": x} for x in (1, 0.6, 0.1, 0.01, 0)}
    return Panel(
        figure, update, presets, x=Slider(0, 1, 0.001, 0.6), axis=Choice(("linear", "log"))
    )


def delta(y, t):
    """What the small δ inside the logarithm repairs, and what it costs.

    y, t: one prediction and its one-hot target, for the sum over all ten terms.
    """
    figure, ax = figures.new()
    axis = np.geomspace(1e-16, 1, 400)
    ax.set(xscale="log", xlim=(5e-17, 2), ylim=(-2, 40), xlabel="$p$", title="$-$log(p + δ)")
    ax.plot(axis, -np.log(axis), ":", color=figures.GREY)
    (curve,) = ax.plot([], [], color=figures.LOSS, animated=True)
    ax.text(1e-13, 33, "$-\\log p$", color=figures.GREY)
    (cap,) = ax.plot([], [], "--", color=figures.GRADIENT, linewidth=1, animated=True)
    cap_label = ax.text(1, 0, "$-\\log δ$", color=figures.GRADIENT, ha="right", animated=True)
    (point,) = ax.plot([], [], "o", color=figures.PREDICTION, animated=True)

    def update(exponent, repair, p):
        δ, p = 10.0**exponent, float(p)
        repaired = {
            "log(p + δ)": lambda p: np.log(p + δ),
            "log(max(p, δ))": lambda p: np.log(np.maximum(p, δ)),
            "log(p)": np.log,
        }[repair]
        with np.errstate(divide="ignore", invalid="ignore"):
            loss, exact = -repaired(p), -np.log(p)
            one, perfect = (-np.sum(t * repaired(each)) for each in (y, t))
            curve.set_data(axis, -repaired(axis))
            bias = exact - loss
        height = -np.log(δ) if repair != "log(p)" else np.nan
        cap.set_data([5e-17, 2], [height, height])
        cap_label.set(y=height + 0.6, visible=repair != "log(p)")
        title = f"$-${repair}"
        if ax.get_title("left") != title:
            ax.set_title(title)
        point.set_data([max(p, 1e-16)], [min(loss, 39)])
        return {
            "δ": f"{δ:.0e}",
            "−log δ": f"{-np.log(δ):.3f}",
            "E(p)": f"{loss:z.7f}",
            "−log p": f"{exact:z.7f}",
            "−log p − E(p)": f"{bias:z.1e}",
            "E(y, t)": f"{one:z.7f}",
            "E(t, t)": f"{perfect:z.1e}",
        }

    return Panel(
        figure,
        update,
        exponent=Slider(-15, -1, 1, -7, "log₁₀ δ"),
        repair=Choice(("log(p + δ)", "log(max(p, δ))", "log(p)"), "E"),
        p=Choice(("0.6", "0.1", "1e-7", "0", "1"), "p"),
    )
