"""Assignments filled in, and marked in this process: quick, for code that we wrote ourselves."""

import contextlib
import functools
import importlib
import io

import nbformat

from tools import assignments
from tools.grading import marking

SEED = "a seed for the tests"


@functools.cache
def solved(name):
    """The solution of an assignment: {answer: code} and the code of the cells before them."""
    notebook = assignments.source(name, "en")
    answers = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.nbgrader.solution
    }
    return answers, next(cell.source for cell in notebook.cells if cell.cell_type == "code")


def cases(name):
    """The corpus of an assignment: {what it is: (its answers, what must be lost)}."""
    return importlib.import_module(f"tests.grading.cases.{name}").CASES


def filled(name, answers, language="en", text=None):
    """The released notebook as a student fills it in: the solution, but for these answers.

    text  what the student has written, if there is any
    """
    notebook = assignments.released(name, language)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("solution") and cell.cell_type == "code":
            cell.source = (solved(name)[0] | answers)[mark.grade_id]
        elif mark.get("solution") and text:
            cell.source = text
    return notebook


def handed_in(*filled_in, **so):
    """The same as the bytes of a file."""
    return nbformat.writes(filled(*filled_in, **so)).encode()


def lost(name, answers):
    """The properties, as "answer.property", that do not hold for these answers."""
    space = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for code in [solved(name)[1], *(solved(name)[0] | answers).values()]:
            exec(code, space)
    return {
        f"{one.answer}.{one.name}"
        for one in assignments.properties_of(name)
        if not one.result(space[one.answer], SEED).holds
    }


def graded(name, answers, language="en", text=None):
    """What grading makes of a submission, as nbformat has it: outputs, and verdicts behind them."""
    notebook, space = filled(name, answers, language, text), {"__name__": "__main__"}
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if cell.cell_type == "markdown":
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.suppress(Exception):
            exec(cell.source, space)
        cell.outputs = [nbformat.v4.new_output("stream", text=printed.getvalue())]
        checks = [c for c in assignments.properties_of(name) if mark == f"check-{c.answer}"]
        if checks:
            results = [check.result(space[check.answer], SEED) for check in checks]
            verdict = marking.verdict(results, language)
            cell.outputs.append(nbformat.v4.new_output("stream", text=verdict))
    return notebook
