"""Panels for everyone: in Notebook 7, in the dark, magnified, by keyboard alone, in two tabs."""

import json
import re
import shutil
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, jupyterlab
from tests.browser.steps import choose, open_notebook, run_all, save
from tests.lessons import notebook, panel_cells, panels_in
from tools import subjects

SCREENSHOTS = ROOT / "screenshots"
MEAN_SQUARED_ERROR = notebook("mean_squared_error")
CROSS_ENTROPY_ERROR = notebook("cross_entropy_error")
THEMES = "lab/api/settings/@jupyterlab/apputils-extension:themes"


def no_barriers(page):
    barriers = Axe().run(page, context=".lesson-panel")
    assert barriers.violations_count == 0, barriers.generate_report()


def test_notebook_7_runs_and_moves_them(browser, tmp_path):
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    # a server of its own: one that has shown Notebook 7 refuses fonts to JupyterLab
    with jupyterlab(tmp_path) as address:
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        with page.expect_websocket(lambda socket: "/channels" in socket.url, timeout=60_000):
            page.goto(f"/notebooks/notebooks/{MEAN_SQUARED_ERROR.name}")
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=60_000)
        choose(page, "Run", "Run All Cells")
        panels = page.locator(".lesson-panel")
        expect(panels).to_have_count(panels_in(MEAN_SQUARED_ERROR), timeout=60_000)
        bar = panels.first.get_by_role("slider", name="y[2]")
        bar.press("End")
        expect(bar).to_have_attribute("aria-valuenow", "1")
        expect(panels.first.locator("[data-answer]")).to_contain_text("✓")
        slider = page.get_by_role("slider", name="y", exact=True)
        slider.press("Home")
        expect(page.locator("td[data-name='y − t']")).to_have_text("−1.00")
        no_barriers(page)
        page.close()


@pytest.fixture
def dark(jupyter):
    """JupyterLab in its dark theme, for one test."""

    def put(theme):
        body = json.dumps({"raw": json.dumps({"theme": theme})}).encode()
        request = urllib.request.Request(f"{jupyter}/{THEMES}", body, method="PUT")
        urllib.request.urlopen(request).close()

    put("JupyterLab Dark")
    yield
    put("JupyterLab Light")


def test_in_the_dark_they_are_white_sheets_that_can_be_read(page, dark):
    open_notebook(page, CROSS_ENTROPY_ERROR.name)
    run_all(page, panels_in(CROSS_ENTROPY_ERROR))
    assert page.locator("body").get_attribute("data-jp-theme-light") == "false"
    no_barriers(page)
    for number, panel in enumerate(page.locator(".lesson-panel").all()):
        panel.scroll_into_view_if_needed()
        panel.screenshot(path=SCREENSHOTS / f"dark-{number}.png")
        assert panel.evaluate("panel => getComputedStyle(panel).backgroundColor") == (
            "rgb(255, 255, 255)"
        )
    assert page.complaints == []


FOCUS = """() => {
    const at = document.activeElement, cell = at.closest(".jp-Cell");
    return {
        cell: cell ? [...document.querySelectorAll(".jp-Notebook .jp-Cell")].indexOf(cell) : null,
        inside: at.closest(".lesson-panel") !== null,
        role: at.getAttribute("role") ?? at.type,
        outline: getComputedStyle(at.closest(".target") ?? at).outlineStyle,
    };
}"""


@pytest.mark.parametrize("path", [MEAN_SQUARED_ERROR, CROSS_ENTROPY_ERROR], ids=subjects.subject)
def test_a_lesson_by_keyboard_alone(page, path):
    """Shift-Enter from cell to cell; Tab into each panel, every control moved, Escape out of it."""
    open_notebook(page, path.name)
    page.locator(".jp-Notebook .jp-Cell").first.focus()
    panels = panel_cells(path)
    for number in range(page.locator(".jp-Notebook .jp-Cell").count()):
        cell = page.locator(".jp-Notebook .jp-Cell").nth(number)
        page.keyboard.press("Shift+Enter")
        if "jp-CodeCell" in cell.get_attribute("class"):
            expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"))
        if number not in panels:
            continue
        panel = cell.locator(".lesson-panel")
        panel.wait_for()  # the number of a saved cell stands there before it has run
        page.keyboard.press("ArrowUp")
        assert page.evaluate(FOCUS)["cell"] == number
        controls = panel.locator("input, button, [role=slider]").count()
        unchosen = panel.locator("input[type=radio]:not(:checked)").count()  # no stops of Tab
        move_by_keyboard(page, controls - unchosen)
        page.keyboard.press("Escape")
        focus = page.evaluate(FOCUS)
        assert focus["cell"] == number and not focus["inside"]
        page.keyboard.press("ArrowDown")
    assert page.complaints == []


def move_by_keyboard(page, controls):
    """Tab through the panel of the selected cell and use each control."""
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS)["inside"]:
            break
    for number in range(controls):
        focus = page.evaluate(FOCUS)
        assert focus["inside"], f"control {number} of {controls} is reached"
        assert focus["outline"] != "none", "the focus can be seen"
        page.keyboard.press({"radio": "ArrowRight", "slider": "ArrowUp"}.get(focus["role"], " "))
        assert page.evaluate(FOCUS)["inside"], "the key is the panel's own"
        if number < controls - 1:
            page.keyboard.press("Tab")


@pytest.fixture
def copied(jupyter):
    """The name of a copy of a notebook that may be saved: other tests open the notebook itself."""
    body = json.dumps({"copy_from": f"notebooks/{MEAN_SQUARED_ERROR.name}"}).encode()
    request = urllib.request.Request(f"{jupyter}/api/contents/notebooks", body, method="POST")
    with urllib.request.urlopen(request) as made:
        return json.load(made)["name"]


def test_a_reload_and_a_second_tab_show_what_the_kernel_has(page, copied):
    open_notebook(page, copied)
    run_all(page, panels_in(MEAN_SQUARED_ERROR))
    page.get_by_role("slider", name="y", exact=True).press("Home")
    expect(page.locator("td[data-name='y − t']")).to_have_text("−1.00")
    save(page)
    second = page.context.new_page()
    page.reload()
    second.goto(page.url)
    for each in (page, second):
        expect(each.locator(".lesson-panel")).to_have_count(
            panels_in(MEAN_SQUARED_ERROR), timeout=60_000
        )
        expect(each.get_by_role("slider", name="y", exact=True)).to_have_value("0")
        expect(each.locator("td[data-name='y − t']")).to_have_text("−1.00")
    second.get_by_role("slider", name="y", exact=True).press("End")
    expect(page.locator("td[data-name='y − t']")).to_have_text("+0.00")
    expect(page.get_by_role("slider", name="y", exact=True)).to_have_value("1")
    page.get_by_role("slider", name="y", exact=True).press("Home")  # where it stood before
    for each in (page, second):
        expect(each.locator("td[data-name='y − t']")).to_have_text("−1.00")
        expect(each.get_by_role("slider", name="y", exact=True)).to_have_value("0")
