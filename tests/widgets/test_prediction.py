"""The prediction you can drag, seen from the kernel. The browser's half is in tests/browser."""

import itertools

import numpy as np
import pytest

from helpers import panels
from helpers.losses import cross_entropy_error, mean_squared_error
from helpers.widgets.prediction import Prediction, exact

Y1 = np.array([0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0])
T = np.eye(10)[2]


def test_the_functions_given_are_run_on_what_is_shown():
    prediction = Prediction(Y1, T, [mean_squared_error, cross_entropy_error])
    assert [r["value"] for r in prediction.answers["results"]] == [
        "0.09750000000000003",
        "0.510825457099338",
    ]
    prediction.y, prediction.t = np.full(10, 0.1), 7
    assert prediction.answers["y"] == [0.1] * 10
    assert prediction.answers["t"] == 7
    assert float(prediction.answers["results"][0]["value"]) == pytest.approx(0.45)
    np.testing.assert_array_equal(prediction.t, np.eye(10)[7])


@pytest.mark.parametrize("t", [2, np.int64(2), T, T.astype(int), [0, 0, 1] + 7 * [0]])
def test_the_target_may_be_a_label_or_one_hot(t):
    np.testing.assert_array_equal(Prediction(Y1, t, []).t, T)


@pytest.mark.parametrize("t", [10, -1, 2.5, T * 0.5, np.ones(10), T[:5], [T, T]])
def test_a_target_that_fits_nothing_is_refused(t):
    with pytest.raises(ValueError, match=r"one-hot of shape \(10,\) or a label 0 to 9"):
        Prediction(Y1, t, [])


def test_a_panel_keeps_its_number_of_bars():
    prediction = Prediction(Y1, T, [])
    with pytest.raises(ValueError, match="this panel has 10 bars, got 9 numbers"):
        prediction.y = Y1[:9]
    np.testing.assert_array_equal(prediction.y, Y1)


@pytest.mark.parametrize("y", [Y1 + 1, -Y1, Y1 * np.nan, [Y1, Y1], 0.5])
def test_a_prediction_that_fits_nothing_is_refused(y):
    with pytest.raises(ValueError, match=r"numbers from 0 to 1 in shape \(K,\)"):
        Prediction(y, 2, [])


def test_an_error_of_the_learner_is_shown_and_the_next_good_answer_too():
    def mean_squared_error(y, t):
        if y[2] > 0.5:
            raise TypeError("unsupported operand")
        return 7.0

    prediction = Prediction(Y1, T, [mean_squared_error])
    assert prediction.answers["results"] == [
        {"value": "", "error": "TypeError: unsupported operand"}
    ]
    assert "TypeError" in prediction.alt
    prediction.y = np.full(10, 0.1)
    assert prediction.answers["results"] == [{"value": "7.0", "error": ""}]


@pytest.mark.parametrize("y", [Y1, np.full(10, 0.044), np.ones(10)])
def test_no_number_of_the_still_covers_another(y):
    figure = Prediction(y, T, [mean_squared_error, cross_entropy_error]).still()
    boxes = [text.get_window_extent() for ax in figure.axes for text in ax.texts]
    assert len(boxes) == 30
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


def test_the_still_has_the_terms_of_the_sum():
    texts = [
        text.get_text()
        for ax in Prediction(Y1, T, [cross_entropy_error]).still().axes
        for text in ax.texts
    ]
    assert texts[10:] == ["0", "0", "−0.511", *7 * ["0"]]


def test_a_tiny_loss_is_told_from_zero_and_noise_is_not():
    sure = np.eye(10)[2]
    assert exact(cross_entropy_error(sure, T)) == "-1e-7"
    assert exact(2e-33) == exact(-1e-20) == exact(-0.0) == "0.0000"
    assert exact(0.09750000000000003) == "0.0975"
    assert exact(float("inf")) == "inf"


def test_the_learner_cannot_change_what_is_shown():
    def vandal(y, t):
        y[:] = 0
        t[:] = 0
        return 0.0

    prediction = Prediction(Y1, T, [vandal])
    np.testing.assert_array_equal(prediction.y, Y1)


def test_presets_have_the_losses_that_the_lesson_speaks_of():
    panel = panels.prediction(Y1, T, [mean_squared_error], presets={"y1": Y1})
    found = {label: round(mean_squared_error(np.array(y), T), 4) for label, y in panel.presets}
    assert found == {
        "y1": 0.0975,
        "1/10": 0.45,
        "y = t": 0.0,
        "0.6, 0.4": 0.16,
        "0.6, 9 × 0.044": 0.0889,
        "1, 1, 1 …": 4.5,
    }


def test_the_still_says_what_it_shows():
    data, _ = Prediction(Y1, T, [mean_squared_error])._repr_mimebundle_()
    assert data["text/plain"] == (
        "y = (0.10, 0.05, 0.60, 0.00, 0.05, 0.10, 0.00, 0.10, 0.00, 0.00); t = 2;"
        " mean_squared_error = 0.0975"
    )
    assert f'alt="{data["text/plain"]}"' in data["text/html"]
