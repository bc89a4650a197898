"""What is read from the code of a cell: what it defines, what it imports, whether it is a text."""

import pytest

from tools.grading import grade, syntax

IMPORTS = {
    "import helpers.losses": ["helpers.losses"],
    "import helpers.losses as L": ["helpers.losses"],
    "from helpers import losses": ["helpers.losses"],
    "from helpers import checks, losses as data": ["helpers.losses"],
    "from helpers.losses import cross_entropy_error as e": ["helpers.losses.cross_entropy_error"],
    "import importlib\nimportlib.import_module('helpers.losses')": ["helpers.losses"],
    "def f():\n    from sklearn import metrics": ["sklearn.metrics"],
    "__import__('helpers.losses')": ["helpers.losses"],
    "!ls\n%time import torch": [],
    "%matplotlib inline\nimport scipy.special": ["scipy.special"],
    "from helpers.checks import check\nfrom helpers import data\nimport numpy": [],
    "# import helpers.losses\n'''from helpers import losses'''": [],
    "%pip install torch scipy": [],
    "from . import losses": [],
    "import helpers.losses (": [],
}


@pytest.mark.parametrize("code", IMPORTS)
def test_imports_of_ready_made_functions(code):
    found = sorted(name for name in syntax.imports(code) if grade.READY_MADE.match(name))
    assert found == IMPORTS[code]


DEFINITIONS = {
    "def f():\n    g = 1": {"f"},
    "a = b = 1\n(c, [d, *e]) = x\nf.g = h[0] = 2\ni: int = 3": set("abcdei"),
    "import a.b as c\nfrom d import e": {"c", "e"},
    "for a in b: pass\n[c for c in d]": set(),
    "!ls\na = 1\nfiles = !ls": {"a", "files"},
    "%%timeit\na = 1": set(),
    "def f(:\n    return 1\na = 2": {"f", "a"},
}


@pytest.mark.parametrize("code", DEFINITIONS)
def test_definitions(code):
    assert syntax.definitions(code) == DEFINITIONS[code]


def test_a_cell_full_of_magics_is_not_read():
    assert syntax.tree_of("!x\n" * 10) and not syntax.tree_of("!x\n" * 100)
    assert syntax.imports("!x\n" * 100 + "import scipy") == set()
