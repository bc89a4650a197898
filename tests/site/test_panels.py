"""Panels without a kernel: alive, dragged, equal to what matplotlib draws and Python computes."""

import base64
import io
import json
import re
import shutil

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
from tools.build_site import grids, shows

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


@pytest.mark.parametrize("subject", LESSONS)
def test_keys_go_from_one_recorded_value_to_the_next(page, subject):
    page.goto(f"{subject}.html")
    for panel in page.locator(".panel[data-kind=grid]").all():
        panel.scroll_into_view_if_needed()
        expect(panel).to_have_attribute("data-alive", "")
        controls, grid_of = page.evaluate(OPEN, panel.get_attribute("data-panel"))
        grids_of_sliders = [
            grid
            for control, grid in zip(controls, grid_of, strict=True)
            if control["kind"] == "Recorded"
        ]
        sliders = panel.locator("input[type=range]").all()
        for slider, grid in zip(sliders, grids_of_sliders, strict=True):
            keys = ["Home", "ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowLeft"]
            for key, place in zip(keys, [0, 1, 2, 1, -1, -2], strict=True):
                slider.press(key)
                shown = slider.get_attribute("aria-valuetext").replace("−", "-")
                assert float(shown) == pytest.approx(grid[place], rel=1e-5), (key, grid)


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
    expect(bars.first.locator(".message")).to_be_empty()  # they still sum to 1
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


def test_a_number_is_meant_for_the_control_that_is_named_before_it():
    rate = {"name": "rate", "kind": "Slider", "label": "log₁₀ η", "step": 0.02}
    rate |= {"minimum": -3, "maximum": 1, "value": -2}
    place = {"name": "x0", "kind": "Slider", "label": "start x₀", "step": 0.1}
    place |= {"minimum": -5, "maximum": 5, "value": 0}
    prose = """1. Set η near 0.09, then `x0` to −0.5. What is `figure2` in v1.2.3?
2. From $x_0 = -2$ with η = 0.1. Does 0.05 lie between?

Try 1, and 2.25."""

    def meant(control):
        return set(grids.numbers_for(control, [rate, place], prose))

    assert meant(rate) == {-1.04, -1.0, -1.3, 0.0, 0.36}
    assert meant(place) == {-0.5, -2.0, 1.0}


# What the sentences around a panel tell a reader to set, press or compare: one grid has it all.
ASKED = [
    ("start_here", {"x": [0.6]}),
    ("learning_from_data", {"a": [0, 1], "b": [0, 1]}),
    ("training_and_test_data", {"k": [1, 3, 30]}),
    ("training_and_test_data", {"degree": [0, 3, 12], "n": [13, 100], "noise": [0]}),
    ("mean_squared_error", {"y": [0, 0.6, 1]}),
    ("cross_entropy_error", {"x": [1, 0.8, 0.6, 0.4, 0.3, 0.15, 0.1, 0.02, 0.01, 0]}),
    ("cross_entropy_error", {"exponent": [-15, -7, -1]}),
    ("cross_entropy_error", {"a0": [-5, 0, 0.5, 1], "a1": [0, 1.5, 2, 3, 5], "a2": [-5, -1, 0]}),
    ("mini_batch_loss", {"p1": [0.35, 0.6, 1], "p2": [0, 0.1, 0.35, 1]}),
    ("mini_batch_loss", {"exponent": [0, 1, 1.6, 2, 3.2]}),
    ("mini_batch_loss", {"step": range(9)}),
    ("gradient", {"w": [0.05, 0.75, 1.5]}),
    ("gradient", {"x": [1, 10], "log_h": [0, -4, -15, -16]}),
    ("gradient", {"log_rate": [-10, -1, 0, 0.02, 1], "steps": [3, 9, 100]}),
    ("gradient", {"log_rate": [-1.04, -1], "momentum": [0, 0.8, 0.9], "x0": [-5, -4, 5]}),
    ("gradient", {"delta": [0.1, 2]}),
    ("backpropagation", {"a2": [5]}),
]


@pytest.mark.parametrize(("subject", "asked"), ASKED)
def test_what_the_text_asks_for_is_recorded(page, subject, asked):
    page.goto(f"{subject}.html")
    recorded = []
    for panel in page.locator(".panel[data-kind=grid]").all():
        controls, grid_of = page.evaluate(OPEN, panel.get_attribute("data-panel"))
        names = [control["name"] for control in controls]
        recorded.append(dict(zip(names, grid_of, strict=True)))
    having = [grid for grid in recorded if asked.keys() <= grid.keys()]
    assert any(all(set(asked[name]) <= set(grid[name]) for name in asked) for grid in having)


@pytest.mark.parametrize("subject", LESSONS)
def test_a_grid_holds_presets_ends_and_where_the_panel_opens(page, subject):
    page.goto(f"{subject}.html")
    for panel in page.locator(".panel[data-kind=grid]").all():
        cell = panel.get_attribute("data-panel")
        controls, grid_of = page.evaluate(OPEN, cell)
        state = json.loads(panel.locator("script").first.text_content())
        settings = [state["values"], *(preset for _, preset in state["presets"])]
        for control, grid in zip(controls, grid_of, strict=True):
            if control["kind"] == "Recorded":
                name = control["name"]
                wanted = {control["minimum"], control["maximum"]}
                wanted |= {setting[name] for setting in settings if name in setting}
                assert wanted <= set(grid), (cell, name)


@pytest.mark.parametrize("subject", LESSONS)
def test_both_editions_share_each_recording(site, subject):
    pages = [site / f"{subject}.html", site / "zh-CN" / f"{subject}.html"]
    files = [re.findall(r'data-file="(\w+)"', page.read_text("utf-8")) for page in pages]
    assert files[0] == files[1] != []


def test_what_a_panel_is_made_of_decides_which_recording_is_kept(tmp_path, monkeypatch):
    """So none can be stale: the replays above compare it to the panel as it is now."""
    for folder in ("helpers", "notebooks"):
        shutil.copytree(subjects.ROOT / folder, tmp_path / folder)
    monkeypatch.setattr(shows, "ROOT", tmp_path)
    notebook = tmp_path / "notebooks" / f"{LESSONS['gradient']}.ipynb"
    made_of = [tmp_path / "helpers" / "panels" / "descent.py", notebook]
    keys = {shows.key_of(notebook)}
    for path in made_of:
        path.write_text(path.read_text("utf-8").replace("walk", "path"), "utf-8")
        shows._tools.cache_clear()
        keys.add(shows.key_of(notebook))
    shows._tools.cache_clear()
    assert len(keys) == 3
