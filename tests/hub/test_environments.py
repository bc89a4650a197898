"""A hub whose kernels have an environment of their own: the panels need both."""

import json
import os
import shutil
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import served
from tests.browser.steps import open_notebook, run_all, slides, type_and_run
from tests.lessons import notebook, panels_in

LESSON = notebook("start_here")


@pytest.fixture
def page(hub_python, browser, tmp_path):
    """JupyterLab from the hub's environment; its kernels are this Python's."""
    if hub_python == sys.executable:
        pytest.skip("there is one environment here")
    (tmp_path / "notebooks").mkdir()
    shutil.copy(LESSON, tmp_path / "notebooks")
    spec = tmp_path / "share" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    about = {"argv": argv, "display_name": "Lessons", "language": "python"}
    spec.write_text(json.dumps(about), "utf-8")
    env = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "VIRTUAL_ENV"))}
    env |= {"JUPYTER_PATH": str(tmp_path / "share"), "JUPYTER_CONFIG_DIR": str(tmp_path)}
    command = [hub_python, "-m", "jupyterlab", "--allow-root", f"--ServerApp.root_dir={tmp_path}"]
    with served(*command, folder=tmp_path, env=env) as address:
        yield browser.new_page(viewport={"width": 1280, "height": 900}, base_url=address)


def test_panels_move_when_kernel_and_server_are_apart(page):
    open_notebook(page, LESSON.name)
    run_all(page, panels_in(LESSON))
    slides(page)
    type_and_run(page, "import sys; print(sys.prefix)")
    expect(page.locator(".jp-CodeCell").last.locator(".jp-OutputArea")).to_contain_text(sys.prefix)
