"""Pictures of the lessons: every function draws on the matplotlib axes it is given.

Colour is vocabulary. One kind of quantity keeps one colour in all lessons.
"""

import matplotlib.style
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

PREDICTION = "#0067A5"
TARGET = "#00755A"
LOSS = "#B84A00"
GRADIENT = "#7B3F98"
INK = "#222222"
GREY = "#6B6B6B"


def new(columns=1, width=5.6, height=3.1):
    """A figure for a panel and its axes: one, or an array of `columns` side by side.

    Width and height are in units of 100 CSS pixels. The figure belongs to nobody but its panel:
    pyplot never hears of it, so nothing has to be closed.
    """
    with matplotlib.style.context("helpers.figures"):
        figure = Figure(figsize=(width, height))
        FigureCanvasAgg(figure)
        return figure, figure.subplots(1, columns)


def draw_prediction(ax, y, t):
    """Ten bars for a prediction y of shape (K,); the true class t (an integer) is marked."""
    k = np.arange(len(y))
    ax.bar(k, y, color=PREDICTION)
    ax.bar(t, 1, fill=False, edgecolor=TARGET, linewidth=2, linestyle="--")
    for position, value in zip(k, y, strict=True):
        ax.text(position, value + 0.02, f"{value:.2f}", ha="center", fontsize=9)
    ax.set(xticks=k, ylim=(0, 1.12), xlabel="k", ylabel="$y_k$", title=f"$t_{{{t}}} = 1$")
    ax.grid(axis="x", visible=False)
