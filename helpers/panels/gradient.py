"""Gradient: one weight of a model: loss beside accuracy, gradient beside change."""

import numpy as np

from helpers import figures
from helpers.widgets.controls import Choice, Slider
from helpers.widgets.panel import Panel


def loss_and_accuracy(loss, accuracy, difference, start, presets=()):
    """Loss E and accuracy A of a model while one weight w is moved by hand.

    loss, accuracy   functions of w that return one number each
    difference       a function of (f, w): how much f changes there per unit of w
    start, presets   where the panel opens, and other values of w to jump to
    """
    figure, axes = figures.new(columns=2, width=5.9)
    grid, drawn = np.linspace(-2, 2, 401), []
    looks = zip("EA", (loss, accuracy), axes, (figures.LOSS, figures.INK), strict=True)
    for name, function, ax, colour in looks:
        ax.plot(grid, [function(w) for w in grid], color=colour, linewidth=1.5)
        ax.set(xlim=(-2.05, 2.05), xlabel="$w$", title=f"${name}$")
        (point,) = ax.plot([], [], "o", color=figures.GRADIENT, animated=True)
        drawn.append((name, function, point))

    def update(w):
        readout = {"w": f"{w:+.2f}"}
        for name, function, point in drawn:
            height, slope = function(w), difference(function, w)
            point.set_data([w], [height])
            readout |= {name: f"{height:.4f}", f"Δ{name}/Δw": f"{slope:+.4f}"}
        return readout

    start = round(float(start), 2)
    presets = {f"w = {w:.2f}": {"w": w} for w in (start, *presets)}
    return Panel(figure, update, presets, w=Slider(-2, 2, 0.01, start))


def one_weight(loss, gradient, W):
    """Move one weight of a network: the change of the loss, predicted by the gradient and real.

    loss, gradient: functions of W; W has two rows and three columns, and is not changed.
    """
    figure, (ax, map_ax) = figures.new(columns=2, width=5.6)
    slopes, start, grid = gradient(W), loss(W), np.linspace(-2, 2, 81)

    def change(index, delta):
        return loss(_moved(W, index, delta)) - start

    curves = {f"W[{i}, {j}]": [change((i, j), d) for d in grid] for i, j in np.ndindex(W.shape)}
    high = 1.1 * np.max(np.abs(list(curves.values())))
    ax.set(xlim=(-2.1, 2.1), ylim=(-high, high), xlabel="$Δw$", title="$ΔE$")
    select = _draw_slopes(map_ax, slopes)
    curve, curve_point = ax.plot([], [], "-", [], [], "o", color=figures.LOSS, animated=True)
    line, line_point = ax.plot([], [], "--", [], [], "s", color=figures.GRADIENT, animated=True)
    line_point.set_markersize(6)

    def update(weight, delta):
        i, j = int(weight[2]), int(weight[5])
        slope, real = slopes[i, j], change((i, j), delta)
        curve.set_data(grid, curves[weight])
        line.set_data(grid, slope * grid)
        curve_point.set_data([delta], [real])
        line_point.set_data([delta], [slope * delta])
        select(i, j)
        return {
            "∂E/∂w": f"{slope:+.4f}",
            "Δw": f"{delta:+.2f}",
            "■ ∂E/∂w · Δw": f"{slope * delta:+.4f}",
            "● ΔE": f"{real:+.4f}",
            "● − ■": f"{real - slope * delta:+.4f}",
        }

    controls = {"weight": Choice(tuple(curves), "w"), "delta": Slider(-2, 2, 0.01, 0.1, "Δw")}
    panel = Panel(figure, update, **controls)
    panel.set(weight=list(curves)[abs(slopes).argmax()])  # it opens at the steepest
    return panel


def _moved(W, index, delta):
    """A copy of W with one weight moved."""
    other = W.copy()
    other[index] += delta
    return other


def _draw_slopes(ax, slopes):
    """A gradient of shape (2, 3) as a coloured table; returns what frames one entry of it."""
    most = 2 * abs(slopes).max()
    ax.imshow(slopes, cmap="PuOr", vmin=-most, vmax=most)
    ax.set(xticks=range(3), yticks=range(2), title="$∂E/∂W$")
    ax.grid(visible=False)
    for (i, j), slope in np.ndenumerate(slopes):
        ax.text(j, i, f"{slope:+.3f}".replace("-", "−"), ha="center", va="center")
    (frame,) = ax.plot([], [], color=figures.INK, animated=True)
    square = 0.48 * np.array([[-1, 1, 1, -1, -1], [-1, -1, 1, 1, -1]])
    return lambda i, j: frame.set_data(square + np.array([[j], [i]]))
