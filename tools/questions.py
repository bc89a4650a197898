"""Build helpers/questions/*.json, the data that `check` reads, from the questions as written.

They are written in Python, in lessons/questions/ and assignments/questions/: there every value is
computed. Here nothing is left of them but numbers and sentences; helpers/checks.py says how. Floats
are kept to twelve digits, so that every machine writes the same bytes.

What is right in a lesson, and why, is also the folded list of answers at the end of its notebooks.
"""

import importlib
import json
import math
from pathlib import Path

import numpy as np

from helpers.checks import BUILT
from helpers.data import load_digits

ROOT = Path(__file__).resolve().parent.parent
SOURCES = {
    path.stem: f"{folder}.questions.{path.stem}"
    for folder in ("lessons", "assignments")
    for path in sorted((ROOT / folder / "questions").glob("[!_]*.py"))
}
SUMMARY = {"en": "Answers to the questions of this lesson", "zh": "本课小测题的答案"}


def as_data(value):
    """A number, a string, an array … in the form that JSON can hold and helpers.checks reads.

    Raises TypeError for what has no such form.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return float(f"{value:.12g}") if math.isfinite(value) else str(value)
    if isinstance(value, list):
        return [as_data(one) for one in value]
    if isinstance(value, tuple):
        return {"tuple": [as_data(one) for one in value]}
    if isinstance(value, np.polynomial.Polynomial):
        return {"polynomial": as_data(value.coef.tolist())}
    if isinstance(value, np.ndarray):
        array = {"array": as_data(value.tolist()), "dtype": value.dtype.name}
        return _rows_of_the_digits(value) or array
    raise TypeError(f"a question is data and cannot hold {value!r}: for a function, a Polynomial.")


def _rows_of_the_digits(array):
    """The digits by their name, for they are in every copy of the project."""
    (x_train, t_train), (x_test, t_test) = load_digits()
    digits = {"x_train": x_train, "t_train": t_train, "x_test": x_test, "t_test": t_test}
    for name, whole in digits.items():
        rows = array.shape[0] if array.ndim else 0
        if rows >= 100 and array.dtype == whole.dtype and np.array_equal(array, whole[:rows]):
            return {"digits": name, "rows": rows}
    return None


def question_as_data(question):
    """A Question as a dict for JSON."""
    data = {
        "right": as_data(question.right),
        "why": {"en": question.en, "zh": question.zh},
        "hint": {"en": question.hint_en, "zh": question.hint_zh},
        "mistakes": [
            {"value": as_data(one.value), "say": {"en": one.en, "zh": one.zh}}
            for one in question.mistakes
        ],
    }
    if question.arguments is not None:
        data["arguments"] = [as_data(one) for one in question.arguments]
    return data


def questions_of(name):
    """The questions as written, for a lesson's subject or an assignment: {name: Question}."""
    return importlib.import_module(SOURCES[name]).QUESTIONS


def as_written(right):
    """A right answer as a person would write it: "0.6931", "79,520", "b"."""
    if isinstance(right, str):
        return right
    return (f"{right:,.0f}" if abs(right) >= 1000 else f"{right:.4g}").replace("-", "−")


def answers_in(subject, code, language):
    """The answers to a lesson's questions in Markdown, folded, in the order of the lesson's code.

    Each is what is right and the sentence why; where a function is wanted, only the sentence.
    """
    colon, stop = {"en": (": ", ". "), "zh": ("：", "。")}[language]
    lines = [
        f"- `{name}`{colon}"
        + ("" if question.arguments else f"**{as_written(question.right)}**{stop}")
        + getattr(question, language)
        for name, question in sorted(
            questions_of(subject).items(), key=lambda one: code.find(f'check("{one[0]}"')
        )
    ]
    summary = f"<summary>{SUMMARY[language]}</summary>"
    return "\n".join(["<details>", summary, "", *lines, "", "</details>"])


def text_of(name):
    """The content of helpers/questions/<name>.json as the questions are written now."""
    data = {key: question_as_data(question) for key, question in questions_of(name).items()}
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def build(name):
    """Write helpers/questions/<name>.json."""
    BUILT.mkdir(exist_ok=True)
    target = BUILT / f"{name}.json"
    target.write_bytes(text_of(name).encode())  # the same line ends on every machine
    print(target.relative_to(ROOT))
