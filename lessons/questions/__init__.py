"""The questions of the lessons, one module a subject; those of assignments: assignments/questions.

Each module holds QUESTIONS, a dict of name: Question. All names of a module begin with the same
word, and no other module's do: `mse-ratio`, `mse-mean`. Every value is computed from the lesson's
own arrays by the expression that the learner, or the learner's slip, would use; none is typed.

`make notebooks` and `make assignments` turn them into data, helpers/questions/*.json: what students
get holds numbers and sentences, and no expression.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """A slip: the value it leads to, and a sentence that names it and asks what leads on."""

    value: float | str
    en: str
    zh: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is right, the sentence that confirms it, and the slips that are known.

    right      a number (inf and nan too) or a string (upper and lower case are the same)
    en, zh     said after ✓: why it is right
    hint_en, hint_zh   said after ✗ when the answer is no known slip; never the solution
    mistakes   the known slips; their sentences never give the solution away
    arguments  only when the answer is a function: it is called with these. Numbers, arrays, and
               where a function is wanted, a numpy.polynomial.Polynomial
    """

    right: float | str
    en: str
    zh: str
    hint_en: str
    hint_zh: str
    mistakes: tuple | list = ()
    arguments: tuple | None = None
