"""The site whose Pyodide comes from its public CDN, in place of which a folder answers here."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT
from tests.browser.steps import slides
from tests.lessons import notebook
from tests.lite import steps
from tests.lite.conftest import new_window
from tools.build_site import __main__ as build_site
from tools.lite.bytecode import served
from tools.lite.distribution import CDN

START_HERE = notebook("start_here").name
BUILD = """
import sys
from pathlib import Path
from tools.lite import build
build.DOWNLOADED = Path(sys.argv[1])  # so that nothing is left to be downloaded
build.build(Path(sys.argv[2]))
"""
TYPES = {".mjs": "text/javascript", ".wasm": "application/wasm"}


@pytest.fixture(scope="module")
def folder(pyodide, tmp_path_factory):
    """The folder with the site in it."""
    folder = tmp_path_factory.mktemp("cdn")
    subprocess.run([sys.executable, "-c", BUILD, pyodide, folder / "run"], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with served(folder / "run") as address:
        yield address


def test_a_lesson_where_pyodide_comes_from_its_cdn(browser, address, pyodide):
    with new_window(browser, address, CDN) as window:
        asked = answer_for_the_cdn(window, pyodide)
        page = window.new_page()
        steps.open_notebook(page, START_HERE)
        steps.run_all(page)
        slides(page)
    assert {"pyodide.asm.wasm", "numpy"} <= {name.split("-")[0] for name in asked}


def test_python_on_a_page_comes_from_there_too(browser, folder, pyodide):
    build_site.build(folder)
    with served(folder) as address, new_window(browser, address, CDN) as window:
        asked = answer_for_the_cdn(window, pyodide)
        page = window.new_page()
        page.goto("start_here.html")
        steps.start_on_a_page(page)
    assert {"pyodide.asm.wasm", "numpy"} <= {name.split("-")[0] for name in asked}


@pytest.mark.parametrize(
    ("edition", "sentence"),
    [
        ("", "{} was refused: its checksum is not the one this site was built with"),
        ("zh-CN/", "{} 与本站所用的文件不一致（校验和不同）"),
    ],
)
@pytest.mark.parametrize("damaged", ["pyodide.asm.wasm", "numpy"])
def test_a_damaged_file_is_refused(browser, address, pyodide, edition, sentence, damaged):
    with browser.new_context(base_url=address) as window:
        answer_for_the_cdn(window, pyodide, damaged)
        page = window.new_page()
        steps.open_notebook(page, f"{edition}{START_HERE}")
        told = page.locator("#python-progress")
        expect(told).to_contain_text(sentence.format(damaged.removesuffix(".wasm")))


def answer_for_the_cdn(window, folder, damaged=None):
    """Answer with a folder's files, of which one may be damaged; the names that were asked for."""
    asked = []

    def answer(route):
        name = route.request.url.removeprefix(CDN)
        asked.append(name)
        content = (folder / name).read_bytes() + b"\0" * (name.split("-")[0] == damaged)
        kind = TYPES.get(Path(name).suffix, "application/octet-stream")
        headers = {"access-control-allow-origin": "*", "content-type": kind}
        route.fulfill(body=content, headers=headers)

    window.route(f"{CDN}**", answer)
    return asked
