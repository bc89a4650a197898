"""Python in place: a click on a page of the site starts it, and it takes the lesson over."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from helpers import panels
from tests.lite.conftest import new_window
from tests.lite.steps import ANSWERED, READY, start_on_a_page
from tools.build_site import __main__ as build_site
from tools.lite.bytecode import served

SQUARES = "def mean_squared_error(y, t):\n    return {}np.sum((y - t) ** 2)"
# The page as it is read: its text, without what starts Python, and which of its panels live.
AS_READ = """() => [document.querySelector("main").innerText.replaceAll(/Start Python.*/g, ""),
    [...document.querySelectorAll(".panel")].map(({ dataset }) => dataset.kind)]"""


@pytest.fixture(scope="session")
def pages(site):
    """The folder of the reading site with JupyterLite in it, as it is published."""
    build_site.build(site.parent)
    return site.parent


@pytest.fixture(scope="session")
def pages_address(pages):
    with served(pages) as address:
        yield address


@pytest.fixture
def reader(browser, pages_address):
    """A reader's browser; at the end nothing has gone wrong, and no other host was asked."""
    with new_window(browser, pages_address) as window:
        yield window


def cell(page, code):
    """The first code cell that has this in it; it stays the same one when the code is changed."""
    found = page.locator(".cell:has(> .code)").filter(has_text=code).first  # not the set-up
    return page.locator(f"[id='{found.get_attribute('id')}']")


def run(page, where, code):
    """Put code in the place of a cell's, run it by its keys, and wait until it has run."""
    editor = where.get_by_role("textbox")
    editor.fill(code)
    editor.press("Shift+Enter")
    expect(page.locator(".python-bar")).to_contain_text(READY[""], timeout=ANSWERED)
    return where.locator(".outputs")


def test_a_learner_starts_python_and_works(reader):
    page, fetched = reader.new_page(), []
    page.goto("mean_squared_error.html")
    page.wait_for_load_state("networkidle")
    reader.on("requestfinished", lambda r: fetched.append(r.sizes()["responseBodySize"]))
    said = int(re.search(r"\d+", page.locator(".start-python").first.inner_text())[0])
    before = page.locator("main").inner_text()
    start_on_a_page(page)
    assert abs(sum(fetched) / 1e6 - said) < 1
    assert page.locator(".panel").count() == page.locator(".panel[data-kind=python]").count() == 4
    assert before.splitlines()[-1] in page.locator("main").inner_text()
    assert Axe().run(page).response["violations"] == []
    panel_cell = cell(page, "panels.prediction(y1, t, losses=[mean_squared_error]")
    answer = panel_cell.locator("[data-answer=mean_squared_error]")
    panel_cell.locator(".bar").nth(2).press("PageUp")
    expect(answer).to_have_text(re.compile(r"→ 0\.0625 ✓"))
    for factor, mark in (("", "✗"), ("0.5 * ", "✓")):
        run(page, cell(page, "def mean_squared_error"), SQUARES.format(factor))
        run(page, panel_cell, panel_cell.get_by_role("textbox").inner_text())
        expect(answer).to_contain_text(mark)
    mend = cell(page, 'check("mse-mend"')
    own = "def own(y, t):\n    return {}\n\ncheck('mse-mend', own)"
    expect(run(page, mend, own.format("0"))).to_contain_text("✗")
    expect(run(page, mend, own.format("0.5 * np.sum((y - t) ** 2)"))).to_contain_text("✓")


def test_a_cell_shows_what_it_prints_draws_and_where_it_stops(reader):
    page = reader.new_page()
    page.goto("start_here.html")
    start_on_a_page(page)
    where = cell(page, "print(")
    outputs = run(page, where, "print(1)\nplt.plot([1, 2])\nplt.show()\n2 + 1")
    assert outputs.locator("> *").evaluate_all("all => all.map(({ tagName }) => tagName)") == [
        "PRE",
        "FIGURE",
        "PRE",
    ]
    assert outputs.inner_text().split() == ["1", "3"]
    outputs = run(page, where, 'def f():\n    raise ValueError("a\\nb")\n\nprint(1)\nf()')
    expect(outputs.get_by_role("alert")).to_have_text("The code stopped in line 5.\nValueError: a")
    outputs = run(page, where, "for i in range(3)\n    pass")
    expect(outputs.get_by_role("alert")).to_have_text(
        "The code stopped in line 1.\nSyntaxError: expected ':'"
    )
    editor = where.get_by_role("textbox")
    editor.fill("")
    editor.press_sequentially("for i in range(3):\nprint(i)\nprint(-i)")
    assert editor.inner_text().strip() == "for i in range(3):\n    print(i)\n    print(-i)"
    editor.fill("while True:\n    print('endless')")
    editor.press("Shift+Enter")
    expect(outputs).to_contain_text("endless")
    page.get_by_role("button", name="Stop Python").click()
    editor.fill("print('not endless')")
    start_on_a_page(page)
    expect(outputs).to_have_text("not endless")


def test_a_panel_asks_python_in_chinese(reader):
    page = reader.new_page()
    page.goto("zh-CN/cross_entropy_error.html")
    start_on_a_page(page, "zh-CN/")
    panel = cell(page, "panels.logarithm").locator(".panel")
    panel.get_by_role("button", name="0.1", exact=True).click()
    panel.get_by_role("slider").press("ArrowRight")  # a value between those that are recorded
    live = panels.logarithm()
    live.set(x=0.101)
    for name, text in live.readout.items():
        shown = panel.locator(f"td[data-name='{name}']")
        expect(shown).to_have_text(text.replace("-", "−", 1))
    expect(panel.locator("canvas")).to_have_attribute("aria-label", re.compile("x = 0.101"))


def test_training_is_free(reader):
    page = reader.new_page()
    page.goto("training.html")
    start_on_a_page(page, button=".panel[data-kind=runs] + .note .start-python")
    ten = page.get_by_role("button", name="10 steps", exact=True)
    step = page.locator(".panel").filter(has=ten).locator("td[data-name=step]")
    for count in ("10", "20"):
        ten.click()
        expect(step).to_have_text(count)


@pytest.mark.parametrize("missing", ["jupyter-lite.json", "*.wasm", "*numpy*", "cells.py"])
def test_what_cannot_be_fetched_leaves_the_page_as_it_was(browser, pages_address, missing):
    page = browser.new_page(base_url=pages_address)
    page.route(f"**/{missing}", lambda route: route.abort())
    page.goto("start_here.html")
    same_after_click(page, "Python could not be fetched: that needs a network")
    page.close()


def test_without_a_network_the_page_says_so(browser, pages_address):
    page = browser.new_page(base_url=pages_address)
    page.goto("start_here.html")
    alive(page)
    page.context.set_offline(True)
    same_after_click(page, "Python could not be fetched: that needs a network")
    page.close()


def test_a_page_from_a_disk_says_what_it_needs(browser, pages):
    page = browser.new_page()
    page.goto((pages / "start_here.html").as_uri())
    same_after_click(page, "a page from a web server, not from a disk")
    page.close()


def test_an_old_browser_is_told(browser, pages_address):
    page = browser.new_page(base_url=pages_address)
    page.add_init_script("delete WebAssembly.Exception")
    page.goto("start_here.html")
    same_after_click(page, "This browser is too old for Python")
    page.close()


def alive(page):
    """The first panel plays its recording."""
    page.locator(".panel").first.scroll_into_view_if_needed()
    expect(page.locator(".panel").first).to_have_attribute("data-alive", "")


def same_after_click(page, sentence):
    """A click says the sentence, and nothing else on the page is another."""
    alive(page)
    before = page.evaluate(AS_READ)
    starter = page.locator(".start-python").first
    starter.click()
    said = page.locator(".start-python + output").first
    expect(said).to_contain_text(sentence, timeout=ANSWERED)
    expect(starter).to_be_visible()
    assert page.locator(".python-bar").count() == 0
    said.evaluate("node => node.replaceChildren()")
    assert page.evaluate(AS_READ) == before
