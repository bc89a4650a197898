"""Gradient, its panels: every control through its range, numbers against the formulas."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from helpers import panels
from helpers.losses import cross_entropy_error, softmax

STEPS = [10.0**k for k in range(-10, 2)]
START = np.array([-3.0, 4.0])
X, T = np.array([0.6, 0.9]), np.array([0, 0, 1])
W = np.random.default_rng(6).standard_normal((2, 3))


def forward(f, x, h):
    return (f(x + h) - f(x)) / h


def central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def parabola(x):
    return 0.01 * x**2 + 0.1 * x


def bowl(x):
    return x[0] ** 2 + x[1] ** 2


def exact_descent(f, x, learning_rate, steps):
    """The walk over the bowl, with the gradient from calculus."""
    path = [x]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * 2 * path[-1])
    return np.array(path)


def small_loss(W):
    return cross_entropy_error(softmax(X @ W), T, delta=1e-15)


def small_gradient(W):
    return np.outer(X, softmax(X @ W) - T)


# ------------------------------------------------------------------ loss beside accuracy


@pytest.fixture(scope="module")
def digits():
    x, t = load_digits(return_X_y=True)
    return x[:60] / 16, t[:60]


def test_loss_and_accuracy(digits):
    x, t = digits
    before = 0.1 * np.random.default_rng(6).standard_normal((64, 10))

    def moved(w):
        other = before.copy()
        other[20, 1] = w
        return other

    def loss(w):
        return cross_entropy_error(softmax(x @ moved(w)), t, delta=1e-15)

    def accuracy(w):
        return np.mean((x @ moved(w)).argmax(axis=1) == t)

    def tried(f, w):
        return central(f, w, 1e-4)

    panel = panels.loss_and_accuracy(loss, accuracy, tried, before[20, 1], presets=(0.65, 1.3))
    assert float(panel.readout["w"]) == pytest.approx(before[20, 1], abs=0.006)
    flat = 0
    for w in [-2, 2, 0.65, 1.3, *np.linspace(-1.95, 1.95, 40)]:
        panel.set(w=w)
        slope = np.mean(x[:, 20] * (softmax(x @ moved(w))[:, 1] - (t == 1)))
        assert panel.error == ""
        assert float(panel.readout["E"]) == pytest.approx(loss(w), abs=1e-4)
        assert float(panel.readout["A"]) == pytest.approx(accuracy(w), abs=1e-4)
        assert float(panel.readout["ΔE/Δw"]) == pytest.approx(slope, abs=2e-4)
        flat += float(panel.readout["ΔA/Δw"]) == 0
    assert flat > 35  # a staircase: flat almost everywhere
    assert [label for label, _ in panel.presets] == ["w = 0.05", "w = 0.65", "w = 1.30"]


def test_the_slopes_of_loss_and_accuracy_are_the_learners():
    panel = panels.loss_and_accuracy(np.square, np.sign, lambda f, w: 7.0 * f(w), 1.5)
    assert [panel.readout[name] for name in ("ΔE/Δw", "ΔA/Δw")] == ["+15.7500", "+7.0000"]


# ------------------------------------------------------------------ a tangent


def lines(panel):
    return [float(panel.readout[name]) for name in ("■ x, x+h", "● x−h, x+h")]


@pytest.mark.parametrize(("x", "slope"), [(5, 0.2), (10, 0.3)])
def test_slope_of_the_parabola(x, slope):
    panel = panels.tangent(parabola, lambda x: 0.02 * x + 0.1, [forward, central], 0, 20, 5)
    panel.set(x=x, log_h=-4)
    assert float(panel.readout["f′(x)"]) == slope
    assert lines(panel) == pytest.approx([slope + 1e-6, slope], abs=1e-8)


@pytest.fixture(scope="module")
def sine():
    return panels.tangent(np.sin, np.cos, [forward, central], 0, 4, 1)


@pytest.mark.parametrize("log_h", np.arange(-16, 0.5, 0.5))
def test_tangent_at_every_h(sine, log_h):
    for x in (0, 1, 3, 6):
        sine.set(x=x, log_h=log_h)
        h = 10.0**log_h
        expected = [forward(np.sin, x, h), central(np.sin, x, h)]
        assert sine.error == ""
        assert lines(sine) == pytest.approx(expected, abs=1e-8)
        gap = float(sine.readout["|● − f′(x)|"])
        assert gap == pytest.approx(abs(expected[1] - np.cos(x)), rel=0.06)


def test_a_smaller_h_is_not_always_better(sine):
    gaps = {}
    for log_h in (0, -5, -15):
        sine.set(x=1, log_h=log_h)
        gaps[log_h] = float(sine.readout["|● − f′(x)|"])
    assert gaps[-5] < 1e-9 < gaps[-15] < gaps[0]


def test_the_slope_is_the_learners():
    panel = panels.tangent(parabola, lambda x: 0.02 * x + 0.1, [forward, lambda *_: 9.0], 0, 20, 5)
    assert lines(panel)[1] == 9
    broken = panels.tangent(parabola, np.cos, [forward, lambda f, x: 0.0], 0, 20, 5)
    assert broken.error.startswith("TypeError")


# ------------------------------------------------------------------ descent


@pytest.fixture(scope="module")
def panel():
    return panels.descent(bowl, exact_descent, (-3, 4))


@pytest.mark.parametrize("rate", STEPS)
def test_descent_at_every_rate(panel, rate):
    for steps in (0, 1, 9, 50, 100):
        panel.set(log_rate=np.log10(rate), steps=steps)
        expected = (1 - 2 * rate) ** steps * START
        assert panel.error == ""
        assert float(panel.readout["x₀"]) == pytest.approx(expected[0], rel=2e-3)
        assert float(panel.readout["x₁"]) == pytest.approx(expected[1], rel=2e-3)
        assert float(panel.readout["f(x)"]) == pytest.approx(bowl(expected), rel=2e-3)


@pytest.mark.parametrize(
    ("preset", "up", "down"), [("0.1", 0, 20), ("1e-10", 0, 0), ("1.0", 0, 0), ("10", 20, 0)]
)
def test_presets_of_the_descent(preset, up, down):
    """The four learning rates of the lesson: one falls, two stay, one climbs with every step."""
    panel = panels.descent(bowl, exact_descent, (-3, 4))
    panel.set(**dict(panel.presets)[preset])
    assert float(panel.readout["η"]) == pytest.approx(float(preset))
    assert (panel.readout["f ↑"], panel.readout["f ↓"]) == (str(up), str(down))


def test_not_every_step_lowers_the_loss(panel):
    panel.set(log_rate=np.log10(1.2), steps=1)
    assert float(panel.readout["f(x)"]) == pytest.approx(49)
    assert panel.readout["f ↑"] == "1"


def test_every_position_of_the_rate_slider(panel):
    for log_rate in np.linspace(-10, 1, 45):
        panel.set(log_rate=log_rate)
        assert panel.error == ""
        assert float(panel.readout["η"]) == pytest.approx(10**log_rate, rel=1e-2)


# ------------------------------------------------------------------ surfaces, and momentum


def valley(x):
    return x[0] ** 2 / 10 + 10 * x[1] ** 2


def two_bowls(x):
    return np.minimum((x[0] + 2) ** 2, (x[0] - 2) ** 2 + 1) + x[1] ** 2


def plateau(x):
    return 1 - np.exp(-(x[0] ** 2 + x[1] ** 2) / 4)


SLOPES = {
    "valley": lambda x: np.array([x[0] / 5, 20 * x[1]]),
    "two_bowls": lambda x: 2 * np.array([x[0] + (2 if x[0] < 1 / 8 else -2), x[1]]),
    "plateau": lambda x: x / 2 * (1 - plateau(x)),
}


def exact_walk(f, x, learning_rate, steps, momentum):
    """The walk with momentum, with the gradients from calculus."""
    v, path = np.zeros(2), [x]
    for _ in range(steps):
        v = momentum * v - learning_rate * SLOPES[f.__name__](x)
        x = x + v
        path.append(x)
    return np.array(path)


@pytest.fixture(scope="module")
def surfaces():
    return panels.surfaces([valley, two_bowls, plateau], exact_walk, start=(-4, 2))


OPENED = {"surface": "valley", "log_rate": -2, "momentum": 0, "x0": -4, "steps": 100}


def after(panel, **values):
    panel.set(**OPENED | values)
    assert panel.error == ""
    return float(panel.readout["f(x)"]), panel.readout["first step, f < 0.01"]


def test_it_opens_in_the_valley(surfaces):
    fresh = panels.surfaces([valley, two_bowls, plateau], exact_walk, start=(-4, 2))
    assert fresh.values == OPENED
    assert float(fresh.readout["x₀"]) == pytest.approx(-4 * 0.998**100, rel=2e-3)


@pytest.mark.parametrize(("rate", "settles"), [(0.09, True), (0.099, True), (0.101, False)])
def test_the_limit_in_the_valley_is_2_over_its_largest_curvature(surfaces, rate, settles):
    far, _ = after(surfaces, log_rate=np.log10(rate), steps=200)
    x0, x1 = -4 * (1 - rate / 5) ** 200, 2 * (1 - 20 * rate) ** 200
    assert far == pytest.approx(valley([x0, x1]), rel=6e-3)
    assert (abs(x1) < 2) == settles


def test_momentum_is_fast_in_the_valley(surfaces):
    """Against the closed form: both directions shrink by √0.8 a step."""
    slow, never = after(surfaces, log_rate=np.log10(0.09))
    fast, step = after(surfaces, log_rate=np.log10(0.09), momentum=0.8)
    assert (slow > 0.04, never) == (True, "–")
    assert fast < 1e-7
    path = exact_walk(valley, np.array([-4.0, 2.0]), 0.09, 100, 0.8)
    values = [valley(x) for x in path]
    first = int(step)
    assert values[first] < 0.01 <= min(values[:first])


def test_in_two_bowls_the_start_decides_and_momentum_may_cross(surfaces):
    look = {"surface": "two_bowls", "log_rate": -1, "steps": 200}
    for x0 in np.linspace(-5, 5, 21):
        value, _ = after(surfaces, x0=x0, **look)
        assert value == pytest.approx(0 if x0 < 1 / 8 else 1, abs=1e-3)
    assert after(surfaces, x0=5, momentum=0.9, **look)[0] < 1e-3


def test_on_the_plateau_there_is_hardly_a_slope(surfaces):
    assert after(surfaces, surface="plateau", log_rate=-1)[0] > 0.98
    assert after(surfaces, surface="plateau", log_rate=-1, momentum=0.9, steps=200)[0] < 1e-3


@pytest.mark.parametrize("surface", SLOPES)
def test_surfaces_at_the_ends_of_every_slider(surfaces, surface):
    for name, values in {"log_rate": (-3, 1), "momentum": (0, 0.95), "x0": (-5, 5)}.items():
        for value in values:
            for steps in (0, 1, 60):
                after(surfaces, surface=surface, steps=steps, **{name: value})
                assert surfaces.readout["f(x)"] not in ("nan", "")


def test_the_walk_starts_with_floats_wherever_it_is_told_to_start():
    """An array of whole numbers would keep whole numbers: the trap of the lesson."""
    kinds = []
    panels.surfaces([valley], lambda f, x, *_: kinds.append(x.dtype) or np.array([x, x]), (-4, 2))
    assert set(kinds) == {np.dtype(float)}


def test_the_walk_is_the_learners():
    still = panels.surfaces([valley], lambda f, x, *_: np.array([x, x]), start=(-4, 2))
    assert still.readout["x₀"] == "-4"
    broken = panels.surfaces([valley], lambda f, x: x, start=(-4, 2))
    assert broken.error.startswith("TypeError")


# ------------------------------------------------------------------ one weight


@pytest.mark.parametrize("index", list(np.ndindex(2, 3)))
def test_one_weight(index):
    before = W.copy()
    panel = panels.one_weight(small_loss, small_gradient, W)
    panel.set(weight=f"W[{index[0]}, {index[1]}]")
    slope = small_gradient(before)[index]
    for delta in (-2, -0.1, -0.01, 0, 0.01, 0.1, 1, 2):
        panel.set(delta=delta)
        other = before.copy()
        other[index] += delta
        real = small_loss(other) - small_loss(before)
        assert panel.error == ""
        assert float(panel.readout["∂E/∂w"]) == pytest.approx(slope, abs=6e-5)
        assert float(panel.readout["■ ∂E/∂w · Δw"]) == pytest.approx(slope * delta, abs=6e-5)
        assert float(panel.readout["● ΔE"]) == pytest.approx(real, abs=6e-5)
        rest = float(panel.readout["● − ■"])
        assert rest == pytest.approx(real - slope * delta, abs=6e-5)
        assert rest >= 0  # this loss bends upwards: the straight prediction never overshoots
    assert np.array_equal(W, before)


def test_the_prediction_is_good_for_small_changes_only():
    panel = panels.one_weight(small_loss, small_gradient, W)
    panel.set(weight="W[1, 2]", delta=0.01)
    assert abs(float(panel.readout["● − ■"])) <= 1e-4
    panel.set(weight="W[1, 1]", delta=-2)
    assert abs(float(panel.readout["● − ■"])) > 0.1
