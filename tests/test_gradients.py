"""Gradients: against derivatives worked by hand, other libraries, and the lesson's own code."""

import re

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from sklearn.linear_model import LogisticRegression

from helpers.gradients import gradient_descent, numerical_gradient
from helpers.losses import cross_entropy_error, softmax
from tests.lessons import lesson

LESSON = lesson("gradient").read_text("utf-8")


def bowl(x):
    return np.sum(x**2)


def lesson_function(name):
    """The function that the lesson defines under this name."""
    code = re.search(rf"^def {name}\(.*?(?=\n```|\n\n\n)", LESSON, re.M | re.S)
    scope = {"np": np, "numerical_gradient": numerical_gradient}
    exec(code[0], scope)
    return scope[name]


# ------------------------------------------------------------------ the right number


@pytest.mark.parametrize(
    ("f", "x", "expected"),
    [
        (lambda x: x[0] ** 2 + x[1] ** 2, [3.0, 4.0], [6, 8]),
        (lambda x: x[0] ** 2 + x[1] ** 2, [0.0, 2.0], [0, 4]),
        (lambda x: 0.01 * x[0] ** 2 + 0.1 * x[0], [5.0], [0.2]),
        (lambda x: 0.01 * x[0] ** 2 + 0.1 * x[0], [10.0], [0.3]),
        (lambda x: x[0] * x[1] ** 2, [2.0, -3.0], [9, -12]),
        (lambda x: np.exp(x[0]) + np.sin(x[1]), [1.0, 2.0], [np.e, np.cos(2)]),
        (lambda x: 7.0, [1.0, 2.0, 3.0], [0, 0, 0]),
        (lambda x: x**3, 2.0, 12),
    ],
)
def test_derivatives_worked_by_hand(f, x, expected):
    gradient = numerical_gradient(f, np.array(x))
    assert gradient == pytest.approx(np.array(expected), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("shape", [(), (1,), (5,), (2, 3), (3, 1, 4)])
def test_shape_is_kept_and_the_input_too(shape):
    x = np.random.default_rng(0).standard_normal(shape)
    before = x.copy()
    gradient = numerical_gradient(bowl, x)
    assert gradient.shape == shape
    assert gradient.dtype == np.float64
    assert gradient == pytest.approx(2 * before, abs=1e-7)
    assert np.array_equal(x, before)


@pytest.mark.parametrize("seed", range(5))
def test_softmax_with_cross_entropy_has_the_gradient_y_minus_t_over_n(seed):
    rng = np.random.default_rng(seed)
    x, t = rng.standard_normal((7, 4)), rng.integers(0, 3, 7)
    W = rng.standard_normal((4, 3))
    analytic = x.T @ (softmax(x @ W) - np.eye(3)[t]) / len(x)
    numerical = numerical_gradient(lambda W: cross_entropy_error(softmax(x @ W), t, 1e-12), W)
    assert numerical == pytest.approx(analytic, abs=1e-7)


def test_scipy_agrees():
    x = np.random.default_rng(1).standard_normal(6)

    def f(x):
        return np.sum(np.sin(x) * np.roll(x, 1))

    assert numerical_gradient(f, x) == pytest.approx(approx_fprime(x, f), abs=1e-6)


def test_the_gradient_vanishes_where_scikit_learn_found_the_lowest_loss():
    rng = np.random.default_rng(2)
    x = rng.standard_normal((60, 3))
    t = np.argmax(x + rng.standard_normal((60, 3)), axis=1)
    fitted = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-10, max_iter=1000).fit(x, t)

    def loss(W):
        return cross_entropy_error(softmax(x @ W), t, 1e-12)

    assert abs(numerical_gradient(loss, fitted.coef_.T.copy())).max() < 1e-6
    assert abs(numerical_gradient(loss, np.zeros((3, 3)))).max() > 0.1


def test_a_network_that_reads_its_own_weights_sees_them_move():
    W = np.array([1.0, 2.0])
    assert numerical_gradient(lambda _: bowl(W), W) == pytest.approx([2, 4])


def test_a_part_of_an_array_and_another_order_of_memory():
    whole = np.arange(12.0).reshape(3, 4)
    before = whole.copy()
    assert numerical_gradient(bowl, whole[::2, 1:3]) == pytest.approx(2 * before[::2, 1:3])
    assert numerical_gradient(bowl, whole.T) == pytest.approx(2 * before.T)
    assert np.array_equal(whole, before)


def test_h_is_what_it_says():
    assert numerical_gradient(lambda x: x**3, np.array(5.0), h=0.1) == pytest.approx(75.01)


@pytest.mark.parametrize("x", [1e12, -1e12, 2.0**40])  # from 2.0**40, x + h is rounded to x
def test_what_is_divided_by_is_the_distance_really_moved(x):
    assert numerical_gradient(lambda x: x[0], np.array([x])).tolist() == [1.0]


@pytest.mark.parametrize("name", ["numerical_gradient", "gradient_descent"])
def test_what_the_lesson_defines_is_what_helpers_give(name):
    rng, taught = np.random.default_rng(3), lesson_function(name)
    helper = {"numerical_gradient": numerical_gradient, "gradient_descent": gradient_descent}[name]
    more = {"numerical_gradient": (), "gradient_descent": (0.1, 4)}[name]
    for shape in ((3,), (2, 3)):
        x = rng.standard_normal(shape)
        # The helper divides by the distance really moved, which is 2h to some twelve digits.
        assert taught(bowl, x.copy(), *more) == pytest.approx(helper(bowl, x, *more), rel=1e-10)


# ------------------------------------------------------------------ what happens to the input


class Stop(Exception):
    pass


@pytest.mark.parametrize("calls", range(4))
def test_the_input_is_restored_even_if_f_raises(calls):
    x, seen = np.array([0.1, 0.2]), []

    def f(x):
        seen.append(x.copy())
        if len(seen) > calls:
            raise Stop
        return bowl(x)

    with pytest.raises(Stop):
        numerical_gradient(f, x)
    assert x.tolist() == [0.1, 0.2]


def test_the_input_is_restored_to_the_last_bit():
    x = np.array([0.1, 1 / 3, 1e7 + 0.1])
    before = x.tobytes()
    numerical_gradient(bowl, x)
    assert x.tobytes() == before


def test_only_one_entry_is_moved_at_a_time():
    x, seen = np.array([1.0, 2.0]), []

    def f(x):
        seen.append(x.copy())
        return 0.0

    numerical_gradient(f, x, h=0.5)
    assert np.array(seen).tolist() == [[1.5, 2], [0.5, 2], [1, 2.5], [1, 1.5]]


def test_an_f_that_writes_into_its_input_leaves_no_trace():
    x = np.array([1.0, 2.0])

    def f(x):
        x *= 2
        return 0.0

    numerical_gradient(f, x)
    assert x.tolist() == [1, 2]


# ------------------------------------------------------------------ what cannot be right


@pytest.mark.parametrize(
    ("x", "sentence"),
    [
        (np.array([3, 4]), "x must be float64, but is int64"),
        ([3, 4], "Give floats"),
        (3, "float64"),
        (np.array([True]), "but is bool"),
        (np.array([3, 4], np.float32), "but is float32"),
        (np.array([3, 4], np.float16), "but is float16"),
        (np.array([3 + 1j]), "but is complex128"),
        (np.array(["3"]), "x must be float64"),
        (np.array([3.0, None]), "but is object"),
        ([[1.0], [1.0, 2.0]], "rows of the same length"),
        (np.array([]), "x is empty, shape (0,)"),
        (np.zeros((0, 3)), "x is empty, shape (0, 3)"),
        (np.array([1.0, np.nan]), "nan or infinity"),
        (np.array([1.0, np.inf]), "nan or infinity"),
        (np.array([0.0, 1e13]), "x[1] = 1e+13 is too large for h = 0.0001"),
        (np.broadcast_to(1.0, 3), "read-only"),
    ],
)
def test_x_that_cannot_be_moved_is_refused_in_one_sentence(x, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        numerical_gradient(lambda x: 0.0, x)
    assert "\n" not in str(caught.value)


BAD_NUMBERS = [0, -1e-4, np.nan, np.inf, None, "a", True, [1e-4], 1 + 1j, 10**400]


@pytest.mark.parametrize("number", BAD_NUMBERS)
def test_h_and_learning_rate_must_be_above_0(number):
    with pytest.raises(ValueError, match=r"h must be .* above 0"):
        numerical_gradient(bowl, np.ones(2), h=number)
    with pytest.raises(ValueError, match=r"learning_rate must be .* above 0"):
        gradient_descent(bowl, np.ones(2), number, 3)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (np.ones(2), "shape (2,)"),
        ([1.0], "shape (1,)"),
        (None, "None"),
        ("many", "'many'"),
        (1j, "1j"),
        (np.nan, "nan for x[0] = 1.0001"),
        (-np.inf, "-inf for x[0] = 1.0001"),
    ],
)
def test_f_must_return_one_finite_number(value, word):
    x = np.ones(2)
    with pytest.raises(ValueError, match=re.escape(word)):
        numerical_gradient(lambda x: value, x)
    assert x.tolist() == [1, 1]


# ------------------------------------------------------------------ descent


@pytest.mark.parametrize("rate", [1e-10, 0.1, 0.5, 0.9, 1.0, 1.2])
def test_descent_follows_the_closed_form(rate):
    start = np.array([-3.0, 4.0])
    path = gradient_descent(bowl, start, rate, 20)
    expected = (1 - 2 * rate) ** np.arange(21)[:, None] * start
    assert path.shape == (21, 2)
    assert path == pytest.approx(expected, rel=1e-6, abs=1e-9)
    assert start.tolist() == [-3, 4]


def test_four_learning_rates():
    start = np.array([-3.0, 4.0])
    ends = [gradient_descent(bowl, start, rate, 100)[-1] for rate in (0.1, 1e-10, 1.0)]
    assert ends[0] == pytest.approx([0, 0], abs=1e-8)
    assert ends[1] == pytest.approx(start, abs=1e-6)
    assert ends[2] == pytest.approx(start, abs=1e-5)
    assert np.all(abs(gradient_descent(bowl, start, 10, 9)[-1]) > 1e11)


def test_a_walk_that_runs_away_says_so():
    with pytest.raises(ValueError, match=r"step 1\d of the descent: .* learning_rate = 10 too"):
        gradient_descent(bowl, np.array([-3.0, 4.0]), 10, 100)


def test_no_step_gives_the_start_and_the_path_is_its_own():
    x = np.ones((2, 3))
    path = gradient_descent(bowl, x, 0.1, np.int64(0))
    assert path.shape == (1, 2, 3)
    path[0] = 9
    assert np.all(x == 1)


@pytest.mark.parametrize("steps", [-1, 1.0, 2.5, True, None, "3", [3], np.nan])
def test_steps_must_be_a_whole_number(steps):
    with pytest.raises(ValueError, match="steps must be a whole number from 0"):
        gradient_descent(bowl, np.ones(2), 0.1, steps)


def test_descent_refuses_integers_too():
    with pytest.raises(ValueError, match=r"^x must be float64"):
        gradient_descent(bowl, np.array([-3, 4]), 0.1, 3)
    with pytest.raises(ValueError, match="float64"):
        gradient_descent(bowl, np.array([-3, 4]), 0.1, 0)
