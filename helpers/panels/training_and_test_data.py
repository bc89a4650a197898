"""Training and test data: training data, test data, and what looks good only until fresh data come.

In all pictures ● is the score on data that were used to fit or to choose, ○ on data that were not.
"""

import numpy as np

from helpers import figures
from helpers.language import say
from helpers.widgets.controls import Button, Choice, Seed, Slider
from helpers.widgets.panel import Panel

DEGREES = range(13)  # of the polynomials
LARGEST = 30  # number of neighbours
FRESH = 180  # items that play no part in a choice


def degree(measure, fit, error):
    """Polynomials through noisy points: the curve, and both errors for every degree.

    measure  the source of the data: (rng, n, noise) → x, t, each of shape (n,)
    fit      (x, t, degree) → the fitted curve, a function of x
    error    (y, t) → one number
    """
    figure, test_dots, train_dots, curve, train_line, test_line, here = _curve_and_errors()
    grid = np.linspace(-1, 1, 201)
    seed = Seed()

    def update(degree, noise, n, shown):
        x, t = measure(np.random.default_rng([seed.value, 90]), int(n), noise)
        x_test, t_test = measure(np.random.default_rng([seed.value, 91]), 100, noise)
        fits = [fit(x, t, each) for each in DEGREES]
        train = [error(each(x), t) for each in fits]
        test = [error(each(x_test), t_test) for each in fits]
        at, hidden = DEGREES.index(int(degree)), shown == "●"
        train_dots.set_data(x, t)
        test_dots.set_data(x_test, t_test)
        curve.set_data(grid, fits[at](grid))
        train_line.set_data(DEGREES, train)
        test_line.set_data(DEGREES, test)
        here.set_xdata([degree, degree])
        for artist in (test_dots, test_line):
            artist.set_visible(not hidden)
        return {
            say("parameters w"): f"{degree + 1:.0f}",
            say("● train"): f"{train[at]:.3f}",
            say("○ test"): "?" if hidden else f"{test[at]:.3f}",
        }

    return Panel(
        figure,
        update,
        {say("degree {degree}", degree=each): {"degree": each} for each in (0, 3, 12)},
        degree=Slider(0, max(DEGREES), 1, 3, say("degree")),
        noise=Slider(0, 0.5, 0.05, 0.3, say("noise")),
        n=Slider(13, 100, 1, 13, "N"),
        shown=Choice(("●", "● ○"), "E"),
        redraw=Button(say("redraw"), seed.change),
    )


def _curve_and_errors():
    """The figure of `degree` and what moves in it, nothing yet."""
    figure, (ax, error_ax) = figures.new(columns=2, width=5.6)
    ax.set(xlim=(-1.05, 1.05), ylim=(-2.2, 2.2), xlabel="$x$", title="$y(x)$")
    error_ax.set(xlim=(-0.5, max(DEGREES) + 0.5), ylim=(-0.03, 1.23), title="$E$")
    error_ax.set(xlabel="degree", xticks=DEGREES[::3])
    hollow = {"markerfacecolor": "none", "animated": True}
    (test_dots,) = ax.plot([], [], "o", color=figures.GREY, markersize=3, **hollow)
    (train_dots,) = ax.plot([], [], "o", color=figures.TARGET, markersize=6, animated=True)
    (curve,) = ax.plot([], [], color=figures.PREDICTION, animated=True)
    look = {"color": figures.LOSS, "markersize": 4, "linewidth": 1.5}
    (train_line,) = error_ax.plot([], [], "o-", **look, animated=True)
    (test_line,) = error_ax.plot([], [], "o--", **look, **hollow)
    here = error_ax.axvline(0, color=figures.GREY, linestyle=":", animated=True)
    return figure, test_dots, train_dots, curve, train_line, test_line, here


def neighbours(vote, near_train, near_test, t_train, t_test):
    """Accuracy of the k nearest neighbours for every k, with some training labels made random.

    vote       (labels, k) → predictions (N,), from labels (N, n), the nearest first
    near_...   (N, n), row numbers of the training pictures, the nearest first
    """
    ks, shares = np.arange(1, LARGEST + 1), ("1", "0.3", "0")
    figure, lines, points = _two_curves()

    def scores(share):
        rng = np.random.default_rng(0)
        relabelled = rng.random(len(t_train)) < float(share)
        t = np.where(relabelled, rng.integers(0, 10, len(t_train)), t_train)
        pairs = ((near_train[:, :LARGEST], t), (near_test[:, :LARGEST], t_test))
        return [[np.mean(vote(t[near], k) == true) for k in ks] for near, true in pairs]

    known = {share: scores(share) for share in shares}

    def update(k, share):
        at = int(k) - 1
        for line, point, accuracy in zip(lines, points, known[share], strict=True):
            line.set_data(ks, accuracy)
            point.set_data([k], [accuracy[at]])
        train, test = (accuracy[at] for accuracy in known[share])
        return {"k": f"{k:.0f}", say("● train"): f"{train:.4f}", say("○ test"): f"{test:.4f}"}

    return Panel(
        figure,
        update,
        {f"k = {k}": {"k": k} for k in (1, 3, LARGEST)},
        k=Slider(1, LARGEST, 1, 1),
        share=Choice(shares, say("random labels")),
    )


def _two_curves():
    """The figure of `neighbours`, its two curves, ● before ○, and a point on each."""
    figure, ax = figures.new()
    ax.set(xlim=(0, LARGEST + 1), ylim=(-0.03, 1.05), xlabel="$k$", title="accuracy")
    look = {"color": figures.INK, "markersize": 4, "linewidth": 1.5}
    hollow = {"markerfacecolor": "white", "animated": True}
    (train_line,) = ax.plot([], [], "o-", **look, animated=True)
    (test_line,) = ax.plot([], [], "o--", **look, **hollow)
    big = {"color": figures.PREDICTION, "markersize": 9, "animated": True}
    (test_point,) = ax.plot([], [], "o", markerfacecolor="white", markeredgewidth=2, **big)
    (train_point,) = ax.plot([], [], "o", **big)
    return figure, (train_line, test_line), (train_point, test_point)


def best_of(guess, t):
    """The best of m models that only guess: its score on s items, then on fresh ones.

    guess  (rng, m, n) → digits (m, n): what each of m models says about n items
    t      (N,), labels; the last FRESH of them play no part in the choice
    """
    figure, (bars, arrow, best_point, fresh_point) = _scores_and_best()
    seed = Seed()

    def update(m, s):
        s = int(s)
        items = np.concatenate([t[:s], t[-FRESH:]])
        right = guess(np.random.default_rng([seed.value, s]), int(m), len(items)) == items
        scores = right[:, :s].mean(axis=1)
        winner = scores.argmax()
        best, later = scores[winner], right[winner, s:].mean()
        counts = np.bincount(np.rint(scores * s).astype(int), minlength=s + 1)
        bars.set_data(counts / counts.max(), (np.arange(s + 2) - 0.5) / s)
        arrow.set_data([best, later], [0.5, 0.5])
        best_point.set_data([best], [0.5])
        fresh_point.set_data([later], [0.5])
        return {
            say("mean"): f"{scores.mean():.3f}",
            say("● best"): f"{best:.3f}",
            say("○ same one"): f"{later:.3f}",
            "● − ○": f"{best - later:+.3f}",
        }

    return Panel(
        figure,
        update,
        m=Choice(("1000", "100", "10", "1"), "m"),
        s=Slider(10, 180, 10, 20),
        redraw=Button(say("redraw"), seed.change),
    )


def _scores_and_best():
    """The figure of `best_of` and what moves in it."""
    figure, ax = figures.new()
    ax.set(xlim=(-0.02, 0.72), ylim=(0, 1.15), yticks=(), xlabel="accuracy")
    bars = ax.stairs([0], [0, 1], fill=True, color=figures.PREDICTION, alpha=0.5, animated=True)
    ax.axvline(0.1, color=figures.GREY, linestyle=":")
    ink = {"color": figures.INK, "markersize": 10, "animated": True}
    (arrow,) = ax.plot([], [], ":", color=figures.LOSS, animated=True)
    (best_point,) = ax.plot([], [], "o", **ink)
    (fresh_point,) = ax.plot([], [], "o", markerfacecolor="white", markeredgewidth=2, **ink)
    return figure, (bars, arrow, best_point, fresh_point)
