"""Losses: hand-worked numbers, properties, an independent judge, and bad input."""

import numpy as np
import pytest
import sklearn.metrics

from helpers.losses import cross_entropy_error, mean_squared_error, softmax

Y1 = np.array([0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0])
Y2 = np.array([0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0])
T = np.eye(10)[2]
RNG = np.random.default_rng(7)
Y = softmax(RNG.normal(size=(50, 10)))
LABELS = RNG.integers(0, 10, 50)
ONE_HOT = np.eye(10)[LABELS]
each_loss = pytest.mark.parametrize("loss", [mean_squared_error, cross_entropy_error])


def test_the_numbers_of_the_book():
    assert mean_squared_error(Y1, T) == 0.09750000000000003
    assert mean_squared_error(Y2, T) == pytest.approx(0.5975, abs=1e-12)
    assert cross_entropy_error(Y1, T) == pytest.approx(0.510825457099338, abs=1e-12)
    assert cross_entropy_error(Y2, T) == pytest.approx(2.302584092994546, abs=1e-12)
    both = cross_entropy_error(np.array([Y1, Y2]), np.array([T, T]))
    assert both == pytest.approx(1.406704775046942, abs=1e-12)


def test_worked_by_hand():
    assert mean_squared_error([0.5, 0.5], [1, 0]) == 0.25
    assert mean_squared_error([[0.5, 0.5], [1, 0]], [0, 0]) == 0.125
    assert cross_entropy_error([[0.5, 0.5], [0.25, 0.75]], [0, 0], delta=1e-15) == pytest.approx(
        (np.log(2) + np.log(4)) / 2
    )
    assert cross_entropy_error([0.5, 0.5], [0.7, 0.3], delta=1e-15) == pytest.approx(np.log(2))


def test_scikit_learn_agrees():
    ours = cross_entropy_error(Y, LABELS, delta=1e-15)
    assert ours == pytest.approx(sklearn.metrics.log_loss(LABELS, Y), rel=1e-11)
    squared = sklearn.metrics.mean_squared_error(ONE_HOT, Y) * 10 / 2  # its mean is over k too
    assert mean_squared_error(Y, LABELS) == pytest.approx(squared, rel=1e-12)


@each_loss
def test_doubling_the_batch_leaves_the_mean(loss):
    twice = loss(np.vstack([Y, Y]), np.hstack([LABELS, LABELS]))
    assert twice == pytest.approx(loss(Y, LABELS), rel=1e-12)


@each_loss
def test_the_order_of_rows_and_of_classes_does_not_matter(loss):
    rows, classes = RNG.permutation(50), RNG.permutation(10)
    shuffled = loss(Y[rows][:, classes], ONE_HOT[rows][:, classes])
    assert shuffled == pytest.approx(loss(Y, ONE_HOT), rel=1e-12)


@each_loss
def test_labels_and_one_hot_say_the_same(loss):
    assert loss(Y, LABELS) == pytest.approx(loss(Y, ONE_HOT), rel=1e-12)
    assert loss(Y1, 2) == pytest.approx(loss(Y1, T), rel=1e-12)
    assert loss(Y[:1], LABELS[:1]) == pytest.approx(loss(Y[0], ONE_HOT[0]), rel=1e-12)


@each_loss
def test_a_batch_is_the_mean_of_its_examples(loss):
    singles = [loss(y, t) for y, t in zip(Y, LABELS, strict=True)]
    assert loss(Y, LABELS) == pytest.approx(np.mean(singles), rel=1e-12)


@each_loss
def test_lists_integers_and_float32_are_welcome_and_unchanged(loss):
    exact = loss(np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    assert loss([1, 0], [0, 1]) == exact
    y, t = np.array([1, 0]), np.array([0, 1])
    assert loss(y, t) == exact
    assert (y.tolist(), t.tolist()) == ([1, 0], [0, 1])
    y, t = Y.copy(), LABELS.copy()
    loss(y, t)
    np.testing.assert_array_equal(y, Y)
    np.testing.assert_array_equal(t, LABELS)
    assert loss(Y.astype(np.float32), LABELS) == pytest.approx(loss(Y, LABELS), rel=1e-5)
    assert type(loss(Y, LABELS)) is float


def test_zeros_never_give_nan():
    assert cross_entropy_error([0.0, 1.0], [1, 0]) == pytest.approx(-np.log(1e-7))
    assert cross_entropy_error([0.0, 1.0], [0, 1]) == pytest.approx(-1e-7, rel=1e-3)


BAD = [
    (np.ones(10) / 10, [1, 2], r"\(2,\)"),
    (Y, LABELS[:10], r"\(10,\)"),
    (Y[:10], np.ones((10, 9)), r"\(10, 9\)"),
    (Y1, 10, "0 to 9"),
    (Y, LABELS - 10, "0 to 9"),
    (Y, LABELS.astype(float), "float64"),
    (Y1 * np.nan, T, "nan"),
    (Y1, T * np.nan, "nan"),
    (np.where(Y1 > 0.5, np.inf, Y1), T, "inf"),
    ([], [], "empty"),
    (np.empty((0, 10)), np.empty(0, int), "empty"),
    (np.ones((2, 2, 2)), np.ones((2, 2, 2)), r"\(2, 2, 2\)"),
]


@pytest.mark.parametrize(("y", "t", "said"), BAD)
@each_loss
def test_bad_input_is_said_in_one_sentence(loss, y, t, said):
    with pytest.raises(ValueError, match=said) as raised:
        loss(y, t)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("y", [Y1 - 0.1, Y1 * 2])
def test_what_is_no_probability_is_refused(y):
    with pytest.raises(ValueError, match="0 to 1"):
        cross_entropy_error(y, T)


def test_softmax():
    a = np.array([[1.0, 2.0, 3.0], [-1000.0, 0.0, 1000.0]])
    y = softmax(a)
    np.testing.assert_allclose(y.sum(axis=1), 1, rtol=1e-15)
    np.testing.assert_allclose(y[0], np.exp(a[0]) / np.exp(a[0]).sum())
    np.testing.assert_array_equal(y[1], [0, 0, 1])
    np.testing.assert_allclose(softmax(a + 5), y)
    np.testing.assert_array_equal(softmax([1000, 1000]), [0.5, 0.5])
    for bad in ([np.nan, 1], [np.inf, 1], []):
        with pytest.raises(ValueError, match=r"nan|inf|empty"):
            softmax(bad)
