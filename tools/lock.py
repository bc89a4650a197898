"""Make the lock files and environment.yml from pyproject.toml: `make lock`.

requirements.lock is for everyone; assignments/requirements.lock has what only teachers and
publishers need, too; hub/requirements.lock is for the hub of a class and for the JupyterLab that it
gives to each.

`make lock` keeps the locked versions that still fit; `make lock ARGS=--upgrade` takes the newest.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

LOCK_HEADER = """\
# The exact packages, with hashes, that `make` installs. Made from pyproject.toml by `make lock`.
"""
ENVIRONMENT_HEADER = """\
# For conda and Binder. Made from pyproject.toml by `make lock`.
name: {name}
channels:
  - conda-forge
dependencies:
  - python=3.12
"""
ENVIRONMENT_FOOTER = """\
  - pip
  - pip:
      - -e .
"""


def environment(pyproject):
    """The text of environment.yml for the text of pyproject.toml: each package with its reason."""
    project = tomllib.loads(pyproject)["project"]
    lines = []
    for package in project["dependencies"] + project["optional-dependencies"]["lab"]:
        reason = re.search(rf'^ *"{re.escape(package)}", *# (.+)$', pyproject, re.MULTILINE)
        if reason is None:
            raise ValueError(f"{package} in pyproject.toml needs a reason, in a comment after it")
        lines.append(f"  - {package}  # {reason[1]}\n")
    header = ENVIRONMENT_HEADER.format(name=project["name"])
    return header + "".join(lines) + ENVIRONMENT_FOOTER


def lock(target, *arguments):
    """Write a lock file: one for all systems and all Pythons that the project allows."""
    command = ["uv", "pip", "compile", "pyproject.toml", f"--output-file={target}", *arguments]
    command += ["--universal", "--python-version=3.11", "--generate-hashes", "--only-binary=:all:"]
    command += ["--no-header", "--no-emit-index-url", "--quiet"]
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True)
    path = ROOT / target
    path.write_text(LOCK_HEADER + path.read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    everyone = ["--extra=lab", "--extra=dev", "--extra=site"]
    lock("requirements.lock", *everyone, *sys.argv[1:])
    # What they share is held at one version.
    same = ["--constraint=requirements.lock", *sys.argv[1:]]
    teachers = [*everyone, "--extra=grading", "--extra=lite"]
    lock("assignments/requirements.lock", *teachers, *same)
    lock("hub/requirements.lock", "--extra=lab", "--extra=hub", *same)
    made = environment((ROOT / "pyproject.toml").read_text("utf-8"))
    (ROOT / "environment.yml").write_text(made, "utf-8")
