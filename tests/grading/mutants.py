"""Mutants of a solution: one small change each, of the kinds that hands make by accident."""

import ast
import copy

SWAPS = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div],
    ast.Div: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.Gt: [ast.Lt, ast.GtE],
    ast.Lt: [ast.Gt, ast.LtE],
    ast.GtE: [ast.Lt, ast.Gt],
    ast.LtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
}
NAMES = {
    "sum": ["mean", "max"],
    "mean": ["sum"],
    "log": ["log10", "log2"],
    "exp": ["exp2"],
    "max": ["min"],
    "argmin": ["argmax"],
    "argmax": ["argmin"],
    "abs": ["square"],
    "permutation": ["arange"],
}


def moved(constant):
    """Other constants to stand in its place."""
    if isinstance(constant, bool):
        return [not constant]
    if isinstance(constant, int | float):
        return [constant + 1, constant * 2] if constant else [1]
    return []


def changes(node):
    """Functions that each change this node of a copied tree in one way."""
    if isinstance(node, ast.BinOp | ast.AugAssign):
        for other in SWAPS.get(type(node.op), []):
            yield lambda n, other=other: setattr(n, "op", other())
    if isinstance(node, ast.Compare):
        for other in SWAPS.get(type(node.ops[0]), []):
            yield lambda n, other=other: setattr(n, "ops", [other()])
    if isinstance(node, ast.UnaryOp):
        yield lambda n: setattr(n, "op", ast.UAdd())
    if isinstance(node, ast.Attribute):
        for other in NAMES.get(node.attr, []):
            yield lambda n, other=other: setattr(n, "attr", other)
    if isinstance(node, ast.Constant):
        for other in moved(node.value):
            yield lambda n, other=other: setattr(n, "value", other)
    if isinstance(node, ast.keyword) and node.arg in ("axis", "keepdims"):
        yield lambda n: setattr(n, "arg", None) or setattr(n, "value", ast.Dict([], []))


def mutants(code):
    """All programs that differ from the code in one place: (what was changed, the program)."""
    tree = ast.parse(code)
    for place, node in enumerate(ast.walk(tree)):
        for change in changes(node):
            mutant = copy.deepcopy(tree)
            target = list(ast.walk(mutant))[place]
            before = ast.unparse(target)
            change(target)
            text = ast.unparse(ast.fix_missing_locations(mutant))
            yield f"{before} -> {ast.unparse(target)}", text
