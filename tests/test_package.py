"""The wheel, as a hub installs it: in a fresh environment, far from the project."""

import email
import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lite.wheels import build_helpers

ROOT = Path(__file__).resolve().parent.parent
PIP = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check"]
(LESSON,) = (ROOT / "notebooks").glob("*_mean_squared_error.ipynb")

# Imports everything, runs the cells of a lesson, counts the panels that they show.
FAR_AWAY = """
import importlib, json, pkgutil, sys
import helpers
assert helpers.__file__.startswith(sys.prefix), helpers.__file__
for module in pkgutil.walk_packages(helpers.__path__, "helpers."):
    importlib.import_module(module.name)
from helpers.data import load_digits
assert load_digits()[0][0].shape == (1437, 64)

from IPython.core.interactiveshell import InteractiveShell
results = [InteractiveShell.instance().run_cell(source) for source in json.load(sys.stdin)]
for result in results:
    result.raise_error()
panels = [r.result for r in results if hasattr(r.result, "_esm")]
for panel in panels:
    data, _ = panel._repr_mimebundle_()
    assert "<img alt=" in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data
print("panels:", len(panels))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel."""
    return build_helpers(tmp_path_factory.mktemp("wheel"))


def required(wheel):
    """What pip installs with the wheel, and what that brings in turn: {name: distribution}."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return brought(email.message_from_bytes(archive.read(name)).get_all("Requires-Dist"))


def brought(requirements):
    """What pip installs for these requirements: {name: distribution}."""
    waiting, found = [(Requirement(line), {""}) for line in requirements], {}
    while waiting:
        wanted, extras = waiting.pop()
        if wanted.marker and not any(wanted.marker.evaluate({"extra": e}) for e in extras):
            continue
        key = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if key not in found:
            found[key] = distribution(wanted.name)
            waiting += [(Requirement(r), {"", *wanted.extras}) for r in found[key].requires or ()]
    return {name: package for (name, _), package in found.items()}


def test_every_file_is_in_the_wheel(wheel):
    files = {p.relative_to(ROOT) for p in (ROOT / "helpers").rglob("*") if p.is_file()}
    wanted = {p.as_posix() for p in files if "__pycache__" not in p.parts}
    wanted |= {f"helpers/digits/{path.name}" for path in (ROOT / "data").iterdir()}
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert inside == wanted


def test_a_hub_keeps_its_jupyterlab(wheel):
    brought = required(wheel)
    assert {"numpy", "anywidget", "ipywidgets", "pooch"} <= brought.keys()
    kept = {"jupyterlab", "notebook", "jupyter-server", "jupyterhub", "ipykernel", "scikit-image"}
    assert not kept & brought.keys()


def test_a_lesson_runs_where_only_the_wheel_and_what_it_requires_are_installed(wheel, tmp_path):
    venv.create(tmp_path / "new")
    paths = sysconfig.get_paths("venv", vars={"base": str(tmp_path / "new")})
    python = Path(paths["scripts"]) / Path(sys.executable).name
    pip = [*PIP, "--python", python]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    for package in required(wheel).values():  # taken from here: no network, and quick
        for name in {path.parts[0] for path in package.files} - {"..", "__pycache__"}:
            here, there = package.locate_file(name), Path(paths["purelib"], name)
            if not there.exists():
                there.symlink_to(here, target_is_directory=here.is_dir())
    subprocess.run([*pip, "check"], check=True)

    notebook = json.loads(LESSON.read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    code = [cell for cell in code if "raises-exception" not in cell["metadata"].get("tags", [])]
    cells = ["".join(cell["source"]) for cell in code]
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [python, "-c", FAR_AWAY],
        cwd=tmp_path,
        env={**env, "MPLBACKEND": "agg", "IPYTHONDIR": str(tmp_path), "PYTHONUTF8": "1"},
        input=json.dumps(cells),
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    shown = LESSON.read_text("utf-8").count("<img alt=")
    assert done.stdout.endswith(f"panels: {shown}\n") and shown > 0


# What Colab has of what we need, by its own list of packages; ipywidgets there is 7.7.
COLABS = ("numpy", "matplotlib", "ipywidgets", "scikit-learn", "threadpoolctl", "pooch", "tqdm")


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_line_for_colab_brings_what_colab_lacks_and_nothing_else(wheel, readme):
    (line,) = re.findall(r"^ *!pip install (.*)$", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    *named, project = (word for word in line.split() if not word.startswith("-"))
    assert "--no-deps" in line.split(), "else pip would put newer ones in the place of Colab's"
    assert set(named) == required(wheel).keys() - brought(COLABS).keys()
    assert project == "git+https://github.com/OWNER/NAME"


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_a_badge_leads_to_a_notebook_of_its_edition(readme):
    text = (ROOT / readme).read_text("utf-8")
    binder, colab = re.findall(r"OWNER/NAME/(?:HEAD\?urlpath=lab/tree|blob/main)/(.+?)\)", text)
    assert binder == colab
    assert (ROOT / binder).is_file()
    assert ("zh-CN/" in binder) == ("zh-CN" in readme)
