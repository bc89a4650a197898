"""Training: draw a mini-batch, take its gradient, make a step, repeat.

Nothing is printed or drawn here. A loop of yours, a panel, a progress bar and a test all drive
the same generator and do with its records what they like.
"""

from typing import NamedTuple

import numpy as np

from helpers.batches import shuffled_batches
from helpers.language import value_error


class Record(NamedTuple):
    """What one step leaves behind."""

    step: int  # updates made so far, from 1
    epoch: int  # whole passes over the data finished so far
    loss: float  # of the step's batch, before the update


def train(model, x, t, rng, batch_size, learning_rate):
    """Gradient descent on mini-batches, for as long as the caller wants: one Record a step.

    Each epoch is shuffled anew and cut into batches, so each example is used once an epoch.
    Each step moves every parameter by −learning_rate · its slope, in place.

    model          has `parameters` and `loss_and_gradient(x, t)`, like TwoLayerNet
    x, t           floats (N, D), kept as float32 or float64; one-hot targets (N, K) or labels (N,)
    rng            np.random.default_rng(seed), for the shuffling
    batch_size     1 to N
    learning_rate  above 0

    It never ends by itself: stop with break, or take so many steps with itertools.islice. A
    generator kept in a variable goes on where it was. The model keeps what it has learned, so a
    run that was interrupted can also be taken up with a new generator.

    Raises ValueError at once for input that cannot be right, and later when the loss is no longer
    a finite number. Source: Saito, "Deep Learning from Scratch", section 4.5.

    >>> from helpers.models import TwoLayerNet
    >>> x, t = np.eye(4, dtype=np.float32), np.array([0, 1, 0, 1])
    >>> net = TwoLayerNet(np.random.default_rng(0), 4, 5, 2)
    >>> run = train(net, x, t, np.random.default_rng(0), batch_size=2, learning_rate=1.0)
    >>> [(record.step, record.epoch) for record, _ in zip(run, range(4))]
    [(1, 0), (2, 1), (3, 1), (4, 2)]
    """
    x, t = np.asarray(x), np.asarray(t)
    _check_data(model, x, t)
    if not 0 < learning_rate < np.inf:
        raise value_error(
            "learning_rate must be above 0, such as 0.1, but is {rate}.", rate=learning_rate
        )
    shuffled_batches(np.random.default_rng(), len(x), batch_size)  # says so if the size is wrong
    return _steps(model, x, t, rng, batch_size, float(learning_rate))


def _steps(model, x, t, rng, batch_size, learning_rate):
    step, steps_an_epoch = 0, -(-len(x) // batch_size)  # the last batch may be short
    while True:
        for rows in shuffled_batches(rng, len(x), batch_size):
            step += 1
            loss, gradient = _loss_and_gradient(model, x[rows], t[rows], step, learning_rate)
            with np.errstate(over="ignore", invalid="ignore"):  # the next loss will tell
                for name, slope in gradient.items():
                    model.parameters[name] -= learning_rate * slope
            yield Record(step, step // steps_an_epoch, loss)


def _loss_and_gradient(model, x, t, step, learning_rate):
    cause = None
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            loss, gradient = model.loss_and_gradient(x, t)
        if np.isfinite(loss):
            return loss, gradient
    except ValueError as error:  # softmax will not take nan or infinity
        cause = error
    raise value_error(
        "at step {step} the loss is no longer a finite number: the learning rate {rate:g} is "
        "probably too large; try a tenth of it on a new model.",
        step=step,
        rate=learning_rate,
    ) from cause


def _check_data(model, x, t):
    if x.ndim != 2 or not len(x) or x.dtype.kind != "f":
        raise value_error(
            "x must hold floats, one example a row, but has shape {shape} and dtype {dtype}: "
            "scale the pictures to 0..1 first.",
            shape=x.shape,
            dtype=x.dtype,
        )
    if t.shape[:1] != x.shape[:1]:
        raise value_error(
            "each row of x needs a target: x is {x}, but t is {t}.", x=x.shape, t=t.shape
        )
    if not np.isfinite(x.min() + x.max()):
        raise value_error("{name} has nan or infinity in it: look where it was computed.", name="x")
    model.loss_and_gradient(x[:1], t[:1])  # says so if the shapes do not fit the model
    classes = model.predict(x[:1]).shape[1]
    if t.ndim == 1 and (t.min() < 0 or t.max() >= classes):
        raise value_error(
            "labels must be from 0 to {last}, but t goes from {low} to {high}.",
            last=classes - 1,
            low=t.min(),
            high=t.max(),
        )
