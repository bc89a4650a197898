"""The questions as built: fresh, every known slip named, no sentence gives a solution away."""

import itertools
import json
import re
import unicodedata

import nbformat
import numpy as np
import pytest
from nbconvert.filters import markdown2html

from helpers import checks
from tests.lessons import LESSONS, cells_of
from tools import build_notebooks, questions, subjects

FILES = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted(checks.BUILT.glob("*.json"))
}
QUESTIONS = {name: question for built in FILES.values() for name, question in built.items()}
every_question = pytest.mark.parametrize("name", QUESTIONS)
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?")


def columns(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def answering(question, value):
    """What a learner hands in to arrive at value: the value, or a function that returns it."""
    return (lambda *arguments: value) if "arguments" in question else value


def slips(question):
    return [(slip["value"], slip["say"]) for slip in question["mistakes"]]


def gives_away(sentence, right):
    """Does a sentence hold the right value, rounded to no less than three digits?"""
    if isinstance(right, str):
        return re.search(rf"['\"“‘「]{re.escape(right)}['\"”’」]", sentence, re.I) is not None
    numbers = [float(number) for number in NUMBER.findall(sentence.replace("−", "-"))]
    return any(checks.close(number, right, checks.TYPED) for number in numbers)


# ------------------------------------------------------------------ from what is written to data


@pytest.mark.parametrize("name", questions.SOURCES)
def test_questions_are_built_from_what_is_written_now(name):
    text = (checks.BUILT / f"{name}.json").read_bytes().decode()
    assert text == questions.text_of(name), "run `make notebooks` or `make assignments`"


def test_every_lesson_and_assignment_has_its_questions_and_nothing_else_has():
    assignments = {path.stem for path in (questions.ROOT / "assignments").glob("*.md")}
    lessons = {subjects.subject(path) for path in LESSONS}
    assert set(FILES) == set(questions.SOURCES) == lessons | assignments


def test_names_of_a_file_begin_with_a_word_of_its_own():
    words = [{name.split("-")[0] for name in built} for built in FILES.values()]
    assert [len(of_one_file) for of_one_file in words] == [1] * len(words)
    assert len(set.union(*words)) == len(words)
    assert not any(re.search(r"^\d", name) for name in QUESTIONS)


@pytest.mark.parametrize(
    "value",
    [
        True,
        3,
        0.1 + 0.2,
        np.inf,
        "b",
        [1, 2.5],
        (2, 3),
        np.array(3),
        np.array([[True], [False]]),
        np.array([[0.25, np.nan, np.inf]], dtype=np.float32),
    ],
)
def test_a_function_is_called_with_what_was_written(value):
    seen = []
    arguments = json.loads(json.dumps([questions.as_data(value)], allow_nan=False))
    checks.feedback({"right": 0, "arguments": arguments}, lambda *given: seen.extend(given))
    assert type(seen[0]) is type(value)
    if isinstance(value, np.ndarray):
        assert (seen[0].dtype, seen[0].shape) == (value.dtype, value.shape)
    if isinstance(value, str):
        assert seen[0] == value
    else:
        np.testing.assert_allclose(seen[0], value, rtol=1e-11)


def test_what_is_no_data_is_refused():
    with pytest.raises(TypeError, match="Polynomial"):
        questions.as_data(lambda x: x**3)


def test_data_that_are_in_every_copy_are_named_and_a_function_is_given_by_its_coefficients():
    seen = []
    checks.feedback(QUESTIONS["data-mend"], lambda *given: seen.extend(given))
    assert [array.shape for array in seen] == [(1437, 64), (1437,), (100, 64), (100,), (64,)]
    checks.feedback(QUESTIONS["gradient-mend"], lambda *given: seen.extend(given))
    assert seen[-2](2.0) == pytest.approx(0.8)
    assert seen[-1].shape == () and seen[-1].dtype == int


# ------------------------------------------------------------------ all questions


@every_question
def test_values_are_pairwise_distinct(name):
    values = [value for value, _ in slips(QUESTIONS[name])]
    numbers = map(checks.number_or_text, [QUESTIONS[name]["right"], *values])
    for a, b in itertools.combinations(numbers, 2):
        assert not checks.close(a, b, 1e-6), f"{name}: {a} and {b} cannot be told apart"


@every_question
def test_right_answer_is_confirmed(name):
    question = checks.find(name)
    answer = answering(question, checks.number_or_text(question["right"]))
    assert checks.feedback(question, answer) == ("✓", question["why"]["en"])


@every_question
def test_each_mistake_is_named(name):
    question = checks.find(name)
    for value, said in slips(question):
        answer = answering(question, checks.number_or_text(value))
        assert checks.feedback(question, answer) == ("✗", said["en"])


@every_question
def test_no_answer_yet(name):
    assert checks.feedback(QUESTIONS[name], None)[0] == "○"


@every_question
def test_feedback_never_gives_the_solution_away(name):
    question = QUESTIONS[name]
    for said in [question["hint"], *(said for _, said in slips(question))]:
        for sentence in said.values():
            assert not gives_away(sentence, checks.number_or_text(question["right"])), sentence


@every_question
def test_both_languages_and_one_line_each(name):
    question = QUESTIONS[name]
    pairs = [question["why"], question["hint"], *(said for _, said in slips(question))]
    assert len({tuple(said.values()) for said in pairs}) == len(pairs), "two share a sentence"
    for said in pairs:
        assert set(said) == {"en", "zh"}
        en, zh = said["en"], said["zh"]
        assert not re.search(r"[\u4e00-\u9fff]", en)
        assert re.search(r"[\u4e00-\u9fff]", zh)
        assert "\n" not in en + zh
        # with its mark, a line of an assignment keeps within 80 columns
        assert max(columns(en), columns(zh)) <= (78 if re.match(r"a\d", name) else 100), en + zh


# ------------------------------------------------------------------ answers at the end of a lesson


def answers_of(path, language):
    """The answers in the edition's notebook, as its page shows them: {question: what is said}."""
    edition = build_notebooks.NOTEBOOKS / build_notebooks.FOLDERS[language] / f"{path.stem}.ipynb"
    cells = nbformat.read(edition, 4).cells
    last_code = max(i for i, cell in enumerate(cells) if cell.cell_type == "code")
    after = "\n\n".join(cell.source for cell in cells[last_code + 1 :])
    page = markdown2html(after).rpartition(f"<summary>{questions.SUMMARY[language]}</summary>")[2]
    folded, _, below = page.partition("</details>")
    assert not re.search("<li>|<details", below), "exercises or hints below the answers"
    said = re.findall(r"<li><code>([\w-]+)</code>(?:: |：)(.+?)</li>", folded, re.S)
    assert len(said) == folded.count("<li>")
    return dict(said)


@pytest.mark.parametrize("language", build_notebooks.FOLDERS)
@pytest.mark.parametrize("path", LESSONS, ids=subjects.subject)
def test_a_lesson_ends_with_the_answers_to_its_questions(path, language):
    asked = re.findall(r'\bcheck\("([\w-]+)"', "\n".join(source for source, _ in cells_of(path)))
    built = FILES[subjects.subject(path)]
    answers = answers_of(path, language)
    assert list(answers) == asked
    assert sorted(asked) == sorted(built)
    for name, said in answers.items():
        right, why = re.fullmatch(r"(?:<strong>(.+)</strong>(?:\. |。))?(.+)", said).groups()
        assert why == built[name]["why"][language]
        assert (right is None) == ("arguments" in built[name])
        if right:  # rounded to four digits
            typed, exact = right.replace(",", "").replace("−", "-"), built[name]["right"]
            assert checks.close(*map(checks.number_or_text, (typed, exact)), 5e-4), name


# ------------------------------------------------------------------ fingerprints of one question

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
    given = []

    def watched(y, t):
        given.append(function(y, t))
        return given[0]

    mark, said = checks.feedback(QUESTIONS["mse-mend"], watched)
    assert given == [pytest.approx(value, abs=5e-6)]
    assert mark == "✗"
    assert word in said


def test_values_of_the_lesson():
    rights = {name: question["right"] for name, question in FILES["mean_squared_error"].items()}
    expected = {"mse-ratio": 6.1282051, "mse-largest": 1.0, "mse-mend": 0.0975}
    assert rights == pytest.approx(expected | {"mse-mean": 5.0, "mse-slope": -0.4})
