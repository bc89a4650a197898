"""The slope of a curve, found by differences."""

import numpy as np

from helpers import figures
from helpers.widgets.controls import Slider
from helpers.widgets.panel import Panel


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
