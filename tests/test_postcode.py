"""The postcode of the story: found as its script says, misread and then read as the lessons say."""

import numpy as np

from helpers import postcode
from tools import find_misread_digit


def test_the_script_finds_what_the_module_holds():
    assert find_misread_digit.find() == (postcode.ROWS, postcode.WRONG, postcode.RIGHT)


def test_the_same_picture_is_a_seven_with_0_57_and_then_a_two_with_0_60():
    x, t = postcode.pictures()
    wrong, right = (postcode.half_trained(n).predict(x) for n in (75, 110))
    np.testing.assert_array_equal(t, [2, 1, 0, 0, 0, 0])
    np.testing.assert_allclose(wrong[0, [2, 7]], [0.07, 0.57], atol=0.005)
    np.testing.assert_allclose(right[0, [2, 7]], [0.60, 0.03], atol=0.005)
    assert (wrong.argmax(axis=1) == t).tolist() == [False, True, True, True, True, True]
