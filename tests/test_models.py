"""The network: its gradient against central differences, its shapes, what it refuses."""

import numpy as np
import pytest

from helpers.gradients import numerical_gradient
from helpers.losses import cross_entropy_error
from helpers.models import TwoLayerNet, sigmoid

RNG = np.random.default_rng(7)
X = RNG.random((5, 8))
T = np.array([0, 2, 1, 3, 3])


def network(dtype=np.float64, **changes):
    sizes = {"inputs": 8, "hidden": 6, "outputs": 4, "scale": 0.5} | changes
    return TwoLayerNet(np.random.default_rng(3), dtype=dtype, **sizes)


@pytest.mark.parametrize(
    "t", [T, np.eye(4)[T], np.full((5, 4), 0.25)], ids=["label", "hot", "soft"]
)
@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_analytic_gradient_agrees_with_central_differences(name, t):
    net = network()
    numerical = numerical_gradient(lambda _: net.loss(X, t), net.parameters[name])
    assert net.gradient(X, t)[name] == pytest.approx(numerical, abs=2e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_gradient_has_names_shapes_and_dtype_of_the_parameters(dtype):
    net = network(dtype)
    gradient = net.gradient(X.astype(dtype), T)
    assert list(gradient) == list(net.parameters) == ["W1", "b1", "W2", "b2"]
    for name, slope in gradient.items():
        assert slope.shape == net.parameters[name].shape
        assert slope.dtype == net.parameters[name].dtype == dtype


def test_float32_is_float64_rounded():
    a, b = network(np.float32), network(np.float64)
    assert a.predict(X.astype(np.float32)) == pytest.approx(b.predict(X), abs=1e-6)


def test_prediction_loss_and_accuracy():
    net = network()
    y = net.predict(X)
    assert y.shape == (5, 4)
    assert y.sum(axis=1) == pytest.approx(1)
    assert net.loss(X, T) == cross_entropy_error(y, T) == net.loss_and_gradient(X, T)[0]
    labels = y.argmax(axis=1)
    assert net.accuracy(X, labels) == net.accuracy(X, np.eye(4)[labels]) == 1
    labels[:2] = (labels[:2] + 1) % 4
    assert net.accuracy(X, labels) == 0.6


def test_nothing_given_is_changed():
    net, x, t = network(), X.copy(), np.eye(4)[T]
    before = {name: value.copy() for name, value in net.parameters.items()}
    net.gradient(x, t)
    assert np.array_equal(x, X)
    assert np.array_equal(t, np.eye(4)[T])
    assert all(np.array_equal(before[name], net.parameters[name]) for name in before)


def test_parameters_of_mnist():
    net = TwoLayerNet(np.random.default_rng(0), 784, 50, 10)
    assert sum(each.size for each in net.parameters.values()) == 39760


def test_untrained_loss_is_log_10():
    net = TwoLayerNet(np.random.default_rng(0), 64, 50, 10, scale=0.01)
    x, t = np.random.default_rng(1).random((100, 64)), np.arange(100) % 10
    assert net.loss(x, t) == pytest.approx(np.log(10), abs=0.01)


def test_weights_without_differences_learn_the_same():
    gradient = network(scale=0).gradient(X, T)
    assert not gradient["W1"].any()
    assert np.all(gradient["W2"] == gradient["W2"][0])


def test_the_same_seed_gives_the_same_network():
    assert np.array_equal(network().predict(X), network().predict(X))


def test_sigmoid_is_the_formula_and_does_not_overflow():
    a = np.linspace(-30, 30, 61)
    assert sigmoid(a) == pytest.approx(1 / (1 + np.exp(-a)))
    assert sigmoid(np.float32([-1e30, 1e30])).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: network(hidden=0), "1 unit or more"),
        (lambda: network(scale=-1), "scale must be 0 or more"),
        (lambda: network().predict(X[:, :7]), r"\(N, 8\), one example a row, but has shape \(5, 7"),
        (lambda: network().predict(X[0]), r"but has shape \(8,\)"),
        (lambda: network().gradient(X, T[:4]), "does not fit"),
        (lambda: network().gradient(X, T - 1), "labels must be from 0 to 3"),
        (lambda: network().gradient(X, T + 1), "labels must be from 0 to 3"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
