"""Batches: what every draw and every epoch promises, for many sizes; and what bad input is told."""

import numpy as np
import pytest

from helpers.batches import sample_batch, shuffled_batches
from helpers.losses import cross_entropy_error, softmax
from tests.lessons import taught_in

SIZES = [(1, 1), (7, 1), (7, 3), (7, 7), (100, 32), (1437, 100), (60000, 128)]
every_size = pytest.mark.parametrize(("n", "batch_size"), SIZES)


@pytest.fixture
def rng():
    return np.random.default_rng(5)


@every_size
@pytest.mark.parametrize("replace", [True, False])
def test_a_draw_is_rows_of_the_data(rng, n, batch_size, replace):
    batch = sample_batch(rng, n, batch_size, replace)
    assert batch.shape == (batch_size,)
    assert batch.dtype == np.int64
    assert batch.min() >= 0
    assert batch.max() < n


@every_size
def test_without_replacement_all_differ(rng, n, batch_size):
    for _ in range(20):
        batch = sample_batch(rng, n, batch_size, replace=False)
        assert len(np.unique(batch)) == batch_size


def test_a_draw_replaces_unless_told_otherwise(rng):
    assert len(sample_batch(rng, 3, 50)) == 50  # more than there are: only with replacement
    assert set(sample_batch(rng, 3, 50)) == {0, 1, 2}


@pytest.mark.parametrize("replace", [True, False])
def test_each_row_has_the_same_chance(rng, replace):
    draws = [sample_batch(rng, 10, 4, replace) for _ in range(5000)]
    counts = np.bincount(np.concatenate(draws), minlength=10)
    assert counts == pytest.approx(2000, abs=5 * np.sqrt(2000))  # five standard deviations


def test_repeats_come_as_often_as_the_birthday_formula_says(rng):
    draws = [sample_batch(rng, 60000, 100) for _ in range(5000)]
    share = np.mean([len(np.unique(batch)) < 100 for batch in draws])
    expected = 1 - np.prod(1 - np.arange(100) / 60000)
    assert expected == pytest.approx(0.079, abs=5e-4)
    assert share == pytest.approx(expected, abs=5 * np.sqrt(expected / 5000))


@every_size
def test_an_epoch_has_each_row_once(rng, n, batch_size):
    batches = list(shuffled_batches(rng, n, batch_size))
    assert np.array_equal(np.sort(np.concatenate(batches)), np.arange(n))


@every_size
def test_only_the_last_batch_is_short(rng, n, batch_size):
    *full, last = (len(batch) for batch in shuffled_batches(rng, n, batch_size))
    assert set(full) <= {batch_size}
    assert last == (n % batch_size or batch_size)
    assert len(full) + 1 == int(np.ceil(n / batch_size))


def test_the_epoch_of_the_lesson(rng):
    sizes = [len(batch) for batch in shuffled_batches(rng, 60000, 128)]
    assert (len(sizes), sizes[0], sizes[-1]) == (469, 128, 96)


def test_each_epoch_has_an_order_of_its_own(rng):
    one, two = (np.concatenate(list(shuffled_batches(rng, 100, 10))) for _ in range(2))
    assert not np.array_equal(one, np.arange(100))
    assert not np.array_equal(one, two)


@pytest.mark.parametrize("scheme", [sample_batch, shuffled_batches])
def test_the_seed_decides(scheme):
    a, b, c = (np.array(list(scheme(np.random.default_rng(s), 100, 10))) for s in (1, 1, 2))
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


def test_the_global_generator_is_left_alone(rng):
    before = np.random.get_state()[1].copy()
    sample_batch(rng, 10, 5)
    list(shuffled_batches(rng, 10, 5))
    assert np.array_equal(before, np.random.get_state()[1])


@pytest.mark.parametrize("scheme", [sample_batch, shuffled_batches])
@pytest.mark.parametrize("bad", [0, -1, 2.0, 0.5, "10", None, True, [10], np.float64(3)])
def test_bad_sizes_are_refused_at_the_call(rng, scheme, bad):
    for arguments in [(bad, 1), (10, bad)]:
        name = "n" if arguments[0] is bad else "batch_size"
        with pytest.raises(ValueError, match=f"^{name} must be a whole number from 1, but is "):
            scheme(rng, *arguments)  # not only when the first batch is asked for


def test_more_than_there_are(rng):
    sentence = "a batch of 11 different rows cannot come from 10: take 10 at most"
    with pytest.raises(ValueError, match=sentence + ", or draw with replace=True"):
        sample_batch(rng, 10, 11, replace=False)
    with pytest.raises(ValueError, match=sentence):
        shuffled_batches(rng, 10, 11)


def test_whole_numbers_of_numpy_will_do(rng):
    assert sample_batch(rng, np.int32(10), np.uint8(4)).shape == (4,)


@pytest.fixture(scope="module")
def taught():
    return taught_in("mini_batch_loss")


@pytest.mark.parametrize(("n", "batch_size"), SIZES)
def test_the_lesson_teaches_the_same_batches(taught, n, batch_size):
    for replace in (True, False):
        mine, theirs = (np.random.default_rng(1) for _ in range(2))
        expected = sample_batch(mine, n, batch_size, replace)
        assert np.array_equal(taught["sample_batch"](theirs, n, batch_size, replace), expected)
        pairs = zip(
            taught["shuffled_batches"](theirs, n, batch_size),
            shuffled_batches(mine, n, batch_size),
            strict=True,
        )
        assert all(np.array_equal(one, two) for one, two in pairs)


@pytest.mark.parametrize("examples", [1, 2, 10, 100])
def test_the_lesson_teaches_the_same_loss(taught, rng, examples):
    y, t = softmax(rng.normal(size=(examples, 10))), rng.integers(10, size=examples)
    for target in (t, np.eye(10)[t]):
        expected = cross_entropy_error(y, target)
        assert taught["cross_entropy_error"](y, target) == pytest.approx(expected, rel=1e-12)
        one = cross_entropy_error(y[0], target[0])
        assert taught["cross_entropy_error"](y[0], target[0]) == pytest.approx(one, rel=1e-12)
    with pytest.raises(ValueError, match="does not fit"):
        taught["cross_entropy_error"](y, np.zeros((examples, 3)))
