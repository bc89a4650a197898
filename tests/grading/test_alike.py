"""Whose code is the same: what counts as the same, and what everybody may have."""

import pytest

from tests.grading import local
from tools.grading import alike

LOOP = """def cross_entropy(y, t):
    total = 0
    for p, weight in zip(y, t):
        if weight > 0:
            total -= weight * np.log(p + 1e-9)
    return total"""
COPY = '''def cross_entropy(a, b):
    """My own way."""
    s = 0  # the sum

    for one, two in zip(a, b):
        if two>0:
            s -= two*np.log( one + 1e-9 )
    return s'''


def groups(*codes, name="a3", answer="cross_entropy"):
    """The groups of submissions with this code and else the solution; students are numbers."""
    return alike.groups(
        {n: local.filled(name, {answer: code}) for n, code in enumerate(codes)}, name
    )


def test_names_comments_and_spacing_tell_nobody_apart():
    assert groups(LOOP, COPY) == [(["cross_entropy"], [0, 1])]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1e-9", "1e-8"),
        ("weight > 0", "weight >= 0"),
        ("np.log", "np.log2"),
        ("zip(y, t)", "zip(t, y)"),
    ],
)
def test_a_difference_that_computes_something_else_is_one(before, after):
    assert groups(LOOP, LOOP.replace(before, after)) == []


def test_names_that_change_places_are_a_difference():
    swapped = LOOP.replace("weight * np.log(p", "p * np.log(weight")
    assert groups(LOOP, swapped) == []


def test_the_solution_short_answers_and_what_is_no_python_do_not_count():
    assert groups("", "") == []  # the solution stands in all other cells
    short = "def cross_entropy(y, t):\n    p = y @ t\n    return -np.log(p)"
    assert groups(short, short) == []
    assert groups("def cross_entropy(y, t:\n" + LOOP, "def cross_entropy(y, t:\n" + LOOP) == []


def test_the_way_of_a_lesson_does_not_count():
    lesson = """def gradient_of(g, z):
    z = np.array(z, dtype=float)
    gradient = np.zeros(z.shape)
    for i in np.ndindex(z.shape):
        gradient[i] = 1
    return gradient"""
    assert groups(lesson, lesson, name="a5", answer="gradient_of")
    solution = local.solved("a5")[0]["gradient_of"]
    assert groups(solution, solution.replace("step", "move"), name="a5", answer="gradient_of") == []


def test_a_copy_in_a_cell_of_ones_own_is_found():
    mine, theirs = local.filled("a3", {"cross_entropy": LOOP}), local.filled("a3", {})
    cell = next(c for c in theirs.cells if c.source.startswith("def cross_entropy"))
    cell.source = "# written in another cell"
    added = cell.copy()
    added.metadata, added.source = {}, COPY
    theirs.cells.append(added)
    assert alike.groups({"a": mine, "b": theirs}, "a3") == [(["cross_entropy"], ["a", "b"])]
