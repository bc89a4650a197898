"""The panels of the lessons: one call, one panel.

Each takes the function being taught, so that the learner's own code answers on the screen.
"""

import numpy as np

from helpers import figures
from helpers.panel import Choice, Panel, Slider
from helpers.prediction import Prediction


def practice():
    """Lesson 00: one slider, one number."""
    figure, ax = figures.new(height=1.2)
    ax.set(xlim=(0, 1), ylim=(-1, 1), xticks=np.linspace(0, 1, 11), yticks=[], xlabel="x")
    (point,) = ax.plot([], [], "o", color=figures.PREDICTION, markersize=14, animated=True)

    def update(x):
        point.set_data([x], [0])
        return {"x": f"{x:.1f}"}

    return Panel(figure, update, x=Slider(0, 1, 0.1, 0.3))


def prediction(y, t, losses, presets=None):
    """Lessons 03, 04, 05 and 07: the prediction you can drag (see helpers/prediction.py).

    y, t, losses as for Prediction; presets {label: another y} become buttons, before the usual
    ones: all the same, perfect, one rival, many small rivals, and ten ones.
    """
    classes = len(y)
    target = np.eye(classes)[t] if np.ndim(t) == 0 else np.asarray(t)
    usual = {
        f"1/{classes}": np.full(classes, 1 / classes),
        "y = t": target,
        "0.6, 0.4": 0.6 * target + 0.4 * np.roll(target, 5),
        f"0.6, {classes - 1} × 0.044": 0.6 * target + 0.4 * (1 - target) / (classes - 1),
        "1, 1, 1 …": np.ones(classes),
    }
    return Prediction(y, t, losses, {**(presets or {}), **usual})


def squared_error():
    """Lesson 03: one output, its error ½(y − t)², and the slope y − t."""
    figure, ax = figures.new()
    ax.set(xlim=(0, 1), ylim=(0, 0.55), xlabel="$y$", ylabel="$E$", title="$E = ½ (y - t)²$")
    axis = np.linspace(0, 1, 201)
    (curve,) = ax.plot([], [], color=figures.LOSS, animated=True)
    (tangent,) = ax.plot([], [], "--", color=figures.GRADIENT, animated=True)
    target = ax.axvline(0, color=figures.TARGET, linestyle=":", animated=True)
    (point,) = ax.plot([], [], "o", color=figures.PREDICTION, animated=True)

    def update(y, t):
        t = float(t)
        error, slope = 0.5 * (y - t) ** 2, y - t
        curve.set_data(axis, 0.5 * (axis - t) ** 2)
        tangent.set_data(axis, error + slope * (axis - y))
        target.set_xdata([t, t])
        point.set_data([y], [error])
        return {"½ (y − t)²": f"{error:.4f}", "y − t": f"{slope:+.2f}"}

    return Panel(figure, update, y=Slider(0, 1, 0.01, 0.6), t=Choice(("1", "0")))


def logarithm(log=np.log):
    """Lesson 04: the live plot of log x, its slope, and −log x as a loss."""
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
        near = x * np.array([0.5, 1.5]) + (0, 0.02) if x else np.array([])
        tangent.set_data(near, height + slope * (near - x) if x else near)
        point.set_data([x], [height])
        drop.set_data([x, x], [0, -height])
        loss_point.set_data([x], [-height])
        return {
            "x": f"{x:.3f}",
            "log x": f"{height:.4f}",
            "−log x": f"{-height:.4f}",
            "1/x": f"{slope:.2f}",
            "exp(log x)": f"{np.exp(height):.3f}",
        }

    presets = {str(x): {"x": x} for x in (1, 0.6, 0.1, 0.01, 0)}
    return Panel(
        figure, update, presets, x=Slider(0, 1, 0.001, 0.6), axis=Choice(("linear", "log"))
    )


def delta(y, t):
    """Lesson 04: what the small δ inside the logarithm repairs, and what it costs.

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
            "E(p)": f"{loss:.7f}",
            "−log p": f"{exact:.7f}",
            "−log p − E(p)": f"{bias:.1e}",
            "E(y, t)": f"{one:.7f}",
            "E(t, t)": f"{perfect:.1e}",
        }

    return Panel(
        figure,
        update,
        exponent=Slider(-15, -1, 1, -7, "log₁₀ δ"),
        repair=Choice(("log(p + δ)", "log(max(p, δ))", "log(p)"), "E"),
        p=Choice(("0.6", "0.1", "1e-7", "0", "1"), "p"),
    )
