"""The lessons as tests see them: their cells, and the panels that these cells make."""

import ast
import functools

import matplotlib.pyplot as plt

from helpers.widgets.panel import Panel
from helpers.widgets.prediction import Prediction
from tools import build_notebooks

LESSONS = sorted(build_notebooks.LESSONS.glob("*.md"))


@functools.cache
def cells_of(path):
    """The code cells of the lesson at path, as (source, tags)."""
    return [
        (code, metadata.get("tags", []))
        for prose, code, metadata in build_notebooks.read_lesson(path)
        if prose is None
    ]


def panels_of(path):
    """Run the lesson's cells here; return the panels they show, in order, as they open."""
    namespace, shown = {"__name__": "__main__"}, []
    for source, tags in cells_of(path):
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        try:
            exec(compile(tree, path.name, "exec"), namespace)
            if last:
                value = eval(compile(ast.Expression(last.value), path.name, "eval"), namespace)
                shown += [value] * isinstance(value, Panel | Prediction)
        except Exception:
            if "raises-exception" not in tags:
                raise
    plt.close("all")
    return shown
