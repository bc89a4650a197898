"""check: what it says about answers of every kind, and where it finds its questions."""

import json
import re

import numpy as np
import pytest

from helpers import checks
from helpers.language import speak
from tools.build_notebooks import ROOT

MEND = checks.find("mse-mend")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def question(right, **values_and_words):
    """A question with one word for each known value."""
    said = [{"value": v, "say": {"en": w, "zh": w}} for w, v in values_and_words.items()]
    return {"right": right, "why": {"en": "yes", "zh": "对"}, "hint": {}, "mistakes": said}


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
        ("mse-ratio", 6.13, "✓", "squares"),
        ("mse-ratio", " 6.13 ", "✓", "squares"),
        ("mse-ratio", np.float32(6.1282), "✓", "squares"),
        ("mse-ratio", 3, "✗", "3 is not it"),
        ("mse-ratio", "six", "✗", "number"),
        ("mse-ratio", True, "✗", "number"),
        ("mse-ratio", {}, "✗", "number"),
        ("mse-ratio", float, "✗", "number"),
        ("mse-ratio", [6.13, 1], "✗", "shape (2,)"),
        ("mse-ratio", [1, [2, 3]], "✗", "number"),
        ("mse-ratio", np.nan, "✗", "nan"),
        ("mse-ratio", np.inf, "✗", "inf is not it"),
        ("mse-mend", lambda y, t: 0.5 * ((y - t) ** 2).sum(), "✓", "Gaps"),
        ("mse-mend", 0.0975, "✗", "without brackets"),
        ("mse-mend", lambda y, t: 0.0976, "✗", "0.0976 is not it"),
        ("mse-mend", lambda y, t: (y - t) ** 2, "✗", "shape (10,)"),
        ("mse-mend", lambda y, t: np.log(-1.0 * np.ones(1))[0], "✗", "nan"),
        ("mse-mend", lambda y: 0.0, "✗", "TypeError"),
        ("mse-mend", no_return, "✗", "return"),
        ("mse-mend", raising, "✗", "TypeError: unsupported operand"),
        ("mse-mend", changing, "✗", "changes"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_kinds_of_answers(name, answer, mark, word):
    given, said = checks.feedback(checks.find(name), answer)
    assert given == mark
    assert word in said
    assert not CHINESE.search(said)
    speak("zh")
    given, said = checks.feedback(checks.find(name), answer)
    assert given == mark
    assert CHINESE.search(said)


def test_a_function_cannot_spoil_the_question():
    before = json.dumps(MEND)
    for _ in range(2):
        mark, said = checks.feedback(MEND, changing)
        assert mark == "✗"
        assert said.startswith("Your function changes the arrays")
    assert json.dumps(MEND) == before


def test_letters_and_special_numbers():
    letter = question("b", no="a") | {"hint": {"en": "Look!", "zh": "看！"}}
    assert checks.feedback(letter, " B")[0] == "✓"
    assert checks.feedback(letter, "a")[1] == "no"
    assert checks.feedback(letter, "c")[1] == '"c" is not it. Look!'
    assert checks.feedback(letter, 2)[1] == "Here the answer is a letter or a word in quotes."
    speak("zh")
    assert checks.feedback(letter, "c")[1] == '"c" 不对。看！'
    nan = question("nan", no="inf") | {"hint": letter["hint"]}
    assert [checks.feedback(nan, x)[0] for x in ("nan", np.nan, "inf", 0.51)] == list("✓✓✗✗")


def test_the_nearest_value_is_the_one_meant():
    two = question(1.0, near=1.004)
    said = [checks.feedback(two, x)[1] for x in (1.0, 1.001, 1.004)]
    assert said == ["yes", "yes", "near"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "○ no answer yet: put yours"), ("zh", "○ 还没有作答")],
)
def test_one_line_in_one_language(language, said, capsys):
    speak(language)
    assert checks.check("mse-ratio", None) is None
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(said)


def test_a_language_without_a_sentence_of_its_own_falls_back_on_english(monkeypatch):
    monkeypatch.setattr("helpers.language._language", "fr")
    assert checks.feedback(question(1.0), 1) == ("✓", "yes")


@pytest.mark.parametrize("name", ["mse-nothing", "nothing", ""])
def test_unknown_question(name):
    with pytest.raises(ValueError, match="copy its name from the lesson"):
        checks.check(name, 1)


# ------------------------------------------------------------------ questions of a teacher's own


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder `questions` beside a notebook that runs there; returns its file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "questions").mkdir()
    return tmp_path / "questions" / "layers.json"


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md"])
def test_the_example_for_teachers_works_as_written(own, capsys, page):
    page = (ROOT / page).read_text("utf-8")
    written, cell, printed = re.search(
        r"```json\n(.*?)```.*?```python\n(.*?)```.*?```text\n(.*?)```", page, re.DOTALL
    ).groups()
    own.write_text(written, "utf-8")
    exec(cell, {})
    assert capsys.readouterr().out == printed


def test_what_stands_beside_the_notebook_comes_first(own):
    mine = question(7) | {"hint": {"en": "Look!", "zh": "看！"}}
    own.write_text(json.dumps({"practice": mine}), "utf-8-sig")  # as Notepad may save it
    assert checks.find("practice") == mine
    assert checks.find("mse-mend") == MEND


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"mine": {"right": 1,}}', "layers.json is no JSON object"),
        ("[]", "layers.json is no JSON object"),
        ('{"mine": {"right": 1, "why": {"en": "yes", "zh": "对"}}}', '"mine" needs .*"hint"'),
        ('{"mine": {"right": 1, "why": "yes", "hint": "look"}}', 'need "en" and "zh"'),
        ('{"mine": 3}', '"mine" needs'),
    ],
)
def test_a_broken_file_is_named(own, text, complaint):
    own.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=complaint):
        checks.check("mine", 1)
