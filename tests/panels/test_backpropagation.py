"""Backpropagation: its panels against slopes known by hand and found by trying; its nodes."""

import itertools

import numpy as np
import pytest

from helpers import data, losses, models
from helpers.gradients import numerical_gradient
from tests.lessons import cells_of, lesson

SHOPPING = {"price": 100.0, "pieces": 2.0, "tax": 1.1}
SCORES = {"a0": 1.0, "a1": -1.0, "a2": 0.5}


@pytest.fixture(scope="module")
def taught():
    """What the lesson defines, and its two panels, made by its own cells."""
    names = {"__name__": "__main__"}
    for source, _ in cells_of(lesson("backpropagation")):
        if source.startswith("panels.graph") or "\npanels.graph" in source:
            source = source.replace("panels.graph", "shown = panels.graph")
            exec(source, names)
            names.setdefault("shown_panels", []).append(names["shown"])
        elif source.startswith(("import", "class", "def", "shopping", "inputs", "scores")) or (
            source.split(" =")[0] in ("softmax_loss", "slips", "order", "somewhere")
        ):
            exec(source, names)
    return names


@pytest.fixture
def bag(taught):
    panel = taught["shown_panels"][0]
    panel.set(**SHOPPING, node="apples", version="✓")
    return panel


@pytest.fixture
def loss(taught):
    panel = taught["shown_panels"][1]
    panel.set(**SCORES, node="E", version="✓")
    return panel


def numbers(panel, sign, inputs):
    """The slopes shown: "∂" those of the way back, "Δ" those measured."""
    readout = panel.readout
    result = next(iter(readout))[1:].split("/")[0]
    return [float(readout[f"{sign}{result}/{sign}{name}"]) for name in inputs]


def texts(panel):
    """What stands on the lines of the graph."""
    return [text.get_text() for text in panel._figure.axes[0].texts if text.get_animated()]


def rule(panel):
    """What the chosen node passes on, one product for each of its inputs."""
    return panel._figure.axes[0].get_title("left").split(",   ")


# ------------------------------------------------------------------ two apples and a tax


def test_the_bag_by_hand(bag):
    assert bag.error == ""
    assert numbers(bag, "∂", SHOPPING) == [2.2, 110, 200]
    assert numbers(bag, "Δ", SHOPPING) == pytest.approx([2.2, 110, 200], abs=2e-4)
    assert texts(bag) == [
        *("→ 100", "← 2.2", "→ 2", "← 110"),  # into the first node
        *("→ 200", "← 1.1", "→ 1.1", "← 200"),  # into the second
        *("→ 220", "← 1"),
    ]


def test_the_rule_of_a_node_is_upstream_times_own(bag):
    assert rule(bag) == ["price ← 1.1 · 2 = 2.2", "pieces ← 1.1 · 100 = 110"]
    bag.set(node="total")
    assert rule(bag) == ["apples ← 1 · 1.1 = 1.1", "tax ← 1 · 200 = 200"]
    assert "apples ← 1 · 1.1 = 1.1" in bag.alt


@pytest.mark.parametrize("price", [0, 40, 200])
@pytest.mark.parametrize("tax", [1, 1.37, 2])
def test_the_bag_at_other_values(bag, price, tax):
    bag.set(price=price, pieces=3.5, tax=tax)
    expected = [3.5 * tax, price * tax, price * 3.5]
    assert numbers(bag, "∂", SHOPPING) == pytest.approx(expected, abs=1e-4)
    assert numbers(bag, "Δ", SHOPPING) == pytest.approx(expected, abs=2e-4)


def test_swapped_factors_show_at_the_node_that_has_them(bag, taught):
    assert taught["somewhere"] == "total"
    bag.set(version="✗", node="total")
    assert numbers(bag, "Δ", SHOPPING) == pytest.approx([2.2, 110, 200], abs=2e-4)
    assert rule(bag) == ["apples ← 1 · 200 = 200", "tax ← 1 · 1.1 = 1.1"]
    bag.set(node="apples")
    assert rule(bag)[0] == "price ← 200 · 2 = 400", "its own factor is right"


PLACES = [*itertools.product((0, 1), repeat=3), (0.6, 0.4, 0.55)]  # from end to end of a slider


@pytest.mark.parametrize(("name", "versions"), [("bag", "✓✗"), ("loss", "✓ABC")])
def test_no_number_touches_a_node_or_another_number(name, versions, request):
    panel = request.getfixturevalue(name)
    (ax,) = panel._figure.axes
    sliders = [each for each in panel.controls if each["kind"] == "Slider"]
    circles = [line for line in ax.lines if line.get_marker() == "o" and not line.get_animated()]
    (ring,) = [line for line in ax.lines if line.get_animated()]  # any node may be the chosen one
    radius = (ring.get_markersize() + ring.get_markeredgewidth()) / 2 * panel._figure.dpi / 72
    for places, version in itertools.product(PLACES, versions):
        values = [
            each["minimum"] + place * (each["maximum"] - each["minimum"])
            for each, place in zip(sliders, places, strict=True)
        ]
        names = [each["name"] for each in sliders]
        panel.set(version=version, **dict(zip(names, values, strict=True)))
        numbers = [text for text in ax.texts if text.get_animated()]
        boxes = [text.get_window_extent() for text in numbers]
        for circle in circles:
            (place,) = ax.transData.transform(circle.get_xydata())
            for box in boxes:
                nearest = np.clip(place, box.min, box.max)
                assert np.hypot(*(place - nearest)) > radius, panel.values
        for a, b in itertools.combinations(boxes, 2):
            assert not a.padded(-2).overlaps(b.padded(-2)), panel.values


def test_a_click_on_a_node_finds_it(bag):
    (ax,) = bag._figure.axes
    (ring,) = [line for line in ax.lines if line.get_animated()]
    assert [spot[:2] for spot in bag.spots] == [["node", "apples"], ["node", "total"]]
    for _, node, across, down in bag.spots:
        bag.set(node=node)
        (place,) = ax.transData.transform(ring.get_xydata()) / bag._figure.bbox.size
        assert [across, 1 - down] == pytest.approx(list(place), abs=1e-6)


def test_the_learners_own_node_answers(taught):
    class Odd(taught["Times"]):
        def backward(self, slope):
            return slope * 7.0, slope * self.a

    graph = taught["shopping"] | {"apples": (Odd(), "price", "pieces")}
    versions = {"mine": (graph, taught["backward"])}
    panel = taught["panels"].graph(SHOPPING, taught["ranges"], taught["forward"], versions)
    assert numbers(panel, "∂", SHOPPING)[0] == pytest.approx(7.7)
    assert "version" not in panel.values


# ------------------------------------------------------------------ softmax with loss


@pytest.mark.parametrize("seed", range(5))
def test_softmax_with_loss_gives_y_minus_t(loss, seed):
    a = np.random.default_rng(seed).uniform(-5, 5, 3).round(1)
    loss.set(**dict(zip(SCORES, a, strict=True)))
    expected = losses.softmax(a) - [0, 0, 1]
    assert loss.error == ""
    assert numbers(loss, "∂", SCORES) == pytest.approx(expected, abs=1e-4)
    assert numbers(loss, "Δ", SCORES) == pytest.approx(expected, abs=1e-4)
    shown = float(texts(loss)[-2].removeprefix("→ "))
    assert shown == pytest.approx(
        losses.cross_entropy_error(losses.softmax(a), 2), rel=1e-3, abs=6e-5
    )


def test_each_broken_rule_shows_where_it_is(loss):
    y = losses.softmax(list(SCORES.values()))
    right = y - [0, 0, 1]
    found, last = {}, {}
    for letter in "ABC":
        loss.set(version=letter)
        slopes = numbers(loss, "∂", SCORES)
        assert numbers(loss, "Δ", SCORES) == pytest.approx(right, abs=1e-4)
        wrong = [k for k in range(3) if abs(slopes[k] - right[k]) > 1e-3]
        found[letter] = wrong, rule(loss)[1]
        last[letter] = slopes[2]
    assert found == {
        "A": ([0, 1, 2], "a2 ← 1 · −1 = −1"),
        "B": ([2], "a2 ← 1 · −1 = −1"),  # the line is right, the sum is missing
        "C": ([2], "a2 ← 1 · 1 = 1"),  # the line is wrong
    }
    upside_down = np.exp(0.5) * sum(np.exp(list(SCORES.values()))) - 1
    assert last == pytest.approx({"A": upside_down, "B": y[2], "C": y[2] + 1}, abs=1e-4)


# ------------------------------------------------------------------ the nodes


@pytest.mark.parametrize("seed", range(3))
def test_every_node_agrees_with_the_numerical_gradient(taught, seed):
    rng = np.random.default_rng(seed)
    a, b, W = (rng.standard_normal(shape) for shape in [(4, 3), (3,), (3, 6)])
    t = np.eye(3)[rng.integers(3, size=4)]
    nodes = [("Product", a, W), ("Bias", a, b), ("Sigmoid", a), ("Relu", a)]
    for name, *arrays in nodes:
        assert taught["largest_gap"](taught[name](), *arrays) < 1e-7, name
    assert taught["largest_gap"](taught["SoftmaxWithLoss"](t), a) < 1e-7
    square = taught["HastyProduct"](), a, rng.standard_normal((3, 3))
    assert taught["largest_gap"](*square) > 0.01


def test_nodes_give_what_the_helpers_give(taught):
    a = np.random.default_rng(1).standard_normal((5, 3))
    t = np.eye(3)[[0, 1, 2, 2, 0]]
    assert taught["Sigmoid"]().forward(a) == pytest.approx(models.sigmoid(a))
    loss = taught["SoftmaxWithLoss"](t).forward(a)
    assert loss == pytest.approx(losses.cross_entropy_error(losses.softmax(a), t), abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_the_network_of_nodes_is_the_models(taught, seed):
    rng = np.random.default_rng(seed)
    net = models.TwoLayerNet(rng, 64, 50, 10, dtype=float)
    x, t = rng.random((7, 64)), rng.integers(10, size=7)
    graph = taught["network"](t)
    taught["forward"](graph, {"x": x} | net.parameters)
    slopes = taught["backward"](graph)
    for name, expected in net.gradient(x, t).items():
        assert slopes[name].shape == expected.shape
        np.testing.assert_allclose(slopes[name], expected, rtol=0, atol=1e-15)


def test_the_hasty_relu_is_wrong_and_the_right_one_right(taught):
    (x, t), _ = data.load_digits()
    x, t = x[:10].astype(float), t[:10]
    parameters = models.TwoLayerNet(np.random.default_rng(0), 64, 50, 10, dtype=float).parameters
    gaps = []
    for bend in ("Relu", "HastyRelu"):
        graph, values = taught["network"](t, taught[bend]), {"x": x} | parameters
        taught["forward"](graph, values)
        given = taught["backward"](graph)["b1"]
        tried = numerical_gradient(
            lambda _, g=graph, v=values: taught["forward"](g, v)["E"], values["b1"]
        )
        gaps.append(abs(given - tried).max() / abs(tried).max())
    assert gaps[0] < 1e-5 and gaps[1] > 0.1
