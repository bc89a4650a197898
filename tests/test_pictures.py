"""Diagrams: one style, two languages, held by the notebook itself; alt text says what is shown."""

import base64
import html
import re
from xml.etree import ElementTree

import nbformat
import pytest
from markdown_it import MarkdownIt
from nbconvert.filters import markdown2html

from helpers import figures
from tests.lessons import LESSONS
from tools import build_notebooks, pictures, subjects

FOLDER = subjects.LESSONS / "pictures"
DIAGRAMS = sorted(FOLDER.glob("*.svg"))
HAN = re.compile(r"[\u4e00-\u9fff]")
COLOURS = {figures.PREDICTION, figures.TARGET, figures.LOSS, figures.GRADIENT}
COLOURS |= {figures.INK, figures.GREY, "#FFFFFF"}
NAMES = {"sigmoid", "softmax", "x W₁", "h W₂"}  # the same in both languages
each_diagram = pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.stem)
each_language = pytest.mark.parametrize("language", build_notebooks.FOLDERS)


def words_of(path, language):
    """What is written in the diagram, in one language."""
    diagram = ElementTree.fromstring(pictures.in_language(path, language))
    return [text.text for text in diagram.iter(f"{{{pictures.SVG}}}text") if text.text]


def shown_in(path, language):
    """The diagrams of a notebook: (what its page says of each, the picture)."""
    edition = build_notebooks.NOTEBOOKS / build_notebooks.FOLDERS[language] / f"{path.stem}.ipynb"
    for cell in nbformat.read(edition, 4).cells:
        if "data:image/svg" in cell.source:
            page = markdown2html(cell.source)
            found = re.findall(r'<img alt="(.+?)" src="data:image/svg\+xml;base64,(.+?)">', page)
            assert len(found) == cell.source.count("data:image/svg")
            yield from ((html.unescape(alt), base64.b64decode(picture)) for alt, picture in found)


@each_diagram
def test_words_are_in_the_language_of_the_edition(path):
    english, chinese = (words_of(path, language) for language in build_notebooks.FOLDERS)
    assert not HAN.search("".join(english))
    untranslated = [word for word in chinese if re.search("[A-Za-z]{2}", word)]
    assert not [word for word in untranslated if not HAN.search(word) and word not in NAMES]
    assert b"data-zh" not in pictures.in_language(path, "en")


def test_there_is_one_style_with_the_colours_of_the_figures():
    texts = [path.read_text("utf-8") for path in DIAGRAMS]
    (style,) = {re.search("<style>.*</style>", text, re.S)[0] for text in texts}
    assert set(re.findall("#[0-9A-F]{6}", style)) == COLOURS
    assert re.findall(r"font: \d+px (.+?);", style) == ["sans-serif"]
    for text in texts:
        assert 'width="600"' in text and 'class="sheet"' in text, "a white sheet, also in the dark"
        drawn = text.replace(style, "")
        assert not re.findall(' (?:fill|stroke|style|font-family)="', drawn)
        assert not re.search(r"<script|<image|href=\"(?!#)|url\((?!#)", drawn)


@each_language
def test_notebooks_hold_the_diagrams_of_their_lessons(language):
    shown = [one for path in LESSONS for one in shown_in(path, language)]
    written = [pictures.IMAGE.findall(path.read_text("utf-8")) for path in LESSONS]
    names = [name for images in written for name in dict.fromkeys(name for _, name in images)]
    assert sorted(names) == [path.stem for path in DIAGRAMS]
    for name, (alt, picture) in zip(names, shown, strict=True):
        assert picture == pictures.in_language(FOLDER / f"{name}.svg", language)
        assert 40 < len(alt) < 300
        assert bool(HAN.search(alt)) == (language == "zh"), alt


@pytest.mark.parametrize("shown_by", [markdown2html, MarkdownIt().render])
def test_readers_of_markdown_show_a_diagram_between_its_paragraphs(shown_by):
    page = shown_by(pictures.embedded('A\n\n![say "b"](pictures/epoch.svg)\n\nC', FOLDER, "en"))
    assert re.search(r'A</p>.*<img alt="say &quot;b&quot;" src="data:.+">.*<p>C', page, re.S)


def test_a_diagram_that_is_not_there_is_refused():
    with pytest.raises(FileNotFoundError, match=r"nowhere\.svg"):
        pictures.embedded("![it](pictures/nowhere.svg)", FOLDER, "en")
