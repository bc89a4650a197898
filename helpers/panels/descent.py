"""A walk downhill."""

import numpy as np

from helpers import figures
from helpers.language import say
from helpers.widgets.controls import Slider
from helpers.widgets.panel import Panel


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
