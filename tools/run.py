"""One command does it all: `python3 tools/run.py lab`, on Windows `py tools/run.py lab`.

Makes .venv with the packages of requirements.lock when they are not there yet, then runs the
command in it. Needs Python 3.11 or newer and nothing else. `make` calls this script.
"""

import ast
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / ("python.exe" if os.name == "nt" else "python"))
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "stamp"

COMMANDS = {
    "lab": "open the lessons in JupyterLab",
    "test": "run all tests, as the continuous integration does",
    "check": "run the quick tests: style of the code, no notebooks, no browser",
    "notebooks": "build notebooks/ from lessons/",
    "bench": "measure the speed of the losses",
    "lock": "make requirements.lock and environment.yml from pyproject.toml",
    "clean": "remove .venv and the caches",
}
TOOLS = {"notebooks": "build_notebooks"}  # where the file is not called like its command
# How pip calls what the user set about the way to the packages, and how uv calls it.
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "no-index": "UV_NO_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}
# JupyterLab asks the outside world for news and for extensions unless it is told not to.
JUPYTER = {
    "jupyter_lab_config.json": {"LabApp": {"extension_manager": "readonly", "news_url": None}},
    "labconfig/page_config.json": {
        "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}
    },
}


def environment():
    """The user's environment variables, with .venv activated and no other Python leaking in."""
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    return {**env, "VIRTUAL_ENV": str(VENV), "PATH": f"{BIN}{os.pathsep}{env.get('PATH', '')}"}


def uv_environment():
    """The same, with the way to the packages (a mirror, a proxy) that the user set for pip."""
    command = [PYTHON, "-m", "pip", "config", "list"]
    lines = subprocess.check_output(command, env=environment(), text=True).splitlines()
    found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # all indexes count alike, as for pip
    for section in ("global.", "install.", ":env:."):  # a later one wins, as for pip
        for name, _, value in (line.partition("=") for line in lines):
            variable = PIP_TO_UV.get(name.removeprefix(section))
            if name.startswith(section) and variable:
                separator = "," if variable == "UV_FIND_LINKS" else " "
                found[variable] = separator.join(ast.literal_eval(value).split())
    return {**found, **environment(), "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def check_python():
    """Say in one sentence what is missing, before something fails less clearly."""
    version = ".".join(map(str, sys.version_info[:2]))
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(f"Python 3.11 or newer is needed and this is {version}: `make PYTHON=python3.12`.")
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sys.exit(f"Python's venv is missing: install it with `apt install python{version}-venv`.")


def fingerprint():
    """All that .venv depends on: the locked packages, this script, this Python and the folder."""
    files = [LOCK, ROOT / "pyproject.toml", Path(__file__)]
    place = f"{sys.version} {sys.base_prefix} {ROOT}".encode()
    return hashlib.sha256(b"".join([*(f.read_bytes() for f in files), place])).hexdigest()


def install():
    """Install the locked packages, hashes checked, and this project; by uv, or else by pip."""
    only_uv = VENV / "uv.lock"
    only_uv.write_text(re.search(r"^uv==.*(\n    --hash.*)*", LOCK.read_text(), re.M).group())
    env = uv_environment()
    locked = ["--require-hashes", "--only-binary=:all:", "-r"]
    itself = ["--no-deps", "--no-build-isolation", "-e", "."]
    pip = [PYTHON, "-m", "pip", "install", "--quiet"]
    uv = [PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON]

    def succeed(*commands):
        return all(subprocess.call([*map(str, c)], cwd=ROOT, env=env) == 0 for c in commands)

    if succeed([*pip, *locked, only_uv], [*uv, *locked, LOCK], [*uv, "--quiet", *itself]):
        return
    print("uv could not do it. pip does the same in one to three minutes ...", flush=True)
    if not succeed([*pip, *locked, LOCK], [*pip, *itself]):
        sys.exit("The packages could not be installed: pip says above why. Then try again.")


def set_up():
    """Make .venv what requirements.lock says; return at once when the stamp says that it is."""
    check_python()
    if os.path.exists(PYTHON) and STAMP.exists() and STAMP.read_text() == fingerprint():
        return
    print(f"Setting up {VENV} (once) ...", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    install()
    for name, settings in JUPYTER.items():
        path = VENV / "etc" / "jupyter" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings, indent=2))
    STAMP.write_text(fingerprint())  # last: a set-up that was cut short starts again


def find_browser():
    """Make sure that the browser tests have a browser: Chromium, Chrome or Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    if any(map(shutil.which, names)):
        return
    if subprocess.call([PYTHON, "-m", "playwright", "install", "chromium"], env=environment()):
        sys.exit("The tests need a browser: install Chromium or Chrome, then try again.")


def clean():
    """Remove all that can be made again: .venv and the caches."""
    names = (".venv", ".*_cache", "*.egg-info", "**/__pycache__", "**/.ipynb_checkpoints")
    for folder in [f for name in names for f in ROOT.glob(name)]:
        shutil.rmtree(folder, ignore_errors=True)


def do(*command):
    """Run Python in .venv, in the project's folder; stop here if it fails."""
    status = subprocess.call([PYTHON, *command], cwd=ROOT, env=environment())
    if status:
        sys.exit(status)


def become(*command):
    """Let the last command take the place of this script, so that Ctrl-C is its own."""
    if os.name == "nt":
        do(*command)
    else:
        os.chdir(ROOT)
        os.execve(PYTHON, [PYTHON, *command], environment())


def lab(*arguments):
    """Open JupyterLab on the first lesson; the files beside it are notebooks/."""
    page = "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb"
    root = ["--allow-root"] if os.name != "nt" and os.geteuid() == 0 else []
    become("-m", "jupyterlab", f"--ServerApp.root_dir={ROOT}", page, *root, *arguments)


def style():
    """Check the style of the code."""
    do("-m", "ruff", "check", "--quiet")
    do("-m", "ruff", "format", "--check", "--quiet")


def main(name="help", *arguments):
    """Run the command of that name; the arguments go to the program behind it."""
    if name not in COMMANDS:
        sys.exit("\n".join([__doc__, *(f"  {k:<10} {v}" for k, v in COMMANDS.items())]))
    if name == "clean":
        return clean()
    set_up()
    if name == "lab":
        lab(*arguments)
    elif name == "test":
        style()
        find_browser()
        become("-m", "pytest", *arguments)
    elif name == "check":
        style()
        become("-m", "pytest", "helpers", "tests", "--ignore=tests/browser", *arguments)
    else:
        become(f"tools/{TOOLS.get(name, name)}.py", *arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
