"""Start here: try whether panels work."""

import numpy as np

from helpers import figures
from helpers.widgets.controls import Slider
from helpers.widgets.panel import Panel


def practice():
    """One slider, one number."""
    figure, ax = figures.new(height=1.2)
    ax.set(xlim=(0, 1), ylim=(-1, 1), xticks=np.linspace(0, 1, 11), yticks=[], xlabel="x")
    (point,) = ax.plot([], [], "o", color=figures.PREDICTION, markersize=14, animated=True)

    def update(x):
        point.set_data([x], [0])
        return {"x": f"{x:.1f}"}

    return Panel(figure, update, x=Slider(0, 1, 0.1, 0.3))
