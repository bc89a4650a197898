"""What a learner does in JupyterLab, as steps of a browser test."""

from contextlib import contextmanager

from playwright.sync_api import expect

BOXES = """panel => [panel, ...panel.querySelectorAll("canvas, svg, .grid")].map((element) => {
    const { width, height } = element.getBoundingClientRect();
    return [width, height];
})"""


@contextmanager
def no_shift(panel):
    """No layout shift: the panel's box and its picture's box are the same before and after."""
    before = panel.evaluate(BOXES)
    yield
    assert panel.evaluate(BOXES) == before


def open_notebook(page, path):
    """Open notebooks/<path> in JupyterLab; wait until its cells and a kernel are there."""
    page.goto(f"/lab/tree/notebooks/{path}?reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    page.get_by_text("| Idle").wait_for(timeout=60_000)


def choose(page, menu, item):
    """Choose an item of a menu."""
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def save(page):
    """Save the notebook as a hand on the keyboard would, and wait until it is saved."""
    page.keyboard.press("ControlOrMeta+s")
    expect(page.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(0)


def run_all(page, panels):
    """Run all cells by the menu; wait for the panels and for the kernel to come to rest."""
    choose(page, "Run", "Run All Cells")
    page.wait_for_function(
        "n => document.querySelectorAll('.lesson-panel').length === n", arg=panels, timeout=120_000
    )
    page.get_by_text("| Idle").wait_for(timeout=120_000)


def type_code(page, code):
    """Put code in the place of the last cell's."""
    page.locator(".jp-CodeCell .cm-content").last.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)


def type_and_run(page, code):
    """Put code in the place of the last cell's and run it; do not wait for it."""
    type_code(page, code)
    page.keyboard.press("ControlOrMeta+Enter")


def slides(page):
    """Move the slider of the panel in *Start here*; the number beside its picture follows."""
    panel = page.locator(".lesson-panel")
    panel.scroll_into_view_if_needed()
    panel.get_by_role("slider").press("End")
    readout = panel.locator("td[data-name]").first
    highest = readout.inner_text()
    panel.get_by_role("slider").press("Home")
    expect(readout).not_to_have_text(highest)
