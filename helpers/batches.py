"""Batches: which examples a step looks at. Both schemes give row numbers, 0 to n − 1.

x_train[batch], t_train[batch] are then the examples themselves. All chance comes from `rng`, made
with np.random.default_rng(seed): the same seed gives the same batches.

Source: Saito, "Deep Learning from Scratch", chapter 4 (mini-batch learning).
"""

import numpy as np

from helpers.language import value_error


def sample_batch(rng, n, batch_size, replace=True):
    """The random draw: batch_size of the n row numbers, each with the same chance.

    rng         a NumPy random generator
    n           how many examples there are, a whole number from 1
    batch_size  how many to draw, a whole number from 1
    replace     True: drawn numbers are put back, so a batch may hold one twice and may be larger
                than n. False: all numbers of a batch differ, so batch_size is at most n.
    Returns int64 of shape (batch_size,). ValueError: what is said above does not hold.

    >>> sample_batch(np.random.default_rng(0), 60000, 5)
    array([51037, 38217, 30668, 16187, 18469])
    """
    n, batch_size = _whole("n", n), _whole("batch_size", batch_size)
    if batch_size > n and not replace:
        raise value_error(
            "a batch of {batch_size} different rows cannot come from {n}: take {n} at most, or "
            "draw with replace=True.",
            batch_size=batch_size,
            n=n,
        )
    return rng.choice(n, batch_size, replace=replace)


def shuffled_batches(rng, n, batch_size):
    """Shuffle and cut: one epoch, each of the n row numbers in exactly one batch.

    rng, n      as for sample_batch
    batch_size  rows in a batch, a whole number from 1 to n. The last batch is short when n is no
                multiple of it: 60000 rows in batches of 128 end with one of 96.
    Returns an iterator over int64 arrays. Call again for the next epoch: the order is a new one.
    ValueError: what is said above does not hold.

    >>> [batch.tolist() for batch in shuffled_batches(np.random.default_rng(0), 10, 4)]
    [[4, 6, 2, 7], [3, 5, 9, 0], [8, 1]]
    """
    n, batch_size = _whole("n", n), _whole("batch_size", batch_size)
    if batch_size > n:
        raise value_error(
            "a batch of {batch_size} different rows cannot come from {n}: take {n} at most.",
            batch_size=batch_size,
            n=n,
        )
    order = rng.permutation(n)
    return (order[start : start + batch_size] for start in range(0, n, batch_size))


def _whole(name, number):
    """number as an int, if it is a whole number from 1."""
    if isinstance(number, bool) or not isinstance(number, int | np.integer) or number < 1:
        raise value_error(
            "{name} must be a whole number from 1, but is {number!r}.", name=name, number=number
        )
    return int(number)
