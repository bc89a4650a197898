"""Features: against scikit-image, against plain steps, and through to the answers."""

import numpy as np
import pytest
from skimage.feature import hog
from skimage.transform import resize
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

from helpers.data import load_digits
from helpers.features import cell_histograms, hog_features

(x_train, t_train), (x_test, t_test) = load_digits()
ORDER = np.random.default_rng(0).permutation(64)


def theirs(x):
    """What helpers.features.hog_features is, by scikit-image."""
    large = [resize(picture, (16, 16)) for picture in x.astype(float).reshape(-1, 8, 8)]
    cut = {"orientations": 8, "pixels_per_cell": (4, 4), "cells_per_block": (2, 2)}
    return np.array([hog(picture, **cut) for picture in large])


@pytest.mark.parametrize("order", [np.arange(64), ORDER], ids=["in place", "shuffled"])
def test_numbers_and_answers_are_those_of_scikit_image(order):
    ours = [hog_features(x[:, order]) for x in (x_train, x_test)]
    expected = [theirs(x[:, order]) for x in (x_train, x_test)]
    assert ours[0].dtype == np.float64
    for mine, other in zip(ours, expected, strict=True):
        assert mine == pytest.approx(other, abs=1e-6)
    for learner in (*map(KNeighborsClassifier, range(1, 16, 2)), SVC()):
        answers = [learner.fit(a, t_train).predict(b) for a, b in (ours, expected)]
        assert np.array_equal(*answers)


def test_a_piece_of_hog_made_as_the_exercise_says_is_what_helpers_give():
    patch = x_train[t_train == 7][0].reshape(8, 8)[2:6, 2:6]
    down, across = np.zeros((2, 4, 4))
    down[1:-1] = patch[2:] - patch[:-2]
    across[:, 1:-1] = patch[:, 2:] - patch[:, :-2]
    length, direction = np.hypot(down, across), np.arctan2(down, across) % np.pi
    histogram, _ = np.histogram(direction, bins=8, range=(0, np.pi), weights=length)
    assert histogram == pytest.approx(16 * cell_histograms(patch[None])[0, 0, 0])
    shares = hog(
        patch, orientations=8, pixels_per_cell=(4, 4), cells_per_block=(1, 1), block_norm="L2"
    )
    assert histogram / np.linalg.norm(histogram) == pytest.approx(shares, abs=1e-6)


def test_a_cell_worked_by_hand():
    picture = np.zeros((4, 8))
    picture[:, 4:] = 1  # an upright edge: all changes go across
    first, second = cell_histograms(picture[None])[0, 0]
    assert first.tolist() == second.tolist() == [4 / 16, 0, 0, 0, 0, 0, 0, 0]
    assert cell_histograms(picture.T[None])[0, :, 0, 4].tolist() == [4 / 16, 4 / 16]


def test_an_empty_picture_and_the_input():
    x = np.zeros((2, 64), np.float32)
    assert not hog_features(x).any()
    x = x_test[:3].copy()
    hog_features(x)
    assert np.array_equal(x, x_test[:3])
    assert hog_features(x[:0]).shape == (0, 288)


@pytest.mark.parametrize(
    ("x", "sentence"),
    [
        (x_test[0], r"x must have shape \(N, 64\), .* has shape \(64,\)"),
        (np.zeros((2, 784)), r"has shape \(2, 784\)"),
        (np.full((1, 64), np.nan), "x has nan or infinity"),
    ],
)
def test_what_is_no_digit_is_refused(x, sentence):
    with pytest.raises(ValueError, match=sentence):
        hog_features(x)
    with pytest.raises(ValueError, match=r"multiples of 4, but are 8, 6"):
        cell_histograms(np.zeros((1, 8, 6)))
