"""Build assignments/release/ from assignments/aN.md and aN.py: `make assignments`.

An assignment is written like a lesson: English and Chinese side by side, the code once. What a
student writes stands in cells with `answer="name"`, its solution between BEGIN SOLUTION and END
SOLUTION; `graded="name"` marks the check below it, worth what the properties in aN.py are worth.
nbgrader takes the solutions out. `zh="…"` is the Chinese of the docstring, or of the comment, in a
cell. Lessons are named as in a lesson, `[lesson #](gradient)`, but no
link is made of it, since an assignment may lie in any folder.

    python -m tools.assignments            all assignments
    python -m tools.assignments a3         this one
"""

import errno
import importlib
import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbgrader.apps import NbGraderAPI
from sqlalchemy.engine import URL
from traitlets.config import Config

from tools import build_notebooks, questions, subjects

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "assignments"
SAID = re.compile(r'(""")(.+)(""")|(# )(.+)')  # a docstring or a comment
CODE_STUBS = {"en": "# your answer here", "zh": "# 在这里写你的答案"}
NAMES = sorted((path.stem for path in FOLDER.glob("a*.md")), key=lambda name: (len(name), name))
FILES = {"en": "{0}.ipynb", "zh": "{0}.zh-CN.ipynb"}
STUBS = {"en": "*Write your answer here.*", "zh": "在这里写下你的回答。"}


def checks_in(notebook):
    """The cells that give feedback."""
    return [cell for cell in notebook.cells if cell.metadata.get("role", {}).get("kind") == "check"]


def properties_of(name):
    """The properties that decide the marks of the assignment `name`."""
    return importlib.import_module(f"assignments.{name}").properties


def released(name, language):
    """The notebook that students get, as it was released; its metadata say the language."""
    notebook = nbformat.read(FOLDER / "release" / name / FILES[language].format(name), 4)
    notebook.metadata["language"] = language
    return notebook


def source(name, language):
    """The assignment in nbgrader's format, with its solutions."""
    notebook = build_notebooks.in_language(FOLDER / f"{name}.md", language)
    lessons = subjects.lessons_in()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            chinese = cell.metadata.pop("zh", None)
            if chinese and language == "zh":
                cell.source = SAID.sub(rf"\1\4{chinese}\3", cell.source, count=1)
        else:
            cell.source = subjects.resolve(cell.source, lessons, f"{name}.md", form="{}")
        answer, graded = cell.metadata.pop("answer", None), cell.metadata.pop("graded", None)
        points = cell.metadata.pop("points", None)
        if graded:
            points = properties_of(name).points(graded)
        if answer or graded:
            cell.metadata["role"] = {"kind": kind_of(cell, answer), "answer": answer or graded}
        if answer or cell.cell_type == "code":
            cell.metadata["nbgrader"] = {
                "grade_id": answer or (f"check-{graded}" if graded else cell.id),
                "grade": points is not None,
                "solution": answer is not None,
                "locked": answer is None,
                "task": False,
                "schema_version": 3,
                **({"points": points} if points is not None else {}),
            }
    return notebook


def kind_of(cell, answer):
    """What a cell that belongs to an answer is to it: every other place reads it from there."""
    if not answer:
        return "check"
    if cell.cell_type == "markdown":
        return "text"
    return "prediction" if answer == "prediction" else "answer"


def configured(course, language="en"):
    """nbgrader's settings for the course in a folder."""
    config = Config()
    config.CourseDirectory.root = str(course)
    database = URL.create("sqlite", database=str(Path(course) / "gradebook.db"))
    config.CourseDirectory.db_url = database.render_as_string()  # its own trips over % and #
    config.ClearSolutions.code_stub = {"python": CODE_STUBS[language]}
    config.ClearSolutions.text_stub = STUBS[language]
    return config


def generate(name, course, language="en"):
    """Let nbgrader make the release in a course folder, and enter the tasks in its gradebook.

    Returns the notebook's path. Raises RuntimeError when nbgrader refuses.
    """
    path = Path(course) / "source" / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(source(name, language), path)
    done = NbGraderAPI(config=configured(course, language)).generate_assignment(name, force=True)
    ensure_success(done, f"generate {name}")
    return Path(course) / "release" / name / path.name


def ensure_success(done, what):
    """Raise what stopped a step of nbgrader's: RuntimeError, or OSError when the disk is full."""
    said = f"{done.get('error', '')}\n{done.get('log', '')}"
    if "KeyboardInterrupt" in said:
        raise KeyboardInterrupt
    if not done["success"] and re.search("No space left|disk is full", said):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if not done["success"]:
        raise RuntimeError(f"nbgrader could not {what}:\n{said}")


def build(name):
    """Write both editions of an assignment to assignments/release/."""
    for language, file in FILES.items():
        with tempfile.TemporaryDirectory() as course:
            text = generate(name, course, language).read_text("utf-8")
        target = FOLDER / "release" / name / file.format(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        print(target.relative_to(ROOT))


if __name__ == "__main__":
    for name in sys.argv[1:] or NAMES:
        questions.build(name)
        build(name)
