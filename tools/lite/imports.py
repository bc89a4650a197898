"""What notebooks import."""

import ast

import nbformat

from tools.subjects import ROOT


def imports_of_lessons():
    """The import statements of all lessons, a line each."""
    found = set().union(*map(imports_of, (ROOT / "notebooks").glob("*.ipynb")))
    return "\n".join(sorted(found)) + "\n"


def imports_of(path):
    """The import statements of a notebook."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield ast.unparse(node)
