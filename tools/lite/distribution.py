"""Pyodide, the Python that runs in a browser: its files, each compared with its checksum.

pyodide-lock.json, beside this file, is in Pyodide's own format, cut down to what the lessons
import, with two keys more: `core`, the files of the interpreter and their sums, and `cdn`, where
they lie in public. A wheel with an address is Pyodide's own and lies there, too. One with a bare
name is pure Python, as the package index has it. For another Pyodide: take the pyodide-lock.json
of its release, and cut it down the same way.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

LOCK = json.loads((Path(__file__).parent / "pyodide-lock.json").read_text("utf-8"))
CDN = LOCK["cdn"]
CORE = LOCK["core"]
WHEELS = {p["file_name"].removeprefix(CDN): p for p in LOCK["packages"].values()}
SUMS = CORE | {name: package["sha256"] for name, package in WHEELS.items()}


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def check(folder):
    """Raise ValueError unless the folder has every file of the lock, and the right one."""
    for name, wanted in SUMS.items():
        path = folder / name
        if not path.is_file():
            raise ValueError(
                f"{path} is missing: put Pyodide's file there, or unset PYODIDE_DIR to have all of"
                " them downloaded."
            )
        if sha256(path.read_bytes()) != wanted:
            raise ValueError(
                f"{path} is not the file that tools/lite/pyodide-lock.json wants, its sha256 is"
                " another one: replace it, or unset PYODIDE_DIR to have it downloaded."
            )


def download(folder):
    """Bring what a folder lacks of the lock's files into it, then check it.

    OSError or subprocess.CalledProcessError: something could not be downloaded.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lacking = [name for name in SUMS if not is_right(folder / name)]
    pure = [name for name in lacking if name in WHEELS and WHEELS[name]["file_name"] == name]
    for name in set(lacking) - set(pure):
        print(f"Downloading {name} ...", flush=True)
        with urllib.request.urlopen(CDN + name, timeout=60) as answer:
            (folder / name).write_bytes(answer.read())
    if pure:
        with tempfile.TemporaryDirectory() as temporary:
            wanted = Path(temporary) / "requirements.txt"
            wanted.write_text("\n".join(map(requirement, pure)), "utf-8")
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            pip += ["--only-binary=:all:", "--require-hashes", "-r", wanted, "-d", folder]
            subprocess.run(pip, check=True)
    check(folder)


def is_right(path):
    return path.is_file() and sha256(path.read_bytes()) == SUMS[path.name]


def requirement(name):
    """A wheel as pip asks for it."""
    package = WHEELS[name]
    return f"{package['name']}=={package['version']} --hash=sha256:{package['sha256']}"
