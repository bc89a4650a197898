"""Gradient: loss beside accuracy, a tangent, a walk downhill, and one weight of a network."""

import numpy as np

from helpers import figures
from helpers.widgets.panel import Choice, Panel, Slider


def loss_and_accuracy(loss, accuracy, W, index, presets=()):
    """Loss E and accuracy A of a model while one weight, W[index], is moved by hand.

    loss, accuracy: functions of W that return one number each. W itself is not changed.
    presets: values of the weight to jump to, beside its own.
    """
    figure, axes = figures.new(columns=2, width=5.9)
    grid, h = np.linspace(-2, 2, 401), 1e-4

    def moved(function, w):
        other = W.copy()
        other[index] = w
        return function(other)

    drawn = []
    looks = zip("EA", (loss, accuracy), axes, (figures.LOSS, figures.INK), strict=True)
    for name, function, ax, colour in looks:
        ax.plot(grid, [moved(function, w) for w in grid], color=colour, linewidth=1.5)
        ax.set(xlim=(-2.05, 2.05), xlabel="$w$", title=f"${name}$")
        (point,) = ax.plot([], [], "o", color=figures.GRADIENT, animated=True)
        drawn.append((name, function, point))

    def update(w):
        readout = {"w": f"{w:+.2f}"}
        for name, function, point in drawn:
            height = moved(function, w)
            slope = (moved(function, w + h) - moved(function, w - h)) / (2 * h)
            point.set_data([w], [height])
            readout |= {name: f"{height:.4f}", f"Δ{name}/Δw": f"{slope:+.4f}"}
        return readout

    start = float(np.round(W[index], 2))
    presets = {f"w = {w:.2f}": {"w": w} for w in (start, *presets)}
    return Panel(figure, update, presets, w=Slider(-2, 2, 0.01, start))


def tangent(f, derivative, differences, low, high, x):
    """A function, its slope from two points, and the error of that slope for every h.

    derivative   the true slope, as a function of x
    differences  [forward, central]: functions of (f, x, h), from x, x + h and from x − h, x + h
    """
    figure, (ax, error_ax) = figures.new(columns=2, width=5.6)
    grid, steps = np.linspace(low, high, 201), 10.0 ** np.arange(-16, 0.5, 0.5)
    ax.plot(grid, f(grid), color=figures.PREDICTION)
    ax.set(xlim=(low, high), ylim=ax.get_ylim(), xlabel="$x$", title="$f(x)$")
    error_ax.set(xscale="log", yscale="log", xlim=(3e-17, 3), ylim=(1e-17, 100))
    error_ax.set(xlabel="$h$", title="$|Δf/Δx - f'(x)|$")
    names, drawn = ("■ x, x+h", "● x−h, x+h"), []
    for name, colour, marker in zip(names, (figures.GREY, figures.GRADIENT), "so", strict=True):
        look = {"color": colour, "animated": True}
        line, points = ax.plot([], [], "--", [], [], marker, markersize=6, **look)
        errors, mark = error_ax.plot([], [], marker + "-", [], [], marker, **look)
        errors.set(markersize=3, linewidth=1)
        error_ax.plot([], [], marker, color=colour, markersize=5, label=name[2:])
        drawn.append((line, points, errors, mark))
    error_ax.legend(loc="upper center", fontsize=9, ncols=2, columnspacing=1, handletextpad=0)

    def update(x, log_h):
        h, true = 10.0**log_h, derivative(x)
        readout = {"x": f"{x:.2f}", "h": f"{h:.1e}", "f′(x)": f"{true:.8f}"}
        ends = ([x, x + h], [x - h, x + h])
        for name, difference, artists, near in zip(names, differences, drawn, ends, strict=True):
            line, points, errors, mark = artists
            slope = difference(f, x, h)
            gaps = [abs(difference(f, x, step) - true) for step in (*steps, h)]
            line.set_data(grid, f(near[0]) + slope * (grid - near[0]))
            points.set_data(near, [f(end) for end in near])
            errors.set_data(steps, np.maximum(gaps[:-1], 1e-17))
            mark.set_data([h], [max(gaps[-1], 1e-17)])
            readout |= {name: f"{slope:.8f}", f"|{name[0]} − f′(x)|": f"{gaps[-1]:.1e}"}
        return readout

    presets = {f"h = {text}": {"log_h": np.log10(float(text))} for text in ("1", "1e-4", "1e-15")}
    where = Slider(low, high, (high - low) / 200, x)
    return Panel(figure, update, presets, x=where, log_h=Slider(-16, 0, 0.5, 0, "log₁₀ h"))


def descent(f, gradient_descent, start):
    """The walk of gradient_descent(f, start, learning_rate, steps) over two coordinates."""
    figure, (ax, f_ax) = figures.new(columns=2, width=5.9)
    side = np.linspace(-5, 5, 81)
    heights = [[f(np.array([x0, x1])) for x0 in side] for x1 in side]
    ax.contour(side, side, heights, 12, colors=figures.GREY, linewidths=0.7)
    ax.set(xlim=(-5, 5), ylim=(-5, 5), xlabel="$x_0$", ylabel="$x_1$", aspect="equal")
    f_ax.set(yscale="log", xlim=(-2, 102), ylim=(1e-20, 1e32), xlabel="steps", title="$f(x)$")
    look = {"color": figures.GRADIENT, "markersize": 4, "linewidth": 1.5, "animated": True}
    (line,) = ax.plot([], [], "o-", **look)
    (end,) = ax.plot([], [], "o", color=figures.LOSS, animated=True)
    (values_line,) = f_ax.plot([], [], "o-", **look | {"color": figures.LOSS})

    def update(log_rate, steps):
        rate = 10.0**log_rate
        path = gradient_descent(f, np.array(start, dtype=float), rate, int(steps))
        values = np.array([f(x) for x in path])
        near = path[abs(path).max(axis=1) < 1e6]  # what lies further off cannot be drawn
        line.set_data(near.T)
        end.set_data(near[-1:].T)
        values_line.set_data(np.arange(len(path)), np.maximum(values, 1e-20))
        x0, x1 = path[-1]
        return {
            "η": f"{rate:.3g}",
            "steps": f"{steps:.0f}",
            "x₀": f"{x0:+.3e}",
            "x₁": f"{x1:+.3e}",
            "f(x)": f"{values[-1]:.3e}",
            "f ↑": f"{np.sum(np.diff(values) > 1e-9 * values[:-1])}",
            "f ↓": f"{np.sum(np.diff(values) < -1e-9 * values[:-1])}",
        }

    presets = {text: {"log_rate": np.log10(float(text))} for text in ("0.1", "1e-10", "1.0", "10")}
    rate = Slider(-10, 1, 0.01, -1, "log₁₀ η")
    return Panel(figure, update, presets, log_rate=rate, steps=Slider(0, 100, 1, 20))


def one_weight(loss, gradient, W):
    """Move one weight of a network: the change of the loss, predicted by the gradient and real.

    loss, gradient: functions of W; W has two rows and three columns, and is not changed.
    """
    figure, (ax, map_ax) = figures.new(columns=2, width=5.6)
    slopes, start, grid = gradient(W), loss(W), np.linspace(-2, 2, 81)

    def change(index, delta):
        other = W.copy()
        other[index] += delta
        return loss(other) - start

    curves = {f"W[{i}, {j}]": [change((i, j), d) for d in grid] for i, j in np.ndindex(W.shape)}
    high = 1.1 * np.max(np.abs(list(curves.values())))
    ax.set(xlim=(-2.1, 2.1), ylim=(-high, high), xlabel="$Δw$", title="$ΔE$")
    map_ax.imshow(slopes, cmap="PuOr", vmin=-2 * abs(slopes).max(), vmax=2 * abs(slopes).max())
    map_ax.set(xticks=range(3), yticks=range(2), title="$∂E/∂W$")
    map_ax.grid(visible=False)
    for (i, j), slope in np.ndenumerate(slopes):
        map_ax.text(j, i, f"{slope:+.3f}".replace("-", "−"), ha="center", va="center")
    actual, predicted = figures.LOSS, figures.GRADIENT
    (curve,) = ax.plot([], [], color=actual, animated=True)
    (line,) = ax.plot([], [], "--", color=predicted, animated=True)
    (curve_point,) = ax.plot([], [], "o", color=actual, animated=True)
    (line_point,) = ax.plot([], [], "s", color=predicted, markersize=6, animated=True)
    (frame,) = map_ax.plot([], [], color=figures.INK, animated=True)
    square = 0.48 * np.array([[-1, 1, 1, -1, -1], [-1, -1, 1, 1, -1]])

    def update(weight, delta):
        i, j = int(weight[2]), int(weight[5])
        slope, real = slopes[i, j], change((i, j), delta)
        curve.set_data(grid, curves[weight])
        line.set_data(grid, slope * grid)
        curve_point.set_data([delta], [real])
        line_point.set_data([delta], [slope * delta])
        frame.set_data(square + np.array([[j], [i]]))
        return {
            "∂E/∂w": f"{slope:+.4f}",
            "Δw": f"{delta:+.2f}",
            "■ ∂E/∂w · Δw": f"{slope * delta:+.4f}",
            "● ΔE": f"{real:+.4f}",
            "● − ■": f"{real - slope * delta:+.4f}",
        }

    weight = Choice(tuple(curves), "w")
    panel = Panel(figure, update, weight=weight, delta=Slider(-2, 2, 0.01, 0.1, "Δw"))
    panel.set(weight=list(curves)[abs(slopes).argmax()])  # it opens at the steepest
    return panel
