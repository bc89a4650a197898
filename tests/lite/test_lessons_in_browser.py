"""The lessons where Python runs in the browser: a real Chromium that reaches no other host."""

import re
from contextlib import ExitStack

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.steps import save, type_and_run
from tests.lessons import LESSONS, notebook, panels_in
from tests.lite import steps
from tests.lite.conftest import new_window
from tools.build_notebooks import NOTEBOOKS
from tools.lite.bytecode import served

MEAN_SQUARED_ERROR, CROSS_ENTROPY_ERROR, TRAINING = (
    notebook(subject).name for subject in ("mean_squared_error", "cross_entropy_error", "training")
)
STANDS_STILL = """async (node) => {
    const place = () => node.getBoundingClientRect().top;
    const halfASecond = () => new Promise((resolve) => setTimeout(resolve, 500));
    for (let before; before !== place(); await halfASecond()) before = place();
}"""
EDITIONS = ("", "zh-CN/")


def committed(path):
    """The texts that the notebook's cells have printed, as they are committed."""
    return steps.texts(nbformat.read(NOTEBOOKS / path, 4).cells)


def shown(page):
    """The same on the page."""
    return steps.texts(page.evaluate(steps.NOTEBOOK)["cells"])


def same_as_committed(page, path):
    """The texts on the page are the committed ones, and every panel has come to life."""
    assert shown(page) == committed(path)
    last = panels_in(NOTEBOOKS / path) - 1  # more, where a box of widgets holds a panel
    expect(page.locator(".lesson-panel").nth(last)).to_be_attached()


def answer(page, question, value, mark):
    """Answer a question in the last code cell, and see this mark."""
    type_and_run(page, f'check("{question}", {value})')
    expect(page.locator(".jp-CodeCell").last.locator(".jp-OutputArea")).to_contain_text(mark)


def drag(page):
    """Drag a bar of a prediction down by mouse: the learner's own function agrees with the page."""
    bar = page.get_by_role("slider", name="y[2]").first
    bar.scroll_into_view_if_needed()
    bar.evaluate(STANDS_STILL)  # cells above get their pictures when they come near
    bar.hover()
    box = bar.bounding_box()
    x, bottom = box["x"] + box["width"] / 2, box["y"] + box["height"]
    page.mouse.down()
    page.mouse.move(x, bottom - 0.3 * box["height"], steps=12)
    page.mouse.up()
    expect(bar).to_have_attribute("aria-valuenow", re.compile(r"0\.(2|3)"))
    panel = page.locator(".lesson-panel").filter(has=bar)
    expect(panel.locator("[data-answer]").first).to_contain_text("✓")


def test_a_learner_works_and_comes_back_when_the_server_is_gone(browser, site):
    path = MEAN_SQUARED_ERROR
    with ExitStack() as server:
        address = server.enter_context(served(site))
        with new_window(browser, address) as window:
            page = window.new_page()
            steps.open_notebook(page, path)
            assert shown(page) == committed(path)
            steps.run_all(page)  # before Python has started, and through a planned error
            same_as_committed(page, path)
            drag(page)
            answer(page, "mse-mean", 3, "✗")
            answer(page, "mse-mean", 5, "✓")
            save(page)
            assert rb"check(\"mse-mean\", 5)" in steps.download(page)
            steps.kept(page)
            page.close()
            server.close()
            page = window.new_page()
            steps.open_notebook(page, path)
            steps.python_started(page)
            assert "✓" in shown(page)[-1][0]
            expect(page.locator(".lesson-panel")).to_have_count(panels_in(NOTEBOOKS / path))


def test_work_is_put_back_in_another_browser(window, tmp_path):
    work = nbformat.read(NOTEBOOKS / MEAN_SQUARED_ERROR, 4)
    work.cells = [nbformat.v4.new_code_cell("mine = 1")]
    nbformat.write(work, tmp_path / "mine.ipynb")
    page = window.new_page()
    page.goto("lab/index.html")
    with page.expect_file_chooser() as chooser:
        page.get_by_title("Upload Files").click()
    chooser.value.set_files(tmp_path / "mine.ipynb")
    page.get_by_role("listitem", name="mine.ipynb").dblclick()
    expect(page.locator(".jp-CodeCell .cm-content")).to_have_text("mine = 1")


def test_chinese_lesson(window):
    path = f"zh-CN/{CROSS_ENTROPY_ERROR}"
    page = window.new_page()
    steps.open_notebook(page, path)
    steps.run_all(page)
    same_as_committed(page, path)
    drag(page)


def test_lesson_with_scikit_learn_and_a_panel_that_trains(window):
    page = window.new_page()
    steps.open_notebook(page, TRAINING)
    steps.run_all(page)
    same_as_committed(page, TRAINING)
    ten_steps = page.get_by_role("button", name="10 steps", exact=True)
    panel = page.locator(".lesson-panel").filter(has=ten_steps)
    ten_steps.click()
    expect(panel.locator("td[data-name=step]")).to_have_text("10")


def test_an_assignment_is_answered_there_and_handed_in(window):
    from tools.grading import grade, intake  # nbgrader is in .venv-grading only

    page = window.new_page()
    steps.open_notebook(page, "a1.ipynb", "assignments/release/a1")
    answer = page.locator(".jp-CodeCell .cm-content").filter(has_text="def choose(")
    answer.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("def choose(ks, a, b, c):\n    return ks[np.argmax(b)]")
    steps.run_all(page)
    check = page.locator(".jp-CodeCell").filter(has_text='check("a1-choose"')
    expect(check.locator(".jp-OutputArea")).to_contain_text("✓")
    handed_in = intake.Submission("lee", "a1.ipynb", steps.download(page))
    points = grade.grade(handed_in, "a1", "a seed", unsafe=True).points
    assert (points["check-choose"], points["check-report"]) == (1, 0)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("lesson", [path.stem for path in LESSONS])
def test_every_lesson(window, lesson, edition, request):
    if not request.config.getoption("--lite"):
        pytest.skip("takes long: --lite runs it")
    page = window.new_page()
    steps.open_notebook(page, f"{edition}{lesson}.ipynb")
    steps.run_all(page)
    same_as_committed(page, f"{edition}{lesson}.ipynb")
