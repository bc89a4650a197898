"""Features: what a person decided to measure in a picture.

Source: Dalal and Triggs, "Histograms of Oriented Gradients for Human Detection", CVPR 2005.
"""

import numpy as np

from helpers.language import value_error

CELL, DIRECTIONS = 4, 8  # pixels along a cell's side; bins from 0 to 180 degrees


def hog_features(x):
    """Histograms of oriented gradients of the digits: shape (N, 64) to (N, 288), float64.

    In words: enlarge 8 × 8 pixels to 16 × 16, make a histogram for each of the 4 × 4 cells, join
    2 × 2 cells to a block, wherever one fits (3 × 3 blocks), and divide each block by its length,
    so that faint ink counts as much as strong; no entry above 0.2, divide again.

    x  pictures, 64 finite numbers a row, such as the grey levels from 0 to 1
    ValueError: x has another shape, or nan or infinity in it.

    >>> hog_features(np.eye(64)).shape
    (64, 288)
    """
    x = np.asarray(x, dtype=float)
    if x.ndim != 2 or x.shape[1] != 64:
        raise value_error(
            "x must have shape (N, {inputs}), one example a row, but has shape {shape}.",
            inputs=64,
            shape=x.shape,
        )
    if not np.isfinite(x).all():
        raise value_error("{name} has nan or infinity in it: look where it was computed.", name="x")
    place = 7 - abs(7 - abs(np.arange(16) / 2 - 0.25))  # of 16 small pixels among 8 large ones
    enlarge = [np.interp(place, np.arange(8), pixel) for pixel in np.eye(8)]
    cells = cell_histograms(np.transpose(enlarge) @ x.reshape(-1, 8, 8) @ enlarge)
    corners = [cells[:, i : i + 3, j : j + 3] for i in (0, 1) for j in (0, 1)]
    blocks = np.concatenate(corners, axis=3)
    for most in (0.2, np.inf):
        length = np.sqrt((blocks**2).sum(axis=3, keepdims=True) + 1e-10)  # empty blocks stay 0
        blocks = np.minimum(blocks / length, most)
    return blocks.reshape(len(x), 288)


def cell_histograms(pictures):
    """Which way the grey changes, and how strongly: (N, H, W) to (N, H / 4, W / 4, 8).

    In each cell of 4 × 4 pixels, the mean length of the gradients in each of 8 directions. The
    gradient: the pixel below minus the one above, the one on the right minus the one on the left;
    0 at the border. From light to dark is the direction of from dark to light.

    pictures  grey levels, in any unit; H and W multiples of 4
    ValueError: they are not.
    """
    count, height, width = np.shape(pictures)
    if height % CELL or width % CELL:
        raise value_error(
            "height and width must be multiples of {cell}, but are {height}, {width}.",
            cell=CELL,
            height=height,
            width=width,
        )
    down, across = np.zeros((2, count, height, width))
    down[:, 1:-1] = pictures[:, 2:] - pictures[:, :-2]
    across[:, :, 1:-1] = pictures[:, :, 2:] - pictures[:, :, :-2]
    direction = np.arctan2(down, across) % np.pi // (np.pi / DIRECTIONS)
    votes = np.hypot(down, across)[..., None] * (direction[..., None] == np.arange(DIRECTIONS))
    cells = votes.reshape(count, height // CELL, CELL, width // CELL, CELL, DIRECTIONS)
    return cells.mean(axis=(2, 4))
