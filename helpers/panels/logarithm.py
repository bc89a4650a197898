"""Cross-entropy error: the logarithm as a loss, and the small number that keeps it finite."""

import numpy as np

from helpers import figures
from helpers.language import say
from helpers.widgets.controls import Choice, Slider
from helpers.widgets.panel import Panel


def logarithm(log=np.log):
    """The live plot of log x, its slope, and −log x as a loss."""
    figure, axes, (tangent, point, drop, loss_point) = _log_and_loss(log)

    def update(x, axis):
        for each in axes:
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
        figure,
        update,
        presets,
        x=Slider(0, 1, 0.001, 0.6),
        axis=Choice(("linear", "log"), say("axis")),
    )


def _log_and_loss(log):
    """The figure of `logarithm`, its two axes, and what moves in them."""
    figure, axes = figures.new(columns=2, width=5.9)
    ax, loss_ax = axes
    x = np.geomspace(1e-4, 1, 400)
    ax.set(xlim=(-0.03, 1.03), ylim=(-7.5, 1), xlabel="$x$", title="$\\log x$")
    ax.plot(x, log(x), color=figures.PREDICTION)
    loss_ax.set(xlim=(-0.03, 1.03), ylim=(-1, 7.5), xlabel="$x$", title="$-\\log x$")
    loss_ax.plot(x, -log(x), color=figures.LOSS)
    for mark in (1, 0.6, 0.1, 0.01):
        ax.plot(mark, log(mark), "|", color=figures.GREY)
        loss_ax.plot(mark, -log(mark), "|", color=figures.GREY)
    (tangent,) = ax.plot([], [], "--", color=figures.GRADIENT, animated=True)
    (point,) = ax.plot([], [], "o", color=figures.PREDICTION, animated=True)
    (drop,) = loss_ax.plot([], [], ":", color=figures.GREY, animated=True)
    (loss_point,) = loss_ax.plot([], [], "o", color=figures.LOSS, animated=True)
    return figure, axes, (tangent, point, drop, loss_point)


def delta(loss, y, t):
    """What the small δ inside the logarithm repairs, and what it costs.

    loss  the function being taught, called as loss(y, t, delta)
    y, t  one prediction and its one-hot target, (K,), for the sum over all terms
    """
    axis, one = np.geomspace(1e-16, 1, 400), np.ones(1)
    figure, ax, (curve, cap, cap_label, point) = _loss_and_ceiling(loss, axis)
    repairs = {
        "log(p + δ)": loss,
        "log(max(p, δ))": lambda y, t, δ: loss(np.maximum(y, δ), t, 0),
        "log(p)": lambda y, t, _: loss(y, t, 0),
    }

    @np.errstate(divide="ignore", invalid="ignore")  # the logarithm of 0 is what is shown
    def update(exponent, repair, p):
        δ, p, repaired = 10.0**exponent, float(p), repairs[repair]
        curve.set_data(axis, [repaired(one * each, one, δ) for each in axis])
        shown, exact = repaired(one * p, one, δ), loss(one * p, one, 0)
        ceiling = loss(one * δ, one, 0)
        cap.set_data([5e-17, 2], [ceiling, ceiling])
        for artist in (cap, cap_label):
            artist.set_visible(repair != "log(p)")
        cap_label.set_y(ceiling + 0.6)
        if ax.get_title("left") != f"$-${repair}":
            ax.set_title(f"$-${repair}")
        point.set_data([max(p, 1e-16)], [min(shown, 39)])
        return {
            "δ": f"{δ:.0e}",
            "−log δ": f"{ceiling:.3f}",
            "E(p)": f"{shown:z.7f}",
            "−log p": f"{exact:z.7f}",
            "−log p − E(p)": f"{exact - shown:z.1e}",
            "E(y, t)": f"{repaired(y, t, δ):z.7f}",
            "E(t, t)": f"{repaired(t, t, δ):z.1e}",
        }

    exponent = Slider(-15, -1, 1, -7, "log₁₀ δ")
    p = Choice(("0.6", "0.1", "1e-7", "0", "1"), "p")
    return Panel(figure, update, exponent=exponent, repair=Choice(tuple(repairs), "E"), p=p)


def _loss_and_ceiling(loss, p):
    """The figure of `delta` with −log p as it is without δ, its axes, and what moves in them."""
    figure, ax = figures.new()
    ax.set(xscale="log", xlim=(5e-17, 2), ylim=(-2, 40), xlabel="$p$", title="$-$log(p + δ)")
    ax.plot(p, [loss(np.array([each]), np.ones(1), 0) for each in p], ":", color=figures.GREY)
    ax.text(1e-13, 33, "$-\\log p$", color=figures.GREY)
    moving = {"color": figures.GRADIENT, "animated": True}
    (curve,) = ax.plot([], [], color=figures.LOSS, animated=True)
    (cap,) = ax.plot([], [], "--", linewidth=1, **moving)
    cap_label = ax.text(1, 0, "$-\\log δ$", ha="right", **moving)
    (point,) = ax.plot([], [], "o", color=figures.PREDICTION, animated=True)
    return figure, ax, (curve, cap, cap_label, point)
