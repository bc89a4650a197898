"""What decides marks: properties that hold for a right answer on any data.

`assignments/aN.py` lists them. Each looks at one misconception, so that a wrong answer loses the
points of what it got wrong and no others. Its data are random; to know a property helps nobody who
has not solved the task. A property is handed the answer, a function that runs in the sandbox, and
looks at the plain numbers that come back.

    properties = Properties()

    @properties("batch_loss", 1, "The loss of a batch is a mean: ...", "一批的损失取平均：…")
    def mean_of_examples(f, rng):
        y, t = ...
        return agree(f(y, t), np.mean([f(y[n : n + 1], t[n : n + 1]) for n in range(6)]))
"""

import hashlib
from dataclasses import dataclass

import numpy as np

from tools.grading import messages


class AnswerError(messages.Said):
    """The answer gave no value; its note says why, for the student."""


@dataclass(frozen=True)
class Property:
    """One property of one answer, what it is worth, and the sentence that states it."""

    name: str
    answer: str
    points: float
    en: str
    zh: str
    holds: object

    def result(self, answer, seed):
        """Does the answer have the property? An answer that fails in any way has not.

        A function that changes its arguments is asked twice. With copies: else one that sets y to
        what suits it would be measured by that y. With the originals: what it does to them counts.
        """
        digest = hashlib.sha256(f"{seed} {self.answer} {self.name}".encode()).digest()
        changed = []

        def on_copies(*given):
            copies = [one.copy() if isinstance(one, np.ndarray) else one for one in given]
            reply = answer(*copies)
            changed.extend(
                isinstance(one, np.ndarray) and one.tobytes() != copy.tobytes()
                for one, copy in zip(given, copies, strict=True)
            )
            return reply

        def holds(one):
            return bool(self.holds(one, np.random.default_rng(list(digest))))

        try:
            passed = holds(on_copies if callable(answer) else answer)
            return Result(self, passed and (not any(changed) or holds(answer)))
        except AnswerError as why:
            return Result(self, False, why.args)
        except Exception:
            return Result(self, False)


@dataclass(frozen=True)
class Result:
    """What came out for one property: does it hold, and if the answer gave no value, why not?

    why  a note
    """

    property: Property
    holds: bool
    why: tuple = ()


class Code(str):
    """A function to hand to a student's function: its text, evaluated where that function runs."""

    def __call__(self, *arguments):
        return eval(self, {"np": np})(*arguments)


class Properties(list):
    """The properties of an assignment, in the order of its tasks."""

    def __call__(self, answer, points, en, zh):
        def add(holds):
            self.append(Property(holds.__name__, answer, points, en, zh, holds))
            return holds

        return add

    def points(self, answer):
        """What all properties of one answer are worth."""
        return sum(one.points for one in self if one.answer == answer)


def agree(value, expected, tolerance=1e-6):
    """Is a value that came back the expected number, or the expected array in shape and numbers?

    An array of one number passes for that number: a shape is not what is asked here; a list does
    not. Infinity is no number: it would be its own double. Nor is what is next to nothing the same
    as nothing else.
    """
    if isinstance(value, list) and not np.ndim(expected):
        return False
    value, expected = np.asarray(value), np.asarray(expected)
    if value.dtype.kind not in "biuf" or value.size == 0:
        return False
    if value.shape != expected.shape and not value.size == expected.size == 1:
        return False
    value, expected = value.ravel().astype(float), expected.ravel().astype(float)
    allowed = np.where(expected == 0, 1e-12, tolerance * np.abs(expected))
    finite = np.isfinite(value).all() and np.isfinite(expected).all()
    return bool(finite and np.all(np.abs(value - expected) <= allowed))


def differ(*values):
    """Are these numbers pairwise different? What always says the same has understood nothing.

    What is no number, such as nan or an empty list, is not the same as itself, and not different.
    """
    return all(agree(a, a) for a in values) and not any(
        agree(a, b) for place, a in enumerate(values) for b in values[:place]
    )


def chosen(answer):
    """Is it one of the three letters that a prediction may be? Capital ones will do."""
    return isinstance(answer, str) and answer.strip().lower() in ("a", "b", "c")


def earned_by(results):
    """The points of the properties that hold."""
    return sum(one.property.points for one in results if one.holds)


HEADINGS = {"en": "Points: {:g} of {:g}", "zh": "得分：{:g}，满分 {:g}"}


def verdict(results, language):
    """What a student is told about one answer: points, each property, and why it gave no value."""
    earned, possible = earned_by(results), sum(r.property.points for r in results)
    lines = ["", HEADINGS[language].format(earned, possible)]
    lines += [f"{'✓' if r.holds else '✗'} {getattr(r.property, language)}" for r in results]
    reasons = dict.fromkeys(result.why for result in results if result.why)
    return "\n".join([*lines, *(f"  {messages.say(why, language)}" for why in reasons), ""])
