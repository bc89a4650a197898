"""A walk downhill: over a bowl, and with momentum over valleys, two bowls or a plateau."""

import numpy as np

from helpers import figures
from helpers.language import say
from helpers.widgets.controls import Choice, Slider
from helpers.widgets.panel import Panel

REACHED = 0.01  # a height that counts as the bottom


def descent(f, gradient_descent, start):
    """The walk of gradient_descent(f, start, learning_rate, steps) over two coordinates."""
    figure, (ax, f_ax) = figures.new(columns=2, width=5.9)
    _draw_heights(ax, f, 5)
    f_ax.set(yscale="log", xlim=(-2, 102), ylim=(1e-20, 1e32), xlabel="steps", title="$f(x)$")
    show = _walk_artists(ax, f_ax)

    def update(log_rate, steps):
        rate = 10.0**log_rate
        path = gradient_descent(f, np.array(start, dtype=float), rate, int(steps))
        values = np.array([f(x) for x in path])
        show(path, values)
        x0, x1 = path[-1]
        return {
            "η": f"{rate:.3g}",
            say("steps"): f"{steps:.0f}",
            "x₀": f"{x0:+.3e}",
            "x₁": f"{x1:+.3e}",
            "f(x)": f"{values[-1]:.3e}",
            "f ↑": f"{np.sum(np.diff(values) > 1e-9 * values[:-1])}",
            "f ↓": f"{np.sum(np.diff(values) < -1e-9 * values[:-1])}",
        }

    presets = {text: {"log_rate": np.log10(float(text))} for text in ("0.1", "1e-10", "1.0", "10")}
    rate = Slider(-10, 1, 0.01, -1, "log₁₀ η")
    return Panel(figure, update, presets, log_rate=rate, steps=Slider(0, 100, 1, 20, say("steps")))


def surfaces(functions, walk, start):
    """The walk of walk(f, start, learning_rate, steps, momentum) over one of several surfaces.

    functions   functions of two coordinates, called by their names; the lowest height of each is 0
    start       where the panel opens; its first coordinate is moved by hand
    """
    figure, (ax, f_ax) = figures.new(columns=2, width=5.9)
    drawn = {f.__name__: (f, _draw_heights(ax, f, 3)) for f in functions}
    f_ax.set(yscale="log", xlim=(-3, 203), ylim=(1e-6, 1e3), xlabel="steps", title="$f(x)$")
    f_ax.axhline(REACHED, color=figures.GREY, linewidth=0.7, linestyle="--")
    show = _walk_artists(ax, f_ax)

    def update(surface, log_rate, momentum, x0, steps):
        for name, (_, lines) in drawn.items():
            if lines.get_visible() != (name == surface):
                lines.set_visible(name == surface)
        f, rate = drawn[surface][0], 10.0**log_rate
        path = walk(f, np.array([x0, start[1]], dtype=float), rate, int(steps), momentum)
        values = np.array([f(x) for x in path])
        show(path, values)
        reached = np.flatnonzero(values < REACHED)
        first = say("first step, f < {height}", height=REACHED)
        return {
            "η": f"{rate:.3g}",
            "x₀": f"{path[-1][0]:+.3g}",
            "x₁": f"{path[-1][1]:+.3g}",
            "f(x)": f"{values[-1]:.2e}",
            first: f"{reached[0]}" if len(reached) else "–",
        }

    return Panel(
        figure,
        update,
        surface=Choice(tuple(drawn), "f"),
        log_rate=Slider(-3, 1, 0.02, -2, "log₁₀ η"),
        momentum=Slider(0, 0.95, 0.05, 0, say("momentum")),
        x0=Slider(-5, 5, 0.1, start[0], say("start x₀")),
        steps=Slider(0, 200, 1, 100, say("steps")),
    )


def _draw_heights(ax, f, top):
    """Lines of equal height of f, for the first coordinate from −5 to 5, the second to ±top."""
    across, up = np.linspace(-5, 5, 121), np.linspace(-top, top, 81)
    heights = np.array([[f(np.array([x0, x1])) for x0 in across] for x1 in up])
    ax.set(xlim=(-5, 5), ylim=(-top, top), xlabel="$x_0$", ylabel="$x_1$", aspect="equal")
    return ax.contour(across, up, heights, 12, colors=figures.GREY, linewidths=0.7)


def _walk_artists(ax, f_ax):
    """What moves: a walk on the surface, and its heights; a function that shows both."""
    look = {"color": figures.GRADIENT, "markersize": 4, "linewidth": 1.5, "animated": True}
    (line,) = ax.plot([], [], "o-", **look)
    (end,) = ax.plot([], [], "o", color=figures.LOSS, animated=True)
    (height,) = f_ax.plot([], [], "o-", **look | {"color": figures.LOSS})
    lowest = f_ax.get_ylim()[0]

    def show(path, values):
        near = path[abs(path).max(axis=1) < 1e6]  # what lies further off cannot be drawn
        line.set_data(near.T)
        end.set_data(near[-1:].T)
        height.set_data(np.arange(len(path)), np.maximum(values, lowest))

    return show
