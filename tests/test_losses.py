"""The losses: the numbers of the lessons, what always holds, and what must be refused."""

import numpy as np
import pytest
from scipy.special import log_softmax
from sklearn.metrics import log_loss
from sklearn.metrics import mean_squared_error as mean_over_classes_too

from helpers.losses import cross_entropy_error, mean_squared_error, softmax
from tests.lessons import taught_in

T = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
Y1 = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0]
Y2 = [0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0]
BOTH = pytest.mark.parametrize("loss", [mean_squared_error, cross_entropy_error])
ALL = pytest.mark.parametrize("function", [mean_squared_error, cross_entropy_error, softmax])


def call(function, y, t=2):
    return function(y) if function is softmax else function(y, t)


@pytest.fixture
def batch():
    """Predictions (50, 10) and labels (50,)."""
    rng = np.random.default_rng(0)
    return softmax(rng.normal(scale=3, size=(50, 10))), rng.integers(0, 10, 50)


# The numbers of the lessons


def test_the_numbers_of_the_source_text():
    assert mean_squared_error(Y1, T) == 0.09750000000000003
    assert mean_squared_error(Y2, T) == 0.5975
    assert cross_entropy_error(Y1, T) == pytest.approx(0.510825457099338, abs=1e-12)
    assert cross_entropy_error(Y2, T) == pytest.approx(2.302584092994546, abs=1e-12)
    assert cross_entropy_error([Y1, Y2], [T, T]) == pytest.approx(1.406704775046942, abs=1e-12)


def test_a_notebook_shows_the_loss_as_a_plain_number():
    assert repr(mean_squared_error(np.array(Y1), np.array(T))) == "0.09750000000000003"
    assert type(cross_entropy_error(np.array(Y1), np.array(T))) is float
    assert type(cross_entropy_error(np.array([Y1]), np.array([2]))) is float


def test_by_hand():
    assert mean_squared_error([[1, 2], [0, 0]], [[0, 0], [0, 4]]) == (2.5 + 8) / 2
    assert cross_entropy_error([[0.5, 0.5], [0.25, 0.75]], [0, 0], 1e-300) == pytest.approx(
        (np.log(2) + np.log(4)) / 2, abs=1e-15
    )
    assert cross_entropy_error([0.5, 0.25], [0.5, 0.5], 1e-300) == pytest.approx(1.5 * np.log(2))
    assert softmax([np.log(1), np.log(2), np.log(5)]) == pytest.approx([0.125, 0.25, 0.625])


def test_delta_is_added_inside_the_logarithm():
    assert cross_entropy_error([1.0, 0.0], 0) == pytest.approx(-np.log1p(1e-7), abs=1e-12)
    assert cross_entropy_error([1.0, 0.0], 1) == pytest.approx(-np.log(1e-7), abs=1e-12)
    assert cross_entropy_error([1.0, 0.0], [0, 1], delta=0.01) == pytest.approx(-np.log(0.01))
    assert cross_entropy_error(np.ones(10), T) == pytest.approx(-1e-7, rel=1e-6)


# What holds for any input


@BOTH
def test_labels_and_one_hot_give_the_same(loss, batch):
    y, labels = batch
    assert loss(y, labels) == pytest.approx(loss(y, np.eye(10)[labels]), abs=1e-14)
    assert loss(y[0], labels[0]) == pytest.approx(loss(y[0], np.eye(10)[labels[0]]), abs=1e-14)
    assert loss(Y1, 2) == pytest.approx(loss(Y1, T), abs=1e-15)


@BOTH
def test_a_batch_is_the_mean_of_its_examples(loss, batch):
    y, labels = batch
    one_by_one = [loss(row, label) for row, label in zip(y, labels, strict=True)]
    assert loss(y, labels) == pytest.approx(np.mean(one_by_one), abs=1e-14)
    assert loss(y[:1], labels[:1]) == one_by_one[0]


@BOTH
def test_doubling_or_shuffling_the_batch_changes_nothing(loss, batch):
    y, labels = batch
    twice = loss(np.concatenate([y, y]), np.concatenate([labels, labels]))
    order = np.random.default_rng(1).permutation(len(y))
    assert twice == pytest.approx(loss(y, labels), abs=1e-14)
    assert loss(y[order], labels[order]) == pytest.approx(loss(y, labels), abs=1e-14)


@BOTH
def test_ten_examples_of_ten_classes_are_no_exception(loss, batch):
    y, labels = batch[0][:10], batch[1][:10]
    assert loss(y, labels) == pytest.approx(loss(y, np.eye(10)[labels]), abs=1e-14)


def test_cross_entropy_agrees_with_scikit_learn(batch):
    y, labels = batch
    expected = log_loss(labels, y, labels=range(10))
    assert cross_entropy_error(y, labels, 1e-300) == pytest.approx(expected, abs=1e-12)
    assert cross_entropy_error(y, np.eye(10)[labels]) == pytest.approx(expected, abs=1e-3)


def test_squared_error_agrees_with_scikit_learn(batch):
    y, labels = batch
    expected = mean_over_classes_too(np.eye(10)[labels], y) * 10 / 2
    assert mean_squared_error(y, labels) == pytest.approx(expected, rel=1e-12)


@BOTH
def test_the_order_of_the_classes_does_not_matter(loss, batch):
    y, t = batch[0], np.eye(10)[batch[1]]
    order = np.random.default_rng(2).permutation(10)
    assert loss(y[:, order], t[:, order]) == pytest.approx(loss(y, t), rel=1e-12)


def test_softmax_is_a_distribution_that_keeps_order_and_ignores_a_shift(batch):
    a = np.log(batch[0]) + 7
    assert softmax(a) == pytest.approx(batch[0], abs=1e-14)
    assert softmax(a).sum(axis=1) == pytest.approx(np.ones(50))
    assert softmax(a[0]) == pytest.approx(softmax(a)[0], abs=1e-15)
    assert softmax(a.reshape(5, 10, 10)).shape == (5, 10, 10)


@pytest.mark.parametrize("scale", [0.1, 3, 1000])
def test_the_lesson_teaches_the_same_softmax_and_a_loss_that_never_underflows(batch, scale):
    taught = taught_in("cross_entropy_error")
    for y, label in zip(*batch, strict=True):
        a, t = scale * np.log(y), np.eye(10)[label]
        assert taught["softmax"](a) == pytest.approx(softmax(a), abs=1e-15)
        assert taught["loss_from_scores"](a, t) == pytest.approx(-log_softmax(a)[label], rel=1e-12)


def test_a_loss_that_wants_scores_calls_no_probabilities_better_than_1_46_or_worse_than_2_46(batch):
    loss = taught_in("cross_entropy_error")["loss_from_scores"]
    perfect, worst = np.eye(10)[2], np.eye(10)[7]
    assert loss(perfect, perfect) == pytest.approx(np.log(1 + 9 / np.e))
    assert loss(worst, perfect) == pytest.approx(np.log(9 + np.e))
    assert all(1.4611 < loss(y, perfect) < 2.4612 for y in batch[0])


@pytest.mark.parametrize("scale", [1000, 1e5])
def test_softmax_does_not_overflow(scale):
    assert softmax([scale, -scale, scale]).tolist() == [0.5, 0, 0.5]
    assert softmax([-scale, -scale]).tolist() == [0.5, 0.5]


@ALL
def test_lists_integers_and_float32_are_computed_in_float64(function):
    expected = call(function, np.array([0.0, 1.0, 0.0]), 1)
    for y in ([0, 1, 0], (0, 1, 0), np.array([0, 1, 0]), np.array([0, 1, 0], dtype=np.uint8)):
        assert np.array_equal(call(function, y, 1), expected)
    small = np.array([0.1, 0.7, 0.2], dtype=np.float32)
    assert np.array_equal(call(function, small, 1), call(function, small.astype(float), 1))
    assert np.asarray(call(function, small, 1)).dtype == np.float64


def test_unsigned_integers_do_not_wrap_around():
    zero, two = np.zeros(2, dtype=np.uint8), np.full(2, 2, dtype=np.uint8)
    assert mean_squared_error(zero, two) == 4


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64, np.uint64])
def test_any_integer_type_will_do_for_labels(dtype, batch):
    y, labels = batch
    assert cross_entropy_error(y, labels.astype(dtype)) == cross_entropy_error(y, labels)


@ALL
@pytest.mark.parametrize("one_hot", [True, False])
def test_inputs_are_never_changed(function, one_hot, batch):
    y, labels = batch
    t = np.eye(10)[labels] if one_hot else labels
    y.flags.writeable = t.flags.writeable = False
    call(function, y, t)


def test_any_memory_order_and_view_will_do(batch):
    y, labels = batch
    expected = cross_entropy_error(y, labels)
    assert cross_entropy_error(np.asfortranarray(y), labels) == expected
    assert cross_entropy_error(np.repeat(y, 2, axis=0)[::2], labels) == expected


def test_rounding_above_one_is_no_mistake():
    assert cross_entropy_error([1 + 1e-12, 0.0], 0) == pytest.approx(-1e-7, abs=1e-9)
    assert cross_entropy_error([1.0, 0.0], [1 + 1e-12, 0.0]) == pytest.approx(-1e-7, abs=1e-9)


def test_squared_error_takes_any_finite_number():
    assert mean_squared_error([-3.0, 7.0], [0.0, 0.5]) == 0.5 * (9 + 6.5**2)


# What must be refused, and how


@BOTH
@pytest.mark.parametrize(
    ("y", "t", "sentence"),
    [
        ([Y1, Y2], T, r"t of shape \(10,\) does not fit y of shape \(2, 10\): give one-hot"),
        (Y1, [2, 3], r"t of shape \(2,\) does not fit y of shape \(10,\)"),
        (Y1, [2], r"t of shape \(1,\) does not fit y of shape \(10,\)"),
        (Y1, [T], r"t of shape \(1, 10\) does not fit y of shape \(10,\)"),
        ([Y1, Y2], [2], r"t of shape \(1,\) does not fit y of shape \(2, 10\)"),
        ([Y1, Y2], [[2], [2]], r"t of shape \(2, 1\) does not fit y of shape \(2, 10\)"),
        ([Y1, Y2], 2, r"t of shape \(\) does not fit y of shape \(2, 10\)"),
        (0.6, 0, r"y must have shape \(K,\) or \(N, K\), but has shape \(\)"),
        ([[Y1]], [[T]], r"y must have shape .* but has shape \(1, 1, 10\)"),
        (Y1, 10, "labels must be from 0 to 9, for y has 10 classes, but t goes from 10 to 10"),
        ([Y1, Y2], [2, -1], "labels must be from 0 to 9, .* but t goes from -1 to 2"),
        (Y1, 2.0, "labels must be whole numbers, but t has dtype float64"),
        ([Y1, Y2], [2, 2.5], "labels must be whole numbers, but t has dtype float64"),
        (Y1, True, "labels must be whole numbers, but t has dtype bool"),
        (Y1, None, "labels must be whole numbers, but t has dtype object"),
        (Y1, "2", "labels must be whole numbers"),
        (Y1, [float("nan"), *T[1:]], "t has nan or infinity in it"),
        (Y1, [float("inf"), *T[1:]], "t has nan or infinity in it"),
        (Y1, [[0, 1], [1]], "t must hold numbers, in rows of the same length"),
        (np.zeros((0, 10)), np.zeros(0, dtype=int), r"y is empty, its shape is \(0, 10\)"),
    ],
)
def test_targets_that_do_not_fit(loss, y, t, sentence):
    with pytest.raises(ValueError, match=sentence):
        loss(y, t)


@ALL
@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ([0.1, float("nan"), 0.9], "has nan or infinity in it"),
        ([0.1, float("inf"), 0.9], "has nan or infinity in it"),
        ([0.1, -float("inf"), 0.9], "has nan or infinity in it"),
        ([], "is empty"),
        ([[0.5, 0.5], [1.0]], "must hold numbers, in rows of the same length"),
        (["a", "b", "c"], "must hold numbers"),
    ],
)
def test_what_is_no_prediction(function, numbers, sentence):
    with pytest.raises(ValueError, match=sentence):
        call(function, numbers)


@pytest.mark.parametrize("t", [0, [1, 0, 0]])
@pytest.mark.parametrize(
    ("y", "sentence"),
    [
        ([-0.1, 0.6, 0.5], "y must be from 0 to 1, but goes from -0.1 to 0.6: give probab"),
        ([0.1, 1.5, 0.5], "y must be from 0 to 1, but goes from 0.1 to 1.5"),
        ([0.1, 1.00001, 0.5], "y must be from 0 to 1"),
        ([-1e-12, 0.5, 0.5], "y must be from 0 to 1"),
    ],
)
def test_cross_entropy_wants_probabilities(y, t, sentence):
    with pytest.raises(ValueError, match=sentence):
        cross_entropy_error(y, t)


@pytest.mark.parametrize(
    ("t", "sentence"),
    [
        ([0, 0, 0], "each row of t must sum to 1, as one-hot rows do, but one sums to 0"),
        ([1, 1, 0], "each row of t must sum to 1, as one-hot rows do, but one sums to 2"),
        ([2, -1, 0], "t must be from 0 to 1, but goes from -1 to 2"),
    ],
)
def test_cross_entropy_wants_shares_of_the_classes(t, sentence):
    with pytest.raises(ValueError, match=sentence):
        cross_entropy_error([0.1, 0.6, 0.3], t)
    with pytest.raises(ValueError, match=sentence):
        cross_entropy_error([[0.1, 0.6, 0.3]] * 2, [[0, 1, 0], t])


@pytest.mark.parametrize("delta", [0, -1e-7, 1, float("nan"), float("inf")])
def test_cross_entropy_wants_a_small_delta(delta):
    with pytest.raises(ValueError, match="delta must be above 0 and below 1"):
        cross_entropy_error(Y1, T, delta)


def test_softmax_wants_an_axis():
    with pytest.raises(ValueError, match="a must have at least one axis"):
        softmax(3.0)
