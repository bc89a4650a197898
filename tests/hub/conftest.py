"""A real hub of three accounts, started as `make hub` starts it, and their pages in Chromium."""

import fcntl
import importlib.util
import re
import socket
import subprocess
import sys

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import browser  # noqa: F401
from tools import run

expect.set_options(timeout=60_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="session")
def hub_python():
    """The Python that has JupyterHub: this one with the newest packages, else .venv-hub's.

    It is made, and npm brings its proxy, once, however many processes share the tests.
    """
    (run.ROOT / "build").mkdir(exist_ok=True)
    with (run.ROOT / "build" / "hub.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        python = sys.executable
        if not importlib.util.find_spec("jupyterhub"):
            run.HUB.set_up()
            python = run.HUB.python
        code = "from tools.hub.__main__ import set_up; set_up()"
        made = subprocess.run(
            [python, "-c", code], cwd=run.ROOT, stderr=subprocess.PIPE, encoding="utf-8"
        )
    if "npm could not" in made.stderr:
        pytest.skip(made.stderr.strip())
    assert made.returncode == 0, made.stderr
    return python


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def port():
    """A port that nobody uses, the hub of the class neither."""
    return free_port()


@pytest.fixture(scope="session")
def start(hub_python):
    """Starts `make hub` on a folder and a port."""

    def start(folder, port):
        command = [hub_python, "-m", "tools.hub", str(folder), f"--port={port}"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen(command, cwd=run.ROOT, encoding="utf-8", **pipes)

    return start


class Class:
    """The folder of a class, its hub with the address, and the students' links by language."""

    def __init__(self, folder, hub, said):
        self.folder, self.lessons, self.hub = folder, folder / "lessons", hub
        self.address = re.search(r"http://127\.0\.0\.1:\d+", said)[0]
        self.links = dict(re.findall(r"^(English|中文): (\S+)$", said, re.MULTILINE))

    def home(self, name):
        return self.folder / "homes" / name

    def correct(self, path, change):
        """What a teacher does to a notebook: change it, and commit."""
        notebook = nbformat.read(self.lessons / path, 4)
        change(notebook)
        nbformat.write(notebook, self.lessons / path)
        who = ["-c", "user.name=ada", "-c", "user.email=ada@localhost"]
        commit = ["git", *who, "commit", "--quiet", "--all", "-m", "Correction"]
        subprocess.run(commit, cwd=self.lessons, check=True)


@pytest.fixture(scope="package")
def a_class(start, tmp_path_factory):
    """A class with its hub, which ends as by Ctrl-C."""
    folder = tmp_path_factory.mktemp("class")
    (folder / "accounts.txt").write_text("ada teacher\nbo  # sits at the window\ncy\n", "utf-8")
    hub, said = start(folder, free_port()), ""
    while "Ctrl-C" not in said:
        line = hub.stdout.readline()
        assert line, said
        said += line
    yield Class(folder, hub, said)
    hub.terminate()
    assert hub.wait(60) == 0
    hub.stdout.close()


@pytest.fixture(scope="package")
def page_of(browser, a_class):  # noqa: F811
    """The page of an account: the first time, the link leads to the log-in and from there on."""
    pages = {}

    def page_of(name, link):
        if name not in pages:
            viewport = {"width": 1280, "height": 900}
            pages[name] = browser.new_context(
                viewport=viewport, base_url=a_class.address
            ).new_page()
            pages[name].goto(link)
            pages[name].get_by_label("Username:").fill(name)
            pages[name].get_by_label("Password:").fill(f"{name} has a secret")
            pages[name].keyboard.press("Enter")
        else:
            pages[name].goto(link)
        return pages[name]

    return page_of
