"""Mini-batch loss: the loss of a batch, how well it estimates the loss of all, and one epoch."""

import numpy as np

from helpers import figures
from helpers.language import say
from helpers.widgets.controls import Button, Choice, Seed, Slider
from helpers.widgets.panel import Panel

DRAWS = 300  # mini-batches in a histogram


def batch(y, t, loss):
    """Two predictions as a batch: their bars, their losses, the sum and the mean.

    y, t  (2, K), t one-hot. A slider sets the true class's output; the others share the rest.
    loss  a function of (y, t), called on each row, and on both repeated to N rows
    """
    start = y[t == 1]
    figure, groups, line = _two_rows(y, t)

    def update(p1, p2, size):
        p, times = np.array([p1, p2]), int(size) // 2
        shown = np.where(t == 1, p[:, None], y * ((1 - p) / (1 - start))[:, None])
        each = np.array([loss(shown[[n]], t[[n]]) for n in range(2)])
        for bars, heights in zip(groups, [*shown, each], strict=True):
            for bar, height in zip(bars, heights, strict=True):
                bar.set_height(height)
        line.set_data([0.4, 2.6], [each.mean()] * 2)
        answer = loss(np.tile(shown, (times, 1)), np.tile(t, (times, 1)))
        return {
            "E₁": f"{each[0]:z.4f}",
            "E₂": f"{each[1]:z.4f}",
            "Σ E": f"{each.sum() * times:z.4f}",
            "Σ E / N": f"{each.mean():z.4f}",
            "exp(−Σ E / N)": f"{np.exp(-each.mean()):.4f}",
            f"{loss.__name__}(y, t)": f"{answer:z.4f}",
        }

    middle = round(start.mean(), 2)
    pairs = (start.tolist(), (middle, middle), (1, 1), (1, 0))
    return Panel(
        figure,
        update,
        {f"{a:g}, {b:g}": {"p1": a, "p2": b} for a, b in pairs},
        p1=Slider(0, 1, 0.01, start[0], "p₁"),
        p2=Slider(0, 1, 0.01, start[1], "p₂"),
        size=Choice(("2", "20", "200"), "N"),
    )


def _two_rows(y, t):
    """The figure of `batch`, its three groups of bars, and the line of the mean."""
    k = np.arange(y.shape[1])
    figure, axes = figures.new(columns=3, width=5.4, height=2.6)
    groups = []
    for n, ax in enumerate(axes[:2]):
        ax.set(ylim=(0, 1.05), xticks=k, xlabel="$k$", title=f"$y_{{{n + 1}k}}$")
        ax.tick_params(axis="x", labelsize=8)
        ax.bar(k, t[n], fill=False, edgecolor=figures.TARGET, linestyle="--")
        groups.append(ax.bar(k, y[n], color=figures.PREDICTION, animated=True))
    axes[2].set(xlim=(0.4, 2.6), ylim=(0, 5), xticks=(1, 2), xlabel="$n$", title="$E_n$")
    groups.append(axes[2].bar((1, 2), (0, 0), color=figures.LOSS, animated=True))
    (line,) = axes[2].plot([], [], "--", color=figures.INK, animated=True)
    return figure, groups, line


def batch_losses(losses, sample_batch):
    """Many mini-batches of one size: their losses beside the loss over all the data.

    losses        (N,), the loss of each example
    sample_batch  the function being taught: (rng, n, batch_size, replace) → row numbers
    """
    n, full, spread = len(losses), losses.mean(), losses.std()
    edges = np.linspace(0, full + 4 * spread, 61)
    figure, bars, point = _histogram_and_spread(losses, edges)
    seed = Seed()

    def update(exponent, replace):
        batch_size = min(n, round(10**exponent))
        rng = np.random.default_rng([seed.value, batch_size])
        rows = [sample_batch(rng, n, batch_size, replace == "True") for _ in range(DRAWS)]
        means = np.array([losses[each].mean() for each in rows])
        heights = np.histogram(means, edges)[0]
        bars.set_data(heights / max(1, heights.max()))
        point.set_data([batch_size], [means.std()])
        different = len(np.unique(rows[0]))
        return {
            "B": f"{batch_size}",
            say("E, {n} rows", n=n): f"{full:.4f}",
            say("mean"): f"{means.mean():.4f}",
            say("std"): f"{means.std():.4f}",
            "σ / √B": f"{spread / np.sqrt(batch_size):.4f}",
            say("repeats"): f"{batch_size - different} / {batch_size}",
            say("seen"): f"{different / n:.1%}",
        }

    top = np.ceil(10 * np.log10(n)) / 10
    return Panel(
        figure,
        update,
        {f"B = {min(n, round(10**e))}": {"exponent": e} for e in (0, 1, 2, top)},
        exponent=Slider(0, top, 0.1, 2, "log₁₀ B"),
        replace=Choice(("True", "False"), "replace"),
        redraw=Button(say("redraw"), seed.change),
    )


def _histogram_and_spread(losses, edges):
    """The figure of `batch_losses`, its bars, and its point on the curve of σ / √B."""
    n, full, spread = len(losses), losses.mean(), losses.std()
    figure, (ax, spread_ax) = figures.new(columns=2, width=5.6)
    ax.set(xlim=edges[[0, -1]], ylim=(0, 1.08), yticks=(), xlabel="$E$", title=f"{DRAWS} × $E$")
    bars = ax.stairs(np.zeros(60), edges, fill=True, color=figures.LOSS, animated=True)
    ax.axvline(full, color=figures.INK, linewidth=1, linestyle="--", zorder=3, animated=True)
    sizes = np.geomspace(1, n, 50)
    spread_ax.set(xscale="log", yscale="log", xlabel="$B$", title="$σ / \\sqrt{B}$")
    spread_ax.set(xlim=(0.8, 1.4 * n), ylim=(spread / np.sqrt(n) / 4, 2 * spread))
    spread_ax.plot(sizes, spread / np.sqrt(sizes), color=figures.GREY)
    (point,) = spread_ax.plot([], [], "o", color=figures.LOSS, animated=True)
    return figure, bars, point


def epoch(sample_batch, shuffled_batches, n=60):
    """Which of n rows each step takes: the random draw (left), one shuffled epoch (right)."""
    looks = {say("■ new"): "s", say("× again"): "x", say("○ unseen"): "o"}
    figure, groups = _steps_and_rows((sample_batch, shuffled_batches), n, looks.values())
    seed = Seed()

    def update(step, size):
        step, rng = int(step), np.random.default_rng([seed.value, int(size)])
        cut = list(shuffled_batches(rng, n, int(size)))
        drawn = [sample_batch(rng, n, int(size)) for _ in cut]
        counts = []
        for batches, artists in zip((drawn, cut), groups, strict=True):
            taken = [(at + 1, row) for at, rows in enumerate(batches[:step]) for row in rows]
            first = {row: at for at, row in reversed(taken)}
            again = [pair for i, pair in enumerate(taken) if pair[1] in {r for _, r in taken[:i]}]
            unseen = [(9.2, row) for row in range(n) if row not in first]
            points = [(at, row) for row, at in first.items()], again, unseen
            for artist, pairs in zip(artists, points, strict=True):
                artist.set_data(*np.reshape(pairs, (-1, 2)).T)
            counts.append([len(taken), *map(len, points)])
        numbers = (f"{left} | {right}" for left, right in zip(*counts, strict=True))
        done = f"{min(step, len(cut))} / {len(cut)}"
        return {say("step"): done, **dict(zip((say("rows"), *looks), numbers, strict=True))}

    return Panel(
        figure,
        update,
        step=Slider(0, 8, 1, 8, say("step")),
        size=Choice(("10", "8", "16"), "B"),
        redraw=Button(say("redraw"), seed.change),
    )


def _steps_and_rows(functions, n, looks):
    """The figure of `epoch`, and three groups of points for each of the two functions."""
    figure, axes = figures.new(columns=2, width=5.6, height=3.3)
    colours = (figures.PREDICTION, figures.LOSS, "none")
    groups = []
    for ax, function in zip(axes, functions, strict=True):
        ax.set(xlim=(0.3, 9.6), ylim=(-1.5, n), xticks=range(1, 9), xlabel="step")
        ax.set(title=function.__name__)
        ax.grid(visible=False)
        style = {"markersize": 5, "markeredgewidth": 1.5, "animated": True}
        groups.append([])
        for look, colour in zip(looks, colours, strict=True):
            style["markeredgecolor"] = figures.GREY if colour == "none" else colour
            groups[-1] += ax.plot([], [], look, markerfacecolor=colour, **style)
    axes[0].set_ylabel("row")
    return figure, groups
