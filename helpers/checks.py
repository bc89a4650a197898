"""check("mse-ratio", answer): is it right, and if not, what was probably done?

A wrong number has a fingerprint: each known mistake is listed with the value that it leads to.
The questions are data: JSON files in `helpers/questions/`, and in a folder `questions` beside the
notebook, which come first. A file holds an object of name: question, and a question has

    right      a number or a string; "inf" and "nan" are numbers, too
    why        said after ✓: a sentence in each language, {"en": …, "zh": …}
    hint       said after ✗ when the answer is no known mistake
    mistakes   [{"value": …, "say": {"en": …, "zh": …}}, …]
    arguments  only when the answer is a function: it is called with these. Each is a number, a
               string, a list of them, or one of
               {"array": …, "dtype": "float64"}, {"tuple": […]},
               {"polynomial": [c0, c1, …]}, the function c0 + c1·x + …,
               {"digits": "x_train", "rows": 100}, the first rows of what load_digits returns
"""

import json
import math
from pathlib import Path

import numpy as np

from helpers.data import load_digits
from helpers.language import say, spoken, value_error

TYPED = 5e-3  # relative: a number typed by hand may be rounded to three digits
COMPUTED = 1e-6  # relative: a number that a function computed may not
BUILT = Path(__file__).parent / "questions"
OWN = Path("questions")  # of the folder that the notebook runs in


def check(name, answer):
    """Print whether the answer to the question `name` is right: a mark and a sentence, one line.

    answer  a number, a string or a function; None means "not yet" and never stops Run All
    Raises ValueError when there is no question of that name.

    >>> check("practice", None)
    ○ no answer yet: put yours in place of None and run the cell again
    """
    print(*feedback(find(name), answer))


def find(name):
    """The question called `name`, a dict as above.

    Raises ValueError when there is none, and when a file cannot be read as questions.
    """
    for path in [*sorted(OWN.glob("*.json")), *sorted(BUILT.glob("*.json"))]:
        try:
            question = json.loads(path.read_text("utf-8-sig")).get(name)
        except (ValueError, AttributeError) as error:
            raise value_error(
                "{path} is no JSON object of questions: {error}", path=path, error=error
            ) from None
        if question is not None:
            _complain_of_gaps(question, f'{path}: "{name}"')
            return question
    raise value_error('No question is called "{name}": copy its name from the lesson.', name=name)


def feedback(question, answer):
    """(mark, sentence) for an answer: one of ✓ ✗ ○, and what there is to say in that language."""
    if answer is None:
        return "○", say("no answer yet: put yours in place of None and run the cell again")
    if "arguments" not in question:
        return _compare(question, answer, TYPED)
    if not callable(answer):
        return "✗", say("A function is wanted here: write its name, without brackets.")
    given, kept = (list(map(_argument, question["arguments"])) for _ in range(2))
    try:
        value = answer(*given)
    except Exception as error:
        line = f"{type(error).__name__}: {error}".strip().splitlines()[0][:60]
        return "✗", say("Your function stops with {error}", error=line)
    if value is None:
        return "✗", say(
            "Your function gives back None. Is it still to be written, or is a return missing?"
        )
    if not all(map(np.array_equal, given, kept)):
        return "✗", say(
            "Your function changes the arrays it is given. In which line does it write into them?"
        )
    if isinstance(value, str) and not isinstance(number_or_text(question["right"]), str):
        return "✗", say("Here the answer is a number.")
    return _compare(question, _one_number(value), COMPUTED)


def close(a, b, tolerance):
    """Are these the same string, or the same number within a relative tolerance?"""
    if isinstance(a, str) or isinstance(b, str):
        return a == b
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-9) or (math.isnan(a) and math.isnan(b))


def number_or_text(value):
    """A float for a number or a string such as "nan", a lower-case string for any other.

    What is neither raises TypeError or ValueError.
    """
    if isinstance(value, bool | np.bool_) or np.ndim(value) > 0:
        raise TypeError("neither a number nor a string")
    try:
        return float(value)
    except ValueError:
        return value.strip().lower()


def _complain_of_gaps(question, where):
    try:
        said = [question["why"], question["hint"]]
        for mistake in question.get("mistakes", []):
            said.append(mistake["say"])
            number_or_text(mistake["value"])
        number_or_text(question["right"])
        complete = all({"en", "zh"} <= sentence.keys() for sentence in said)
    except (KeyError, TypeError, AttributeError):
        complete = False
    if not complete:
        raise value_error(
            '{where} needs "right", "why" and "hint", and each of its mistakes "value" and "say"; '
            '"why", "hint" and "say" need "en" and "zh".',
            where=where,
        )


def _argument(value):
    """What a function is called with, always anew: it may write into it."""
    if isinstance(value, list):
        return [_argument(one) for one in value]
    if not isinstance(value, dict):
        return float(value) if value in ("nan", "inf", "-inf") else value
    if "tuple" in value:
        return tuple(map(_argument, value["tuple"]))
    if "polynomial" in value:
        return np.polynomial.Polynomial(value["polynomial"])
    if "digits" in value:
        (x_train, t_train), (x_test, t_test) = load_digits()
        digits = {"x_train": x_train, "t_train": t_train, "x_test": x_test, "t_test": t_test}
        return digits[value["digits"]][: value["rows"]]
    return np.array(value["array"], value["dtype"])


def _one_number(value):
    """An array, or what becomes one, of one number as that number; all else as it is."""
    array = np.asarray(value) if hasattr(value, "__array__") else np.empty(0)
    return array.item() if array.size == 1 and array.dtype.kind in "iuf" else value


def _compare(question, answer, tolerance):
    right = number_or_text(question["right"])
    try:
        if np.ndim(answer) > 0:
            return "✗", say(
                "This is an array of shape {shape}; one number is wanted. "
                "What makes one number of many?",
                shape=np.shape(answer),
            )
        value = number_or_text(answer)
    except (TypeError, ValueError, AttributeError):  # a dict, a ragged list, a class …
        value = None
    if type(value) is not type(right):
        return "✗", (
            say("Here the answer is a letter or a word in quotes.")
            if isinstance(right, str)
            else say("Here the answer is a number.")
        )
    known = [("✓", right, question["why"])]
    known += [("✗", number_or_text(m["value"]), m["say"]) for m in question.get("mistakes", [])]
    near = [one for one in known if close(value, one[1], tolerance)]
    if near and isinstance(right, float) and math.isfinite(value):
        near.sort(key=lambda one: abs(one[1] - value))
    if near:
        mark, _, sentences = near[0]
        return mark, spoken(sentences)
    if isinstance(value, float) and math.isnan(value):
        return "✗", say("nan, not a number. Which step divides by 0, takes log 0, or overflows?")
    shown = f'"{value}"' if isinstance(value, str) else f"{value:.6g}"
    return "✗", say("{answer} is not it. {hint}", answer=shown, hint=spoken(question["hint"]))
