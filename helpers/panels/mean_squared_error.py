"""Mean squared error: a prediction, its squares, and the slope of one square."""

import functools

import numpy as np

from helpers import figures
from helpers.widgets.controls import Choice, Slider
from helpers.widgets.panel import Panel
from helpers.widgets.prediction import Prediction


def prediction(y, t, losses, presets=None):
    """The prediction you can drag (see helpers/widgets/prediction.py).

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


def squared_error(loss):
    """One output, its error ½(y − t)², and the slope y − t.

    loss  the function being taught, called as loss(y, t) on arrays of one output, (1,)
    """
    figure, ax = figures.new()
    ax.set(xlim=(0, 1), ylim=(0, 0.55), xlabel="$y$", ylabel="$E$", title="$E = ½ (y - t)²$")
    axis = np.linspace(0, 1, 201)
    (curve,) = ax.plot([], [], color=figures.LOSS, animated=True)
    (tangent,) = ax.plot([], [], "--", color=figures.GRADIENT, animated=True)
    target = ax.axvline(0, color=figures.TARGET, linestyle=":", animated=True)
    (point,) = ax.plot([], [], "o", color=figures.PREDICTION, animated=True)

    def error_of(y, t):
        return loss(np.array([y]), np.array([t]))

    @functools.cache
    def curve_for(t):
        return [error_of(y, t) for y in axis]

    def update(y, t):
        t = float(t)
        error, slope = error_of(y, t), y - t
        curve.set_data(axis, curve_for(t))
        tangent.set_data(axis, error + slope * (axis - y))
        target.set_xdata([t, t])
        point.set_data([y], [error])
        return {"½ (y − t)²": f"{error:.4f}", "y − t": f"{slope:+.2f}"}

    return Panel(figure, update, y=Slider(0, 1, 0.01, 0.6), t=Choice(("1", "0")))
