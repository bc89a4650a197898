"""How much a browser fetches before it runs a lesson: a page says so before a reader's click."""

import json
import re

from tools.lite.distribution import CORE
from tools.lite.imports import imports_of
from tools.lite.python import AT_START, closure

FILES = ("pyodide-lock", "sizes")  # python.py writes both


def megabytes(site, notebook):
    """What a browser fetches from a JupyterLite site to run a notebook, compression left aside."""
    folder = site / "static" / "pyodide"
    lock, sizes = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in FILES)
    modules = set(re.findall(r"(?:from|import) (\w+)", "\n".join(imports_of(notebook))))
    wanted = [name for name, each in lock["packages"].items() if modules & {*each["imports"]}]
    names = closure(lock, [*AT_START, "bytecode-early", *wanted])
    wheels = (lock["packages"][name]["file_name"].split("/")[-1] for name in names)
    return sum(sizes[file] for file in (*CORE, *wheels)) / 1e6
