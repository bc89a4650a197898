"""What a learner may do to a panel besides moving it: err, show it twice, restart the kernel."""

import json
import re
import subprocess
import sys
import urllib.request
from contextlib import contextmanager

import nbformat
import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import new_page
from tests.browser.steps import choose, open_notebook, run_all, save, type_and_run, type_code
from tests.lessons import notebook

CELLS = [
    """
import numpy as np

from helpers import figures, panels
from helpers.widgets.controls import Slider
from helpers.widgets.panel import Panel


def mean_squared_error(y, t):
    if y[2] < 0.3:
        raise ValueError("too small")
    return 0.5 * np.sum((y - t) ** 2)


prediction = panels.prediction(np.full(10, 0.5), 2, [mean_squared_error])
figure, ax = figures.new(height=1)
ax.set(xlim=(0, 2), ylim=(-1.2, 1.2))
(point,) = ax.plot([], [], "o", animated=True)
factor = 1


def update(x):
    point.set_data([0.5 * factor], [x])
    return {"1/x": f"{factor / x:.2f}"}


hyperbola = Panel(figure, update, x=Slider(-1, 1, 0.5, 1))
""",
    "prediction",
    "prediction",
    "hyperbola",
    "import os; print('process', os.getpid())",
    "prediction.y = np.full(10, 0.4)",
]


@pytest.fixture(scope="module")
def behaviour(context, jupyter):
    """The cells above as a notebook, opened."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    body = json.dumps({"type": "notebook", "content": notebook}).encode()
    address = f"{jupyter}/api/contents/notebooks/behaviour.ipynb"
    urllib.request.urlopen(urllib.request.Request(address, body, method="PUT")).close()
    with new_page(context, jupyter) as page:
        open_notebook(page, "behaviour.ipynb")
        yield page


@pytest.fixture
def opened(behaviour):
    """All cells run anew, without what the last test has left: three views of two new panels."""
    page = behaviour
    page.complaints.clear()
    page.mouse.move(0, 0)
    type_code(page, CELLS[-1])
    choose(page, "Edit", "Clear Outputs of All Cells")
    expect(page.locator(".lesson-panel")).to_have_count(0)
    run_all(page, 3)
    yield page
    assert page.complaints == []


def test_python_moves_the_bars_of_every_view(opened):
    for view in range(2):
        bar = opened.locator(".lesson-panel").nth(view).get_by_role("slider").nth(7)
        expect(bar).to_have_attribute("aria-valuenow", "0.4")


def test_a_learners_error_is_said_in_every_view_and_the_next_good_value_heals_it(opened):
    views = [opened.locator(".lesson-panel").nth(view) for view in range(2)]
    views[0].get_by_role("slider", name="y[2]").press("Home")
    for view in views:
        expect(view.locator("[data-answer]")).to_contain_text("ValueError: too small ✗")
        expect(view.get_by_role("slider", name="y[2]")).to_have_attribute("aria-valuenow", "0")
    views[1].get_by_role("slider", name="y[2]").press("End")
    for view in views:
        expect(view.locator("[data-answer]")).to_contain_text("✓")
        expect(view.get_by_role("slider", name="y[2]")).to_have_attribute("aria-valuenow", "1")


def test_an_error_in_a_panel_is_said_aloud_and_the_panel_recovers(opened):
    panel = opened.locator(".lesson-panel").nth(2)
    slider = panel.get_by_role("slider", name="x")
    for _ in range(2):
        slider.press("ArrowLeft")
    expect(panel.get_by_role("alert")).to_contain_text("ZeroDivisionError")
    slider.press("ArrowLeft")
    expect(panel.get_by_role("alert")).to_be_empty()
    expect(panel.locator("td")).to_have_text("−2.00")


def prefetched(page):
    """The third panel and its slider, after a hand came near and all pictures were prefetched."""
    panel = page.locator(".lesson-panel").nth(2)
    panel.scroll_into_view_if_needed()
    panel.get_by_role("slider").hover()
    page.wait_for_timeout(1500)
    return panel, panel.get_by_role("slider")


def watch(number):
    """Note in `seen`, a variable of the page, what stands in the place of a number from now on."""
    number.evaluate("""number => {
        window.seen = [];
        const look = () => seen.push(number.textContent);
        new MutationObserver(look).observe(number, { childList: true });
    }""")


@contextmanager
def kernel_stopped(page):
    """The kernel's process does nothing at all: it has no part in what the page does now."""
    line = page.get_by_text(re.compile(r"^process \d+"))
    process = psutil.Process(int(line.inner_text().split()[1]))
    process.suspend()
    try:
        yield
    finally:
        process.resume()


def test_a_slider_once_approached_moves_without_the_kernel(opened):
    panel, slider = prefetched(opened)
    with kernel_stopped(opened):
        for key, number in [("Home", "−1.00"), ("ArrowRight", "−2.00"), ("End", "1.00")]:
            drawn = panel.locator("canvas").get_attribute("data-drawn")
            slider.press(key)
            expect(panel.locator("td")).to_have_text(number)
            expect(panel.locator("canvas")).not_to_have_attribute("data-drawn", drawn)
        slider.press("ArrowLeft")
        slider.press("ArrowLeft")
        expect(panel.get_by_role("alert")).to_contain_text("ZeroDivisionError")
        slider.press("ArrowLeft")
        expect(panel.get_by_role("alert")).to_be_empty()
    expect(panel.locator("td")).to_have_text("−2.00")
    opened.wait_for_timeout(1000)  # the awakened kernel answers in no certain order
    type_and_run(opened, "print('kernel:', hyperbola.values)")
    expect(opened.get_by_text("kernel: {'x': -0.5}", exact=True)).to_be_visible()


def test_prefetched_pictures_give_way_when_the_function_shows_something_else(opened):
    panel, slider = prefetched(opened)
    type_and_run(opened, "factor = 3")
    opened.get_by_text("| Idle").wait_for()
    slider.press("Home")
    expect(panel.locator("td")).to_have_text("−3.00")  # at rest the kernel's word counts
    watch(panel.locator("td"))
    slider.press("ArrowRight")
    expect(panel.locator("td")).to_have_text("−6.00")
    assert set(opened.evaluate("seen")) == {"−6.00"}


def test_python_moves_a_panel_that_a_hand_has_held(opened):
    panel, slider = prefetched(opened)
    slider.press("Home")
    expect(panel.locator("td")).to_have_text("−1.00")
    # the hand's word and the cell come in no certain order
    wait = "import time\nwhile hyperbola.values['x'] > -1:\n    time.sleep(0.05)\n"
    type_and_run(opened, wait + "hyperbola.set(x=0.5)")
    expect(panel.locator("td")).to_have_text("2.00")
    expect(slider).to_have_value("0.5")


def test_a_drag_lands_on_round_numbers_and_keys_go_in_single_steps(opened):
    type_and_run(opened, "panels.logarithm()")
    slider = opened.locator(".lesson-panel").nth(3).get_by_role("slider")
    slider.scroll_into_view_if_needed()
    for place in (50, 111, 187):
        slider.click(position={"x": place, "y": 8})
        assert len(slider.input_value()) <= 4, "hundredths"
    slider.press("Home")
    slider.press("ArrowRight")
    expect(slider).to_have_value("0.001")


def test_after_a_drag_keys_that_are_jupyters_still_are(opened):
    opened.locator(".lesson-panel").nth(2).get_by_role("slider").press("Home")
    expect(opened.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(1)
    save(opened)
    opened.locator(".lesson-panel").nth(2).get_by_role("slider").press("Escape")
    cell = opened.locator(".jp-Cell").filter(has=opened.locator(".lesson-panel")).nth(2)
    expect(cell.locator(":focus").or_(cell.and_(opened.locator(":focus")))).to_have_count(1)


SLOW = """
import time
from helpers.widgets.controls import Button

presses = {"a": 0, "b": 0}

def press(name):
    time.sleep(0.4)
    presses[name] += 1

def slow(x):
    time.sleep(0.4)
    return {"x": str(x)} | {name: str(count) for name, count in presses.items()}

counting = Panel(
    figures.new(height=1)[0],
    slow,
    a=Button("a", lambda x: press("a")),
    b=Button("b", lambda x: press("b")),
    x=Slider(0, 3, 1, 0),
)
counting
"""


@pytest.fixture
def slow(opened):
    """A panel whose kernel takes its time, its buttons a and b, and its numbers by their names."""
    type_and_run(opened, SLOW)
    panel = opened.locator(".lesson-panel").nth(3)
    a, b = (panel.get_by_role("button", name=name, exact=True) for name in "ab")
    return panel, a, b, {name: panel.locator(f"td[data-name={name}]") for name in "abx"}


def test_a_slow_answer_takes_no_click_back_and_silence_is_spoken_of(opened, slow):
    panel, a, b, numbers = slow
    for button in (a, b, b):
        button.click()
    expect(numbers["b"]).to_have_text("2")
    expect(numbers["a"]).to_have_text("1")
    b.click()
    expect(numbers["b"]).to_have_text("3")
    expect(numbers["a"]).to_have_text("1")
    with kernel_stopped(opened):
        a.click()
        expect(panel.get_by_role("alert")).to_contain_text("has not answered yet")
    expect(numbers["a"]).to_have_text("2")
    expect(panel.get_by_role("alert")).to_be_empty()


def test_moves_and_presses_while_the_kernel_is_busy_are_all_done_once(opened, slow):
    panel, a, b, numbers = slow
    slider = panel.get_by_role("slider")
    expect(numbers["a"]).to_have_text("0")
    with kernel_stopped(opened):
        for _ in range(3):
            slider.press("ArrowRight")
            a.click()
        b.click()
        slider.press("ArrowLeft")
    for name, number in [("a", "3"), ("b", "1"), ("x", "2")]:
        expect(numbers[name]).to_have_text(number)
    opened.get_by_text("| Idle").wait_for()
    expect(slider).to_have_value("2")
    expect(panel.get_by_role("alert")).to_be_empty()
    type_and_run(opened, "print('kernel:', presses, counting.values)")
    expect(opened.get_by_text("kernel: {'a': 3, 'b': 1} {'x': 2}", exact=True)).to_be_visible()


def test_a_press_outdates_the_frames_that_are_kept(opened, slow):
    panel, a, _, numbers = slow
    slider = panel.get_by_role("slider")
    slider.hover()
    opened.wait_for_timeout(4000)
    a.click()
    expect(numbers["a"]).to_have_text("1")
    watch(numbers["a"])
    slider.press("End")
    expect(numbers["x"]).to_have_text("3")
    assert set(opened.evaluate("seen")) == {"1"}


def test_a_second_view_presses_nothing_again_and_both_views_press_once(opened):
    type_and_run(opened, SLOW + "display(counting)\ncounting")
    views = [opened.locator(".lesson-panel").nth(number) for number in (3, 4)]
    numbers = [view.locator("td[data-name=a]") for view in views]
    for view in views:
        view.get_by_role("button", name="a", exact=True).click()
    for number in numbers:
        expect(number).to_have_text("2")
    opened.get_by_text("| Idle").wait_for()
    for number in numbers:
        expect(number).to_have_text("2")


def test_a_page_reloaded_after_a_press_presses_nothing_again(opened, slow):
    _, a, b, numbers = slow
    for number in ("1", "2"):
        a.click()
        expect(numbers["a"]).to_have_text(number)
    save(opened)
    assert opened.complaints == []
    opened.reload()
    expect(numbers["a"]).to_have_text("2")
    opened.complaints.clear()  # what was under way was cut short
    b.click()
    expect(numbers["b"]).to_have_text("1")
    opened.get_by_text("| Idle").wait_for()
    expect(numbers["a"]).to_have_text("2")
    type_and_run(opened, "print('kernel:', presses)")
    expect(opened.get_by_text("kernel: {'a': 2, 'b': 1}", exact=True)).to_be_visible()


def test_a_bar_and_a_target_moved_at_once_both_arrive(opened):
    panel = opened.locator(".lesson-panel").first
    panel.evaluate("""panel => {
        const key = new KeyboardEvent("keydown", { key: "End", bubbles: true });
        panel.querySelectorAll(".bar")[1].dispatchEvent(key);
        panel.querySelectorAll("input[type=radio]")[7].click();
    }""")
    opened.wait_for_timeout(1000)
    type_and_run(opened, "print('kernel:', prediction.y[1], prediction.t.argmax())")
    expect(opened.get_by_text("kernel: 1.0 7", exact=True)).to_be_visible()


def test_a_screen_reader_is_told_once_and_not_while_a_panel_opens(opened):
    panel = opened.locator(".lesson-panel").nth(2)
    slider = panel.get_by_role("slider")
    opened.wait_for_timeout(1000)
    assert panel.get_by_role("status").inner_text() == ""
    panel.evaluate("""panel => {
        window.told = [];
        for (const role of ["alert", "status"]) {
            const node = panel.querySelector(`[role=${role}]`);
            const look = () => told.push(`${role}: ${node.textContent}`);
            new MutationObserver(look).observe(node, { childList: true });
        }
    }""")
    for key in ("Home", "ArrowRight", "End", "ArrowLeft"):
        slider.press(key)
    expect(panel.get_by_role("status")).to_have_text("1/x = 2.00")
    opened.wait_for_timeout(1000)
    assert opened.evaluate("told") == ["status: 1/x = 2.00"]


def test_after_a_restart_there_are_as_many_panels_and_they_live(opened):
    choose(opened, "Kernel", "Restart Kernel and Run All Cells…")
    opened.locator(".jp-Dialog .jp-mod-accept").click()
    slider = opened.locator(".lesson-panel").nth(2).get_by_role("slider", name="x")
    expect(slider).to_have_value("1", timeout=60_000)
    opened.get_by_text("| Idle").wait_for(timeout=60_000)
    expect(opened.locator(".lesson-panel")).to_have_count(3)
    slider.press("Home")
    expect(opened.locator(".lesson-panel").nth(2).locator("td")).to_have_text("−1.00")


def test_names_values_and_roles_are_there_for_a_screen_reader(opened):
    expect(opened.locator(".lesson-panel").nth(2)).to_match_aria_snapshot("""
        - text: x
        - slider "x": "1"
        - img "1/x = 1.00"
        - table:
          - rowgroup:
            - row "1/x 1.00"
    """)


def test_an_exported_page_shows_stills_with_alt_text(browser, tmp_path):
    path = notebook("mean_squared_error")
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", str(path)]
    options = ["--output-dir", str(tmp_path), "--log-level=ERROR"]
    subprocess.run([*command, *options], check=True, capture_output=True)
    page = browser.new_page()
    page.goto((tmp_path / f"{path.stem}.html").as_uri(), wait_until="domcontentloaded")
    stills = page.locator("img[alt^='y = (']")
    assert stills.count() >= 1
    for still in stills.all():
        assert still.evaluate("image => image.naturalWidth") > 500
    page.close()


OWN = """
import ipywidgets

beside = panels.prediction(np.full(10, 0.1), 2, [])
small, ax = figures.new(width=2.8, height=1)
(dot,) = ax.plot([], [], "o", animated=True)


def place(x):
    dot.set_data([x], [0])
    return {"x": f"{x:.2f}"}


def move(change):
    beside.y = np.full(10, change["new"])
    moved.set(x=change["new"])


moved = panels.Panel(small, place, x=panels.Slider(0, 1, 0.01, 0))
share = ipywidgets.FloatSlider(max=1, step=0.01, description="share")
share.observe(move, "value")
ipywidgets.VBox([ipywidgets.HBox([share, moved]), beside])
"""


def test_a_slider_of_ipywidgets_moves_the_panels_beside_it(opened):
    """A learner's own panel: a box of ipywidgets, of which two parts are this project's."""
    type_and_run(opened, OWN)
    box = opened.locator(".widget-vbox").filter(has=opened.locator(".lesson-panel"))
    expect(box.locator(".lesson-panel")).to_have_count(2)
    handle = box.locator(".noUi-handle")
    for key, value in [("End", 1), ("ArrowLeft", 0.99), ("Home", 0)]:
        handle.press(key)
        bar = box.locator(".lesson-panel.prediction").get_by_role("slider").first
        expect(bar).to_have_attribute("aria-valuenow", f"{value}")
        expect(box.locator("td[data-name=x]")).to_have_text(f"{value:.2f}")
    slider, panel = handle.bounding_box(), box.locator(".lesson-panel").first.bounding_box()
    assert slider["x"] < panel["x"], "side by side"
    assert panel["y"] < slider["y"] < panel["y"] + panel["height"]
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth"), "and none cut off"
