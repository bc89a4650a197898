"""Training: a network that is trained by buttons."""

from functools import partial

import numpy as np

from helpers import figures
from helpers.language import say
from helpers.widgets.controls import Button, Choice, Slider
from helpers.widgets.panel import Panel

SHOWN = 10  # pictures in the gallery of misses


def training(new_network, train, train_data, test_data, watch=None):
    """Train with buttons: losses and accuracies after each click, and a gallery of misses.

    new_network  called as new_network(rng, scale): a network that knows nothing yet
    train        as helpers.training.train: yields one record a step
    train_data, test_data   (x, t) each, as helpers.data gives them
    watch        called as watch(network) after each click, if it is given

    A change of η or B goes on with the same network; a change of the scale, or restart, draws a
    new one. So does the first click after an error.
    """
    run = _Run(new_network, train, train_data, test_data)
    figure, lines = _figure()
    gallery = _gallery(figure, test_data[0])

    def update(scale, **_setting):
        run.use(scale)
        _show_curves(figure, lines, run)
        misses = _show_misses(gallery, run.network.predict(test_data[0]), *test_data)
        if watch is not None:
            watch(run.network)
        return run.numbers() | {"y ≠ t": f"{misses} / {len(test_data[0])}"}

    return Panel(
        figure,
        update,
        prefetch=False,  # to show another scale is to begin anew
        one=Button(say("1 step"), partial(run.step, 1)),
        ten=Button(say("10 steps"), partial(run.step, 10)),
        epoch=Button(say("1 epoch"), run.epoch),
        restart=Button(say("restart"), run.restart),
        log_rate=Slider(-3, 2, 0.1, 0, "log₁₀ η"),
        batch_size=Choice(("50", "1", "10", str(run.size)), "B"),
        scale=Choice(("0.1", "0", "0.01", "1", "10"), "scale"),
    )


class _Run:
    """A network in training: the `losses` of its batches so far, and `history`, its measures.

    Each entry of `history` is (steps, E train, E test, A train, A test).
    """

    def __init__(self, new_network, train, *data):
        self.new_network, self.train, self.data = new_network, train, data
        self.size = len(data[0][0])
        self.seed, self.scale, self.whole = 0, None, False

    def use(self, scale):
        """Begin anew where the scale is another one, or where a step has failed."""
        if scale != self.scale or not self.whole:
            self._begin(scale)

    def restart(self, scale, **_setting):
        self.seed += 1
        self._begin(scale)

    def step(self, count, log_rate, batch_size, scale):
        self.use(scale)
        rate, batch_size = 10.0**log_rate, int(batch_size)
        if (rate, batch_size) != self.setting:
            self.setting = rate, batch_size
            self.steps = self.train(self.network, *self.data[0], self.rng, batch_size, rate)
        self.whole = False  # stays so if a step raises
        for _ in range(count):
            self.losses.append(next(self.steps).loss)
            self.seen += batch_size
        self._measure()

    def epoch(self, batch_size, **setting):
        self.step(-(-self.size // int(batch_size)), batch_size=batch_size, **setting)

    def numbers(self):
        """{name: text} of where the training stands."""
        names = say("E train"), say("E test"), say("A train"), say("A test")
        measures = zip(names, self.history[-1][1:], strict=True)
        return {
            say("step"): f"{len(self.losses)}",
            say("epoch"): f"{self.seen / self.size:.2f}",
            say("E batch"): f"{self.losses[-1]:.4f}" if self.losses else "–",
            **{name: f"{value:.4f}" for name, value in measures},
        }

    def _begin(self, scale):
        self.rng, self.scale, self.setting = np.random.default_rng(self.seed), scale, None
        self.network = self.new_network(self.rng, float(scale))
        self.losses, self.history, self.seen, self.whole = [], [], 0, False
        self._measure()

    def _measure(self):
        measures = (self.network.loss, self.network.accuracy)
        values = [measure(*data) for measure in measures for data in self.data]
        self.history.append((len(self.losses), *values))
        self.whole = True


def _figure():
    """The figure and its lines: E batch, E train, E test, A train, A test."""
    figure, (loss_ax, accuracy_ax) = figures.new(columns=2, width=5.9, height=3.5)
    figure.get_layout_engine().set(rect=(0, 0.22, 1, 0.78))  # leaves room for the gallery
    loss_ax.set(yscale="log", ylim=(3e-4, 30), xlabel="step", title="$E$")
    accuracy_ax.set(ylim=(-0.02, 1.02), xlabel="step", title="$A$")
    batch_look = {"color": "#E3B591", "linewidth": 1, "label": "batch"}
    lines = loss_ax.plot([], [], animated=True, **batch_look)
    for ax, colour in ((loss_ax, figures.LOSS), (accuracy_ax, figures.INK)):
        look = {"color": colour, "animated": True, "markersize": 3, "linewidth": 1.5}
        lines += ax.plot([], [], "o-", label="train", **look)
        lines += ax.plot([], [], "s--", label="test", **look)
        place = "lower left" if ax is loss_ax else "center right"  # where curves seldom go
        ax.legend(loc=place, fontsize=9, ncols=3, handlelength=1.2, columnspacing=1, frameon=False)
    return figure, lines


def _show_curves(figure, lines, run):
    """All that a run has noted; the axis doubles when it is full."""
    step, limit = len(run.losses), max(50, 2 ** len(f"{len(run.losses):b}"))
    for ax in figure.axes[:2]:
        if ax.get_xlim() != (0, limit):
            ax.set_xlim(0, limit)
    steps, *curves = np.array(run.history).T
    lines[0].set_data(np.arange(1, step + 1), run.losses)
    for line, curve in zip(lines[1:], curves, strict=True):
        line.set_data(steps, curve)


def _gallery(figure, x):
    """A row for pictures of the size of x[0], and the texts below them."""
    ax = figure.add_axes((0.01, 0.01, 0.98, 0.2))
    side = round(x.shape[1] ** 0.5)
    blank, look = np.zeros((side, side)), {"cmap": "gray_r", "animated": True}
    edges = [(n + 0.2, n + 0.8, 0.05, 1.05) for n in range(SHOWN)]
    images = [ax.imshow(blank, vmin=0, vmax=1, extent=edge, **look) for edge in edges]
    texts = [
        ax.text(n + 0.5, -0.4, "", ha="center", fontsize=9, animated=True) for n in range(SHOWN)
    ]
    ax.set(xlim=(0, SHOWN), ylim=(-0.5, 1.1), aspect="auto")
    ax.set_axis_off()
    return images, texts


def _show_misses(gallery, y, x, t):
    """The first pictures of x where y says something else than t; returns how many there are."""
    misses = np.flatnonzero(y.argmax(axis=1) != t)
    for position, (image, text) in enumerate(zip(*gallery, strict=True)):
        image.set_visible(position < len(misses))
        text.set_visible(position < len(misses))
        if position < len(misses):
            miss = misses[position]
            image.set_data(x[miss].reshape(image.get_array().shape))
            text.set_text(f"{y[miss].argmax()} ≠ {t[miss]}")
    return len(misses)
