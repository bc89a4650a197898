"""The lessons as tests see them: found by subject, their cells, and the panels that these make."""

import ast
import functools
import re

import matplotlib.pyplot as plt
import nbformat
import numpy as np
from ipywidgets import Box

from helpers.widgets.panel import Panel
from helpers.widgets.prediction import Prediction
from tools import build_notebooks, subjects

LESSONS = [subjects.LESSONS / f"{name}.md" for name in subjects.lessons_in().values()]


def lesson(subject):
    """The file of the lesson about a subject such as "mean_squared_error"."""
    return subjects.LESSONS / f"{subjects.lessons_in()[subject]}.md"


def notebook(subject):
    """The English notebook of the lesson about a subject."""
    return build_notebooks.NOTEBOOKS / f"{lesson(subject).stem}.ipynb"


def panel_cells(path):
    """Which cells of the notebook at path show a panel: their output carries a panel's still."""
    return [
        number
        for number, cell in enumerate(nbformat.read(path, 4).cells)
        for output in cell.get("outputs", [])
        if "<img alt=" in output.get("data", {}).get("text/html", "")
    ]


def panels_in(path):
    """How many panels the notebook at path shows."""
    return len(panel_cells(path))


@functools.cache
def cells_of(path):
    """The code cells of the lesson at path, as (source, tags)."""
    return [
        (code, metadata.get("tags", []))
        for prose, code, metadata in build_notebooks.read_lesson(path)
        if prose is None
    ]


WORD, HAN = r"[A-Za-z0-9][\w'’.-]*", r"[\u4e00-\u9fff]"
MINUTES_EACH = {"panel": 2, "check": 1, "cell": 0.3}


def reading_minutes(path, language):
    """How long a newcomer needs for the lesson at path: 200 English words or 300 Chinese characters
    of prose a minute, and MINUTES_EACH for a panel, a check, and any cell of code, theirs included.
    The section of exercises is left out, and so are the addresses of links.
    """
    minutes, counts = 0, True
    for prose, code, _ in build_notebooks.read_lesson(path):
        if prose is None:
            minutes += counts * sum(MINUTES_EACH[kind] for kind in kinds_of(code))
            continue
        for part in re.split(r"(?m)^(?=## )", prose[language]):
            if part.startswith("## "):
                counts = part.splitlines()[0] not in ("## Exercises", "## 练习")
            text = re.sub(r"\]\([^)]*\)|<!--.*?-->", "", part)
            words, characters = (len(re.findall(each, text)) for each in (WORD, HAN))
            minutes += counts * (words / 200 + characters / 300)
    return minutes


def kinds_of(code):
    """What of MINUTES_EACH a cell of code is: always a "cell", and perhaps more."""
    kinds = {"panel": r"(?m)^(\w+ = )?panels\.\w+\(", "check": r"(?m)^check\("}
    return ["cell", *(kind for kind, pattern in kinds.items() if re.search(pattern, code))]


def taught_in(subject):
    """The functions that the lesson about a subject defines, by name; the last of a name counts."""
    namespace = {"np": np}
    for source, _ in cells_of(lesson(subject)):
        functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
        exec(compile(ast.Module(functions, []), "lesson", "exec"), namespace)
    return namespace


def run(path, language="en"):
    """Run the lesson's cells here; yield the panels, boxes and figures that a page would show.

    In order. Each is as it opens until the next is asked for. The language is spoken from then on.
    """
    namespace = {"__name__": "__main__"}
    plt.rcdefaults()  # as in a new kernel: another lesson's style is not this one's
    for source, tags in cells_of(path):
        source = source.replace('speak("en")', f'speak("{language}")')
        tree, value = ast.parse(source), None
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        try:
            exec(compile(tree, path.name, "exec"), namespace)
            if last:
                value = eval(compile(ast.Expression(last.value), path.name, "eval"), namespace)
        except Exception:
            if "raises-exception" not in tags:
                raise
        yield from map(plt.figure, plt.get_fignums())
        plt.close("all")
        if isinstance(value, Panel | Prediction | Box):
            yield value


def panels_of(path, language="en"):
    """Run the lesson's cells here; return the panels they show, in order, also those in a box."""
    return [
        widget
        for shown in run(path, language)
        for widget in (shown.children if isinstance(shown, Box) else [shown])
        if isinstance(widget, Panel | Prediction)
    ]
