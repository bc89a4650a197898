"""What marking takes for a right number, and from whom."""

import numpy as np
import pytest

from tests.grading import local
from tools import assignments
from tools.grading.marking import agree, differ

NO_NUMBERS = [np.nan, np.inf, [], "1", None, {"a": 1}, [np.inf, 1.0]]


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_what_is_no_number_is_neither_the_same_nor_different(value):
    assert not agree(value, value) and not differ(value, 1.0) and not differ(value, value)


def test_a_number_is_the_same_when_it_is_right_to_six_places():
    assert agree(1 + 9e-7, 1) and not agree(1 + 2e-6, 1)
    assert agree(1e-13, 0) and not agree(1e-11, 0)
    assert not agree(1e-13, 4e-13) and not agree(0, 1e-13)  # small, and yet another number
    assert not agree(1e308, np.inf)
    assert agree(np.array([[2.0]]), 2) and not agree([2.0], 2)  # a list is no number
    assert not agree(np.array([2.0, 2.0]), 2) and agree([True, False], [1, 0])


CHANGES_THE_QUESTION = {
    (
        "a1",
        "choose",
    ): "scores[0][...] = scores[1][...] = scores[2][...] = ks[...] = 0\n    return 0",
    ("a4", "batch_loss"): "scores[0][...] = ks[...] = 1\n    return 0.0",
    ("a6", "forward"): "ks[...] = scores[1][...] = 0\n    return np.full((len(ks), 3), 1 / 3)",
    ("a7", "loss_backward"): "ks[...] = scores[0][...] = 0\n    return np.zeros(ks.shape)",
}


@pytest.mark.parametrize(("name", "answer"), CHANGES_THE_QUESTION)
def test_who_changes_the_question_to_fit_an_answer_gets_nothing(name, answer):
    code = f"def {answer}(ks, *scores):\n    {CHANGES_THE_QUESTION[name, answer]}"
    properties = assignments.properties_of(name)
    all_of_it = {f"{one.answer}.{one.name}" for one in properties if one.answer == answer}
    assert local.lost(name, {answer: code}) >= all_of_it


def test_who_changes_an_argument_and_is_right_loses_only_that():
    code = local.solved("a7")[0]["loss_backward"]
    changing = code.replace("return", "y *= 1.0000001\n    return", 1)
    assert changing != code
    assert local.lost("a7", {"loss_backward": changing}) == {"loss_backward.probabilities_kept"}
