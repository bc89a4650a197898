"""check("03-ratio", answer): is it right, and if not, what was probably done?

A wrong number has a fingerprint: each `Mistake` holds the value that one particular slip leads to.
The questions stand in `helpers/questions/`, in `lesson_NN.py` for a lesson and in `aN.py` for an
assignment: a dict QUESTIONS of name: Question.
"""

import copy
import importlib
import math
from dataclasses import dataclass

import numpy as np

from helpers.questions import SENTENCES

TYPED = 5e-3  # relative: a number typed by hand may be rounded to three digits
COMPUTED = 1e-6  # relative: a number that a function computed may not


@dataclass(frozen=True)
class Mistake:
    """A slip: the value it leads to, and a sentence that names it and asks what leads on."""

    value: float | str
    en: str
    zh: str


@dataclass(frozen=True)
class Question:
    """What is right, the sentence that confirms it, and the slips that are known.

    right      a number (inf and nan too) or a string (upper and lower case are the same)
    en, zh     said after ✓: why it is right
    mistakes   the known slips; their sentences never give the solution away
    arguments  only when the answer is a function: it is called on copies of these
    hint_en, hint_zh   said after ✗ when the answer is no known slip; never the solution
    """

    right: float | str
    en: str
    zh: str
    mistakes: tuple | list = ()
    arguments: tuple | None = None
    hint_en: str = "Take the formula one step at a time."
    hint_zh: str = "请对照公式，一步一步再算一遍。"


def check(name, answer):
    """Print whether the answer to the question `name` is right: an English and a Chinese line.

    answer  a number, a string or a function; None means "not yet" and never stops Run All
    Raises ValueError when there is no question of that name.

    >>> check("00-practice", None)
    ○ no answer yet: put yours in place of None and run the cell again
      还没有作答：把 None 换成你的答案，再运行一次这个单元格
    """
    mark, en, zh = judge(find(name), answer)
    print(f"{mark} {en}\n  {zh}")


def find(name):
    """The Question called `name`: "03-ratio" belongs to lesson 03, "a2-slope" to assignment 2."""
    module = f"lesson_{name[:2]}" if name[:2].isdigit() else name[:2]
    try:
        return importlib.import_module(f"helpers.questions.{module}").QUESTIONS[name]
    except (ModuleNotFoundError, KeyError):
        raise ValueError(
            f'No question is called "{name}": copy its name from the lesson.'
        ) from None


def judge(question, answer):
    """(mark, English, Chinese) for an answer; the mark is one of ✓ ✗ ○."""
    if answer is None:
        return _say("none yet", mark="○")
    if question.arguments is None:
        return _compare(question, answer, TYPED)
    if not callable(answer):
        return _say("function")
    given = copy.deepcopy(question.arguments)
    try:
        value = answer(*given)
    except Exception as error:
        return _say("raises", f"{type(error).__name__}: {error}".strip().splitlines()[0][:60])
    if value is None:
        return _say("no return")
    if not all(map(np.array_equal, given, question.arguments)):
        return _say("changes")
    return _compare(question, value, COMPUTED)


def same(a, b, tolerance):
    """Are two answers the same string, or the same number within a relative tolerance?"""
    if isinstance(a, str) or isinstance(b, str):
        return a == b
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-9) or (math.isnan(a) and math.isnan(b))


def plain(value):
    """A float for a number or a string such as "nan", a lower-case string for any other.

    What is neither raises TypeError or ValueError.
    """
    if isinstance(value, bool | np.bool_) or np.ndim(value) > 0:
        raise TypeError("neither a number nor a string")
    try:
        return float(value)
    except ValueError:
        return value.strip().lower()


def _compare(question, answer, tolerance):
    right = plain(question.right)
    try:
        if np.ndim(answer) > 0:
            return _say("array", np.shape(answer))
        value = plain(answer)
    except (TypeError, ValueError, AttributeError):  # a dict, a ragged list, a class …
        value = None
    if type(value) is not type(right):
        return _say("string" if isinstance(right, str) else "number")
    known = [Mistake(right, question.en, question.zh), *question.mistakes]
    near = [one for one in known if same(value, plain(one.value), tolerance)]
    if near and isinstance(right, float) and math.isfinite(value):
        near.sort(key=lambda one: abs(plain(one.value) - value))
    if near:
        return "✓" if near[0] is known[0] else "✗", near[0].en, near[0].zh
    if isinstance(value, float) and math.isnan(value):
        return _say("nan")
    shown = f'"{value}"' if isinstance(value, str) else f"{value:.6g}"
    return _say("other", shown, question.hint_en, question.hint_zh)


def _say(sentence, *details, mark="✗"):
    return mark, *(text.format(*details) for text in SENTENCES[sentence])
