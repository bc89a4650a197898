"""What a learner does in JupyterLab, as steps of a browser test."""

from contextlib import contextmanager

BOXES = """panel => [panel, ...panel.querySelectorAll("canvas, svg, .grid")].map((element) => {
    const { width, height } = element.getBoundingClientRect();
    return [width, height];
})"""


@contextmanager
def still(panel):
    """No layout shift: the panel's box and its picture's box are the same before and after."""
    before = panel.evaluate(BOXES)
    yield
    assert panel.evaluate(BOXES) == before


def open_notebook(page, path):
    """Open notebooks/<path> in JupyterLab; wait until its cells and a kernel are there."""
    page.goto(f"/lab/tree/notebooks/{path}?reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    page.get_by_text("| Idle").wait_for(timeout=60_000)


def run_all(page, panels):
    """Run all cells by the menu; wait for the panels and for the kernel to come to rest."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(
        "n => document.querySelectorAll('.lesson-panel').length === n", arg=panels, timeout=120_000
    )
    page.get_by_text("| Idle").wait_for(timeout=120_000)


def type_and_run(page, code):
    """Put code in the place of the last cell's and run it; do not wait for it."""
    page.locator(".jp-CodeCell .cm-content").last.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)
    page.keyboard.press("ControlOrMeta+Enter")
