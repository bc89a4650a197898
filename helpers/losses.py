"""Losses: one number for how badly a prediction does. Lower is better.

Shapes, the same in every function here:
    y  predictions: (K,) for one example, (N, K) for a batch with one example a row.
    t  targets: the shape of y (one-hot, or any shares of the classes), or one dimension fewer:
       labels, that is whole numbers from 0 to K − 1; one label for one example.
Lists and integer arrays are converted; everything is computed in float64; inputs are never changed.
A loss is the mean over the examples, a Python float. What cannot be right raises ValueError.

Source: Saito, "Deep Learning from Scratch", chapters 3 (softmax) and 4 (losses).
"""

import numpy as np

from helpers.language import value_error

ROUNDING = 1e-6  # a softmax in float32 may end this far from 1


def softmax(a):
    """Scores to probabilities: exp of each score, divided by the sum of them along the last axis.

    a  scores, any finite numbers, of shape (..., K). Returns float64 of the same shape.

    >>> softmax([0, 0, 0, 0])
    array([0.25, 0.25, 0.25, 0.25])
    >>> softmax([1000, -1000])
    array([1., 0.])
    """
    a = _numbers("a", a)
    if a.ndim == 0:
        raise value_error(
            "a must have at least one axis, the scores: give [{a}] instead of {a}.", a=a
        )
    powers = np.exp(a - a.max(axis=-1, keepdims=True))  # the largest is exp(0), so none overflows
    return powers / powers.sum(axis=-1, keepdims=True)


def mean_squared_error(y, t):
    """Half the sum over the classes of (y − t)²; the mean over the examples.

    y  any finite numbers. The classical name stays, though nothing is divided by K.

    >>> mean_squared_error([0.1, 0.6, 0.3], [0, 1, 0])
    0.13
    >>> mean_squared_error([0.1, 0.6, 0.3], 1)
    0.13
    """
    y, t = _batch(y, t)
    if t.ndim == 1:
        t = np.eye(y.shape[1])[t]  # labels to one-hot
    return float(np.mean(0.5 * np.sum((y - t) ** 2, axis=1)))


def cross_entropy_error(y, t, delta=1e-7):
    """Minus the sum over the classes of t · log(y + delta); the mean over the examples, in nats.

    y      probabilities, 0 to 1 (up to 1e-6 above is taken for rounding). A row need not sum to 1:
           only softmax promises that, and this loss does not see it.
    t      labels, or shares from 0 to 1 that sum to 1 in each row. Shares that do not, such as
           a row of zeros, are no distribution; their loss would be a number without a meaning.
    delta  above 0 and below 1. Keeps log away from 0, where 0 · log 0 would be nan.

    >>> round(cross_entropy_error([0.1, 0.6, 0.3], [0, 1, 0]), 6)
    0.510825
    >>> round(cross_entropy_error([[0.1, 0.6, 0.3], [0.8, 0.1, 0.1]], [1, 2]), 6)
    1.406705
    """
    if not 0 < delta < 1:
        raise value_error(
            "delta must be above 0 and below 1, such as 1e-7, but is {delta}.", delta=delta
        )
    y, t = _batch(y, t, low=0, high=1)
    if t.ndim == 1:  # labels: one logarithm an example, of the true class's output
        return float(-np.mean(np.log(y[np.arange(len(y)), t] + delta)))
    sums = t.sum(axis=1)
    furthest = sums[np.argmax(abs(sums - 1))]
    if abs(furthest - 1) > ROUNDING:
        raise value_error(
            "each row of t must sum to 1, as one-hot rows do, but one sums to {sum:.6g}.",
            sum=furthest,
        )
    return float(-np.mean(np.sum(t * np.log(y + delta), axis=1)))


def _batch(y, t, low=-np.inf, high=np.inf):
    """Check y and t; return y (N, K), one example as N = 1, and t (N, K) or as labels (N,)."""
    y, t = _numbers("y", y, low, high), _array("t", t)
    if y.ndim not in (1, 2):
        raise value_error("y must have shape (K,) or (N, K), but has shape {y}.", y=y.shape)
    classes = y.shape[-1]
    if t.shape == y.shape:
        return y.reshape(-1, classes), _numbers("t", t, low, high).reshape(-1, classes)
    if t.shape != y.shape[:-1]:
        raise value_error(
            "t of shape {t} does not fit y of shape {y}: give one-hot targets of shape {y} "
            "or labels of shape {labels}.",
            t=t.shape,
            y=y.shape,
            labels=y.shape[:-1],
        )
    if t.dtype.kind not in "iu":
        raise value_error(
            "labels must be whole numbers, but t has dtype {dtype}: try t.astype(int).",
            dtype=t.dtype,
        )
    if t.min() < 0 or t.max() >= classes:
        raise value_error(
            "labels must be from 0 to {last}, for y has {classes} classes, but t goes from {low} "
            "to {high}.",
            last=classes - 1,
            classes=classes,
            low=t.min(),
            high=t.max(),
        )
    return y.reshape(-1, classes), t.reshape(-1)


def _array(name, values, dtype=None):
    try:
        return np.asarray(values, dtype)
    except (TypeError, ValueError) as error:
        raise value_error(
            "{name} must hold numbers, in rows of the same length.", name=name
        ) from error


def _numbers(name, values, low=-np.inf, high=np.inf):
    """`values` as a float64 array that is not empty, finite and within low..high."""
    array = _array(name, values, np.float64)
    if array.size == 0:
        raise value_error(
            "{name} is empty, its shape is {shape}: give at least one example.",
            name=name,
            shape=array.shape,
        )
    smallest, largest = array.min(), array.max()  # two passes, no copy; both see a nan
    if not (np.isfinite(smallest) and np.isfinite(largest)):
        raise value_error(
            "{name} has nan or infinity in it: look where it was computed.", name=name
        )
    if smallest < low or largest > high + ROUNDING:
        raise value_error(
            "{name} must be from {low} to {high}, but goes from {smallest:.6g} to "
            "{largest:.6g}: give probabilities, such as softmax makes.",
            name=name,
            low=low,
            high=high,
            smallest=smallest,
            largest=largest,
        )
    return array
