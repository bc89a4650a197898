"""check("mse-ratio", answer): is it right, and if not, what was probably done?

A wrong number has a fingerprint: each known mistake is listed with the value that it leads to.
The questions are data: JSON files in `helpers/questions/`, and in a folder `questions` beside the
notebook, which come first. A file holds an object of name: question, and a question has

    right      a number or a string; "inf" and "nan" are numbers, too
    why        said after ✓: a sentence in both languages, {"en": …, "zh": …}
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

TYPED = 5e-3  # relative: a number typed by hand may be rounded to three digits
COMPUTED = 1e-6  # relative: a number that a function computed may not
BUILT = Path(__file__).parent / "questions"
OWN = Path("questions")  # of the folder that the notebook runs in
SENTENCES = {  # about answers of the wrong kind, whatever the question
    "none yet": {
        "en": "no answer yet: put yours in place of None and run the cell again",
        "zh": "还没有作答：把 None 换成你的答案，再运行一次这个单元格",
    },
    "number": {"en": "Here the answer is a number.", "zh": "这里的答案应当是一个数。"},
    "string": {
        "en": "Here the answer is a letter or a word in quotes.",
        "zh": "这里的答案应当是加引号的字母或词。",
    },
    "function": {
        "en": "A function is wanted here: write its name, without brackets.",
        "zh": "这里要的是函数本身：只写函数名，不加括号。",
    },
    "raises": {"en": "Your function stops with {0}", "zh": "你的函数报错了：{0}"},
    "no return": {
        "en": "Your function gives back None. Is it still to be written, or is a return missing?",
        "zh": "你的函数返回了 None。是还没有写，还是漏写了 return？",
    },
    "changes": {
        "en": "Your function changes the arrays it is given."
        " In which line does it write into them?",
        "zh": "你的函数改动了传入的数组。是哪一行写进去的？",
    },
    "array": {
        "en": "This is an array of shape {0}; one number is wanted. What makes one number of many?",
        "zh": "这是形状为 {0} 的数组，而这里要的是一个数。怎样把多个数合成一个数？",
    },
    "nan": {
        "en": "nan, not a number. Which step divides by 0, takes log 0, or overflows?",
        "zh": "结果是 nan（不是一个数）。哪一步除以了 0、对 0 取了对数，或者溢出了？",
    },
    "other": {"en": "{0} is not it. {1}", "zh": "{0} 不对。{1}"},
}


def check(name, answer):
    """Print whether the answer to the question `name` is right: an English and a Chinese line.

    answer  a number, a string or a function; None means "not yet" and never stops Run All
    Raises ValueError when there is no question of that name.

    >>> check("practice", None)
    ○ no answer yet: put yours in place of None and run the cell again
      还没有作答：把 None 换成你的答案，再运行一次这个单元格
    """
    mark, said = feedback(find(name), answer)
    print(f"{mark} {said['en']}\n  {said['zh']}")


def find(name):
    """The question called `name`, a dict as above.

    Raises ValueError when there is none, and when a file cannot be read as questions.
    """
    for path in [*sorted(OWN.glob("*.json")), *sorted(BUILT.glob("*.json"))]:
        try:
            question = json.loads(path.read_text("utf-8-sig")).get(name)
        except (ValueError, AttributeError) as error:
            raise ValueError(f"{path} is no JSON object of questions: {error}") from None
        if question is not None:
            _complain_of_gaps(question, f'{path}: "{name}"')
            return question
    raise ValueError(f'No question is called "{name}": copy its name from the lesson.')


def feedback(question, answer):
    """(mark, sentence) for an answer: the mark is one of ✓ ✗ ○, the sentence in both languages."""
    if answer is None:
        return _say("none yet", mark="○")
    if "arguments" not in question:
        return _compare(question, answer, TYPED)
    if not callable(answer):
        return _say("function")
    given, kept = (list(map(_argument, question["arguments"])) for _ in range(2))
    try:
        value = answer(*given)
    except Exception as error:
        return _say("raises", f"{type(error).__name__}: {error}".strip().splitlines()[0][:60])
    if value is None:
        return _say("no return")
    if not all(map(np.array_equal, given, kept)):
        return _say("changes")
    if isinstance(value, str) and not isinstance(number_or_text(question["right"]), str):
        return _say("number")
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
        raise ValueError(
            f'{where} needs "right", "why" and "hint", and each of its mistakes "value" and "say";'
            ' "why", "hint" and "say" need "en" and "zh".'
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
            return _say("array", np.shape(answer))
        value = number_or_text(answer)
    except (TypeError, ValueError, AttributeError):  # a dict, a ragged list, a class …
        value = None
    if type(value) is not type(right):
        return _say("string" if isinstance(right, str) else "number")
    known = [("✓", right, question["why"])]
    known += [("✗", number_or_text(m["value"]), m["say"]) for m in question.get("mistakes", [])]
    near = [one for one in known if close(value, one[1], tolerance)]
    if near and isinstance(right, float) and math.isfinite(value):
        near.sort(key=lambda one: abs(one[1] - value))
    if near:
        return near[0][0], near[0][2]
    if isinstance(value, float) and math.isnan(value):
        return _say("nan")
    shown = f'"{value}"' if isinstance(value, str) else f"{value:.6g}"
    return _say("other", shown, question["hint"])


def _say(kind, *details, mark="✗"):
    """A sentence with its details; a detail in both languages is taken in the sentence's own."""
    said = {}
    for language, text in SENTENCES[kind].items():
        said[language] = text.format(*(d[language] if isinstance(d, dict) else d for d in details))
    return mark, said
