"""Find what helpers/postcode.py holds: a 2 of the test data that a network takes for a 7.

    python -m tools.find_misread_digit

Looks at the network after each step of its first epoch, and prints ROWS, WRONG and RIGHT.
"""

import numpy as np

from helpers import data, postcode

EPOCH = 144  # steps


def find():
    """(rows, wrong, right): rows of the test data and two numbers of steps.

    wrong  when, and for which 2, the output for a 7 is highest
    right  when, later, its output for a 2 is for the first time the 0.60 of the lessons
    The other digits, 1 and four times 0, are those of which both networks are surest.
    """
    _, (x, t) = data.load_digits()
    y = np.array([postcode.half_trained(steps).predict(x) for steps in range(EPOCH + 1)])
    twos = np.flatnonzero(t == 2)
    wrong, two = np.unravel_index(y[:, twos, 7].argmax(), (len(y), len(twos)))
    right = wrong + (y[wrong:, twos[two], 2].round(2) == 0.6).argmax()
    sure = np.minimum(y[wrong], y[right])
    ones, zeros = (np.flatnonzero(t == k)[np.argsort(-sure[t == k, k])] for k in (1, 0))
    rows = [twos[two], *ones[:1], *zeros[:4]]
    return [int(row) for row in rows], int(wrong), int(right)


if __name__ == "__main__":
    print(find())
