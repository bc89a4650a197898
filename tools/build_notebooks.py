"""Build notebooks/ from lessons/: one source, two editions, outputs included.

Each lesson is run once. The English and the Chinese notebook share its code cells and outputs.
Building twice changes no byte: ids come from the order of the cells, and what differs from run to
run (models of live widgets, times) is left out.

    python tools/build_notebooks.py            all lessons
    python tools/build_notebooks.py 03 04      these
"""

import re
import sys
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
LESSONS = ROOT / "lessons"
NOTEBOOKS = ROOT / "notebooks"
FOLDERS = {"en": "", "zh": "zh-CN"}
WIDGET = "application/vnd.jupyter.widget-view+json"


def read_lesson(path):
    """The lesson's cells in order: (None, code, tags) or ({"en": prose, "zh": prose}, None, []).

    Raises ValueError where an English cell is not directly followed by its Chinese twin.
    """
    cells, english = [], None
    for cell in jupytext.read(path, fmt="md").cells:
        language = cell.metadata.get("title") if cell.cell_type == "markdown" else None
        if (language == "zh") != (english is not None) or (
            cell.cell_type == "markdown" and language not in FOLDERS
        ):
            raise ValueError(
                f"{path.name}: an `en` region must be followed by its `zh` region, and all prose"
                f" stands in one of them; found instead: {cell.source[:60]!r}"
            )
        if cell.cell_type == "code":
            cells.append((None, cell.source, cell.metadata.get("tags", [])))
        elif language == "en":
            english = cell.source
        else:
            cells.append(({"en": english, "zh": cell.source}, None, []))
            english = None
    return cells


def edition(path, language):
    """The lesson at path as a notebook in one language, not yet run."""
    name, number = f"{path.stem}.ipynb", path.stem[:2]
    other = {"en": f"[中文](zh-CN/{name})", "zh": f"[English](../{name})"}[language]
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
    for position, (prose, code, tags) in enumerate(read_lesson(path)):
        key = f"{number}-{position:03d}"
        if prose is None:
            cell = nbformat.v4.new_code_cell(code, id=key)
            if tags:
                cell.metadata["tags"] = tags
        else:
            text = prose[language]
            if position == 0:
                text += f"\n\n{other}"
            if language == "zh":
                text = re.sub(r"\]\(\.\./(?!0)", "](../../", text)
            cell = nbformat.v4.new_markdown_cell(text, id=key)
        notebook.cells.append(cell)
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
    """Run the lesson at path and write both editions below folder."""
    ran = None
    for language, subfolder in FOLDERS.items():
        notebook = edition(path, language)
        target = folder / subfolder / f"{path.stem}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        if ran is None:
            ran = run(notebook, folder)
        for cell, done in zip(notebook.cells, ran.cells, strict=True):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = done.outputs, done.execution_count
        nbformat.write(notebook, target)
        print(target.relative_to(folder.parent))


if __name__ == "__main__":
    asked = sys.argv[1:]
    for path in sorted(LESSONS.glob("*.md")):
        if not asked or path.stem[:2] in asked:
            build(path)
