"""The guides for teachers keep their promises: misconceptions met, anchors there, minutes agreeing.

docs/teaching.md and docs/teaching.zh-CN.md are held to the same.
"""

import ast
import functools
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from helpers import checks
from tests.lessons import LESSONS, lesson
from tests.test_questions import answering
from tools import build_notebooks, subjects

ROOT = build_notebooks.ROOT
PAGES = {"en": "docs/teaching.md", "zh": "docs/teaching.zh-CN.md"}
GUIDES = {language: (ROOT / page).read_text("utf-8") for language, page in PAGES.items()}
WORDS = {
    "en": {
        "misconceptions": "Misconceptions",
        "minutes": "What takes how long",
        "periods": "Five periods of 45 minutes",
        "lab": "One lab of 90 minutes",
        "time": r"\*\*Time\*\* (\d+) minutes",
        "section": r"\*\*Minutes:\*\* (\d+)",
        "goals": "**Goals:**",
        "quote": '"',
    },
    "zh": {
        "misconceptions": "常见误解",
        "minutes": "各课要多久",
        "periods": "五课时方案",
        "lab": "九十分钟实验课方案",
        "time": r"\*\*用时\*\*：(\d+) 分钟",
        "section": r"\*\*分钟\*\*：(\d+)",
        "goals": "**目标**：",
        "quote": "“",
    },
}
LINK = re.compile(r"\[([^]]*)\]\(([^)\s]+)\)")
NOTEBOOK = re.compile(r"\.\./notebooks/(?:zh-CN/)?\d+_(\w+)\.ipynb(?:#([^)\s]+))?")
each_language = pytest.mark.parametrize("language", PAGES)
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=subjects.subject)


def anchor(heading):
    """The anchor that JupyterLab gives to a heading."""
    return heading.replace(" ", "-")


@functools.cache
def sections(path, language):
    """The lesson's headings in a language as anchors, each with the code below it."""
    found, code_below = {}, []
    for prose, code, _ in build_notebooks.read_lesson(path):
        if code is not None:
            code_below.append(code)
            continue
        for heading in re.findall(r"^#+ (.+)$", prose[language], re.MULTILINE):
            code_below = found.setdefault(anchor(heading), [])
    return found


def part(language, heading, level="##"):
    """What stands in a guide below a heading, up to the next one of its level."""
    below = rf"^{level} {heading}\n(.*?)(?=^#{{2,{len(level)}}} |\Z)"
    return re.search(below, GUIDES[language], re.M | re.S)[1]


def rows_of(text):
    """The rows of the tables in text, without their heads, as lists of cells."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    heads = [i - 1 for i, line in enumerate(lines) if line.startswith("| ---")]
    return [row for i, row in enumerate(rows) if i not in heads and i - 1 not in heads]


ROWS = {language: rows_of(part(language, WORDS[language]["misconceptions"])) for language in PAGES}
each_row = pytest.mark.parametrize(
    ("language", "row"),
    [(language, row) for language, rows in ROWS.items() for row in rows],
    ids=lambda part: part if isinstance(part, str) else part[0],
)


def named_checks(row):
    return re.findall(r"`(\w+-[\w-]+)` → `([^`]+)`", row[2])


# ------------------------------------------------------------------ the misconceptions


@each_language
def test_all_are_there(language):
    assert [row[0] for row in ROWS[language]] == [str(number + 1) for number in range(20)]
    assert len({row[1] for row in ROWS[language]}) == 20


def test_both_guides_name_the_same_checks_and_answers():
    english, chinese = ([named_checks(row) for row in ROWS[language]] for language in PAGES)
    assert english == chinese


@each_row
def test_a_check_meets_it_in_the_section_that_is_named(language, row):
    linked = NOTEBOOK.findall(row[3])
    assert named_checks(row) and linked
    for name, _ in named_checks(row):
        code = [
            source
            for about, fragment in linked
            for source in sections(lesson(about), language)[unquote(fragment)]
        ]
        assert f'check("{name}"' in "\n".join(code), f"{name} is not in a section named in its row"


@each_row
def test_the_telltale_answer_is_answered_in_both_languages(language, row):
    for name, written in named_checks(row):
        question, answer = checks.find(name), ast.literal_eval(written)
        known = [slip for slip in question["mistakes"] if alike(slip["value"], answer)]
        known.sort(key=lambda slip: slip["value"] != answer)  # the exact one first
        assert known, f"{name}: no mistake has the value {answer}"
        handed_in = answering(question, known[0]["value"]) if "arguments" in question else answer
        english, chinese = known[0]["say"]["en"], known[0]["say"]["zh"]
        assert checks.feedback(question, handed_in) == ("✗", english)
        assert re.search("[A-Za-z]{2}", english) and re.search(r"[\u4e00-\u9fff]", chinese)


def alike(value, answer):
    if isinstance(value, str) or isinstance(answer, str):
        return value == answer
    return value == pytest.approx(answer, rel=1e-3)


# ------------------------------------------------------------------ what learners ask

ASKED = {"en": "docs/questions.md", "zh": "docs/questions.zh-CN.md"}


def prose_below(path, language):
    """The headings of an edition as anchors, each with the prose below it, on one line."""
    cells = build_notebooks.edition(path, language).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    parts = re.split(r"^#+ (.+)$", text, flags=re.MULTILINE)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return {anchor(heading): " ".join(below.split()) for heading, below in pairs}


def questions_asked(language):
    """The rows of the page in a language: (question, subject, section, words of the answer)."""
    for question, link, words in rows_of((ROOT / ASKED[language]).read_text("utf-8")):
        ((about, section),) = NOTEBOOK.findall(link)
        yield question, about, unquote(section), words


@each_language
def test_thirty_questions_of_learners_are_answered_in_the_words_that_are_given(language):
    rows = list(questions_asked(language))
    assert len(rows) == len({question for question, *_ in rows}) == 30
    for question, about, section, words in rows:
        assert question[-1] in "?？" and len(words) > (20 if language == "en" else 8), question
        assert words in prose_below(lesson(about), language)[section], question


def test_both_pages_of_questions_lead_to_the_same_lessons():
    english, chinese = ([about for _, about, *_ in questions_asked(one)] for one in ASKED)
    assert english == chinese


# ------------------------------------------------------------------ links

DOCUMENTS = [
    *PAGES.values(),
    *ASKED.values(),
    *subjects.READMES.values(),
    "CONTRIBUTING.md",
    "CONTRIBUTING.zh-CN.md",
    "data/README.md",
    "data/README.zh-CN.md",
    "docs/glossary.md",
    "docs/hub.md",
    "docs/hub.zh-CN.md",
]


def links_in(path):
    """The links of a document as (words, target), but for those that it shows as code."""
    return LINK.findall(re.sub(r"```.*?```|`[^`\n]+`", "", path.read_text("utf-8"), flags=re.S))


@pytest.mark.parametrize("page", DOCUMENTS)
def test_links_lead_to_files_and_headings(page):
    path = ROOT / page
    for _, target in links_in(path):
        address, _, fragment = target.partition("#")
        if address.startswith("https://"):
            continue
        file = (path.parent / address).resolve() if address else path
        assert file.exists(), target
        if file.suffix == ".ipynb" and fragment:
            language = "zh" if file.parent.name == "zh-CN" else "en"
            headings = sections(lesson(subjects.subject(file)), language)
            assert unquote(fragment) in headings, target
        elif fragment:
            assert fragment in anchors_of(file.read_text(encoding="utf-8")), target


def anchors_of(text):
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("page", [page for page in DOCUMENTS if page != "docs/glossary.md"])
def test_a_document_leads_to_documents_of_its_language(page):
    path, chinese = ROOT / page, ".zh-CN." in page
    other = page.replace(".zh-CN", "") if chinese else page.replace(".md", ".zh-CN.md")
    assert ("English" if chinese else "中文", Path(other).name) in links_in(path)
    for words, target in links_in(path):
        if target.startswith(("https://", "#")) or words in ("English", "中文"):
            continue
        if "assignments/release" in target:  # the guides say where both are
            continue
        file = (path.parent / target.partition("#")[0]).resolve()
        if not chinese:
            assert "zh-CN" not in target, target
        elif "zh-CN" not in target:
            twins = (file.parent / "zh-CN" / file.name, file.with_suffix(f".zh-CN{file.suffix}"))
            assert not any(twin.exists() for twin in twins), target


def test_both_readmes_lead_to_the_guide():
    for language, page in subjects.READMES.items():
        assert f"]({PAGES[language]})" in (ROOT / page).read_text(encoding="utf-8")


# ------------------------------------------------------------------ minutes


@each_language
@each_lesson
def test_minutes_agree_everywhere(path, language):
    words, first = WORDS[language], build_notebooks.read_lesson(path)[0][0]
    said = {"English": re.search(WORDS["en"]["time"], first["en"])[1]}
    said["lesson"] = re.search(words["time"], first[language])[1]
    readme = (ROOT / subjects.READMES[language]).read_text(encoding="utf-8")
    said["README"] = re.search(rf"^\| .*/{path.stem}\..*\| (\d+) \|$", readme, re.MULTILINE)[1]
    rows = rows_of(part(language, words["minutes"]))
    said["table"] = next(row[1] for row in rows if f"{path.stem}.ipynb" in row[0])
    section = part(language, title_of(path, language), "###")
    said["section"] = re.search(words["section"], section)[1]
    assert len(set(said.values())) == 1, said


def title_of(path, language):
    title = build_notebooks.read_lesson(path)[0][0][language].splitlines()[0][2:]
    return re.escape(title)


@each_language
def test_the_plans_fill_their_time(language):
    periods = rows_of(part(language, WORDS[language]["periods"]))
    assert len(periods) == 5
    for _, what, minutes in periods:
        parts = [int(number) for number in minutes.split(" + ")]
        assert sum(parts) == 45
        assert [int(number) for number in re.findall(r"\((\d+)\)", what)] == parts
    lab = rows_of(part(language, WORDS[language]["lab"]))
    assert sum(int(row[1]) for row in lab) == 90


@each_lesson
def test_every_lesson_has_goals_questions_and_wrong_answers(path):
    rows = {}
    for language, words in WORDS.items():
        text = part(language, title_of(path, language), "###")
        assert words["goals"] in text
        rows[language] = rows_of(text)
        for ask, hear, meaning in rows[language]:
            assert ask and hear.startswith(words["quote"]) and meaning
    assert len(rows["en"]) == len(rows["zh"]) >= 2
