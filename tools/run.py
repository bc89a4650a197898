"""One command sets everything up and runs: `python3 tools/run.py lab` (Windows: `py`, not python3).

    lab         open the lessons in JupyterLab; `lab zh`: in Chinese, `lab en`: in English
    test        run all tests, as the continuous integration does
    check       run the quick tests: no notebooks, no browser
    latest      run all tests with the newest version of every package
    notebooks   build notebooks/ from lessons/
    site        build the pages to read, build/site/
    assignments build assignments/release/, the students' notebooks
    grade       grade a folder of submissions: docs/teaching.md
    formgrader  open the page for grading by hand
    hub         start a JupyterHub for a class on this machine: docs/hub.md
    lite        build the site that runs the lessons in a browser, in build/site/run
    bench       measure how fast the losses, training and the panels are
    lock        make requirements.lock and environment.yml from pyproject.toml
    clean       remove what was made: .venv, caches, screenshots

What follows the command goes to the program behind it. Needs Python 3.11 or newer, nothing else.
"""

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
# The environment variables by which Python, pip, Jupyter, matplotlib and pytest are told to do
# otherwise: in a user's shell they are meant for other projects.
FOREIGN = ("PYTHON", "PIP_", "JUPYTER", "IPYTHON", "MPL", "MATPLOTLIB", "PYTEST")
# The settings of pip's that count: the way to the packages, and where copies of them are kept.
NETWORK = (
    "index-url|extra-index-url|no-index|find-links|trusted-host|cert|client-cert|proxy"
    "|timeout|default-timeout|retries|keyring-provider|cache-dir|no-cache-dir"
)


class Environment:
    """A folder that holds a Python with packages of its own; every command runs in one.

    lock  the file that says which packages, hashes checked; without it they are the newest ones
    """

    def __init__(self, folder, lock=None):
        self.folder, self.lock = ROOT / folder, lock and ROOT / lock
        self.scripts = self.folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = str(self.scripts / ("python.exe" if os.name == "nt" else "python"))
        self.stamp = self.folder / "stamp"

    def variables(self):
        """The user's environment variables, without those that are meant for other projects.

        What Jupyter, IPython and matplotlib keep is kept beside the folder (not in it: submissions
        can read it), not in the user's home. Only what Jupyter hides from other users is kept
        there, since not every drive can hide a file.
        """
        theirs = {k: v for k, v in os.environ.items() if not k.upper().startswith(FOREIGN)}
        settings = self.folder.with_name(f"{self.folder.name}-settings")
        return theirs | {
            "VIRTUAL_ENV": str(self.folder),
            "PATH": f"{self.scripts}{os.pathsep}{theirs.get('PATH', '')}",
            "PYTHONUTF8": "1",
            "OMP_NUM_THREADS": "1",  # for small matrices: more threads only wait for each other
            "JUPYTER_CONFIG_DIR": str(settings / "jupyter"),
            "JUPYTER_DATA_DIR": str(settings / "jupyter"),
            "JUPYTER_RUNTIME_DIR": str(Path.home() / ".local" / "share" / "jupyter" / "runtime"),
            "IPYTHONDIR": str(settings / "ipython"),
            "MPLCONFIGDIR": str(settings / "matplotlib"),
        }

    def pip_variables(self):
        """The same for pip: of its settings, those about the way to the packages count."""
        command = [self.python, "-I", "-m", "pip", "config", "list"]
        env = os.environ | {"PIP_USER": "0"}  # else pip lists the settings of one file only
        listing = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=env).stdout
        found = {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        for section in ("global", "install", ":env:"):  # a later one wins, as for pip
            for name, value in re.findall(rf"^{section}\.({NETWORK})=(.*)$", listing, re.MULTILINE):
                found[f"PIP_{name.upper().replace('-', '_')}"] = ast.literal_eval(value)
        return self.variables() | found

    def run(self, *command, env=None):
        """Run Python in the project's folder; return its exit status, 0 for success."""
        command = [self.python, *map(str, command)]
        return subprocess.call(command, cwd=ROOT, env=env or self.variables())

    def exec(self, *command, **variables):
        """Let the last command take the place of this script, so that Ctrl-C is its own."""
        env = self.variables() | variables
        if os.name == "nt":
            sys.exit(self.run(*command, env=env))
        os.chdir(ROOT)
        os.execve(self.python, [self.python, *map(str, command)], env)

    def install(self):
        """Install the packages and this project."""
        packages = ["--require-hashes", "--only-binary=:all:", "-r", self.lock]
        itself = ["--no-deps", "--no-build-isolation", "-e", "."]
        # Not lite: beside its kernel, JupyterLab reports an error on every page.
        newest = ["--upgrade", "--upgrade-strategy=eager", "-e", ".[lab,dev,site,grading,hub]"]
        env = self.pip_variables()
        for what in (packages, itself) if self.lock else (newest,):
            if self.run("-m", "pip", "install", "--quiet", "--no-compile", *what, env=env):
                sys.exit("The packages could not be installed: pip says above why. Then try again.")

    def wanted_stamp(self):
        """What it is made for (this Python and this folder) and made from, in two lines."""
        files = [ROOT / "pyproject.toml", Path(__file__), *([self.lock] if self.lock else [])]
        parts = [b"".join(map(os.fsencode, (sys.version, sys.base_prefix, ROOT)))]
        parts += [b"".join(file.read_bytes() for file in files)]
        return "".join(hashlib.sha256(part).hexdigest() + "\n" for part in parts)

    def set_up(self):
        """Make it what the lock says; return at once when the stamp says that it is."""
        if sys.version_info < (3, 11):  # noqa: UP036
            version = ".".join(map(str, sys.version_info[:2]))
            sys.exit(f"Python 3.11 or newer is needed, not {version}: `make PYTHON=python3.12`.")
        wanted, found = self.wanted_stamp(), ""
        if self.stamp.exists() and os.path.exists(self.python):
            found = self.stamp.read_text("utf-8")
        if found == wanted:
            return
        print(f"Setting up {self.folder.name}, once: a few minutes ...", flush=True)
        self.stamp.unlink(missing_ok=True)  # until the end: a set-up cut short starts anew
        if found[:64] != wanted[:64]:  # else what is there is brought up to date
            venv = [sys.executable, "-X", "utf8", "-I", "-m", "venv", "--clear", self.folder]
            if subprocess.call(venv, env=self.variables()):
                sys.exit("Python could not make it and says above why. Then try again.")
        self.install()
        page = self.folder / "etc" / "jupyter" / "labconfig" / "page_config.json"
        page.parent.mkdir(parents=True, exist_ok=True)  # JupyterLab asks nobody outside for news
        page.write_text(
            '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}',
            "utf-8",
        )
        self.stamp.write_text(wanted, "utf-8")


LESSONS = Environment(".venv", "requirements.lock")
GRADING = Environment(".venv-grading", "assignments/requirements.lock")
HUB = Environment(".venv-hub", "hub/requirements.lock")
LATEST = Environment(".venv-latest")
SLOW = ("browser", "grading", "hub", "lite")  # folders of tests
TOOLS = {
    "notebooks": (LESSONS, "tools.build_notebooks"),
    "site": (LESSONS, "tools.build_site"),
    "assignments": (GRADING, "tools.assignments"),
    "grade": (GRADING, "tools.grading"),
    "formgrader": (GRADING, "tools.grading.formgrader"),
    "hub": (HUB, "tools.hub"),
    "lite": (GRADING, "tools.lite"),
    "bench": (LESSONS, "benchmarks"),
    "lock": (LESSONS, "tools.lock"),
}


def edition(arguments, environ):
    """The folder of the edition to open, and the arguments that are left.

    A first argument "en" or "zh" decides, else the language that the user's system speaks.
    """
    folders = {"en": "notebooks", "zh": "notebooks/zh-CN"}
    if arguments and arguments[0] in folders:
        return folders[arguments[0]], arguments[1:]
    locale = next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "en")
    return folders.get(locale[:2], folders["en"]), arguments


def open_jupyterlab(environment, folder, page, *options):
    """Open JupyterLab in a folder, on one of its pages, with nothing from outside."""
    # From ROOT, since Jupyter takes [, ? and * in a path for a pattern, and finds nothing there.
    etc, share = (os.path.join(environment.folder.name, n, "jupyter") for n in ("etc", "share"))
    settings = {
        "ServerApp.root_dir": folder,
        "ServerApp.allow_root": os.name != "nt" and os.geteuid() == 0,  # in a container
        "LabApp.default_url": page,
        "LabApp.schemas_dir": os.path.join(share, "lab", "schemas"),
        "LabApp.extension_manager": "readonly",
    }
    settings = [f"--{name}={value}" for name, value in settings.items()]
    paths = {"JUPYTER_CONFIG_PATH": etc, "JUPYTER_PATH": share}
    environment.exec("-m", "jupyterlab", *settings, *options, **paths)


def lab(*arguments):
    """Open JupyterLab on the first lesson, with notebooks/ beside it."""
    folder, arguments = edition(arguments, os.environ)
    first = next((ROOT / folder).glob("*_start_here.ipynb")).name
    LESSONS.set_up()
    open_jupyterlab(LESSONS, ROOT, f"/lab/tree/{folder}/{first}", *arguments)


def check_style():
    """End the program when the style of the code is not clean."""
    ruff = ("-m", "ruff")
    if LESSONS.run(*ruff, "check", "--quiet") or LESSONS.run(*ruff, "format", "--check", "--quiet"):
        sys.exit("The style of the code is not clean: see above, `ruff format` may mend it.")


def check(*arguments):
    """Run the quick tests: no notebooks, no browser, no nbgrader, no hub."""
    LESSONS.set_up()
    check_style()
    quick = ("helpers", "tests", *(f"--ignore=tests/{name}" for name in SLOW))
    LESSONS.exec("-m", "pytest", *quick, *arguments)


def test(*arguments):
    """Check the style of the code, then run all tests."""
    LESSONS.set_up()
    check_style()
    run_tests(LESSONS, GRADING, *arguments)


def latest(*arguments):
    """Run all tests with the newest packages; list those that are held back all the same."""
    LATEST.stamp.unlink(missing_ok=True)  # newest is what is newest now
    LATEST.set_up()
    LATEST.run("-m", "pip", "list", "--outdated", env=LATEST.pip_variables())
    run_tests(LATEST, LATEST, *arguments)


def run_tests(lessons, grading, *arguments):
    """Run the tests in these two environments; end with pytest's exit status."""
    browser = any(map(shutil.which, BROWSERS))
    if not browser and lessons.run("-m", "playwright", "install", "chromium"):
        sys.exit("The tests need a browser: install Chromium or Chrome, then try again.")
    # Two processes record the panels for the site; its tests then build it from these recordings.
    failed = lessons.run("-m", "tools.build_site")
    # Two processes, a file at a time, in order: the panels in a browser take longest, come early.
    pytest = ("-m", "pytest", "-n", "2", "--dist=loadfile", "--no-loadscope-reorder")
    apart = ("tests/lite", "tests/hub", "tests/grading")
    ignored = (f"--ignore={folder}" for folder in apart)
    failed = lessons.run(*pytest, *ignored, *arguments) or failed
    if sys.platform == "linux":  # the isolation of submissions and of a hub's users needs it
        grading.set_up()
        failed = grading.run(*pytest, *apart, *arguments) or failed
    sys.exit(failed)


def clean():
    """Remove all that can be made again."""
    for name in (
        ".venv*",
        ".*_cache",
        "*.egg-info",
        "build",
        "screenshots",
        "**/__pycache__",
        "**/.ipynb_checkpoints",
    ):
        for folder in list(ROOT.glob(name)):
            shutil.rmtree(folder, ignore_errors=True)


def main(command="help", *arguments):
    """Run the command of that name."""
    commands = {function.__name__: function for function in (lab, check, test, latest, clean)}
    if command in TOOLS:
        environment, module = TOOLS[command]
        environment.set_up()
        environment.exec("-m", module, *arguments)
    elif command in commands:
        commands[command](*arguments)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("Interrupted; the next start goes on from here.")
