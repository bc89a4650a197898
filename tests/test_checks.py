"""Checks: every known slip is named, no sentence gives a solution away, nothing stops a run."""

import importlib
import itertools
import re
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from helpers import checks
from helpers.questions import SENTENCES
from helpers.questions.lesson_03 import y1

MODULES = sorted(Path(checks.__file__).parent.glob("questions/[!_]*.py"))
QUESTIONS = {
    name: question
    for module in MODULES
    for name, question in importlib.import_module(
        f"helpers.questions.{module.stem}"
    ).QUESTIONS.items()
}
every_question = pytest.mark.parametrize("name", QUESTIONS)
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?")


def columns(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def answering(question, value):
    """What a learner hands in to arrive at value: the value, or a function that returns it."""
    return value if question.arguments is None else lambda *arguments: value


def unhelpful(question):
    """All sentences that a learner may see before the right answer."""
    for mistake in question.mistakes:
        yield from (mistake.en, mistake.zh)
    yield from (question.hint_en, question.hint_zh)


def gives_away(sentence, right):
    """Does a sentence hold the right value, rounded to no less than three digits?"""
    if isinstance(right, str):
        return re.search(rf"['\"“‘「]{re.escape(right)}['\"”’」]", sentence, re.I) is not None
    numbers = [float(number) for number in NUMBER.findall(sentence.replace("−", "-"))]
    return any(checks.same(number, right, checks.TYPED) for number in numbers)


# ------------------------------------------------------------------ all questions of all lessons


@every_question
def test_name_begins_with_the_lesson(name):
    assert checks.find(name) is QUESTIONS[name]


@every_question
def test_values_are_pairwise_distinct(name):
    question = QUESTIONS[name]
    values = [checks.plain(known.value) for known in question.mistakes]
    for a, b in itertools.combinations([checks.plain(question.right), *values], 2):
        assert not checks.same(a, b, 1e-6), f"{name}: {a} and {b} cannot be told apart"


@every_question
def test_right_answer_is_confirmed(name):
    question = QUESTIONS[name]
    answer = answering(question, question.right)
    assert checks.judge(question, answer) == ("✓", question.en, question.zh)


@every_question
def test_each_mistake_is_named(name):
    question = QUESTIONS[name]
    for known in question.mistakes:
        answer = answering(question, known.value)
        assert checks.judge(question, answer) == ("✗", known.en, known.zh)


@every_question
def test_no_answer_yet(name):
    assert checks.judge(QUESTIONS[name], None)[0] == "○"


@every_question
def test_feedback_never_gives_the_solution_away(name):
    question = QUESTIONS[name]
    for sentence in unhelpful(question):
        assert not gives_away(sentence, checks.plain(question.right)), sentence


@every_question
def test_both_languages_and_one_line_each(name):
    question = QUESTIONS[name]
    pairs = [(question.en, question.zh), (question.hint_en, question.hint_zh)]
    pairs += [(known.en, known.zh) for known in question.mistakes]
    assert len(set(pairs)) == len(pairs), "two slips share a sentence"
    for en, zh in pairs:
        assert not re.search(r"[\u4e00-\u9fff]", en)
        assert re.search(r"[\u4e00-\u9fff]", zh)
        assert "\n" not in en + zh
        # with its mark, a line of an assignment keeps within 80 columns
        assert max(columns(en), columns(zh)) <= (78 if name[0] == "a" else 100), en + zh


# ------------------------------------------------------------------ the fingerprints of one lesson

SLIPS = {
    "no ½": (lambda y, t: np.sum((y - t) ** 2), 0.195, "½ is missing"),
    "mean over k": (lambda y, t: np.mean((y - t) ** 2), 0.0195, "mean over k"),
    "half the mean": (lambda y, t: np.mean((y - t) ** 2) / 2, 0.00975, "Sum or mean"),
    "absolute": (lambda y, t: np.sum(np.abs(y - t)), 0.8, "not squared"),
    "squared after summing": (lambda y, t: np.sum(y - t) ** 2, 0.0, "after summing"),
    "norm": (lambda y, t: np.linalg.norm(y - t), 0.44159, "distance"),
    "RMSE": (lambda y, t: np.sqrt(np.mean((y - t) ** 2)), 0.13964, "RMSE"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_broken_loss_is_recognised(slip):
    function, value, word = SLIPS[slip]
    arguments = QUESTIONS["03-mend"].arguments
    assert function(*arguments) == pytest.approx(value, abs=5e-6)
    mark, en, _ = checks.judge(QUESTIONS["03-mend"], function)
    assert mark == "✗"
    assert word in en


def test_values_of_the_lesson():
    rights = {name: QUESTIONS[name].right for name in QUESTIONS if name.startswith("03")}
    expected = {"03-ratio": 6.1282051, "03-largest": 1.0, "03-mend": 0.09750000000000003}
    assert rights == pytest.approx(expected | {"03-mean": 5.0, "03-slope": -0.4})


# ------------------------------------------------------------------ answers of every kind


def no_return(y, t):
    0.5 * np.sum((y - t) ** 2)


def raising(y, t):
    return [0.1] - [1.0]


def changing(y, t):
    y -= t
    return 0.5 * np.sum(y**2)


@pytest.mark.parametrize(
    ("name", "answer", "mark", "word"),
    [
        ("03-ratio", 6.13, "✓", "squares"),
        ("03-ratio", " 6.13 ", "✓", "squares"),
        ("03-ratio", np.float32(6.1282), "✓", "squares"),
        ("03-ratio", 3, "✗", "3 is not it"),
        ("03-ratio", "six", "✗", "number"),
        ("03-ratio", True, "✗", "number"),
        ("03-ratio", {}, "✗", "number"),
        ("03-ratio", float, "✗", "number"),
        ("03-ratio", [6.13, 1], "✗", "shape (2,)"),
        ("03-ratio", [1, [2, 3]], "✗", "number"),
        ("03-ratio", np.nan, "✗", "nan"),
        ("03-ratio", np.inf, "✗", "inf is not it"),
        ("03-mend", lambda y, t: 0.5 * ((y - t) ** 2).sum(), "✓", "Gaps"),
        ("03-mend", 0.0975, "✗", "without brackets"),
        ("03-mend", lambda y, t: 0.0976, "✗", "0.0976 is not it"),
        ("03-mend", lambda y, t: (y - t) ** 2, "✗", "shape (10,)"),
        ("03-mend", lambda y, t: np.log(-1.0 * np.ones(1))[0], "✗", "nan"),
        ("03-mend", lambda y: 0.0, "✗", "TypeError"),
        ("03-mend", no_return, "✗", "return"),
        ("03-mend", raising, "✗", "TypeError: unsupported operand"),
        ("03-mend", changing, "✗", "changes"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_kinds_of_answers(name, answer, mark, word):
    judged = checks.judge(QUESTIONS[name], answer)
    assert judged[0] == mark
    assert word in judged[1]
    assert re.search(r"[\u4e00-\u9fff]", judged[2])


def test_a_function_cannot_spoil_the_question():
    before = y1.copy()
    checks.judge(QUESTIONS["03-mend"], changing)
    assert np.array_equal(y1, before)
    assert checks.judge(QUESTIONS["03-mend"], changing)[1] == SENTENCES["changes"][0]


def test_letters_and_special_numbers():
    letter = checks.Question(
        right="b", en="yes", zh="对", mistakes=[checks.Mistake("a", "no", "错")]
    )
    assert checks.judge(letter, " B")[0] == "✓"
    assert checks.judge(letter, "a")[1] == "no"
    assert checks.judge(letter, "c")[1].startswith('"c" is not it')
    assert checks.judge(letter, 2)[1] == SENTENCES["string"][0]
    nan = checks.Question(np.nan, "yes", "对", [checks.Mistake(np.inf, "no", "错")])
    assert [checks.judge(nan, x)[0] for x in ("nan", np.nan, "inf", 0.51)] == list("✓✓✗✗")


def test_the_nearest_value_is_the_one_meant():
    question = checks.Question(1.0, "yes", "对", [checks.Mistake(1.004, "near", "近")])
    assert [checks.judge(question, x)[1] for x in (1.0, 1.001, 1.004)] == ["yes", "yes", "near"]


def test_two_plain_lines(capsys):
    assert checks.check("03-ratio", 6) is None
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("✗ ")
    assert second.startswith("  ")


@pytest.mark.parametrize("name", ["03-nothing", "99-nothing", ""])
def test_unknown_question(name):
    with pytest.raises(ValueError, match="copy its name from the lesson"):
        checks.check(name, 1)
