"""The site that runs the lessons in a browser, built from a folder with Pyodide, and a Chromium."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import INSIDE, ROOT, chromium
from tools.lite.bytecode import served


@pytest.fixture(scope="session")
def pyodide():
    """A folder with Pyodide's files."""
    if "PYODIDE_DIR" not in os.environ:
        pytest.skip("PYODIDE_DIR names no folder with Pyodide: the site cannot be built offline")
    pytest.importorskip("jupyterlite_core", reason="JupyterLite is in .venv-grading only")
    return Path(os.environ["PYODIDE_DIR"])


@pytest.fixture(scope="session")
def site(pyodide, tmp_path_factory):
    """The folder of the site that `make lite` builds."""
    out = tmp_path_factory.mktemp("site") / "run"
    env = {**os.environ, "PYODIDE_DIR": str(pyodide)}
    subprocess.run([sys.executable, "-m", "tools.lite", out], cwd=ROOT, env=env, check=True)
    return out


@pytest.fixture(scope="session")
def address(site):
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    with chromium() as browser:
        yield browser


@contextmanager
def new_window(browser, address, *others):
    """A new learner's browser, where nothing is kept; at the end nothing has gone wrong there.

    No address is asked for but this one, and those that begin like one of the others.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    complaints = context.complaints = []
    context.on(
        "request",
        lambda request: (
            request.url.startswith((address, *others, *INSIDE))
            or complaints.append(f"left this machine: {request.url}")
        ),
    )
    context.on(
        "console",
        lambda message: (
            message.type == "error"
            and complaints.append(f"{message.text} {message.location['url']}")
        ),
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert complaints == []


@pytest.fixture
def window(browser, address):
    with new_window(browser, address) as window:
        yield window
