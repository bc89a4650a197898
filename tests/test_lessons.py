"""Lessons and the notebooks built from them: fresh, complete, in two languages, easy to read."""

import base64
import functools
import html
import io
import itertools
import re
import statistics

import nbformat
import numpy as np
import pytest
from IPython.core.pylabtools import print_figure
from ipywidgets import Box
from matplotlib.figure import Figure
from nbconvert import HTMLExporter
from PIL import Image

from tests.lessons import LESSONS, cells_of, lesson, reading_minutes, run
from tools import build_notebooks, subjects

FOLDERS = build_notebooks.FOLDERS
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=subjects.subject)
HAN = re.compile(r"[\u4e00-\u9fff]")
each_edition = pytest.mark.parametrize("language", FOLDERS)


def committed(lesson, language):
    path = build_notebooks.NOTEBOOKS / FOLDERS[language] / f"{lesson.stem}.ipynb"
    assert path.exists(), f"{path.name} is missing: run `make notebooks`"
    return nbformat.read(path, as_version=4)


def prose_of(lesson):
    return [prose for prose, _, _ in build_notebooks.read_lesson(lesson) if prose]


def without_outputs(notebook):
    cells = [{**cell, "outputs": None, "execution_count": None} for cell in notebook.cells]
    return {"cells": cells, "metadata": notebook.metadata}


def test_there_are_lessons_and_no_notebook_without_one():
    assert len(LESSONS) >= 3
    for folder in FOLDERS.values():
        found = {path.stem for path in (build_notebooks.NOTEBOOKS / folder).glob("*.ipynb")}
        assert found == {path.stem for path in LESSONS}


@each_edition
@each_lesson
def test_notebooks_are_built_from_the_lesson_as_it_is_now(lesson, language):
    fresh = build_notebooks.edition(lesson, language)
    assert without_outputs(committed(lesson, language)) == without_outputs(fresh), (
        "run `make notebooks`"
    )


@functools.cache
def pictures_of(lesson):
    """What a run of the lesson's cells shows: (the panel's words or None, the picture) in order."""
    found = []
    for shown in run(lesson):
        if isinstance(shown, Figure):
            found.append((None, pixels(print_figure(shown))))  # as Jupyter draws it
        elif not isinstance(shown, Box):  # a learner's box has no picture of itself
            data, _ = shown._repr_mimebundle_()
            found.append((data["text/plain"], pixels(base64.b64decode(data["image/png"]))))
    return found


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)), dtype=int)


def pictures_in(notebook):
    """The outputs of a notebook that are pictures, each with its pixels."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    return [(one, pixels(base64.b64decode(one["data"]["image/png"]))) for one in pictures]


@each_lesson
def test_pictures_are_what_a_fresh_run_gives(lesson):
    """By their pixels; what is text, nbval compares in both editions."""
    committed_ones, fresh = pictures_in(committed(lesson, "en")), pictures_of(lesson)
    assert len(committed_ones) == len(fresh)
    for (_, picture), (_, again) in zip(committed_ones, fresh, strict=True):
        assert picture.shape == again.shape
        assert np.allclose(picture, again, atol=8)


def code_of(lesson, language):
    return [cell for cell in committed(lesson, language).cells if cell.cell_type == "code"]


def texts_in(data):
    """The forms of an output that are text; a picture inside HTML is left out."""
    return [
        re.sub(r"base64,[\w+/=]*", "", text) for kind, text in data.items() if "png" not in kind
    ]


def readable(cell):
    """What a cell has printed, shown as text and raised, output for output."""
    return [
        [
            output.get("text", ""),
            output.get("evalue", ""),
            *texts_in(output.get("data", {})),
        ]
        for output in cell.outputs
    ]


@each_lesson
def test_editions_have_the_same_code_but_for_the_line_that_chooses_the_language(lesson):
    english, chinese = (code_of(lesson, language) for language in FOLDERS)
    assert english[0].source.count('speak("en")') == 1
    assert chinese[0].source == english[0].source.replace('speak("en")', 'speak("zh")')
    assert [c.source for c in chinese[1:]] == [c.source for c in english[1:]]
    assert not any("speak(" in cell.source for cell in english[1:])


@each_lesson
def test_editions_have_the_same_outputs_but_for_words(lesson):
    pictures = [pictures_in(committed(lesson, language)) for language in FOLDERS]
    for (_, picture), (_, other) in zip(*pictures, strict=True):
        assert np.allclose(picture, other, atol=8)
    for english, chinese in zip(code_of(lesson, "en"), code_of(lesson, "zh"), strict=True):
        assert len(english.outputs) == len(chinese.outputs)
        numbers = [re.findall(r"\d[\d.,e+−-]*", str(readable(c))) for c in (english, chinese)]
        assert numbers[0] == numbers[1]


@each_lesson
def test_an_edition_says_all_in_its_own_language(lesson):
    for cell in code_of(lesson, "en"):
        assert not HAN.search(str(readable(cell))), cell.source
    for cell in code_of(lesson, "zh"):
        if cell.source.startswith("answer = None"):
            assert readable(cell) == [
                ["○ 还没有作答：把 None 换成你的答案，再运行一次这个单元格\n", ""]
            ]


@functools.cache
def exporter():
    """Makes pages of notebooks, all with the same template."""
    return HTMLExporter(template_name="classic")


@each_edition
@each_lesson
def test_every_figure_says_in_words_what_is_to_be_seen(lesson, language):
    figures = [c for c in code_of(lesson, language) if "plt.show()" in c.source]
    page, _ = exporter().from_notebook_node(committed(lesson, language))
    for cell in figures:
        alt = cell.metadata.get("alt", "")
        assert 20 < len(alt) < 200, cell.source
        assert bool(HAN.search(alt)) == (language == "zh"), alt
        assert f'alt="{html.escape(alt)}"' in page


NUMBERS = re.compile(
    r" *[+−-]?(\d[\d.,]*(e[+-]?\d+)?%?|nan|inf)( +[+−-]?(\d[\d.,]*(e[+-]?\d+)?%?|nan|inf))+ *"
)


@each_lesson
def test_a_printed_table_has_a_header_line(lesson):
    """Two lines or more with nothing but numbers in columns; the line above says what they are."""
    for cell in code_of(lesson, "en"):
        for output in cell.outputs:
            above = ""
            for line, below in itertools.pairwise(output.get("text", "").splitlines()):
                if NUMBERS.fullmatch(line) and NUMBERS.fullmatch(below):
                    assert NUMBERS.fullmatch(above) or re.search(r"[^\W\d]", above), output.text
                above = line


@each_lesson
def test_a_figure_says_in_its_title_what_to_see(lesson):
    for source, _ in cells_of(lesson):
        assert "plt.show()" not in source or re.search(r"title|figures\.draw_", source), source


def test_the_start_page_leads_to_the_other_edition_at_once():
    for language, link in (("en", "[中文](zh-CN/{})"), ("zh", "[English](../{})")):
        title, link_line = committed(LESSONS[0], language).cells[0].source.split("\n\n")[:2]
        assert title.startswith("# ")
        assert link_line == link.format(f"{LESSONS[0].stem}.ipynb")


@each_edition
@each_lesson
def test_notebooks_are_run_in_order_and_hold_nothing_that_churns(lesson, language):
    notebook = committed(lesson, language)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert "widgets" not in notebook.metadata
    text = nbformat.writes(notebook)
    assert build_notebooks.WIDGET not in text
    assert not re.search(r"\bat 0x[0-9a-f]{6,}|ipykernel_\d+|VBox\(", text)


@each_lesson
def test_every_panel_has_its_still(lesson):
    pictures = pictures_in(committed(lesson, "en"))
    stills = [
        (o, picture) for o, picture in pictures if "<img alt=" in o["data"].get("text/html", "")
    ]
    assert [o["data"]["text/plain"] for o, _ in stills] == [
        alt for alt, _ in pictures_of(lesson) if alt
    ]
    for output, picture in stills:
        assert output["metadata"]["image/png"]["alt"] == output["data"]["text/plain"]
        assert f"base64,{output['data']['image/png'].strip()}" in output["data"]["text/html"]
        assert picture.std() > 5, "the picture is empty"


# One prose, two languages


def headings(text):
    return re.findall(r"^(#+) ", text, flags=re.M)


def formulas(text):
    return sorted(re.findall(r"\$\$.+?\$\$|\$[^$\n]+\$", without_code(text), flags=re.S))


def inline_code(text):
    return sorted(set(re.findall(r"`[^`\n]+`", re.sub(r"```.*?```", "", text, flags=re.S))))


def links(text):
    return sorted(re.findall(r"\]\(([^)]+)\)", text))


def without_code(text):
    return re.sub(r"```.*?```|`[^`\n]+`", "", text, flags=re.S)


@pytest.mark.parametrize("part", [headings, formulas, inline_code, links], ids=lambda f: f.__name__)
@each_lesson
def test_chinese_and_english_are_twins(lesson, part):
    for prose in prose_of(lesson):
        assert part(prose["zh"]) == part(prose["en"]), prose["en"][:200]


@each_lesson
def test_the_chinese_is_chinese_and_the_english_english(lesson):
    for prose in prose_of(lesson):
        assert re.search(r"[\u4e00-\u9fff]", prose["zh"]), prose["zh"]
        assert not re.search(
            r"[\u4e00-\u9fff]", re.sub(r"\[[^]]*\]\([^)]*\)|《[^》]*》", "", prose["en"])
        )


FOLDED = re.compile(
    r"(?m)^( *)<details>\s*<summary>(.+)</summary>\n\n(?:\1.+\n|\n)+?\n\1</details>$"
)


@each_edition
@each_lesson
def test_what_is_folded_can_be_unfolded_and_is_read_as_markdown(lesson, language):
    """A blank line after the summary and one before the end, everywhere as far in as the first."""
    for cell in committed(lesson, language).cells:
        if cell.cell_type == "markdown":
            summaries = [summary for _, summary in FOLDED.findall(cell.source)]
            assert len(summaries) == cell.source.count("<details"), cell.source
            assert all(bool(HAN.search(said)) == (language == "zh") for said in summaries)


def test_a_lesson_with_a_missing_twin_is_refused(tmp_path):
    path = tmp_path / "half.md"
    path.write_text("<!-- #region en -->\n# A\n<!-- #endregion -->\n\n```python\n1\n```\n", "utf-8")
    with pytest.raises(ValueError, match="`en` region must be followed by its `zh` region"):
        build_notebooks.read_lesson(path)


@each_lesson
def test_links_lead_somewhere(lesson):
    for prose in prose_of(lesson):
        for target in links(prose["en"]):
            address = target.split("#")[0]
            if address and address not in subjects.lessons_in():
                there = (subjects.LESSONS / address).exists()
                assert address.startswith("https://") or there, target


def test_the_chinese_edition_leads_to_documents_in_chinese():
    """Where there is one: both regions say ../data/README.md; the glossary is one for both."""
    path = lesson("training_and_test_data")
    text = {
        language: "\n".join(cell.source for cell in build_notebooks.edition(path, language).cells)
        for language in FOLDERS
    }
    assert "](../data/README.md)" in text["en"] and "](../docs/glossary.md)" in text["en"]
    assert "](../../data/README.zh-CN.md)" in text["zh"]
    assert "](../../docs/glossary.md)" in text["zh"]


# Cells that can be read at a glance


@each_lesson
def test_cells_are_short(lesson):
    lengths = [len(source.splitlines()) for source, _ in cells_of(lesson)]
    assert statistics.median(lengths) <= 4
    assert np.percentile(lengths, 90) <= 10
    assert max(lengths) <= 20


@each_lesson
def test_every_code_cell_has_its_prose(lesson):
    assert len(prose_of(lesson)) >= len(cells_of(lesson))


@each_lesson
def test_no_cell_does_what_a_learner_should_not_copy(lesson):
    for source, _ in cells_of(lesson):
        assert not re.search(r"^\s*[%!]|sys\.path|import \*|filterwarnings|\.\./", source, re.M)
        assert not source.rstrip().endswith(";"), source
        assert "plt." not in source or "style" in source or source.count("plt.show()") == 1, source


@each_lesson
def test_a_lesson_opens_with_goals_needs_and_time(lesson):
    first = prose_of(lesson)[0]
    assert re.match(r"# \D", first["en"]), "a title; its number is added when it is built"
    for word in ("**You will**", "**You need**", "**Time**"):
        assert word in first["en"]


@each_edition
@each_lesson
def test_the_time_that_is_stated_is_what_the_lesson_takes(lesson, language):
    stated = int(re.search(r"\*\*Time\*\* (\d+)", prose_of(lesson)[0]["en"])[1])
    assert stated == pytest.approx(reading_minutes(lesson, language), rel=0.15)


@pytest.mark.parametrize(("language", "minutes"), [("en", 6 / 200 + 3.6), ("zh", 14 / 300 + 3.6)])
def test_what_a_lesson_takes_is_prose_panels_checks_and_code(tmp_path, language, minutes):
    (tmp_path / "tiny.md").write_text(TINY, "utf-8")
    assert reading_minutes(tmp_path / "tiny.md", language) == pytest.approx(minutes)


TINY = """<!-- #region en -->
# A title

Four [words](of_which) are here.
<!-- #endregion -->
<!-- #region zh -->
# 标题四字

这里有[十个](字)字，不算标点。
<!-- #endregion -->

```python
panels.practice()
```

```python
answer = None
check("practice", answer)
```

<!-- #region en -->
## Exercises

Nobody counts these words.
<!-- #endregion -->
<!-- #region zh -->
## 练习

这些字不算在内。
<!-- #endregion -->

```python
panels.practice()
```
"""


@each_lesson
def test_the_set_up_is_one_short_cell(lesson):
    set_up = cells_of(lesson)[0][0]
    assert "from helpers" in set_up
    assert len([line for line in set_up.splitlines() if line.strip()]) <= 8
