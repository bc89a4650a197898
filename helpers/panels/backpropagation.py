"""Backpropagation: a computational graph, its values forward and its slopes backward."""

import numpy as np

from helpers import figures
from helpers.language import say
from helpers.widgets.controls import Choice, Slider
from helpers.widgets.panel import Panel


def graph(inputs, ranges, forward, versions):
    """Drag the inputs of a computational graph: all values go forward, all slopes come back.

    inputs    {name: number}, where the sliders begin
    ranges    {name: (lowest, highest)}, how far they go
    forward   (graph, inputs) → {name: value}, for the inputs and for every node
    versions  {label: (graph, backward)}, with a choice if there are several. A graph is
              {name: (node, *names of what goes in)}, its last node is the result; all versions have
              the same names. backward: graph → {name: slope of the result}, after a forward pass
    A node has forward(*values), backward(slope) → one slope for each value, and a `sign` to draw.
    Below each slope of an input stands what a central difference measures; above the graph stands
    the rule of the node that was clicked: upstream slope · own slope = what it passes on.
    """
    first, (drawn_graph, _) = next(iter(versions.items()))
    figure, ax = figures.new(width=5.9, height=3.5)
    labels, places, ring, rule = _draw(ax, drawn_graph, inputs)
    *_, result = drawn_graph

    def update(node, version=first, **inputs):
        graph, backward = versions[version]
        measured = {name: _slope_by_trying(forward, graph, inputs, name) for name in inputs}
        values = forward(graph, inputs)  # the last one, for a node keeps what it saw last
        slopes, readout = backward(graph), {}
        for name in inputs:
            readout[f"∂{result}/∂{name}"] = f"{slopes[name]:.4f}"
            readout[f"Δ{result}/Δ{name}"] = f"{measured[name]:.4f}"
        _show_lines(labels, graph, values, slopes)
        rule.set_text(_rule(graph, node, slopes[node]))
        ring.set_data(*zip(places[node], strict=True))
        return readout

    controls = {
        name: Slider(low, high, (high - low) / 100, inputs[name])
        for name, (low, high) in ranges.items()
    }
    controls["node"] = Choice(tuple(drawn_graph), say("node"))
    if len(versions) > 1:
        controls["version"] = Choice(tuple(versions), say("rules"))
    spots = {"node": {name: (ax, *places[name]) for name in drawn_graph}}
    return Panel(figure, update, spots=spots, **controls)


def _show_lines(labels, graph, values, slopes):
    """On each line its value, and the slope that comes back on it."""
    for name, (node, *sources) in graph.items():
        for source, slope in zip(sources, node.backward(slopes[name]), strict=True):
            _show(labels[source, name], values[source], slope)
    _show(labels[name, None], values[name], slopes[name])


def _rule(graph, name, upstream):
    """What a node passes on, a product for each of its inputs."""
    node, *sources = graph[name]
    passed_on = zip(sources, node.backward(1.0), node.backward(upstream), strict=True)
    return ",   ".join(
        f"{source} ← {_short(upstream)} · {_short(own)} = {_short(slope)}"
        for source, own, slope in passed_on
    )


def _slope_by_trying(forward, graph, inputs, name):
    """The slope of the result for one input, as a central difference."""
    *_, result = graph
    h = 1e-4
    high, low = (forward(graph, {**inputs, name: inputs[name] + d})[result] for d in (h, -h))
    return (high - low) / (2 * h)


def _draw(ax, graph, inputs):
    """What stands still. Returns {(source, node): two labels}, {name: place}, ring and rule."""
    places, labels = _places(graph, inputs), {}
    for name, (node, *sources) in graph.items():
        for source in sources:
            labels[source, name] = _draw_edge(ax, places[source], places[name])
        x, y = places[name]
        ax.plot(x, y, "o", markersize=24, color="white", markeredgecolor=figures.INK)
        ax.text(x, y, node.sign, ha="center", va="center", fontsize=10)
        ax.text(x, y + 0.27, name, ha="center", va="bottom", fontsize=9, color=figures.GREY)
    labels[name, None] = _draw_edge(ax, (x, y), (x + 1, y))
    for name in inputs:
        ax.text(*places[name], f"{name} ", ha="right", va="center")
    look = {"markersize": 29, "color": "none", "markeredgecolor": figures.GRADIENT}
    (ring,) = ax.plot([], [], "o", markeredgewidth=2, animated=True, **look)
    ax.set(xlim=(-0.5, x + 1), ylim=(-len(inputs) + 0.1, 0.6))
    ax.axis("off")
    rule = ax.set_title("", loc="left", color=figures.GRADIENT, fontsize=9, animated=True)
    return labels, places, ring, rule


def _places(graph, inputs):
    """Inputs in column 0, one below the other; each node right of all that goes into it."""
    places = {name: (0, -row) for row, name in enumerate(inputs)}
    for name, (_, *sources) in graph.items():
        columns, rows = zip(*(places[source] for source in sources), strict=True)
        places[name] = (1 + max(columns), sum(rows) / len(rows))
    return places


def _draw_edge(ax, start, end):
    """A line that bows below the columns it passes; returns its labels, for value and slope."""
    s, (start, end) = np.linspace(0, 1, 41)[:, None], np.array([start, end], float)
    bow = (start + end) / 2 - [0, 0.55 * (end[0] - start[0] - 1)]
    line = (1 - s) ** 2 * start + 2 * s * (1 - s) * bow + s**2 * end
    ax.plot(*line.T, color=figures.GREY, linewidth=1, zorder=1)
    x, y = line[20]
    white = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    look = {"ha": "center", "fontsize": 9, "animated": True, "bbox": white}
    value = ax.text(x, y + 0.03, "", va="bottom", color=figures.PREDICTION, **look)
    slope = ax.text(x, y - 0.04, "", va="top", color=figures.GRADIENT, **look)
    return value, slope


def _show(labels, value, slope):
    labels[0].set_text(f"→ {_short(value)}")
    labels[1].set_text(f"← {_short(slope)}")


def _short(number):
    """At most four decimals, and few enough digits for a line of the graph; −0 is 0."""
    text = f"{number:.0f}" if abs(number) >= 1000 else f"{round(number, 4) + 0.0:.4g}"
    return text.replace("-", "−")
