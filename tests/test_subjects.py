"""Lessons are named by subject: one put in between gets its number, and all others theirs."""

import re
import shutil
from pathlib import Path

import pytest

from tests.lessons import LESSONS
from tools import build_notebooks, subjects

ROOT = subjects.ROOT
DOCS = ("teaching.md", "teaching.zh-CN.md", "glossary.md")
NEW = ("perceptron", "step_function", "softmax")
LINK = re.compile(r"\[([^]]*)\]\((?:[\w.-]+/)*(\d+)_(\w+)\.(\w+)")


@pytest.fixture
def course(tmp_path):
    """A copy of what is written by hand, with three lessons put in before the gradient."""
    shutil.copytree(subjects.LESSONS, tmp_path / "lessons")
    for page in (*subjects.READMES.values(), "docs", "data"):
        copy = shutil.copytree if (ROOT / page).is_dir() else shutil.copy
        copy(ROOT / page, tmp_path / page)
    order = list(subjects.lessons_in())
    at = order.index("gradient")
    for path in sorted((tmp_path / "lessons").glob("*.md"), reverse=True)[: len(order) - at]:
        number = int(subjects.number(path.stem)) + len(NEW)
        path.rename(path.with_name(f"{number:02d}_{subjects.subject(path)}.md"))
    for number, subject in enumerate(NEW, at):
        regions = (f"<!-- #region {x} -->\n# {subject}\n<!-- #endregion -->" for x in ("en", "zh"))
        path = tmp_path / "lessons" / f"{number:02d}_{subject}.md"
        path.write_text("\n".join(regions), "utf-8")
    for page in subjects.READMES.values():
        lines = (tmp_path / page).read_text("utf-8").splitlines(keepends=True)
        row = next(n for n, line in enumerate(lines) if re.match(r"\|.*_gradient\.ipynb", line))
        lines[row:row] = [f"| | [{s}](notebooks/0_{s}.ipynb) | What? | That | 20 |\n" for s in NEW]
        (tmp_path / page).write_text("".join(lines), "utf-8")
    return tmp_path


def prose(notebook):
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def without_numbers(text):
    """text with no number where a lesson's may stand: its title, its links, the table."""
    text = LINK.sub(lambda link: f"[{re.sub('[0-9]{2}', '', link[1])}]({link[3]}", text)
    return re.sub(r"^(# |\| )\d\d ", r"\1", text, flags=re.MULTILINE)


def assert_right(text, lessons):
    """Each link leads to a lesson that is there, and a number in its words is that lesson's."""
    for words, number, subject, _ in LINK.findall(text):
        assert lessons[subject] == f"{number}_{subject}"
        assert "#" not in words and set(re.findall(r"\b\d\d\b", words)) <= {number}
    for number, subject in re.findall(r"^\| (\d\d) \| \[[^]]*\]\(\S*?\d+_(\w+)", text, re.M):
        assert lessons[subject] == f"{number}_{subject}"


@pytest.mark.parametrize("language", build_notebooks.FOLDERS)
def test_a_lesson_put_in_between_renumbers_all_that_is_built(course, language):
    subjects.renumber_pages(course)
    lessons = subjects.lessons_in(course / "lessons")
    assert [subjects.number(name) for name in lessons.values()] == [f"{n:02d}" for n in range(12)]
    for path in LESSONS:
        name = lessons[subjects.subject(path)]
        now = build_notebooks.edition(course / "lessons" / f"{name}.md", language)
        before = build_notebooks.edition(path, language)
        text = prose(now)
        assert text.startswith(f"# {subjects.number(name)} ")
        assert_right(text, lessons)
        assert [cell.id for cell in now.cells] == [cell.id for cell in before.cells]
        if "{lessons}" not in path.read_text("utf-8"):
            assert without_numbers(text) == without_numbers(prose(before))
            assert len(LINK.findall(text)) == len(LINK.findall(prose(before)))


@pytest.mark.parametrize("language", build_notebooks.FOLDERS)
def test_the_table_shows_it_in_its_place(course, language):
    subjects.renumber_pages(course)
    readme = (course / subjects.READMES[language]).read_text("utf-8")
    start = prose(build_notebooks.edition(course / "lessons" / "00_start_here.md", language))
    for text in (start, readme):
        rows = re.findall(r"^\| (\d\d) \| \[?([^]|]*)", text, re.MULTILINE)
        assert [number for number, _ in rows] == [f"{n:02d}" for n in range(12)]
        assert [title for _, title in rows][6:9] == list(NEW)
    assert "| [perceptron](06_perceptron.ipynb) | What? | 20 |" in start
    assert "| 06 | [perceptron](notebooks/06_perceptron.ipynb) | What? | That | 20 |" in readme


def test_pages_that_are_not_built_follow(course):
    subjects.renumber_pages(course)
    lessons = subjects.lessons_in(course / "lessons")
    for page in ("README.md", "README.zh-CN.md", *(f"docs/{file}" for file in DOCS)):
        before, after = ((root / page).read_text("utf-8") for root in (ROOT, course))
        assert_right(after, lessons)
        assert "09_gradient" in after and "06_gradient" not in after
        assert len(LINK.findall(after)) >= len(LINK.findall(before))


def test_only_the_lessons_asked_for_are_built_and_no_notebook_outlives_its_lesson(course):
    old = course / "notebooks" / "06_gradient.ipynb"
    old.parent.mkdir()
    old.touch()
    build_notebooks.main(["perceptron"], course)
    built = [str(p.relative_to(course)) for p in sorted(course.rglob("*.ipynb"))]
    assert built == ["notebooks/06_perceptron.ipynb", "notebooks/zh-CN/06_perceptron.ipynb"]


# What is refused


def test_a_link_to_no_lesson_is_refused(course):
    path = course / "lessons" / "03_mean_squared_error.md"
    path.write_text(path.read_text("utf-8").replace("](gradient)", "](gradent)"), "utf-8")
    sentence = (
        r"^03_mean_squared_error.md: there is no lesson 'gradent'; .*, backpropagation, training$"
    )
    with pytest.raises(ValueError, match=sentence):
        build_notebooks.edition(path, "en")


def test_a_page_that_names_no_lesson_is_refused(course):
    (course / "docs" / "more.md").write_text("[06](../lessons/06_gradent.md)", "utf-8")
    with pytest.raises(ValueError, match=r"^more.md: there is no lesson 'gradent'"):
        subjects.renumber_pages(course)


def test_a_lesson_that_is_not_in_the_table_is_refused(course):
    (course / "lessons" / "12_convolution.md").touch()
    sentence = r"README.md: the table of lessons has .*training; .* training, convolution$"
    with pytest.raises(ValueError, match=sentence):
        build_notebooks.edition(course / "lessons" / "00_start_here.md", "en")


def test_a_subject_that_is_no_lesson_is_not_built(course):
    with pytest.raises(
        ValueError, match="make notebooks: there is no lesson '03'; the lessons are"
    ):
        build_notebooks.main(["03"], course)


# As things are


def test_numbers_count_from_nought_without_a_gap():
    numbers = [subjects.number(path.stem) for path in LESSONS]
    assert numbers == [f"{n:02d}" for n in range(len(LESSONS))]


@pytest.mark.parametrize("page", sorted(p for page in subjects.PAGES for p in ROOT.glob(page)))
def test_pages_have_the_numbers_of_now(page):
    text = page.read_text("utf-8")
    assert subjects.renumbered(text, subjects.lessons_in(), page.name) == text, "make notebooks"


A_NUMBER = re.compile(
    r"(?i:\blessons?\s+\[?\d\d\b)|第 ?\[?\d\d\b[^，。]*课"
    r"|(?<![\w.,:;\\-])0\d(?![\w:-]|[.,]\d)"  # alone, and no part of a date, a time or a decimal
    rf"|\b\d\d_(?:{'|'.join(subjects.lessons_in())})\b"
)
FOLDERS = ("assignments", "benchmarks", "data", "docs", "helpers", "lessons", "tests", "tools")
SUFFIXES = {".md", ".py", ".js", ".css", ".toml", ".yml", ".cff", ""}


def sources():
    """The files that people write, but for this one."""
    files = [*ROOT.glob("*"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))]
    for path in sorted(filter(Path.is_file, files)):
        if path.suffix in SUFFIXES and path.name != "test_subjects.py":
            yield path


def numbers_in(text):
    """The lines of text in which the number of a lesson stands."""
    return [line for line in text.splitlines() if A_NUMBER.search(line)]


def test_no_number_of_a_lesson_stands_in_a_source():
    pages = {path for page in subjects.PAGES for path in ROOT.glob(page)}
    for path in sources():
        text = path.read_text("utf-8")
        if path in pages:  # their links to files, and their table, follow by themselves
            text = subjects.IN_A_PAGE.sub("", text)
        assert numbers_in(text) == [], path


def test_what_counts_as_the_number_of_a_lesson():
    numbers = ["lesson 06", "Lessons [10](x)", "第 06 课", "(03 and 05)", "05, 07.", "06_gradient"]
    others = [
        "0.05",
        "2026-01-05",
        "08:05",
        "{n:02d}",
        "1,05",
        "10 of 12",
        "100_000",
        r"\x00",
        "-07",
    ]
    assert numbers_in("\n".join(numbers + others)) == numbers
