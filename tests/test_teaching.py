"""docs/teaching.md keeps its promises: misconceptions met, anchors there, minutes agreeing."""

import ast
import functools
import re
from urllib.parse import unquote

import pytest

from helpers import checks
from tests.lessons import LESSONS, lesson
from tests.test_questions import answering
from tools import build_notebooks, subjects

ROOT = build_notebooks.ROOT
GUIDE = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)\s]+)\)")
NOTEBOOK = re.compile(r"\.\./notebooks/\d+_(\w+)\.ipynb(?:#([^)\s]+))?")
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=subjects.subject)


def anchor(heading):
    """The anchor that JupyterLab gives to a heading."""
    return heading.replace(" ", "-")


@functools.cache
def sections(path):
    """The lesson's English headings as anchors, each with the code below it."""
    found, code_below = {}, []
    for prose, code, _ in build_notebooks.read_lesson(path):
        if code is not None:
            code_below.append(code)
            continue
        for heading in re.findall(r"^#+ (.+)$", prose["en"], re.MULTILINE):
            code_below = found.setdefault(anchor(heading), [])
    return found


def part(heading, level="##"):
    """What stands in teaching.md below a heading, up to the next one of its level."""
    return re.search(rf"^{level} {heading}\n(.*?)(?=^#{{2,{len(level)}}} |\Z)", GUIDE, re.M | re.S)[
        1
    ]


def rows_of(text):
    """The rows of the tables in text, without their heads, as lists of cells."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    heads = [i - 1 for i, line in enumerate(lines) if line.startswith("| ---")]
    return [row for i, row in enumerate(rows) if i not in heads and i - 1 not in heads]


ROWS = rows_of(part("Misconceptions"))
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])


def named_checks(row):
    return re.findall(r"`(\w+-[\w-]+)` → `([^`]+)`", row[2])


# ------------------------------------------------------------------ the misconceptions


def test_all_are_there():
    assert [row[0] for row in ROWS] == [str(number + 1) for number in range(18)]
    assert len({row[1] for row in ROWS}) == 18


@each_row
def test_a_check_meets_it_in_the_section_that_is_named(row):
    linked = NOTEBOOK.findall(row[3])
    assert named_checks(row) and linked
    for name, _ in named_checks(row):
        code = [
            source
            for about, fragment in linked
            for source in sections(lesson(about))[unquote(fragment)]
        ]
        assert f'check("{name}"' in "\n".join(code), f"{name} is not in a section named in its row"


@each_row
def test_the_telltale_answer_is_answered_in_both_languages(row):
    for name, written in named_checks(row):
        question, answer = checks.find(name), ast.literal_eval(written)
        known = [slip for slip in question["mistakes"] if alike(slip["value"], answer)]
        known.sort(key=lambda slip: slip["value"] != answer)  # the exact one first
        assert known, f"{name}: no mistake has the value {answer}"
        handed_in = answering(question, known[0]["value"]) if "arguments" in question else answer
        mark, said = checks.feedback(question, handed_in)
        assert (mark, said) == ("✗", known[0]["say"])
        english, chinese = said["en"], said["zh"]
        assert re.search("[A-Za-z]{2}", english) and re.search(r"[\u4e00-\u9fff]", chinese)


def alike(value, answer):
    if isinstance(value, str) or isinstance(answer, str):
        return value == answer
    return value == pytest.approx(answer, rel=1e-3)


# ------------------------------------------------------------------ links


@pytest.mark.parametrize("page", ["docs/teaching.md", "README.md", "README.zh-CN.md"])
def test_links_lead_to_files_and_headings(page):
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    for target in LINK.findall(text):
        address, _, fragment = target.partition("#")
        if address.startswith("https://"):
            continue
        file = (path.parent / address).resolve() if address else path
        assert file.exists(), target
        if file.suffix == ".ipynb" and fragment:
            assert unquote(fragment) in sections(lesson(subjects.subject(file))), target
        elif fragment:
            assert fragment in anchors_of(file.read_text(encoding="utf-8")), target


def anchors_of(text):
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


def test_both_readmes_lead_to_the_guide():
    for page in ("README.md", "README.zh-CN.md"):
        assert "](docs/teaching.md)" in (ROOT / page).read_text(encoding="utf-8")


# ------------------------------------------------------------------ minutes


@each_lesson
def test_minutes_agree_everywhere(path):
    first = build_notebooks.read_lesson(path)[0][0]
    wanted = re.search(r"\*\*Time\*\* (\d+) minutes", first["en"])[1]
    said = {"Chinese": re.search(r"\*\*用时\*\*：(\d+) 分钟", first["zh"])[1]}
    for page in ("README.md", "README.zh-CN.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        said[page] = re.search(rf"^\| .*/{path.stem}\..*\| (\d+) \|$", text, re.MULTILINE)[1]
    table = [row for row in rows_of(part("What takes how long")) if f"{path.stem}.ipynb" in row[0]]
    said["table"] = table[0][1]
    said["section"] = re.search(r"\*\*Minutes:\*\* (\d+)", part(title_of(path), "###"))[1]
    assert set(said.values()) == {wanted}, said


def title_of(path):
    return re.escape(build_notebooks.read_lesson(path)[0][0]["en"].splitlines()[0][2:])


def test_the_plans_fill_their_time():
    periods = rows_of(part("Five periods of 45 minutes"))
    assert len(periods) == 5
    for _, what, minutes in periods:
        parts = [int(number) for number in minutes.split(" + ")]
        assert sum(parts) == 45
        assert [int(number) for number in re.findall(r"\((\d+)\)", what)] == parts
    assert sum(int(row[1]) for row in rows_of(part("One lab of 90 minutes"))) == 90


@each_lesson
def test_every_lesson_has_goals_questions_and_wrong_answers(path):
    text = part(title_of(path), "###")
    assert "**Goals:**" in text
    assert len(rows_of(text)) >= 2
    for ask, hear, meaning in rows_of(text):
        assert ask and hear.startswith('"') and meaning
