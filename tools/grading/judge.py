"""The checks that decide marks: properties that hold for a right answer on any data.

`assignments/aN.py` lists them. Each looks at one misconception, so that a wrong answer loses the
points of what it got wrong and no others. Its data are random; to know a check helps nobody who
has not solved the task. A check is handed the answer, a function that runs in the sandbox, and
judges the plain numbers that come back.

    checks = Checks()

    @checks("batch_loss", 1, "The loss of a batch is a mean: ...", "一批的损失取平均：…")
    def mean_not_sum(f, rng):
        y, t = ...
        return same(f(doubled(y), doubled(t)), f(y, t))
"""

import hashlib
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Check:
    """One property of one answer, what it is worth, and the sentence that states it."""

    name: str
    answer: str
    points: float
    en: str
    zh: str
    holds: object

    def passes(self, answer, seed):
        """Does the answer have the property? An answer that fails in any way has not."""
        digest = hashlib.sha256(f"{seed} {self.answer} {self.name}".encode()).digest()
        try:
            return bool(self.holds(answer, np.random.default_rng(list(digest))))
        except Exception:
            return False


class Code(str):
    """A function to hand to a student's function: its text, evaluated where that function runs."""

    def __call__(self, *arguments):
        return eval(self, {"np": np})(*arguments)


class Checks(list):
    """The checks of an assignment, in the order of its tasks."""

    def __call__(self, answer, points, en, zh):
        def add(holds):
            self.append(Check(holds.__name__, answer, points, en, zh, holds))
            return holds

        return add

    def points(self, answer):
        """What all checks of one answer are worth."""
        return sum(check.points for check in self if check.answer == answer)


def same(value, expected, tolerance=1e-6):
    """Is a value that came back the expected number, or the expected array in shape and numbers?

    An array of one number passes for that number: a shape is not what is asked here.
    """
    value, expected = np.asarray(value), np.asarray(expected)
    if value.dtype.kind not in "biuf" or value.size == 0:
        return False
    if value.shape != expected.shape and not value.size == expected.size == 1:
        return False
    return np.allclose(value.ravel(), expected.ravel(), rtol=tolerance, atol=1e-12)


def differ(*values):
    """Are these numbers pairwise different? What always says the same has understood nothing."""
    return all(
        not same(a, b) for place, a in enumerate(values) for b in values[:place]
    )  # nan differs from everything, so no check may rest on this alone


HEADINGS = {"en": "Points: {:g} of {:g}", "zh": "得分：{:g}，满分 {:g}"}


def verdict(results, language):
    """What a student is told about one answer: points, and each check as passed or not.

    results  [(check, did it pass?), ...]
    """
    heading = HEADINGS[language].format(
        sum(check.points for check, passed in results if passed),
        sum(check.points for check, _ in results),
    )
    lines = [f"{'✓' if passed else '✗'} {getattr(check, language)}" for check, passed in results]
    return "\n".join(["", heading, *lines, ""])
