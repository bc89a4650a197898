"""Build notebooks/ from lessons/: one source, two editions, outputs included.

Each edition of a lesson is run, after its questions are built. The editions share their code but
for one line, `speak("en")` or `speak("zh")`: in that language panels, checks and errors answer. A
figure's cell has `alt_en` and `alt_zh`, what is to be seen; its edition's becomes the metadata
`alt`, which readers such as nbconvert write into the page. Building twice changes no byte: ids come
from the lesson's subject and the order of its cells; what differs from run to run (models of live
widgets, times) is left out.

Lessons name each other by subject, `[lesson #](gradient)`, and `{lessons}` stands for the rows of
the table of lessons: see tools/subjects.py. `{answers}` stands for the answers to the lesson's
questions: see tools/questions.py; diagrams, `![…](pictures/network.svg)`, are put into the notebook
itself: see tools/pictures.py.

    python -m tools.build_notebooks                        all lessons
    python -m tools.build_notebooks gradient training      these
"""

import sys

import jupytext
import nbformat
from nbclient import NotebookClient

from tools import pictures, questions, subjects
from tools.subjects import ROOT

NOTEBOOKS = ROOT / "notebooks"
FOLDERS = {"en": "", "zh": "zh-CN"}
SPEAK = 'speak("{}")'  # the only code in which the editions differ
JUPYTEXT = {"title", "region_name", "lines_to_next_cell"}  # how the text was written
WIDGET = "application/vnd.jupyter.widget-view+json"


def read_lesson(path):
    """The lesson's cells in order: (None, code, metadata) or ({"en": …, "zh": …}, None, metadata).

    Raises ValueError where an English cell is not directly followed by its Chinese twin.
    """
    cells, english = [], None
    for cell in jupytext.read(path, fmt="md").cells:
        metadata = {k: v for k, v in cell.metadata.items() if k not in JUPYTEXT}
        language = cell.metadata.get("title") if cell.cell_type == "markdown" else None
        if (language == "zh") != (english is not None) or (
            cell.cell_type == "markdown" and language not in FOLDERS
        ):
            raise ValueError(
                f"{path.name}: an `en` region must be followed by its `zh` region, and all prose"
                f" stands in one of them; found instead: {cell.source[:60]!r}"
            )
        if cell.cell_type == "code":
            cells.append((None, cell.source, metadata))
        elif language == "en":
            english, of_both = cell.source, metadata
        else:
            cells.append(({"en": english, "zh": cell.source}, None, of_both))
            english = None
    return cells


def in_language(path, language):
    """What is written at path as a notebook in one language, not yet run."""
    notebook = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        }
    )
    for position, (prose, code, metadata) in enumerate(read_lesson(path)):
        key = f"{subjects.subject(path)}-{position:03d}"
        if prose is None:
            code = code.replace(SPEAK.format("en"), SPEAK.format(language))
            alts = {each: metadata.pop(f"alt_{each}", None) for each in FOLDERS}
            if alts[language]:
                metadata["alt"] = alts[language]
            cell = nbformat.v4.new_code_cell(code, id=key, metadata=metadata)
        else:
            cell = nbformat.v4.new_markdown_cell(prose[language], id=key, metadata=metadata)
        notebook.cells.append(cell)
    return notebook


def edition(path, language):
    """The lesson at path as a notebook in one language, with number and links, not yet run."""
    notebook, name = in_language(path, language), f"{path.stem}.ipynb"
    lessons = subjects.lessons_in(path.parent)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            if "{lessons}" in cell.source:
                cell.source = cell.source.replace("{lessons}", subjects.map_of(path, language))
            if "{answers}" in cell.source:
                answers = questions.answers_in(subjects.subject(path), code, language)
                cell.source = cell.source.replace("{answers}", answers)
            cell.source = subjects.resolve(cell.source, lessons, path.name)
            cell.source = pictures.embedded(cell.source, path.parent / "pictures", language)
            if language == "zh":
                cell.source = subjects.to_chinese_pages(cell.source, path.parent)
                cell.source = cell.source.replace("](../", "](../../")
    first = notebook.cells[0]
    title, _, rest = first.source.removeprefix("# ").partition("\n\n")
    other = {"en": f"[中文](zh-CN/{name})", "zh": f"[English](../{name})"}[language]
    first.source = f"# {subjects.number(path.stem)} {title}\n\n{other}\n\n{rest}"
    return notebook


def run(notebook, folder=NOTEBOOKS):
    """Run the notebook; keep of its outputs what does not change from run to run."""
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": folder}},
        store_widget_state=False,
        record_timing=False,
        coalesce_streams=True,  # or the same printed text comes in one piece or in two
    )
    client.execute()
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
    return notebook


def build(path, folder=NOTEBOOKS):
    """Run both editions of the lesson at path and write them below folder."""
    ran = {language: run(edition(path, language), folder) for language in FOLDERS}
    for language, subfolder in FOLDERS.items():
        target = folder / subfolder / f"{path.stem}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(ran[language], target)
        print(target.relative_to(folder.parent))


def main(asked, root=ROOT):
    """Build the lessons asked for, or all; no notebook stays whose lesson is gone.

    Raises ValueError at a subject that no lesson has.
    """
    lessons = subjects.lessons_in(root / "lessons")
    names = [subjects.named(lessons, wanted, "make notebooks") for wanted in asked or lessons]
    subjects.renumber_pages(root)
    for folder in FOLDERS.values():
        for path in (root / "notebooks" / folder).glob("*.ipynb"):
            if path.stem not in lessons.values():
                path.unlink()
    for name in names:
        path = root / "lessons" / f"{name}.md"
        if root == ROOT:  # the package holds the project's own questions, and no others
            questions.build(subjects.subject(path))
        build(path, root / "notebooks")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ValueError as error:
        sys.exit(f"{error}")
