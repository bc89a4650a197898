"""The postcode on a letter: six digits of the test data, and a network that misreads one of them.

210000 is Nanjing. After 75 steps of training the network reads 710000, which is Xi'an; after 110
steps it reads 210000. tools/find_misread_digit.py found the pictures and the steps.
"""

from itertools import islice

import numpy as np

from helpers.data import load_digits
from helpers.models import TwoLayerNet
from helpers.training import train

ROWS = [291, 156, 189, 26, 126, 136]  # of the test data
WRONG, RIGHT = 75, 110  # steps


def pictures():
    """The six digits: x, float32 (6, 64), and their labels t, int64 (6,)."""
    _, (x_test, t_test) = load_digits()
    return x_test[ROWS], t_test[ROWS]


def half_trained(steps):
    """A network 64-50-10 after so many steps, each on 10 pictures of the training data.

    >>> x, t = pictures()
    >>> half_trained(WRONG).predict(x).argmax(axis=1)
    array([7, 1, 0, 0, 0, 0])
    >>> half_trained(RIGHT).predict(x).argmax(axis=1)
    array([2, 1, 0, 0, 0, 0])
    """
    (x_train, t_train), _ = load_digits()
    network = TwoLayerNet(np.random.default_rng(0), 64, 50, 10, dtype=np.float64)
    run = train(network, x_train, t_train, np.random.default_rng(1), 10, 1.0)
    for _record in islice(run, steps):
        pass
    return network
