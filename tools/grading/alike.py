"""Whose code is the same? A hint to look at submissions together, no verdict.

Two answers are the same when nothing is left to tell them apart once names of their own, comments,
docstrings and spacing are taken away. What everybody may have from the same place does not count:
the release, the solution, functions of the lessons, and answers of a few statements.
"""

import ast
from collections import defaultdict
from functools import cache

from tools import assignments, build_notebooks
from tools.grading import syntax

STATEMENTS = 4  # shorter answers are alike by chance


class Normalised(ast.NodeTransformer):
    """Takes docstrings away and numbers the names that the code itself has given."""

    def __init__(self, tree):
        nodes = list(ast.walk(tree))
        own = [one.id for one in nodes if isinstance(one, ast.Name) and stored(one)]
        own += [one.arg for one in nodes if isinstance(one, ast.arg)]
        own += [one.name for one in nodes if isinstance(one, ast.FunctionDef)]
        self.names = {name: f"name{place}" for place, name in enumerate(dict.fromkeys(own))}

    def visit_Name(self, node):
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node):
        node.arg, node.annotation = self.names[node.arg], None
        return node

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        if isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant):
            node.body = node.body[1:] or [ast.Pass()]
        node.name, node.returns = self.names[node.name], None
        return node


def stored(name):
    """Does the code give this name to something?"""
    return isinstance(name.ctx, ast.Store)


def normalised(code):
    """What is left of code, as text; None when that is too short to tell anything, or no Python."""
    try:
        tree = ast.parse(code)
        tree = Normalised(tree).visit(tree)
        inside = [one for one in ast.walk(tree) if isinstance(one, ast.stmt)]
        functions = sum(isinstance(one, ast.FunctionDef) for one in inside)
        return ast.dump(tree) if len(inside) - functions >= STATEMENTS else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def answers(notebook):
    """{answer: what is left of its code} of a notebook, without those that are too short.

    The code of an answer is its cell, or a cell of the student's own that defines it.
    """
    found, marks = {}, [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    wanted = {mark["grade_id"] for mark in marks if mark.get("solution")}
    for cell, mark in zip(notebook.cells, marks, strict=True):
        if cell.cell_type == "code" and (mark.get("solution") or not mark):
            for name in {mark["grade_id"]} if mark else syntax.definitions(cell.source) & wanted:
                found[name] = normalised(cell.source) or found.get(name)
    return {name: code for name, code in found.items() if code}


@cache
def known(assignment):
    """What is left of the solution's answers and of each function that a lesson defines."""
    found = set(answers(assignments.source(assignment, "en")).values())
    for path in assignments.ROOT.glob("lessons/*.md"):
        for _, code, _ in build_notebooks.read_lesson(path):
            for node in ast.parse(code or "").body:
                found.add(normalised(ast.unparse(node)))
    return found


def groups(notebooks, assignment):
    """[(answers, students)]: who shares which answers; largest agreement first.

    notebooks  {student: the graded notebook}
    """
    who = defaultdict(list)
    for student, notebook in notebooks.items():
        for answer, code in answers(notebook).items():
            who[answer, code].append(student)
    shared = defaultdict(list)
    for (answer, code), students in who.items():
        if len(students) > 1 and code not in known(assignment):
            shared[tuple(students)].append(answer)
    return sorted(
        ((found, list(students)) for students, found in shared.items()),
        key=lambda one: (-len(one[0]), one[1]),
    )
