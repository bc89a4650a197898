"""The site that runs the lessons in a browser: JupyterLite, nothing to install, no server.

    from tools.lite.build import build
    build(folder, pyodide_dir)

A lesson's address is folder/lab/index.html?path=notebooks/NAME.ipynb, with notebooks/zh-CN/ for the
Chinese edition, and assignments/release/a1/a1.ipynb or a1.zh-CN.ipynb for an assignment.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from tools.lite import distribution, page, patches, python, unused
from tools.subjects import ROOT

DOWNLOADED = ROOT / "build" / "pyodide"
APPS = ("lab", "notebooks")
KERNEL = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "anywidget", KERNEL)
SETTINGS = {
    # A panel's state is saved with the notebook, so that it moves again after a reload.
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
    # A link to the glossary opens it as a reader wants it.
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
}


def build(out, pyodide_dir=None):
    """Build the site into the folder `out`, which is made anew; it is not touched before the end.

    pyodide_dir  a folder with Pyodide: it is copied into the site, which then asks no other host.
                 None: Pyodide is downloaded once, to be checked and compiled, and readers' browsers
                 fetch it from its public CDN.
    ValueError, RuntimeError, OSError, subprocess.CalledProcessError: the message says what to do.
    """
    pyodide = pyodide_dir or DOWNLOADED
    (distribution.check if pyodide_dir else distribution.download)(pyodide)
    with tempfile.TemporaryDirectory() as temporary:
        site = Path(temporary) / "site"
        make_jupyterlite(site, Path(temporary))
        unused.leave_out(site, APPS)
        patches.mend(site)
        lock, packages = python.make(site, pyodide)
        tell_jupyterlite(site, packages)
        elsewhere = python.leave_to_cdn(site, lock) if pyodide_dir is None else {}
        page.put_into(site, APPS, elsewhere)
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(site, out)


def make_jupyterlite(site, temporary):
    """JupyterLite with the notebooks, and with the extensions that panels need."""
    files = temporary / "files"
    copy_notebooks(files)
    share = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    options = {
        "apps": APPS,
        "contents": [str(files)],
        "output_dir": str(site),
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "ignore_sys_prefix": True,
        "federated_extensions": [str(share / name) for name in EXTENSIONS],
    }
    for name, content in {
        "jupyter_lite_config.json": {"LiteBuildConfig": options},
        "overrides.json": SETTINGS,
    }.items():
        (temporary / name).write_text(json.dumps(content), "utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    done = subprocess.run(command, cwd=temporary, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"JupyterLite could not be built:\n{done.stdout}{done.stderr}")


def copy_notebooks(files):
    """The notebooks of both editions, outputs included, and the files that they link to; and the
    assignments as students get them.
    """
    folders = ROOT / "notebooks", ROOT / "assignments" / "release"
    for path in sorted(path for folder in folders for path in folder.rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata["kernelspec"] = {
            "display_name": "Python (Pyodide)",
            "language": "python",
            "name": "python",
        }
        leave_out_unseen(notebook)
        prose = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        linked = {(path.parent / link).resolve() for link in re.findall(r"\]\(([^)#:\s]+)", prose)}
        for other in linked:
            if other.is_file() and other.suffix != ".ipynb":
                place(files, other, other.read_bytes())
        # Whole strings, not lists of lines: where no server joins them, they get commas.
        place(files, path, json.dumps(notebook, ensure_ascii=False).encode())


def leave_out_unseen(notebook):
    """Drop the picture of an output that has it in HTML, too: JupyterLab shows the HTML."""
    for output in (one for cell in notebook.cells for one in cell.get("outputs", [])):
        if "text/html" in output.get("data", {}):
            output.data.pop("image/png", None)


def place(files, path, content):
    """Write what stands for a file of the project."""
    where = files / path.relative_to(ROOT)
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_bytes(content)


def tell_jupyterlite(site, packages):
    """Say in jupyter-lite.json where Python is, and with what it begins."""
    # tqdm would warn in red that it has no thread to watch itself with
    environment = {"PYTHONWARNINGS": "ignore:tqdm"}
    kernel = {
        "pyodideUrl": "./static/pyodide/pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": packages, "env": environment},
    }
    path = site / "jupyter-lite.json"
    settings = json.loads(path.read_text("utf-8"))
    # JupyterLab asks where a path is that stands in an output, such as / in "σ / √100": nowhere.
    (site / "api" / "resolvePath").write_text('{"resolved": []}', "utf-8")
    settings["jupyter-config-data"] |= {
        "appName": "How neural networks learn",
        "disabledExtensions": unused.EXTENSIONS,
        "exposeAppInBrowser": True,
        "litePluginSettings": {f"{KERNEL}:kernel": kernel},
    }
    path.write_text(json.dumps(settings, indent=1), "utf-8")
