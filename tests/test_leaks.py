"""No answer key in the students' copy: neither a solution of an assignment nor a hidden check.

A copy holds helpers/, notebooks/ and assignments/release/. What comes with the assignments (the
release, the data of the questions and `check`) may hold no expression of a solution. Lessons, and
the helpers that they import, teach some of these formulas in plain sight; TAUGHT lists which, and
no other may be there. Too small to tell is what has fewer than two operations, such as y - t.
"""

import ast
import builtins
import contextlib
import functools
import io
import json
import keyword
import re
import textwrap
import tokenize

import pytest

from tools.build_notebooks import ROOT

FOLDERS = ("helpers", "notebooks", "assignments/release")
WITH_ASSIGNMENTS = ("assignments/release/", "helpers/questions/", "helpers/checks.py")
TAUGHT = {  # the expression: where a learner is shown it
    "np.mean(says == is_five)": "learning_from_data",
    "np.sum(says & is_five)": "learning_from_data",
    "0.5 * np.sum((y - t) ** 2)": "mean_squared_error",
    "-np.log(delta)": "cross_entropy_error",
    "np.exp(-loss)": "cross_entropy_error",
    "-np.sum(t * np.log(y + 1e-07))": "mini_batch_loss",
    "-np.sum(t * np.log(y + 1e-07)) / len(y)": "mini_batch_loss",
    "(f(x + step) - f(x - step)) / (2 * h)": "gradient",
    "np.eye(y.shape[1])[t]": "helpers/losses.py",
    "x @ W + b": "helpers/models.py",
}
COPY = [
    path.relative_to(ROOT).as_posix()
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*.*"))
    if path.is_file() and "__pycache__" not in path.parts
]
OPERATIONS = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call, ast.Subscript)
MARKING = {"same", "differ", "chosen"}  # what hidden checks are made of
FIXED = {"np", *MARKING, *dir(builtins), *keyword.kwlist}


def operations(node):
    return sum(isinstance(one, OPERATIONS) for one in ast.walk(node))


def expressions(code, least):
    """What the statements compute, each as Python writes it, if it has so many operations."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Return | ast.Assign | ast.AugAssign):
            parts = getattr(node.value, "elts", getattr(node.value, "values", [node.value]))
            for value in parts:  # of a tuple, or of a chain of and
                if operations(value) >= least:
                    yield ast.unparse(value)


@functools.cache
def pattern(expression):
    """The expression with any spaces and any names of variables, the same where it has the same."""
    parts, names, before = [], {}, ""
    for token in tokenize.generate_tokens(io.StringIO(expression).readline):
        text = token.string.strip()
        if token.type == tokenize.NAME and text not in FIXED and before != ".":
            new = text not in names
            group = names.setdefault(text, f"v{len(names)}")
            parts.append(rf"(?P<{group}>[A-Za-z_]\w*)" if new else rf"(?P={group})")
        elif token.type == tokenize.NUMBER and float(text) == 1e-7:
            parts.append("1e-0?7")  # as people write it, and as Python does
        elif text:
            parts.append(re.escape(text))
        before = text
    return re.compile(r"(?<![\w.])" + r"\s*".join(parts) + r"(?![\w(])")


@functools.cache
def solutions():
    """The expressions between BEGIN SOLUTION and END SOLUTION of all assignments."""
    found = {}
    for path in sorted(ROOT.glob("assignments/*.md")):
        marked = r"### BEGIN SOLUTION\n(.*?)### END SOLUTION"
        for code in re.findall(marked, path.read_text("utf-8"), re.DOTALL):
            found |= dict.fromkeys(expressions(textwrap.dedent(code), least=2), path.stem)
    return found


@functools.cache
def hidden_checks():
    """What decides marks: the expressions of the properties, and the sentences that state them."""
    found, said = {}, {}
    for path in sorted(ROOT.glob("assignments/*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                name = f"{path.stem}.{node.name}"
                found |= dict.fromkeys(expressions(ast.unparse(node), least=3), name)
                texts = [
                    a.value for d in node.decorator_list for a in d.args if type(a) is ast.Constant
                ]
                said |= {text: name for text in texts if isinstance(text, str) and len(text) > 20}
    return found, said


def strings(value):
    """All strings in what a JSON file holds, but pictures; lines of a cell are put together."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        yield "".join(value)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from strings(one) if key != "image/png" else ()


def texts(content, suffix):
    """What a file says, in pieces; code also as Python itself would write it."""
    pieces = list(strings(json.loads(content))) if suffix in (".json", ".ipynb") else [content]
    for text in pieces.copy():
        with contextlib.suppress(SyntaxError, ValueError):
            pieces.append(ast.unparse(ast.parse(text)))
    return pieces


@functools.cache
def pieces_of(path):
    """What the file of the students' copy at this path says, in pieces."""
    return texts((ROOT / path).read_text("utf-8"), (ROOT / path).suffix)


def holding(wanted, pieces):
    """Those of the wanted expressions that stand in one of the pieces."""
    return {one for one in wanted if any(pattern(one).search(piece) for piece in pieces)}


def saying(wanted, pieces):
    return {one for one in wanted if any(one in piece for piece in pieces)}


# ------------------------------------------------------------------ the students' copy


@pytest.mark.parametrize("path", [p for p in COPY if p.startswith(WITH_ASSIGNMENTS)])
def test_what_comes_with_an_assignment_holds_no_solution(path):
    assert holding(solutions(), pieces_of(path)) == set()


def test_lessons_and_helpers_hold_no_more_of_the_solutions_than_they_teach():
    found = set()
    for path in COPY:
        if not path.startswith(WITH_ASSIGNMENTS):
            found |= holding(solutions(), pieces_of(path))
    assert found == set(TAUGHT)


@pytest.mark.parametrize("expression", TAUGHT)
def test_what_is_taught_is_taught_where_we_say(expression):
    where = [path for path in COPY if TAUGHT[expression] in path]
    assert any(holding([expression], pieces_of(path)) for path in where)


@pytest.mark.parametrize("path", COPY)
def test_no_hidden_check_is_in_the_students_copy(path):
    computed, said = hidden_checks()
    assert holding(computed, pieces_of(path)) | saying(said, pieces_of(path)) == set()


# ------------------------------------------------------------------ a leak would be seen


def test_all_assignments_are_looked_at():
    names = {path.stem for path in ROOT.glob("assignments/*.md")}
    computed, said = hidden_checks()
    assert set(solutions().values()) == names
    assert {name.split(".")[0] for name in said.values()} == names
    assert {name.split(".")[0] for name in computed.values()} == names


@pytest.mark.parametrize(
    ("content", "suffix", "solution"),
    [
        ("def f(p, q):\n    return 0.5*np.sum( ((p-q))**2 )", ".py", "0.5 * np.sum((y - t) ** 2)"),
        (
            '"""Mind that\nint(np.argmin(all_of_them)) + 1 is it."""',
            ".py",
            "int(np.argmin(losses)) + 1",
        ),
        ("# np.max(np.abs(one - two))", ".py", "np.max(np.abs(a - b))"),
        (
            '{"q": {"say": {"en": "Try ks[np.argmax(v)] here."}}}',
            ".json",
            "ks[np.argmax(on_validation)]",
        ),
        (
            '{"cells": [{"source": ["z = np.sum(l *\\n", "  n) / np.sum(n)"]}]}',
            ".ipynb",
            "np.sum(losses * sizes) / np.sum(sizes)",
        ),
        ("E = -np.sum(t * np.log(y + 1e-7))", ".js", "-np.sum(t * np.log(y + 1e-07))"),
    ],
)
def test_a_planted_solution_is_found(content, suffix, solution):
    assert holding(solutions(), texts(content, suffix)) == {solution}


def test_a_planted_check_is_found():
    computed, said = hidden_checks()
    copied = "same(f(p+2*d, q), 4*f(p + d, q))"
    assert holding(computed, texts(f"def g(f):\n    return f(q+d,q) != 0 and {copied}", ".py"))
    sentence = next(iter(said))
    assert saying(said, texts(json.dumps([[sentence + "\n", "so."]]), ".ipynb")) == {sentence}


def test_other_expressions_are_no_leak():
    for text in (
        "np.sum(a * b) / np.sum(a)",
        "np.max(np.abs(a - a.b))",
        "0.5 * np.mean((y - t) ** 2)",
    ):
        assert holding(solutions(), [text]) == set()
