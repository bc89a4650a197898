"""Panels without a kernel: alive, dragged, equal to what matplotlib draws and Python computes."""

import base64
import io
import json
import re

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from PIL import Image
from playwright.sync_api import expect

from helpers.language import speak
from helpers.widgets.panel import Panel
from helpers.widgets.prediction import Prediction
from tools import subjects
from tools.build_site import grids

LESSONS = subjects.lessons_in()
# Of the pixels, beyond a shift of one: two renderers smooth edges in their own way.
TOLERATED = 0.005
OPEN = """async cell => {
    const el = document.querySelector(`[data-panel="${cell}"]`);
    const state = JSON.parse(el.querySelector("script").textContent);
    const tables = await tablesOf(el.dataset.file);
    window.model = new PANEL.Recording(state, tables, () => {});
    window.painter = new PANEL.OrdersPainter(state, tables);
    return [window.model.get("controls"), tables.grids];
}"""
SHOW = """values => {
    model.set("values", values);
    model.save_changes();
    painter.paint({ picture: model.get("picture") });
    return [model.get("shown"), painter.node.toDataURL()];
}"""


def panels_of(subject, folder=""):
    """{cell: panel} of a lesson, run here."""
    shell, shown = InteractiveShell.instance(), {}
    for cell in nbformat.read(
        subjects.ROOT / "notebooks" / folder / f"{LESSONS[subject]}.ipynb", 4
    ).cells:
        if cell.cell_type == "code":
            with capture_output():
                result = shell.run_cell(cell.source).result
            if isinstance(result, Panel | Prediction):
                shown[cell.id] = result
    return shown


@pytest.fixture(autouse=True)
def nothing_left():
    """A lesson of the Chinese edition has spoken Chinese, and figures of any are still open."""
    yield
    speak("en")
    plt.close("all")


def differing(picture, own):
    """The share of pixels that differ from all nine around the same place."""
    own = np.asarray(own.convert("L"), int)
    picture = np.asarray(picture.convert("L").resize(own.shape[::-1]), int)
    shifts = [np.roll(own, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return np.mean(np.min([abs(picture - each) for each in shifts], axis=0) > 64)


@pytest.mark.parametrize(
    ("subject", "folder"), [*((each, "") for each in LESSONS), ("gradient", "zh-CN")]
)
def test_a_replay_shows_what_matplotlib_shows(page, complaints, subject, folder):
    rng = np.random.default_rng(1)
    page.goto(f"{folder}/{subject}.html" if folder else f"{subject}.html")
    for cell, panel in panels_of(subject, folder).items():
        recorded = page.locator(f'[data-panel="{cell}"]').get_attribute("data-kind")
        if recorded != "grid":
            continue
        controls, sizes = page.evaluate(OPEN, cell)
        for _ in range(3):
            values = {}
            for control, grid in zip(controls, sizes, strict=True):
                if control["kind"] != "Button":
                    values[control["name"]] = rng.choice(
                        grid if control["kind"] == "Recorded" else control["options"]
                    )
            values = {
                name: getattr(value, "item", lambda value=value: value)()
                for name, value in values.items()
            }
            shown, picture = page.evaluate(SHOW, values)
            own, image = panel._frame(values)
            assert shown["values"] == values
            assert shown["readout"] == own["readout"], (cell, values)
            picture = Image.open(io.BytesIO(base64.b64decode(picture.partition(",")[2])))
            assert differing(flat(picture), image) < TOLERATED, (cell, values)
    assert complaints == []


def flat(picture):
    """A picture on white paper."""
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture.convert("RGBA"))


def test_a_click_on_a_node_of_the_graph_chooses_it(page, complaints):
    page.goto("backpropagation.html")
    panel = page.locator(".panel").first
    panel.scroll_into_view_if_needed()
    expect(panel).to_have_attribute("data-alive", "")
    spots = json.loads(panel.locator("script").first.text_content())["spots"]
    assert len(spots) == 2
    box = panel.locator("canvas").bounding_box()
    for _, node, across, down in reversed(spots):
        place = {"x": across * box["width"], "y": down * box["height"]}
        panel.locator("canvas").click(position=place)
        expect(panel.get_by_role("radio", name=node, exact=True)).to_be_checked()
    assert complaints == []


@pytest.mark.parametrize("folder", ["", "zh-CN/"])
@pytest.mark.parametrize("subject", LESSONS)
def test_every_panel_can_be_moved(page, complaints, subject, folder):
    page.goto(f"{folder}{subject}.html")
    for panel in page.locator(".panel").all():
        panel.scroll_into_view_if_needed()
        expect(panel).to_have_attribute("data-alive", "")
        if panel.locator("canvas").count():
            drag_slider(page, panel)
        else:
            bar = panel.locator(".bar").first
            before = bar.get_attribute("aria-valuenow")
            bar.press("PageUp")
            expect(bar).not_to_have_attribute("aria-valuenow", before)
    assert complaints == []


def drag_slider(page, panel):
    """Drag a slider from end to end: its number and the picture follow."""
    slider = panel.locator("input[type=range]").first
    shown, canvas = panel.locator(".number").first, panel.locator("canvas")
    slider.press("Home")
    low, drawn = shown.inner_text(), canvas.get_attribute("data-drawn")
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 3, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, middle, steps=5)
    page.mouse.up()
    expect(shown).not_to_have_text(low)
    assert canvas.get_attribute("data-drawn") != drawn or canvas.is_visible()


def test_keys_go_from_one_recorded_value_to_the_next(page):
    page.goto("gradient.html")
    panel = page.locator(".panel[data-kind=grid]").nth(1)
    panel.scroll_into_view_if_needed()
    slider, shown = panel.locator("input[type=range]").first, panel.locator(".number").first
    expect(slider).to_be_visible()
    seen = [shown.inner_text()]
    for _ in range(3):
        slider.press("ArrowRight")
        seen.append(shown.inner_text())
    assert len(set(seen)) == 4


def test_a_recorded_run_moves_the_bars_that_it_trains(page):
    page.goto("training.html")
    runs, bars = (
        page.locator(".panel[data-kind=runs]"),
        page.locator(".panel[data-kind=prediction]"),
    )
    bars.first.scroll_into_view_if_needed()
    runs.scroll_into_view_if_needed()
    expect(runs).to_have_attribute("data-alive", "")
    value = bars.first.locator(".bar").first
    before = value.get_attribute("aria-valuenow")
    runs.locator("input[type=range]").press("End")
    expect(value).not_to_have_attribute("aria-valuenow", before)
    assert re.search("10 × 1 step", page.locator(".panel[data-kind=runs] + .note").inner_text())


def test_a_loss_of_the_lesson_answers_as_its_python_does(page):
    page.goto("mean_squared_error.html")
    for cell, panel in panels_of("mean_squared_error").items():
        if not isinstance(panel, Prediction):
            continue
        panel.y = np.random.default_rng(2).random(10).round(2)
        own = [float(each["value"]) for each in panel.answers["results"]]
        state = f'JSON.parse(document.querySelector(`[data-panel="{cell}"] script`).textContent)'
        page.evaluate(
            f"y => (window.answers = new PREDICTION.Answers({{...{state}, _y: y}}))", list(panel.y)
        )
        shown = page.evaluate(
            "window.answers.get('answers').results.map(({ value }) => Number(value))"
        )
        assert np.allclose(own, shown, rtol=1e-12), cell


def test_what_the_text_asks_for_is_recorded():
    prose = "1. Set `steps` to 3, then to 9, and x to −0.35 or 1e-3. See figure2 and v1.2.3."
    assert grids.numbers_in(prose) == {3, 9, -0.35, 1e-3}


@pytest.mark.parametrize("subject", LESSONS)
def test_a_grid_holds_presets_ends_and_the_numbers_of_the_text(page, subject):
    page.goto(f"{subject}.html")
    notebook = nbformat.read(subjects.ROOT / "notebooks" / f"{LESSONS[subject]}.ipynb", 4)
    cells = {cell.id: place for place, cell in enumerate(notebook.cells)}
    for panel in page.locator(".panel[data-kind=grid]").all():
        cell = panel.get_attribute("data-panel")
        controls, sizes = page.evaluate(OPEN, cell)
        before = notebook.cells[cells[cell] - 1].source
        presets = page.evaluate("model.get('presets')")
        for control, grid in zip(controls, sizes, strict=True):
            if control["kind"] != "Recorded":
                continue
            wanted = {control["minimum"], control["maximum"], control["value"]}
            wanted |= {
                preset[control["name"]] for _, preset in presets if control["name"] in preset
            }
            asked = re.findall(
                rf"`{re.escape(control['label'] or control['name'])}` to ([-−\d.]+\d)", before
            )
            wanted |= {float(each.replace("−", "-")) for each in asked}
            assert wanted <= set(grid), (cell, control["name"])
