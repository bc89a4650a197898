"""Learning from data: a rule by hand for the digit 5, three ways to learn, and shuffled pixels."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from helpers import figures
from helpers.language import say
from helpers.widgets.controls import Choice, Slider
from helpers.widgets.panel import Panel

COLUMNS, ROWS = 4, 3  # pictures in a gallery


def rule_for_five(x, t, top, right, rule):
    """Drag two thresholds: a picture is called a 5 if top(x) ≥ a and right(x) ≤ b.

    x      pictures, (N, 64)
    t      labels, (N,)
    top, right   functions from pictures (N, 64) to one measure each, (N,), between 0 and 1
    rule   the function being taught: (x, a, b) → what it says, booleans (N,)
    """
    five, (tops, rights) = t == 5, (top(x), right(x))
    figure, axes = figures.new(columns=2, width=5.2, height=3.2)
    ax, (missed_ax, alarm_ax) = axes[0], _split(figure, axes[1])
    ax.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.03), xlabel="top(x) ≥ a", ylabel="right(x) ≤ b")
    ax.set_title("● $t = 5$", color=figures.TARGET)
    ax.plot(tops[~five], rights[~five], ".", color=figures.GREY, alpha=0.35, markersize=3)
    ax.plot(tops[five], rights[five], "o", color=figures.TARGET, alpha=0.7, markersize=4)
    look = {"facecolor": (figures.PREDICTION, 0.15), "edgecolor": figures.PREDICTION}
    box = ax.add_patch(Rectangle((0, 0), 0, 0, animated=True, **look))
    missed_gallery = _picture(missed_ax, _mosaic(x[:0]), "$t = 5$, $y = 0$")
    alarm_gallery = _picture(alarm_ax, _mosaic(x[:0]), "$t ≠ 5$, $y = 1$")

    def update(a, b):
        says = rule(x, a, b)
        caught, missed, alarms = says & five, ~says & five, says & ~five
        box.set_bounds(a, -0.03, 1.03 - a, b + 0.03)
        missed_gallery.set_data(_mosaic(x[missed]))
        alarm_gallery.set_data(_mosaic(x[alarms]))
        return {
            say("caught"): f"{caught.sum()} / {five.sum()}",
            say("missed"): f"{missed.sum()}",
            say("false alarms"): f"{alarms.sum()} / {(~five).sum()}",
            say("accuracy"): f"{np.mean(says == five):.1%}",
            say("always y = 0"): f"{np.mean(~five):.1%}",
        }

    presets = {"a = 1, b = 0": {"a": 1, "b": 0}, "a = 0, b = 1": {"a": 0, "b": 1}}
    return Panel(figure, update, presets, a=Slider(0, 1, 0.05, 0.5), b=Slider(0, 1, 0.05, 0.5))


def three_ways(scores):
    """Look up what a learner reached on a representation; the others on it stand there in grey.

    scores  {(representation, learner): (training accuracy, test accuracy)};
            KNN has one entry for each odd k: "KNN 1", "KNN 3" …
    """
    representations = tuple(dict.fromkeys(name for name, _ in scores))
    learners = tuple(dict.fromkeys(learner.split()[0] for _, learner in scores))
    largest = max(int(learner[4:]) for _, learner in scores if learner.startswith("KNN "))
    figure, axes = figures.new(columns=2)
    lines = []
    for ax, low in zip(axes, (0, 0.85), strict=True):
        ax.set(xlim=(-0.3, 1.3), xticks=[0, 1], xticklabels=["x_train", "x_test"])
        ax.set(ylim=(low, 1 + 0.03 * (1 - low)))
        ax.set_title(f"{low:.0%} … 100%")
        ax.yaxis.set_major_formatter("{x:.0%}")
        others = ax.add_collection(LineCollection([], color="#C8C8C8", animated=True))
        (now,) = ax.plot([], [], "o-", color=figures.PREDICTION, animated=True)
        lines.append((others, now))

    def update(representation, learner, k):
        names = {each: f"KNN {round(k)}" if each == "KNN" else each for each in learners}
        pairs = {name: scores[representation, name] for name in names.values()}
        train, test = pairs.pop(names[learner])
        for others, now in lines:
            others.set_segments([[(0, one), (1, other)] for one, other in pairs.values()])
            now.set_data([0, 1], (train, test))
        return {"x_train": f"{train:.1%}", "x_test": f"{test:.1%}"}

    choices = {
        "representation": Choice(representations, say("representation")),
        "learner": Choice(learners, say("learner")),
    }
    return Panel(figure, update, **choices, k=Slider(1, largest, 2, 1))


def shuffled_pixels(x, t, order, answers):
    """One test picture as it is or with its pixels in another order, and what each way says.

    x, t     test pictures (N, 64) and labels (N,)
    order    a permutation of the 64 pixels
    answers  {way: (answers to the pictures, answers to the shuffled pictures)}, each (N,)
    """
    accuracy = {way: [np.mean(each == t) for each in both] for way, both in answers.items()}
    ways, places = list(answers), np.arange(len(answers))
    figure, (picture_ax, ax) = figures.new(columns=2, width=5.6, height=2.8)
    picture = _picture(picture_ax, x[0].reshape(8, 8), "")
    ax.set(xlim=(0.88, 1.005), ylim=(len(ways) - 0.5, -0.5), yticks=places, yticklabels=ways)
    ax.xaxis.set_major_formatter("{x:.0%}")
    ax.set_title("x_test")
    first = [accuracy[way][0] for way in ways]
    ax.plot(first, places, "o", markerfacecolor="none", color=figures.GREY, markersize=12)
    (now,) = ax.plot([], [], "o", color=figures.PREDICTION, animated=True)

    def update(pixels, n):
        shuffled, n = int(pixels == "x[:, order]"), round(n)
        picture.set_data((x[n][order] if shuffled else x[n]).reshape(8, 8))
        now.set_data([accuracy[way][shuffled] for way in ways], places)
        shown = {"t": str(t[n])}
        for way, both in answers.items():
            answer = both[shuffled][n]
            mark = "✓" if answer == t[n] else "✗"
            shown[way] = f"{answer} {mark}   {accuracy[way][shuffled]:.1%}"
        return shown

    choice = Choice(("x", "x[:, order]"), say("pixels"))
    return Panel(figure, update, pixels=choice, n=Slider(0, len(x) - 1, 1, 0))


def _split(figure, ax):
    """Two axes, one above the other, in the place of one."""
    place = ax.get_subplotspec().subgridspec(2, 1)
    ax.remove()
    return figure.add_subplot(place[0]), figure.add_subplot(place[1])


def _picture(ax, grey, title):
    """A moving picture, 0 paper and 1 ink."""
    ax.set(xticks=[], yticks=[], title=title)
    ax.spines[:].set_visible(False)
    return ax.imshow(grey, cmap="gray_r", vmin=0, vmax=1, animated=True)


def _mosaic(pictures):
    """The first pictures of (N, 64), in rows, with a thin frame around each."""
    grid = np.zeros((9 * ROWS + 1, 9 * COLUMNS + 1))
    for place, picture in enumerate(pictures[: ROWS * COLUMNS]):
        row, column = divmod(place, COLUMNS)
        top, left = 9 * row, 9 * column
        grid[top : top + 10, left : left + 10] = 0.25
        grid[top + 1 : top + 9, left + 1 : left + 9] = picture.reshape(8, 8)
    return grid
