"""docs/glossary.md is complete: each term that a lesson sets off stands there, in both languages.

A term is set off where it is explained: in italics in English, in bold in Chinese. Menus are in
italics, too (*Kernel → Restart*). In Chinese a clause may be bold for stress; a word may not.
"""

import re

import pytest

from tests.lessons import LESSONS
from tools import build_notebooks, subjects

PAGE = (subjects.ROOT / "docs" / "glossary.md").read_text("utf-8")
ROWS = re.findall(r"(?m)^\| (?!English|---)(.+?) \| (.+?) \| .*\| .*\| \[.+\]\(\S+\) \|$", PAGE)
WORD = 5  # characters: what is longer and bold in Chinese is a clause or a sentence
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=subjects.subject)


def words_in(cell):
    """The words that a cell of the glossary holds: its main ones, and those in brackets."""
    words = re.split(r"[,，()（）]", re.sub(r"[:：].*", "", cell))
    return {word.strip().lower() for word in words} - {""}


ENGLISH = {word: words_in(chinese) for english, chinese in ROWS for word in words_in(english)}
CHINESE = {word for _, chinese in ROWS for word in words_in(chinese)}


def plain(text):
    """text with blanks for code and formulas, a paragraph on one line."""
    text = re.sub(r"```.*?```|`[^`\n]+`|\$\$.+?\$\$|\$[^$\n]+\$", "____", text, flags=re.DOTALL)
    return re.sub(r"(?<=\S)\n(?=\S)(?![-|]|\d+\.)", " ", text)


def italic(text):
    """What is in italics in an English text, but for menus."""
    found = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", re.sub(r"\*\*[^*]+\*\*", "", plain(text)))
    return [words for words in found if "→" not in words]


def bold(text):
    """The words that are bold in a Chinese text; no clause, no label of a paragraph or a cell."""
    found = re.finditer(r"(?m)(?P<label>^(?:- )?|\| )?\*\*([^*]+)\*\*", plain(text))
    words = [one[2] for one in found if one["label"] is None]
    return [word for word in words if len(word) <= WORD and not re.search("[，。：？]", word)]


def singular(word):
    """The form in which the glossary has an English word; None if it has not."""
    word = word.lower()
    forms = (word, word.removesuffix("s"), word.removesuffix("es"))
    return next((form for form in forms if form in ENGLISH), None)


@each_lesson
def test_the_glossary_has_the_terms_of_the_lesson(path):
    prose = [prose for prose, _, _ in build_notebooks.read_lesson(path) if prose]
    english = {word for both in prose for word in italic(both["en"]) if not singular(word)}
    chinese = {word for both in prose for word in bold(both["zh"]) if word.lower() not in CHINESE}
    assert (english, chinese) == (set(), set())


@each_lesson
def test_chinese_says_a_term_by_its_word_in_the_glossary(path):
    for prose, _, _ in build_notebooks.read_lesson(path):
        for word in italic(prose["en"]) if prose else []:
            said = ENGLISH[singular(word)]
            assert any(chinese in prose["zh"].lower() for chinese in said), (word, said)


def test_each_word_stands_once():
    for column in zip(*ROWS, strict=True):
        words = [word for cell in column for word in words_in(cell)]
        assert sorted(words) == sorted(set(words))


def test_what_counts_as_a_term():
    assert italic("The *loss*, **not** it.\n\n*Kernel → Restart* `*a*`") == ["loss"]
    text = "**先预测。** 这叫**损失**，\n- **用时**：10\n**会出错。** | **数据** | 它**越小越好**"
    assert bold(text) == ["损失", "越小越好"]
    assert (singular("Classes"), singular("losses"), singular("lossy")) == ("class", "loss", None)
