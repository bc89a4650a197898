"""Three scores and softmax: every slider through its range, against SciPy and by hand."""

import numpy as np
import pytest
from scipy.special import log_softmax, softmax

from helpers import panels


def numbers(text):
    return [float(number) for number in text.split()]


@pytest.mark.parametrize("moved", ["a0", "a1", "a2"])
def test_every_score_through_its_range(moved):
    panel = panels.scores(softmax)
    for score in np.linspace(-5, 5, 21):
        panel.set(**{moved: score})
        assert panel.error == ""
        a = np.array(list(panel.values.values()))
        y = numbers(panel.readout["y"])
        assert y == pytest.approx(softmax(a), abs=6e-6)
        assert numbers(panel.readout["y − t"]) == pytest.approx(softmax(a) - [1, 0, 0], abs=6e-5)
        assert float(panel.readout["−log y₀"]) == pytest.approx(-log_softmax(a)[0], abs=6e-5)


def test_by_hand():
    panel = panels.scores(softmax)
    assert numbers(panel.readout["exp(a)"]) == [2.718, 20.086, 1]
    assert panel.readout["Σ exp(a)"] == "23.804"
    assert numbers(panel.readout["y"]) == [0.11420, 0.84379, 0.04201]
    panel.set(a0=0, a1=0, a2=0)
    assert numbers(panel.readout["y"]) == [0.33333] * 3
    assert panel.readout["−log y₀"] == "1.0986"  # log 3


def test_the_button_that_lowers_all_scores_by_one_changes_no_probability():
    panel = panels.scores(softmax)
    shown, presets = panel.readout, dict(panel.presets)
    panel.set(**presets["0, 2, −1"])
    assert panel.readout["exp(a)"] != shown["exp(a)"]
    assert panel.readout["y"] == shown["y"]
    panel.set(**presets["0.5, 1.5, 0"])
    assert panel.readout["y"] != shown["y"]


def test_the_pictures_show_scores_and_probabilities():
    panel = panels.scores(softmax)
    before = panel.picture
    panel.set(a2=4)
    assert panel.picture != before
    heights = [bar.get_height() for ax in panel._figure.axes for bar in ax.containers[-1]]
    assert heights == pytest.approx([1, 3, 4, *softmax([1, 3, 4])])


def test_softmax_is_the_learners():
    panel = panels.scores(lambda a: a / a.sum())
    assert numbers(panel.readout["y"]) == [0.25, 0.75, 0]
    assert panels.scores(lambda a: 1 / 0).error.startswith("ZeroDiv")
