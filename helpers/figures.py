"""Pictures of the lessons: every function draws on the matplotlib axes it is given.

Colour is vocabulary. One kind of quantity keeps one colour in all lessons.
"""

import matplotlib.style
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

PREDICTION = "#0067A5"
TARGET = "#00755A"
LOSS = "#B84A00"
GRADIENT = "#7B3F98"
INK = "#222222"
GREY = "#6B6B6B"
BOX = "#C0392B"  # for the digits of a postcode, as on an envelope


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
    paper = {"pad": 0, "color": ax.get_facecolor()}  # no dashes behind a number
    for position, value in zip(k, y, strict=True):
        ax.text(position, value + 0.03, f"{value:.2f}", ha="center", fontsize=8, bbox=paper)
    ax.set(xlim=_across(y), xticks=k, ylim=(0, 1.12), xlabel="$k$")
    ax.set_title(f"$y_k,\\; t_{{{t}}} = 1$")
    ax.grid(axis="x", visible=False)


def draw_squares(ax, y, t):
    """(y_k − t_k)² as areas, on the same scale as 1 between two classes."""
    side = np.abs(y - (np.arange(len(y)) == t))
    for k, length in enumerate(side):
        ax.add_patch(Rectangle((k - length / 2, 0), length, length, color=LOSS))
        ax.text(k, -0.12, f"{length**2:.3f}", ha="center", va="top", fontsize=9)
    ax.set(xlim=_across(y), ylim=(-0.5, 1), aspect="equal", title="$(y_k - t_k)^2$")
    ax.axis("off")


def draw_terms(ax, y, t):
    """The terms t_k · log y_k: 0 but for the true class t (an integer)."""
    for k, value in enumerate(y):
        term = f"{np.log(value + 1e-7):z.3f}".replace("-", "−") if k == t else "0"
        ax.text(k, 0, term, ha="center", fontsize=9, color=LOSS if k == t else INK)
    ax.set(xlim=_across(y), title="$t_k\\, \\log y_k$")
    ax.axis("off")


def _across(y):
    """The limits of an axis that has a place for each class."""
    return -0.7, len(y) - 0.3


def draw_letter(ax, pictures):
    """An envelope; pictures of shape (N, 64), N up to 6, are the digits of its postcode."""
    ax.add_patch(Rectangle((0, 0), 16, 8, facecolor="#F8F2E2", edgecolor=GREY))
    ax.add_patch(Rectangle((13.3, 5.2), 1.9, 2.2, fill=False, edgecolor=GREY, linestyle="--"))
    grey = {"cmap": "gray_r", "vmin": 0, "vmax": 1, "zorder": 2}
    frame = {"fill": False, "edgecolor": BOX, "linewidth": 1.5, "zorder": 3}
    for left, picture in zip(0.7 + 1.9 * np.arange(len(pictures)), pictures, strict=True):
        ax.imshow(picture.reshape(8, 8), extent=(left, left + 1.7, 5.6, 7.3), **grey)
        ax.add_patch(Rectangle((left, 5.6), 1.7, 1.7, **frame))
    for height, length in ((3.7, 8), (2.7, 6.5), (1.7, 4)):
        ax.plot([5, 5 + length], [height, height], color="#C9C2AF", linewidth=3)
    ax.set(xlim=(-0.1, 16.1), ylim=(-0.1, 8.1), aspect="equal")
    ax.axis("off")


def draw_minus_log(ax, p):
    """The curve −log p from 0 to 1 with one point on it."""
    axis = np.geomspace(np.exp(-5), 1, 200)
    ax.plot(axis, -np.log(axis), color=LOSS)
    ax.plot([p, p], [0, min(5, -np.log(p + 1e-7))], ":", color=TARGET)
    ax.plot(p, min(5, -np.log(p + 1e-7)), "o", color=LOSS)
    ax.set(xlim=(-0.03, 1.03), ylim=(-0.2, 5.2), xlabel="$p$", title="$-\\log p$")
