"""What a learner does where Python runs in the browser, as steps of a test."""

from playwright.sync_api import expect

from tests.browser.steps import choose

NOTEBOOK = "jupyterapp.shell.currentWidget.context.model.toJSON()"
# Every code cell has been run, for each has its number.
ALL_RUN = f"""() => {NOTEBOOK}.cells.every(
    ({{ cell_type, source, execution_count }}) =>
        cell_type !== "code" || !source.trim() || execution_count)"""
KEPT = """async () => {
    const urls = performance.getEntriesByType("resource").map(({ name }) => name);
    const kept = urls.filter((url) => url.startsWith("http")).map((url) =>
        caches.match(url, { ignoreSearch: true }));
    return (await Promise.all(kept)).every(Boolean);
}"""
ANSWERED = 480_000  # milliseconds: a busy machine is slow, not wrong
READY = {"": "Python runs on this page", "zh-CN/": "Python 正在本页运行"}


def open_notebook(page, path, folder="notebooks"):
    """Open <folder>/<path>; wait until it can be read."""
    page.goto(f"lab/index.html?path={folder}/{path}")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=ANSWERED)
    page.wait_for_function("jupyterapp.shell.currentWidget?.context.isReady", timeout=ANSWERED)


def python_started(page):
    """Wait until Python has started."""
    page.get_by_text("| Idle").wait_for(timeout=ANSWERED)


def download(page):
    """The open notebook as the menu downloads it, bytes."""
    with page.expect_download() as download:
        choose(page, "File", "Download")
    return download.value.path().read_bytes()


def kept(page):
    """Wait until the browser has kept what this page was made of."""
    page.wait_for_function(KEPT, timeout=ANSWERED)


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
        return output["text"]
    if output["output_type"] == "error":
        return output["evalue"]  # its name is told otherwise there: <class 'TypeError'>
    return output["data"].get("text/plain", "")


def start_on_a_page(page, folder="", button=".start-python"):
    """Start Python on a page to read, by the first such button; wait until the lesson has run."""
    page.locator(button).first.click()
    expect(page.locator(".python-bar")).to_contain_text(READY[folder], timeout=ANSWERED)
