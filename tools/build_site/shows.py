"""What a lesson shows that moves: run a notebook here, record its panels. Kept by content.

python -m tools.build_site.shows NOTEBOOK    prints its recordings as JSON
"""

import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import matplotlib
import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from helpers.widgets.panel import Panel
from helpers.widgets.prediction import Prediction
from tools.build_site.walks import record
from tools.subjects import ROOT

RECORDER = ("grids", "orders", "recording", "walks", "shows")
CACHE = ROOT / "build" / "recordings"


def recordings(paths):
    """{cell id: {"kind", "state", "tables"}} for each of these notebooks, two at a time."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(_kept, paths))


def _kept(path):
    """The recordings of a notebook, made where the ones that are kept are not of this content."""
    kept = CACHE / f"{path.stem}-{key_of(path)}.json"
    if not kept.exists():
        command = [sys.executable, "-m", __name__, str(path)]
        environment = {**os.environ, "MPLBACKEND": "agg", "OMP_NUM_THREADS": "1"}
        made = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        if made.returncode:
            raise RuntimeError(f"{path.name} could not be recorded: see above")
        CACHE.mkdir(parents=True, exist_ok=True)
        scratch = kept.with_suffix(f".{os.getpid()}")
        scratch.write_bytes(made.stdout)
        scratch.replace(kept)
    return json.loads(kept.read_text("utf-8"))


def key_of(path):
    """What tells the recordings of a notebook from those of anything else that it ever was."""
    sources = [
        [cell.source, cell.metadata.get("in_browser")]
        for each in (path, english(path))
        for cell in nbformat.read(each, 4).cells
    ]
    return hashlib.sha256(json.dumps([_tools(), sources]).encode()).hexdigest()[:24]


def english(path):
    """The English edition of a notebook: its prose says which values are recorded, for both."""
    return ROOT / "notebooks" / path.name


@cache
def _tools():
    """What recordings are made with, as one text: helpers, the recorder, matplotlib."""
    files = [
        path
        for path in sorted((ROOT / "helpers").rglob("*"))
        if path.suffix in {".py", ".json", ".mplstyle"}
    ]
    files += [Path(__file__).with_name(f"{name}.py") for name in RECORDER]
    content = b"".join(path.read_bytes() for path in files)
    return f"{hashlib.sha256(content).hexdigest()} {matplotlib.__version__}"


def record_notebook(path):
    """Run a notebook in this process; {cell id: recording} of its panels."""
    notebook, prose, shown = nbformat.read(path, 4), nbformat.read(english(path), 4), {}
    shell = InteractiveShell.instance()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        with capture_output():
            result = shell.run_cell(cell.source)
        error = result.error_in_exec or result.error_before_exec
        if error and "raises-exception" not in cell.metadata.get("tags", []):
            raise error
        if isinstance(result.result, Panel | Prediction):
            shown[cell.id] = result.result
    formulas = {cell.id: cell.metadata.get("in_browser", "") for cell in notebook.cells}
    return {cell: _recording(cell, shown, prose, formulas[cell]) for cell in shown}


def _recording(cell, shown, prose, formula):
    """A panel as data. A formula "name: JavaScript of `total` and its like" is one more loss."""
    panel = shown[cell]
    if isinstance(panel, Prediction):
        names = ("_y", "_t", "losses", "presets", "answers", "words")
        state = {name: getattr(panel, name) for name in names}
        name, _, text = formula.partition(": ")
        return {"kind": "prediction", "state": {**state, "formulas": {name: text} if name else {}}}
    watched = {key: each for key, each in shown.items() if isinstance(each, Prediction)}
    opening = {key: list(each.y) for key, each in watched.items()}
    kind, state, tables = record(panel, watched, _prose_around(cell, prose))
    for key, each in watched.items():
        each.y = opening[key]
    return {"kind": kind, "state": state, "tables": tables}


def _prose_around(cell, notebook):
    """The prose before and after a cell, to the next code on each side."""
    at = next(place for place, each in enumerate(notebook.cells) if each.id == cell)
    near = [notebook.cells[at - 1 : at], notebook.cells[at + 1 : at + 2]]
    return "\n".join(each.source for side in near for each in side if each.cell_type == "markdown")


if __name__ == "__main__":
    print(json.dumps(record_notebook(Path(sys.argv[1])), ensure_ascii=False, allow_nan=False))
