"""What a cell's code says, read from its syntax tree: what it defines, what it imports."""

import ast
import re
from functools import lru_cache

from IPython.core.inputtransformer2 import TransformerManager

MAGIC = re.compile(r"(?m)^[ \t]*[%!?]|\?[ \t]*$")
MAGICS = 50  # lines of IPython's own in a cell; for each the whole cell is read again


@lru_cache(1000)
def tree_of(code):
    """The syntax tree of a cell, whose magics and shell commands are calls; None when it has none.

    IPython's transformer is asked only where Python does not understand the cell.
    """
    for read in (str, TransformerManager().transform_cell):
        try:
            return ast.parse(read(code))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            if len(MAGIC.findall(code)) not in range(1, MAGICS):
                return None
    return None


def functions(code):
    """The names of the functions that a cell defines at its top level."""
    if tree := tree_of(code):
        return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return set(re.findall(r"(?m)^def (\w+) *\(", code))


def definitions(code):
    """The names that a cell's top level defines by a function, an assignment or an import."""
    if not (tree := tree_of(code)):
        return functions(code) | set(re.findall(r"(?m)^(\w+) *=[^=]", code))
    names = functions(code)
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = getattr(node, "targets", None) or [node.target]
            names |= {one.id for target in targets for one in ast.walk(target) if named(one)}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {one.asname or one.name for one in node.names}
    return names


def used_again(code, name):
    """The code of a function when the same cell gives its name to something else, or else ""."""
    body = tree_of(code).body if tree_of(code) else []
    written = [node for node in body if isinstance(node, ast.FunctionDef) and node.name == name]
    below = body[body.index(written[-1]) + 1 :] if written else []
    again = any(name in definitions(ast.unparse(node)) for node in below)
    return ast.unparse(written[-1]) if again else ""


def named(node):
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def imports(code):
    """The full names of the modules, and of what is taken from them, that code imports anywhere."""
    names = set()
    for node in ast.walk(tree_of(code) or ast.Module([])):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Call) and called(node.func) in ("import_module", "__import__"):
            names |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    return {name for name in names if isinstance(name, str)}


def called(function):
    """The last part of a function's name."""
    return getattr(function, "attr", getattr(function, "id", None))


def is_prose(code):
    """Is it a text and no code: not Python, or nothing but comments and strings?"""
    tree = tree_of(code)
    return not tree or all(
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in tree.body
    )
