"""What a learner does where Python runs in the browser, as steps of a test."""

from tests.browser.steps import choose

NOTEBOOK = "jupyterapp.shell.currentWidget.context.model.toJSON()"
# Every code cell has been run, for each has its number.
ALL_RUN = f"""() => {NOTEBOOK}.cells.every(
    ({{ cell_type, source, execution_count }}) =>
        cell_type !== "code" || !source.trim() || execution_count)"""
ANSWERED = 240_000  # milliseconds: a busy machine is slow, not wrong


def open_notebook(page, path):
    """Open notebooks/<path>; wait until Python has started."""
    page.goto(f"lab/index.html?path=notebooks/{path}")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=ANSWERED)
    page.get_by_text("| Idle").wait_for(timeout=ANSWERED)


def run_all(page):
    """Run all cells by the menu, without the outputs that came along; wait for the last."""
    choose(page, "Edit", "Clear Outputs of All Cells")
    choose(page, "Run", "Run All Cells")
    page.wait_for_function(ALL_RUN, timeout=ANSWERED)
    page.get_by_text("| Idle").wait_for(timeout=ANSWERED)


def texts(cells):
    """What code cells have printed and answered as text, a list a cell."""
    return [[*map(text_of, cell["outputs"])] for cell in cells if cell["cell_type"] == "code"]


def text_of(output):
    if output["output_type"] == "stream":
        return "".join(output["text"])
    if output["output_type"] == "error":
        return f"{output['ename']}: {output['evalue']}"
    return "".join(output["data"].get("text/plain", ""))
