"""How the prose of lessons and assignments is set: one language, one form, in each edition."""

import re

import pytest
from markdown_it import MarkdownIt

from tests.lessons import LESSONS
from tools import build_notebooks, subjects

PAGES = [*LESSONS, *sorted((subjects.ROOT / "assignments").glob("a*.md"))]
HAN = r"\u4e00-\u9fff"
FULL_WIDTH = "，。；：（）、！？“”"
FORMULA = r"\$\$.+?\$\$|\$[^$\n]+\$"
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)


def prose_of(page, language):
    """The prose of a page in one language, without code."""
    cells = build_notebooks.read_lesson(page)
    text = "\n\n".join(prose[language] for prose, _, _ in cells if prose)
    return re.sub(r"```.*?```", "", text, flags=re.S)


def plain(text):
    """Prose with a blank for each formula, piece of code, link target and tag."""
    return re.sub(rf"{FORMULA}|`[^`\n]+`|\]\([^)]*\)|<[^>]*>", "\u3000", text, flags=re.S)


def around(pattern, text):
    return re.findall(f".{{0,12}}(?:{pattern}).{{0,12}}", text)


@each_page
def test_code_is_english_in_both_editions(page):
    for prose, code, _ in build_notebooks.read_lesson(page):
        assert prose or not re.search(f"[{HAN}]", code), code


@each_page
def test_chinese_is_never_italic(page):
    text = MarkdownIt().render(prose_of(page, "zh"))
    assert not [part for part in re.findall(r"<em>.*?</em>", text) if re.search(f"[{HAN}]", part)]


@pytest.mark.parametrize("language", build_notebooks.FOLDERS)
@each_page
def test_what_is_to_be_bold_is_bold(page, language):
    """`**` beside a full-width stop may begin or end nothing."""
    shown = re.sub(r"<code>.*?</code>", "", MarkdownIt().render(prose_of(page, language)))
    assert not around(r"\*\*", re.sub(FORMULA, "", shown, flags=re.S))


@each_page
def test_no_full_width_punctuation_in_formulas(page):
    formulas = re.findall(FORMULA, prose_of(page, "zh"), flags=re.S)
    assert not [one for one in formulas if re.search(f"[{FULL_WIDTH}]", one)]


@each_page
def test_chinese_spaces_and_marks(page):
    text = plain(prose_of(page, "zh"))
    assert not around(r"\d +%", text), "100%, without a blank"
    assert not around(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]", text), "a blank between the two"
    assert not around(rf"[{HAN}] +[{HAN}]", text), "no blank between two Chinese words"
    assert not around(r" [，。；：）、！？”]|[，；：（、！？“] (?![*])", text), "no blank"
    assert not around(rf"[{HAN}][,;:!?(]", text), "full-width marks in Chinese"


@each_page
def test_a_prediction_is_asked_for_in_one_form(page):
    english, chinese = prose_of(page, "en"), prose_of(page, "zh")
    asked = re.findall(r"\*\*Predict\b[^*]*\*\*", english)
    assert set(asked) <= {"**Predict.**"}
    assert re.findall(r"\*\*先?预测[。.：:，][^*]*\*\*|\*\*先预测\*\*", chinese) == [
        "**先预测。**" for _ in asked
    ]
