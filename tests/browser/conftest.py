"""A real JupyterLab and a real Chromium, with no way out of this machine."""

import atexit
import functools
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect, sync_playwright

from tools import run

ROOT = run.ROOT
expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
INSIDE = ("data:", "blob:")


@contextmanager
def served(*command, folder, env=None):
    """The address of the Jupyter server that this command starts.

    Its log lies in the folder, and so do its settings unless it gets environment variables.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*command, "--no-browser", f"--port={port}", "--IdentityProvider.token="]
    env = env or {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "config")}
    log = folder / "jupyter.log"
    with log.open("wb") as file:
        server = subprocess.Popen(command, stderr=file, stdout=file, cwd=ROOT, env=env)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/api/status").close()
                break
            except urllib.error.URLError:
                assert server.poll() is None, log.read_text("utf-8", "replace")
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait()


def jupyterlab(root):
    """The address of a JupyterLab that runs on the folder root, as a context."""
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", f"--ServerApp.root_dir={root}"]
    command += ["--ServerApp.disable_check_xsrf=True"]  # lets the tests end kernels
    return served(*command, folder=root)


@functools.cache
def playwright():
    """Playwright, once a process: a second one would find the first one's loop running."""
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started


@contextmanager
def chromium():
    """A Chromium or its like, the one of this machine where there is one, that finds no other."""
    path = next(filter(None, map(shutil.which, run.BROWSERS)), None)
    browser = playwright().chromium.launch(executable_path=path, args=["--no-sandbox", ALONE])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory):
    """The address of a JupyterLab on a copy of notebooks/, so that nothing here is changed."""
    root = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    with jupyterlab(root) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def context(browser, jupyter):
    """A window that keeps JupyterLab's scripts from page to page, and the complaints of its pages.

    A request that is routed is never kept, so who leaves this machine is noted, not held up: there
    are no names to find out there (see chromium).
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=jupyter)
    complaints = context.complaints = []
    context.on(
        "request",
        lambda request: (
            request.url.startswith((jupyter, jupyter.replace("http", "ws", 1), *INSIDE))
            or complaints.append(f"left this machine: {request.url}")
        ),
    )
    context.on(
        "console",
        lambda message: message.type == "error" and complaints.append(message.text),
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(  # what is under way when a page goes on to another address is cut short
        "requestfailed",
        lambda request: (
            "ERR_ABORTED" in request.failure
            or complaints.append(f"failed: {request.url} {request.failure}")
        ),
    )
    yield context
    context.close()


@contextmanager
def new_page(context, jupyter):
    """A page with a list of complaints; its kernels end with it."""
    page = context.new_page()
    context.complaints.clear()
    page.complaints = context.complaints
    yield page
    page.close()
    end_kernels(jupyter)


@pytest.fixture
def page(context, jupyter):
    """A page that gets nothing from elsewhere; a test says that its complaints are none."""
    with new_page(context, jupyter) as page:
        yield page


def end_kernels(jupyter):
    """End every kernel of a JupyterLab, given its address."""
    with urllib.request.urlopen(f"{jupyter}/api/sessions") as sessions:
        for session in json.load(sessions):
            address = f"{jupyter}/api/sessions/{session['id']}"
            urllib.request.urlopen(urllib.request.Request(address, method="DELETE")).close()
