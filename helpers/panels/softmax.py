"""Softmax: three scores become three probabilities."""

import numpy as np

from helpers import figures
from helpers.widgets.controls import Slider
from helpers.widgets.panel import Panel


def scores(softmax):
    """Three scores to drag, and the probabilities that softmax makes of them; class 0 is true.

    softmax  the function being taught: scores (3,) → probabilities (3,)
    """
    k, t = np.arange(3), np.array([1, 0, 0])
    figure, (ax, y_ax) = figures.new(columns=2, width=5.6, height=2.8)
    ax.set(ylim=(-5.5, 5.5), xticks=k, xlabel="$k$", title="$a_k$")
    ax.axhline(0, color=figures.GREY, linewidth=1)
    y_ax.set(ylim=(0, 1.05), xticks=k, xlabel="$k$", title="$y_k,\\; t_0 = 1$")
    y_ax.bar(k, t, fill=False, edgecolor=figures.TARGET, linestyle="--")
    bars = ax.bar(k, np.ones(3), color=figures.GREY, animated=True)
    y_bars = y_ax.bar(k, np.ones(3), color=figures.PREDICTION, animated=True)

    def update(a0, a1, a2):
        a = np.array([a0, a1, a2])
        y = softmax(a)
        for bar, height in zip([*bars, *y_bars], [*a, *y], strict=True):
            bar.set_height(height)
        return {
            "exp(a)": "  ".join(f"{power:.3f}" for power in np.exp(a)),
            "Σ exp(a)": f"{np.exp(a).sum():.3f}",
            "y": "  ".join(f"{share:.5f}" for share in y),
            "−log y₀": f"{-np.log(y[0]):z.4f}",
            "y − t": "  ".join(f"{gap:+.4f}" for gap in y - t),
        }

    return Panel(
        figure,
        update,
        {
            "1, 3, 0": {"a0": 1, "a1": 3, "a2": 0},
            "0, 2, −1": {"a0": 0, "a1": 2, "a2": -1},
            "0.5, 1.5, 0": {"a0": 0.5, "a1": 1.5, "a2": 0},
            "0, 0, 0": {"a0": 0, "a1": 0, "a2": 0},
        },
        a0=Slider(-5, 5, 0.1, 1, "a₀"),
        a1=Slider(-5, 5, 0.1, 3, "a₁"),
        a2=Slider(-5, 5, 0.1, 0, "a₂"),
    )
