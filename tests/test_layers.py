"""Arrows point one way: what computes never imports what draws, and no import goes in a circle."""

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import helpers

HELPERS = Path(helpers.__file__).parent
COMPUTING = {"batches", "data", "features", "gradients", "language", "losses", "mnist", "models"}
COMPUTING |= {"training"}
DRAWING = {"matplotlib", "ipywidgets", "anywidget", "IPython", "PIL"}
SLOW = {"sklearn", "skimage", "pooch", "requests", "tqdm"}
PATHS = {"pathlib", "glob", "tempfile"}


def name_of(path):
    parts = path.relative_to(HELPERS.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {name_of(path): path for path in sorted(HELPERS.rglob("*.py"))}


HIDDEN = "an import of what the program computes"


def imports(source):
    """The names that a module imports, at its top or anywhere else, relative ones aside.

    import_module("a.b") and __import__("a.b") are imports, too; with a name that is not written
    there they are HIDDEN.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", None))
            if called in ("import_module", "__import__"):
                name = node.args[0] if node.args else None
                yield name.value if isinstance(name, ast.Constant) else HIDDEN


ARROWS = {
    name: (set(imports(path.read_text("utf-8"))) & set(MODULES)) - {"helpers"}
    for name, path in MODULES.items()
}


@pytest.mark.parametrize("module", sorted(COMPUTING & {path.stem for path in MODULES.values()}))
def test_what_computes_imports_nothing_that_draws_or_is_slow(module):
    code = f"import sys, helpers.{module}; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=HELPERS.parent, capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())
    assert f"helpers.{module}" in loaded
    assert not loaded & (DRAWING | SLOW)
    ours = {name.split(".")[1] for name in loaded if name.startswith("helpers.")}
    assert ours <= COMPUTING


def test_panels_open_without_the_heavy_libraries():
    code = (
        "import sys, helpers.panels; print([m for m in ('sklearn', 'skimage') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HELPERS.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_no_import_goes_in_a_circle():
    try:
        TopologicalSorter(ARROWS).prepare()
    except CycleError as error:
        pytest.fail(f"imports in a circle: {' -> '.join(error.args[1])}")


def test_the_arrows_are_seen():
    assert ARROWS["helpers.data"] == {"helpers.language", "helpers.mnist"}
    assert ARROWS["helpers.checks"] == {"helpers.data", "helpers.language"}
    assert ARROWS["helpers.losses"] == {"helpers.language"}


def test_no_import_is_hidden():
    hidden = [name for name, path in MODULES.items() if HIDDEN in imports(path.read_text("utf-8"))]
    assert hidden == []


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("import helpers.checks", "helpers.checks"),
        ("from helpers import checks", "helpers.checks"),
        ("def f():\n    importlib.import_module('helpers.checks')", "helpers.checks"),
        ("x = import_module('helpers.checks').find", "helpers.checks"),
        ("__import__('helpers.checks')", "helpers.checks"),
        ("importlib.import_module(f'helpers.{name}')", HIDDEN),
        ("builtins.__import__(name='helpers.checks')", HIDDEN),
    ],
)
def test_every_way_to_import_is_seen(source, seen):
    assert seen in set(imports(source))


def test_only_data_knows_a_path_among_what_computes():
    knowing = {
        module
        for module in COMPUTING & {path.stem for path in MODULES.values()}
        if PATHS & set(imports(MODULES[f"helpers.{module}"].read_text("utf-8")))
    }
    assert knowing == {"data"}


def test_every_module_has_its_line_in_the_map():
    in_map = re.findall(r"^(\w+)  +\S", helpers.__doc__, re.MULTILINE)
    top = {name.split(".")[1] for name in MODULES if name != "helpers"}
    assert sorted(in_map) == sorted(top)


def test_the_arrows_in_the_map_are_those_of_the_code():
    arrows = set()
    for name, path in MODULES.items():
        for imported in imports(path.read_text("utf-8")):
            start, end = name.split(".")[1:2], imported.removeprefix("helpers.").split(".")[0]
            if end not in {*start, "helpers", "numpy", *sys.stdlib_module_names}:
                arrows.add((*start, end))
    drawn = re.findall(r"^(\w+) -> (.+)$", helpers.__doc__, re.MULTILINE)
    assert {(start, end) for start, ends in drawn for end in ends.split(", ")} == arrows
