"""Training: the loop written out beside `train`, left and taken up again, what it refuses."""

import os
from itertools import islice

import numpy as np
import pytest

from helpers.batches import shuffled_batches
from helpers.data import load_digits
from helpers.models import TwoLayerNet
from helpers.training import train
from tests.lessons import cells_of, lesson, taught_in

X = np.random.default_rng(7).random((25, 6)).astype(np.float32)
T = np.arange(25) % 3


def network(dtype=np.float32, scale=0.1):
    return TwoLayerNet(np.random.default_rng(3), 6, 5, 3, scale, dtype)


def start(net, x=X, t=T, batch_size=10, learning_rate=0.5, seed=1):
    return train(net, x, t, np.random.default_rng(seed), batch_size, learning_rate)


def same(a, b):
    return all(np.array_equal(a.parameters[name], b.parameters[name]) for name in a.parameters)


def test_it_is_the_loop_of_the_lesson():
    taught, net, rng = network(), network(), np.random.default_rng(1)
    losses = []
    for _epoch in range(2):
        for batch in shuffled_batches(rng, len(X), 10):
            losses.append(taught.loss(X[batch], T[batch]))
            for name, slope in taught.gradient(X[batch], T[batch]).items():
                taught.parameters[name] -= 0.5 * slope
    records = list(islice(start(net), 6))
    assert same(taught, net)
    assert [record.loss for record in records] == losses
    assert [record.step for record in records] == [1, 2, 3, 4, 5, 6]
    assert [record.epoch for record in records] == [0, 0, 1, 1, 1, 2]


def test_nothing_happens_before_the_first_record_is_asked_for():
    net = network()
    start(net)
    assert same(net, network())


def test_stopped_and_taken_up_it_goes_on_where_it_was():
    whole, halves = network(), network()
    records = list(islice(start(whole), 7))
    run = start(halves)
    first = []
    for record in run:
        first.append(record)
        if record.step == 4:
            break
    assert first + list(islice(run, 3)) == records
    assert same(whole, halves)


def test_interrupted_a_new_run_goes_on_from_what_was_learned():
    net = network()
    with pytest.raises(KeyboardInterrupt):
        for record in start(net, batch_size=25):
            if record.step == 50:
                raise KeyboardInterrupt
    learned = net.loss(X, T)
    assert next(start(net, batch_size=25)).loss == pytest.approx(learned, rel=1e-5)
    assert learned < network().loss(X, T)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_stays(dtype):
    net = network(dtype)
    list(islice(start(net, X.astype(dtype), learning_rate=np.float64(0.5)), 4))
    assert {each.dtype for each in net.parameters.values()} == {np.dtype(dtype)}


def test_labels_and_one_hot_learn_the_same():
    a, b = network(), network()
    list(islice(start(a), 9))
    list(islice(start(b, t=np.eye(3)[T]), 9))
    for name in a.parameters:
        assert a.parameters[name] == pytest.approx(b.parameters[name], rel=1e-5)


def test_data_are_not_changed():
    x, t = X.copy(), T.copy()
    list(islice(start(network(), x, t), 6))
    assert np.array_equal(x, X)
    assert np.array_equal(t, T)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"t": T + 1}, "labels must be from 0 to 2, but t goes from 1 to 3"),
        ({"t": T - 1}, "labels must be from 0 to 2"),
        ({"t": T[:20]}, r"each row of x needs a target: x is \(25, 6\), but t is \(20,\)"),
        ({"t": 1}, "each row of x needs a target"),
        ({"t": T.astype(float)}, "labels must be whole numbers"),
        ({"t": np.eye(4)[T]}, "does not fit"),
        ({"x": X[:, :5]}, r"\(N, 6\)"),
        ({"x": X[0]}, "one example a row"),
        ({"x": (X * 255).astype(np.uint8)}, "dtype uint8: scale the pictures"),
        ({"x": np.where(X > 0.9, np.nan, X)}, "nan or infinity"),
        ({"x": X[:0], "t": T[:0]}, "one example a row"),
        ({"learning_rate": 0}, "learning_rate must be above 0"),
        ({"learning_rate": -0.1}, "learning_rate must be above 0"),
        ({"learning_rate": np.nan}, "learning_rate must be above 0"),
        ({"batch_size": 26}, "26 different rows cannot come from 25"),
        ({"batch_size": 0}, "whole number from 1"),
        ({"batch_size": 2.5}, "whole number from 1"),
    ],
)
def test_bad_input_is_named_at_once(changes, words):
    with pytest.raises(ValueError, match=words):
        start(network(), **changes)


@pytest.mark.parametrize("learning_rate", [1e38, 1e300])
def test_a_run_that_explodes_names_the_learning_rate(learning_rate):
    with pytest.raises(ValueError, match=r"learning rate 1e\+\d+ is probably too large"):
        list(islice(start(network(), learning_rate=learning_rate), 200))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_digits_reach_97_percent(seed):
    (x_train, t_train), (x_test, t_test) = load_digits()
    net = TwoLayerNet(np.random.default_rng(seed), 64, 50, 10)
    run = train(net, x_train, t_train, np.random.default_rng(seed), 50, 1.0)
    assert next(run).loss == pytest.approx(np.log(10), abs=0.25)
    assert next(islice(run, 4998, None)).step == 5000
    assert net.accuracy(x_test, t_test) >= 0.97


@pytest.mark.skipif("MNIST_DIR" not in os.environ, reason="needs the 60,000 of MNIST")
@pytest.mark.parametrize(
    ("words", "scale", "learning_rate", "least", "most"),
    [("between 93 and 94", "0.01", "0.1", 0.93, 0.94), ("about 97", "0.1", "1", 0.965, 0.975)],
)
def test_the_mnist_cell_of_the_lesson_does_what_its_prose_says(
    words, scale, learning_rate, least, most, capsys
):
    assert words in " ".join(lesson("training").read_text("utf-8").split())
    cells = [source for source, _ in cells_of(lesson("training"))]
    wanted = next(source for source in cells if "MNIST = False" in source)
    for said, set_to in {
        "MNIST = False": "MNIST = True",
        "scale=0.01": f"scale={scale}",
        "100, 0.1)": f"100, {learning_rate})",
    }.items():
        assert wanted.count(said) == 1
        wanted = wanted.replace(said, set_to)
    namespace = {}
    for source in (cells[0], wanted):
        exec(compile(source, "lesson", "exec"), namespace)
    step, epoch, accuracy = capsys.readouterr().out.split()
    assert (step, epoch) == ("6000", "10")
    assert least <= float(accuracy) <= most


# The loop that the lesson writes out, beside the one that its panel drives


def test_the_taught_loop_is_that_of_helpers():
    taught, net = network(np.float64), network(np.float64)
    run = taught_in("training")["train"](taught, X, T, np.random.default_rng(1), 10, 0.5)
    records = islice(start(net), 9)
    assert [record.loss for record in records] == pytest.approx(list(islice(run, 9)))
    for name, values in taught.parameters.items():
        assert net.parameters[name] == pytest.approx(values)
