"""Wheels of our own, and how the browser's Python is told of them."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

from tools.lite.distribution import sha256
from tools.subjects import ROOT

EPOCH = (1980, 1, 1, 0, 0, 0)  # the time in each zip, so that building twice changes no byte
PURE = "Wheel-Version: 1.0\nGenerator: tools.lite\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def build_helpers(folder):
    """The project's wheel, made by pip into the folder; its path.

    It is built from a copy, for setuptools leaves files where it builds: the next wheel would have
    them in it, too, and two wheels could not be built at once.
    """
    pip = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "wheel"]
    env = os.environ | {"SOURCE_DATE_EPOCH": "315532800"}  # 1 January 1980
    with tempfile.TemporaryDirectory() as copy:
        for name in ("pyproject.toml", "LICENSE", "LICENSE-TEXT"):
            shutil.copy(ROOT / name, copy)
        for name in ("helpers", "data"):
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, f"{copy}/{name}", ignore=ignore)
        alone = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
        subprocess.run([*pip, *alone, "--wheel-dir", folder, copy], check=True, env=env)
    (wheel,) = folder.glob("how_neural_networks_learn-*.whl")
    return wheel


def make_wheel(folder, name, files):
    """A wheel of files, {path in the wheel: bytes}; its path."""
    info = f"{name}-1.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n"
    files = files | {f"{info}/METADATA": metadata.encode(), f"{info}/WHEEL": PURE.encode()}
    record = f"{info}/RECORD"  # no sums: the lock has that of the whole wheel
    files[record] = "".join(f"{path},,\n" for path in [*files, record]).encode()
    wheel = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        add(archive, files)
    return wheel


def leave_out(wheel, unwanted):
    """Write a wheel anew without the files whose path in it matches the pattern."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if not re.search(unwanted, name)]
        files = {name: archive.read(name) for name in names}
    with zipfile.ZipFile(wheel, "w") as archive:
        add(archive, files)


def add(archive, files):
    """Write files, {path: bytes}, into an open zip."""
    for path, content in files.items():
        archive.writestr(zipfile.ZipInfo(path, EPOCH), content, zipfile.ZIP_DEFLATED, 9)


def entry(wheel, imports=(), depends=()):
    """A wheel as Pyodide's lock lists it: {its name: what is said of it}."""
    distribution, version = wheel.name.split("-")[:2]
    name = distribution.replace("_", "-")
    told = {
        "depends": [*depends],
        "file_name": wheel.name,
        "imports": [*imports],
        "install_dir": "site",
        "name": name,
        "package_type": "package",
        "sha256": sha256(wheel.read_bytes()),
        "unvendored_tests": False,
        "version": version,
    }
    return {name: told}
