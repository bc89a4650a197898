"""Gradients: in which direction a function rises, found by trying; and the walk against them.

Everything is computed in float64. Whole numbers cannot be moved by a small h, and float32 rounds
most of h away: both would give a wrong gradient without a word, so both are refused.

Source: Saito, "Deep Learning from Scratch", chapter 4 (numerical differentiation, gradient).
"""

import numpy as np

from helpers.language import value_error


def numerical_gradient(f, x, h=1e-4):
    """The partial derivative of f for each entry of x, by central differences.

    In words: move one entry up by h and down by h, with all others held fixed; divide the
    difference of the two values of f by the distance really moved: 2h, but for the rounding of
    x + h and x − h. The error shrinks with h² until rounding takes over.

    f  takes an array like x, returns one finite number. It is called twice for each entry of x.
    x  float64, of any shape, finite. While f runs, one entry of this very array is moved (so f may
       also read it elsewhere, as the weight of a network); afterwards x is as before, even if
       f raises.
    h  above 0, in the units of x.
    Returns float64 of the shape of x. ValueError: what is said above does not hold, or x is so
    large that h vanishes beside it.

    >>> numerical_gradient(lambda x: x[0] ** 2 + x[1] ** 2, np.array([3.0, 4.0])).round(6)
    array([6., 8.])
    """
    x, h = _point(x), _positive("h", h)
    before, gradient = x.copy(), np.zeros(x.shape)
    try:
        for index in np.ndindex(x.shape):
            high, low = before[index] + h, before[index] - h
            if high == low:
                raise value_error(
                    "{entry} = {size:.3g} is too large for h = {h:g}: adding h does not change it."
                    " Find out why x has grown, or take a larger h.",
                    entry=_entry(index),
                    size=before[index],
                    h=h,
                )
            values = []
            for moved in (high, low):
                x[index] = moved
                values.append(_value(f(x), index, moved))
                x[index] = before[index]
            gradient[index] = (values[0] - values[1]) / (high - low)
    finally:
        x[...] = before
    return gradient


def gradient_descent(f, x, learning_rate, steps):
    """Walk downhill: in each step take learning_rate times the numerical gradient away from x.

    f              as for numerical_gradient, but it must compute from the array it is given
    x              where to start; it is not changed
    learning_rate  above 0; the usual symbol is η
    steps          how many, a whole number from 0
    Returns the path, float64 of shape (steps + 1, *x.shape): the start, then x after each step.
    ValueError: as for numerical_gradient; so also when the walk runs away.

    >>> path = gradient_descent(lambda x: np.sum(x**2), np.array([-3.0, 4.0]), 0.1, 100)
    >>> path.shape
    (101, 2)
    >>> bool(np.all(abs(path[-1]) < 1e-8))
    True
    """
    learning_rate = _positive("learning_rate", learning_rate)
    if isinstance(steps, bool) or not isinstance(steps, int | np.integer) or steps < 0:
        raise value_error("steps must be a whole number from 0, but is {steps!r}.", steps=steps)
    path = [_point(x).copy()]
    for step in range(1, steps + 1):
        try:
            path.append(path[-1] - learning_rate * numerical_gradient(f, path[-1]))
        except ValueError as error:
            if step == 1:
                raise
            raise value_error(
                "step {step} of the descent: {error} Is learning_rate = {rate:g} too large?",
                step=step,
                error=error,
                rate=learning_rate,
            ) from error
    return np.array(path)


def _point(x):
    """x as a float64 array (the same one, where it is one already) that can be moved."""
    try:
        array = np.asarray(x)
    except ValueError as error:
        raise value_error(
            "{name} must hold numbers, in rows of the same length.", name="x"
        ) from error
    if array.dtype != np.float64:
        raise value_error(
            "x must be float64, but is {dtype}: a small h would be rounded away without a word. "
            "Give floats, such as np.array([3.0, 4.0]) or x.astype(float).",
            dtype=array.dtype,
        )
    if array.size == 0:
        raise value_error("x is empty, shape {shape}: there is nothing to move.", shape=array.shape)
    if not np.isfinite(array).all():
        raise value_error("{name} has nan or infinity in it: look where it was computed.", name="x")
    if not array.flags.writeable:
        raise value_error("x is read-only, so no entry can be moved: give x.copy().")
    return array


def _positive(name, number):
    """number as a float, if it is a finite number above 0."""
    if isinstance(number, bool) or np.ndim(number) > 0 or not np.isrealobj(number):
        raise value_error(
            "{name} must be one number above 0, but is {number!r}.", name=name, number=number
        )
    try:
        value = float(number)
    except (TypeError, ValueError, OverflowError):
        value = np.nan
    if not 0 < value < np.inf:
        raise value_error(
            "{name} must be a finite number above 0, but is {number!r}.", name=name, number=number
        )
    return value


def _value(value, index, moved):
    """What f returned, as a float, if it is one finite number."""
    if np.ndim(value) > 0 or not np.isrealobj(value):
        kind = f"shape {np.shape(value)}" if np.ndim(value) else f"{value!r}"
        raise value_error("f must return one real number, but returned {kind}.", kind=kind)
    try:
        value = float(value)
    except (TypeError, ValueError):
        raise value_error(
            "f must return one number, but returned {value!r}.", value=value
        ) from None
    if not np.isfinite(value):
        raise value_error(
            "f returned {value} for {entry} = {moved:.6g}: give it finite x.",
            value=value,
            entry=_entry(index),
            moved=moved,
        )
    return value


def _entry(index):
    return f"x[{', '.join(map(str, index))}]" if index else "x"
