"""One command sets everything up and runs: `python3 tools/run.py lab` (Windows: `py`, not python3).

    lab         open the lessons in JupyterLab
    test        run all tests, as the continuous integration does
    check       run the quick tests: no notebooks, no browser
    notebooks   build notebooks/ from lessons/
    assignments build assignments/release/, the students' notebooks
    grade       grade a folder of submissions: docs/teaching.md
    formgrader  open the page for grading by hand
    bench       measure how fast the losses, training and the panels are
    lock        make requirements.lock and environment.yml from pyproject.toml
    clean       remove .venv and the caches

What follows the command goes to the program behind it. Needs Python 3.11 or newer, nothing else.
"""

import ast
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = {"notebooks": "tools.build_notebooks", "bench": "benchmarks", "lock": "tools.lock"}
TEACHERS = {
    "assignments": "tools.assignments",
    "grade": "tools.grading",
    "formgrader": "tools.grading.formgrader",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PIP_TO_UV = {  # how pip and uv call what a user says about the way to the packages
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "no-index": "UV_NO_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
}


def select_environment(venv, lock):
    """From here on work in this environment, which is made from this lock file."""
    global VENV, BIN, PYTHON, LOCK, STAMP
    VENV, LOCK = ROOT / venv, ROOT / lock
    BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
    PYTHON = str(BIN / ("python.exe" if os.name == "nt" else "python"))
    STAMP = VENV / "stamp"


select_environment(".venv", "requirements.lock")


def environment():
    """The user's environment variables, with .venv activated and no other Python leaking in."""
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    path = f"{BIN}{os.pathsep}{env.get('PATH', '')}"
    # Figures look alike everywhere: neither a matplotlibrc of the user's nor a font list of another
    # matplotlib has a say.
    return {**env, "VIRTUAL_ENV": str(VENV), "PATH": path, "MPLCONFIGDIR": str(VENV / "matplotlib")}


def run(*command, env=None):
    """Run Python in .venv and in the project's folder; return its exit status, 0 for success."""
    return subprocess.call([PYTHON, *map(str, command)], cwd=ROOT, env=env or environment())


def exec_python(*command):
    """Let the last command take the place of this script, so that Ctrl-C is its own."""
    if os.name == "nt":
        sys.exit(run(*command))
    os.chdir(ROOT)
    os.execve(PYTHON, [PYTHON, *command], environment())


def mirrors():
    """The way to the packages that the user configured for pip, as uv's environment variables."""
    command = [PYTHON, "-m", "pip", "config", "list"]
    listing = subprocess.check_output(command, env=environment(), text=True)
    found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # all indexes count alike, as for pip
    for section in ("global", "install", ":env:"):  # a later one wins, as for pip
        for name, value in re.findall(rf"^{section}\.([\w-]+)=(.*)$", listing, re.MULTILINE):
            if name in PIP_TO_UV:
                separator = "," if name == "find-links" else " "
                found[PIP_TO_UV[name]] = separator.join(ast.literal_eval(value).split())
    return found


def install():
    """Install the locked packages, hashes checked, and this project: with uv, or else with pip."""
    uv_lock = VENV / "uv.lock"
    uv_lock.write_text(re.search(r"^uv==.*(\n    --hash.*)*", LOCK.read_text(), re.M).group())
    env = {**mirrors(), **environment(), "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    pip = ["-m", "pip", "install", "--quiet"]
    uv = ["-m", "uv", "pip", "install", "--python", PYTHON]
    uv += ["--no-index"] if env.get("UV_NO_INDEX") else []  # the one that uv takes as a flag only
    locked = ["--require-hashes", "--only-binary=:all:", "-r"]
    itself = ["--quiet", "--no-deps", "--no-build-isolation", "-e", "."]
    if run(*pip, *locked, uv_lock, env=env) or run(*uv, *locked, LOCK, env=env):
        print("uv could not do it. pip does the same in a minute or two ...", flush=True)
        if run(*pip, *locked, LOCK, env=env):
            sys.exit("The packages could not be installed: pip says above why. Then try again.")
    if run(*pip, *itself, env=env):
        sys.exit("The project itself could not be installed: pip says above why. Then try again.")


def wanted_stamp():
    """What .venv is made for (this Python and this folder) and made from, in two lines."""
    files = [LOCK, ROOT / "pyproject.toml", Path(__file__)]
    parts = [f"{sys.version} {sys.base_prefix} {ROOT}".encode(), *(f.read_bytes() for f in files)]
    made_for, made_from = (hashlib.sha256(b"".join(p)).hexdigest() for p in (parts[:1], parts[1:]))
    return f"{made_for}\n{made_from}\n"


def set_up():
    """Make .venv what requirements.lock says; return at once when the stamp says that it is."""
    version = ".".join(map(str, sys.version_info[:2]))
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(f"Python 3.11 or newer is needed and this is {version}: `make PYTHON=python3.12`.")
    wanted = wanted_stamp()
    found = STAMP.read_text() if STAMP.exists() and os.path.exists(PYTHON) else ""
    if found == wanted:
        return
    print(f"Setting up {VENV} (once) ...", flush=True)
    STAMP.unlink(missing_ok=True)  # written again at the end: a set-up cut short starts anew
    if (
        found.splitlines()[:1] != wanted.splitlines()[:1]
    ):  # else what is there is brought up to date
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            sys.exit(f"Python's venv is missing: get it with `apt install python{version}-venv`.")
        if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            sys.exit(f"Python could not make {VENV}: it says above why. Then try again.")
    install()
    page = VENV / "etc" / "jupyter" / "labconfig" / "page_config.json"
    page.parent.mkdir(parents=True, exist_ok=True)  # JupyterLab asks nobody outside for news
    page.write_text(
        '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}'
    )
    STAMP.write_text(wanted)


def lab(*arguments):
    """Open JupyterLab on the first lesson, with notebooks/ beside it and nothing from outside."""
    first = next((ROOT / "notebooks").glob("*_start_here.ipynb")).name
    options = {
        "ServerApp.root_dir": ROOT,
        "ServerApp.allow_root": os.name != "nt" and os.geteuid() == 0,  # in a container
        "LabApp.default_url": f"/lab/tree/notebooks/{first}",
        "LabApp.workspaces_dir": VENV / "workspaces",  # no tabs of other projects
        "LabApp.extension_manager": "readonly",
    }
    exec_python("-m", "jupyterlab", *(f"--{k}={v}" for k, v in options.items()), *arguments)


def test(quick, *arguments):
    """Check the style of the code, then run the tests, or only the quick ones."""
    if run("-m", "ruff", "check", "--quiet") or run("-m", "ruff", "format", "--check", "--quiet"):
        sys.exit("The style of the code is not clean: see above, `ruff format` may mend it.")
    ours = ["--ignore=tests/grading"]  # nbgrader is in the teacher's environment only
    if quick:
        exec_python("-m", "pytest", "helpers", "tests", "--ignore=tests/browser", *ours, *arguments)
    if not any(map(shutil.which, BROWSERS)) and run("-m", "playwright", "install", "chromium"):
        sys.exit("The tests need a browser: install Chromium or Chrome, then try again.")
    # Two processes, a file at a time, in order: the panels in a browser take longest, come early.
    shared = ["-n", "2", "--dist=loadfile", "--no-loadscope-reorder"]
    failed = run("-m", "pytest", *shared, *ours, *arguments)
    use_teachers()
    sys.exit(run("-m", "pytest", *shared, "tests/grading", *arguments) or failed)


def use_teachers():
    """Set up the environment that has nbgrader, beside the one that students have."""
    select_environment(".venv-grading", "assignments/requirements.lock")
    set_up()


def clean():
    """Remove all that can be made again."""
    for name in (".venv*", ".*_cache", "*.egg-info", "**/__pycache__", "**/.ipynb_checkpoints"):
        for folder in list(ROOT.glob(name)):
            shutil.rmtree(folder, ignore_errors=True)


def main(command="help", *arguments):
    """Run the command of that name."""
    if command == "clean":
        clean()
    elif command in TEACHERS:
        use_teachers()
        exec_python("-m", TEACHERS[command], *arguments)
    elif command in ("lab", "test", "check", *TOOLS):
        set_up()
        if command == "lab":
            lab(*arguments)
        elif command in TOOLS:
            exec_python("-m", TOOLS[command], *arguments)
        else:
            test(command == "check", *arguments)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("Interrupted; the next start goes on from here.")
