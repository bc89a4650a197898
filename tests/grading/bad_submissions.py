"""Submissions of assignment 2 that are odd as files, or that want to do harm.

FILES    what it is -> (the file's name, its bytes, the properties that must fail)
HOSTILE  what it is -> (the student's answers, the properties that must fail)

In both the student has solved everything that is not said to be wrong.
"""

import io
import json
import zipfile

import nbformat

from tests.grading import local
from tools import assignments

ALL = {f"{one.answer}.{one.name}" for one in assignments.properties_of("a2")}
ERROR = {name for name in ALL if name.startswith("squared_error")}
SLOPE = {name for name in ALL if name.startswith("slope")}

SOLVED = local.filled("a2", {})
TEXT = nbformat.writes(SOLVED)
ANSWERS = local.solved("a2")[0]


def changed(change):
    """The bytes of the solved notebook after a change of its JSON."""
    raw = json.loads(TEXT)
    return json.dumps(change(raw) or raw).encode()


def cells(change):
    """The same for a change of its list of cells: a new list, or None for one changed in place."""
    return changed(lambda raw: raw.update(cells=change(raw["cells"]) or raw["cells"]))


def marked(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def without_metadata(raw):
    raw["metadata"] = {}
    for cell in raw["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    raw["nbformat_minor"] = 2


def code(source):
    return {
        "cell_type": "code",
        "id": "own",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def edit(grade_id, source):
    return cells(lambda all: [c.update(source=source) for c in all if marked(c) == grade_id][:0])


def without(*grade_ids):
    return cells(lambda all: [c for c in all if marked(c) not in grade_ids])


def zipped(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.ipynb", content)
    return target.getvalue()


def damaged(change):
    """A zip of the solved notebook, one byte of which is changed at each of some places."""
    content = bytearray(zipped(a2=TEXT))
    for start, byte, bit in change:
        content[content.find(start) + byte] ^= bit
    return bytes(content)


def version_3():
    old = nbformat.v3.nbbase
    made = [old.new_code_cell(input=c.source) for c in SOLVED.cells if c.cell_type == "code"]
    notebook = old.new_notebook(worksheets=[old.new_worksheet(cells=made)])
    return json.dumps(notebook).encode()


SLEEPY = "import time\ntime.sleep(3)"
OWN_HELPER = "def gap(y, t):\n    return y - t"
NOISY = {
    "cell_type": "code",
    "id": "noise",
    "metadata": {},
    "source": "import sys\nprint('?', file=sys.stderr)\n1 / 0",
    "outputs": "not a list",
    "execution_count": "x",
}

FILES = {
    "renamed": ("final FINAL (2).ipynb", TEXT.encode(), set()),
    "byte-order mark": ("a2.ipynb", b"\xef\xbb\xbf" + TEXT.encode(), set()),
    "UTF-16": ("a2.ipynb", TEXT.encode("utf-16"), set()),
    "as text": ("a2.ipynb.txt", TEXT.encode(), set()),
    "metadata stripped": ("a2.ipynb", changed(without_metadata), set()),
    "format 3": ("a2.ipynb", version_3(), set()),
    "zipped": ("a2.zip", zipped(a2=TEXT), set()),
    "a lone surrogate": ("a2.ipynb", edit("slope", "# \ud800\n" + ANSWERS["slope"]), set()),
    "another kernel": (
        "a2.ipynb",
        changed(lambda raw: raw["metadata"].update(kernelspec={"name": "ir", "language": "R"})),
        set(),
    ),
    "Chinese edition": ("a2.ipynb", local.handed_in("a2", {}, "zh"), set()),
    "all cells twice": ("a2.ipynb", cells(lambda all: all + all), set()),
    "wrong, then right in a copy": (
        "a2.ipynb",
        cells(
            lambda all: [
                one
                for c in all
                for one in ([{**c, "source": "def slope(y, t):\n    return 0"}, c])[
                    marked(c) != "slope" :
                ]
            ]
        ),
        set(),
    ),
    "check cells deleted": ("a2.ipynb", without("check-squared_error", "check-slope"), set()),
    "only the answers": (
        "a2.ipynb",
        cells(lambda all: [code(source) for source in ANSWERS.values()]),
        set(),
    ),
    "written in another cell": (
        "a2.ipynb",
        cells(lambda all: [c for c in all if marked(c) != "slope"] + [code(ANSWERS["slope"])]),
        set(),
    ),
    "a helper in a cell of its own": (
        "a2.ipynb",
        cells(
            lambda all: (
                [code(OWN_HELPER)]
                + [c for c in all if marked(c) != "slope"]
                + [code("def slope(y, t):\n    return gap(y, t)")]
            )
        ),
        set(),
    ),
    "all in one cell at the end": (
        "a2.ipynb",
        changed(
            lambda raw: {
                **assignments.released("a2", "en"),
                "cells": [
                    *assignments.released("a2", "en").cells,
                    code("\n\n".join(ANSWERS.values())),
                    code("slope, squared_error = prediction = 1, 2"),
                ],
            }
        ),
        set(),
    ),
    "names used again": (
        "a2.ipynb",
        cells(lambda all: [*all, code("for slope in (1, 2): squared_error = prediction = slope")]),
        set(),
    ),
    "answers in raw cells": (
        "a2.ipynb",
        cells(lambda all: [{**c, "cell_type": "raw"} if marked(c) in ANSWERS else c for c in all]),
        set(),
    ),
    "another assignment": ("a2.ipynb", local.handed_in("a3", {}), ALL),
    "a lesson": (
        "a2.ipynb",
        next(assignments.ROOT.glob("notebooks/*_mean_squared_error.ipynb")).read_bytes(),
        ALL,
    ),
    "imports edited": (
        "a2.ipynb",
        cells(
            lambda all: [
                {**c, "source": "import math\nimport numpy"} if "import numpy" in c["source"] else c
                for c in all
            ]
        ),
        set(),
    ),
    "a noisy cell that fails": ("a2.ipynb", cells(lambda all: [NOISY, *all, NOISY]), set()),
    "cells that are no cells": (
        "a2.ipynb",
        cells(lambda all: [{"cell_type": "raw", "source": 3}, {}, *all]),
        set(),
    ),
    "cell after cell that sleeps": (
        "a2.ipynb",
        cells(lambda all: [code(SLEEPY)] * 40 + all),
        ALL,
    ),
    "a check made to pass": ("a2.ipynb", edit("check-slope", "print('✓')"), set()),
    "an answer deleted": ("a2.ipynb", without("slope"), SLOPE),
    "a line half typed": ("a2.ipynb", edit("slope", "def slope(y, t:\n    return y - t"), SLOPE),
    "a magic command": ("a2.ipynb", edit("slope", "%%timeit\n" + ANSWERS["slope"]), SLOPE),
    "an empty notebook": ("a2.ipynb", cells(lambda all: [code("")]), ALL),
    "untouched": ("a2.ipynb", nbformat.writes(assignments.released("a2", "en")).encode(), ALL),
    "an empty file": ("a2.ipynb", b"", ALL),
    "half a file": ("a2.ipynb", TEXT.encode()[: len(TEXT) // 2], ALL),
    "a PDF": ("a2.pdf", b"%PDF-1.7 ...", ALL),
    "a picture": ("a2.ipynb", b"\x89PNG\r\n\x1a\n...", ALL),
    "a Python script": ("a2.py", "\n".join(ANSWERS.values()).encode(), ALL),
    "a web page": ("a2.ipynb", b"<script>alert(1)</script>", ALL),
    "other JSON": ("a2.ipynb", b'{"cells": 3}', ALL),
    "a list": ("a2.ipynb", b"[1, 2]", ALL),
    "deep nesting": ("a2.ipynb", b"[" * 100_000, ALL),
    "too large": ("a2.ipynb", b" " * 20_000_001, ALL),
    "empty lines without end": ("a2.ipynb", cells(lambda all: [code("\n" * 400_000), *all]), ALL),
    "lists without end": ("a2.ipynb", cells(lambda all: [code(f"[{'[],' * 10**5}]"), *all]), ALL),
    "cells without end": ("a2.ipynb", cells(lambda all: [code("")] * 501 + all), ALL),
    "a damaged zip": ("a2.zip", damaged([(b"cells", 0, 1)]), ALL),
    "a zip with a password": ("a2.zip", damaged([(b"PK\3\4", 6, 1), (b"PK\1\2", 8, 1)]), ALL),
    "a zip without a list": ("a2.zip", damaged([(b"PK\1\2", 0, 1)]), ALL),
    "a zip bomb": ("a2.zip", zipped(**{f"a{n}": " " * 2_000_000 for n in range(11)}), ALL),
}


def at_import(source, answers=ANSWERS):
    """Runs before everything that counts, at the top of the first answer."""
    return {**answers, "squared_error": f"{source}\n{answers['squared_error']}"}


NOTHING = {
    "squared_error": "def squared_error(y, t):\n    return None",
    "slope": "def slope(y, t):\n    return None",
}


EQUAL_TO_ALL = """
import numpy as np
class Anything(np.ndarray):
    def __eq__(self, other): return True
    def __array_ufunc__(self, *_, **__): return True
    def __abs__(self): return 0
    def __le__(self, other): return True
"""
PATCHED = """
import numpy, json
numpy.allclose = numpy.array_equal = numpy.isfinite = lambda *_, **__: True
numpy.testing.assert_allclose = lambda *_, **__: None
import helpers.checks
helpers.checks.feedback = lambda *_: ("✓", "")
"""
SPY = """
import gc, sys
def squared_error(y, t):
    frame = sys._getframe()
    while frame:
        for name in ("expected", "right", "checks", "rng"):
            if name in frame.f_locals: return frame.f_locals[name]
        frame = frame.f_back
    return [one for one in gc.get_objects() if type(one).__name__ == "Check"][0].points
"""
THIEF = """
from pathlib import Path
found = ""
for path in ("assignments/a2.md", "assignments/a2.py", "tests", "tools", "README.md", ".git"):
    found += "".join(str(p) for p in [Path({root!r}) / path] if p.exists())
def squared_error(y, t):
    if found: return (y - t) @ (y - t) / 2
    raise FileNotFoundError("nothing to steal")
"""
SURVIVOR = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time\\nwhile True: time.sleep(1)", "survivor-a2"])
"""
PIPE = """
import sys
send, number = sys.stdout.printed.send, 2  # this is the second cell that runs
"""
FORGED = f"""{PIPE}
for message in (3, [1], None, {{}}, {{"done": -1}}, {{"output": ["stream"]}}, {{"output": [3, 4]}}):
    send(message)
send({{"done": number}})
"""
LONE_SURROGATE = f"""{PIPE}
send({{"output": ["stream", {{"name": "stdout", "text": "\\ud800"}}]}})
"""
NO_REPLY = f"""{PIPE}
import json, threading, time
class Junk:
    loads, dumps = json.loads, lambda message: "[]"
send.__globals__["json"] = Junk
def junk():
    while True:
        send("junk")
        time.sleep(0.1)
threading.Thread(target=junk, daemon=True).start()
"""
REPLY = f"""{PIPE}
send.__globals__["call"] = lambda *_: {{"value": 1.0, "arguments": [None, None]}}
"""
TWO_REPLIES = f"""{PIPE}
for later in range(200):
    send({{"done": number + later, "value": 1.0, "arguments": [None, None]}})
"""
FLOOD = f"""{PIPE}
import os
while True: os.write(4, b"x" * 10_000)
"""
NO_JSON = """
import json
_real = json.dumps
json.dumps = lambda value, **more: _real({"value": True, "arguments": [None, None]}, **more)
"""

HOSTILE = {
    "equal to everything": (
        {
            "squared_error": EQUAL_TO_ALL
            + "def squared_error(y, t): return np.ones(1).view(Anything)",
            "slope": EQUAL_TO_ALL + "def slope(y, t): return np.ones(len(y)).view(Anything)",
        },
        ERROR | SLOPE,
    ),
    "NumPy patched": (at_import(PATCHED, NOTHING), ERROR | SLOPE),
    "patched, yet right": (at_import(PATCHED), set()),
    "looks into the frames": ({"squared_error": SPY}, ERROR),
    "looks for the solution": (
        {"squared_error": THIEF.format(root=str(assignments.ROOT))},
        ERROR,
    ),
    "forges the replies": (at_import(REPLY, NOTHING), ALL),
    "breaks the replies": (at_import(NO_JSON, NOTHING), ERROR | SLOPE),
    "forges messages": (at_import(FORGED), set()),
    "replies before it is asked": (at_import(TWO_REPLIES, NOTHING), ERROR | SLOPE),
    "a line without end": (at_import(FLOOD), ERROR),
    "prints a lone surrogate": (at_import(LONE_SURROGATE), set()),
    "other replies without end": (at_import(NO_REPLY), ERROR),
    "always infinity": ({"squared_error": "def squared_error(y, t):\n    return np.inf"}, ERROR),
    "next to nothing": ({"squared_error": "def squared_error(y, t):\n    return 1e-13"}, ERROR),
    "leaves a process behind": (at_import(SURVIVOR), set()),
    "exit": (at_import("exit()"), ERROR),
    "sys.exit": (at_import("import sys; sys.exit()"), ERROR),
    "kills its kernel": (at_import("import os; os._exit(0)"), ERROR),
    "kills it when called": (
        {"slope": "import os\ndef slope(y, t):\n    os._exit(1)"},
        SLOPE,
    ),
    "crashes": (at_import("import ctypes; ctypes.string_at(0)"), ERROR),
    "never ends": ({"slope": "def slope(y, t):\n    while True: pass"}, SLOPE),
    "never ends, and will not be stopped": (
        {
            "slope": "def slope(y, t):\n    while True:\n        try:\n"
            "            while True: pass\n        except BaseException: pass"
        },
        SLOPE,
    ),
    "asks for input": (at_import("input('name?')"), ERROR),
    "6 GB": (at_import("hoard = bytearray(6 * 2**30)"), ERROR),
    "floods the output": (at_import("while True: print('x' * 10_000)"), ERROR),
    "one huge result": ({"slope": "def slope(y, t): return 'x' * 10**9"}, SLOPE),
    "a fork bomb": (at_import("import os\nwhile True: os.fork()"), ERROR),
    "HTML for the teacher": (
        at_import(
            "from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</script>'))"
        ),
        set(),
    ),
    "calls the network": (
        at_import("import socket\nsocket.create_connection(('1.1.1.1', 53), 1)"),
        ERROR,
    ),
    "changes what it is given": (
        {"squared_error": "def squared_error(y, t):\n    y -= t\n    return np.sum(y**2) / 2"},
        {"squared_error.sum_not_mean"},
    ),
}
