"""Every notebook, both editions, in a real browser: opened, run, every control moved.

In the English edition each control goes through its range, by keyboard and by mouse; the Chinese
one runs the same code, so there each is found by its label and moved once.

What the page shows is compared with the same panel made in this process by the lesson's own cells.
"""

import json
import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from helpers.losses import cross_entropy_error, mean_squared_error
from helpers.widgets.prediction import Prediction, exact
from tests.browser.conftest import ROOT
from tests.browser.steps import no_shift, open_notebook, run_all
from tests.lessons import LESSONS, panels_in, panels_of
from tools.build_notebooks import NOTEBOOKS
from tools.subjects import subject

SCREENSHOTS = ROOT / "screenshots"  # kept after a run, to be looked at

EDITIONS = {"en": "", "zh-CN": "zh-CN/"}
COMPUTED = {
    "mean_squared_error": mean_squared_error,
    "cross_entropy_error": cross_entropy_error,
    "squared_sum": lambda y, t: 2 * mean_squared_error(y, t),
    "squared_mean": lambda y, t: 2 * mean_squared_error(y, t) / len(y),
    "total": lambda y, t: np.sum(y),
}


FITS = """panel => {
    const { right } = panel.getBoundingClientRect();
    const edge = panel.closest(".jp-Notebook").getBoundingClientRect().right;
    return right <= edge && panel.scrollWidth <= panel.clientWidth;
}"""
READ = """panel => {
    const all = (what, read) => [...panel.querySelectorAll(what)].map(read);
    return [
        all("[role=slider]", (bar) => bar.getAttribute("aria-valuenow")),
        all("[type=radio]", (target) => target.checked),
        all("data", (number) => [number.dataset.name, number.value, number.textContent]),
    ];
}"""
MOTION = """panel => [panel, ...panel.querySelectorAll("*")].filter((element) => {
    const { animationName, transitionDuration } = getComputedStyle(element);
    return animationName !== "none" || transitionDuration !== "0s";
}).map((element) => element.outerHTML)"""


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("lesson", LESSONS, ids=subject)
def test_every_panel_moves(page, lesson, edition):
    expected = panels_of(lesson, edition[:2])
    path = NOTEBOOKS / f"{EDITIONS[edition]}{lesson.stem}.ipynb"
    open_notebook(page, path.relative_to(NOTEBOOKS))
    stills = page.locator(".jp-OutputArea-output img[alt]")
    expect(stills, "a panel not run yet shows its still").to_have_count(panels_in(path))
    assert page.get_by_text("VBox(").count() == 0
    run_all(page, len(expected))
    found = page.locator(".lesson-panel")
    for number, panel in enumerate(expected):
        shown = found.nth(number)
        shown.scroll_into_view_if_needed()
        move = drag_prediction if isinstance(panel, Prediction) else move_controls
        move(page, shown, panel, once=edition != "en")
        SCREENSHOTS.mkdir(exist_ok=True)
        shown.screenshot(path=SCREENSHOTS / f"{subject(lesson)}-{edition}-{number}.png")
        assert shown.evaluate(MOTION) == [], "nothing to be stopped for those who want no motion"
    page.keyboard.press("ControlOrMeta+b")  # the side bar, which takes half of a narrow page
    for width in (1024, 640):  # 640 is a page of 1280 at 200 %
        page.set_viewport_size({"width": width, "height": 900})
        for number in range(len(expected)):
            found.nth(number).scroll_into_view_if_needed()
            path = SCREENSHOTS / f"{subject(lesson)}-{edition}-{number}-{width}.png"
            found.nth(number).screenshot(path=path)
            assert found.nth(number).evaluate(FITS), f"panel {number} at {width} pixels"
    if expected:
        barriers = Axe().run(page, context=".lesson-panel")
        assert barriers.violations_count == 0, barriers.generate_report()
    assert page.complaints == []


def move_controls(page, shown, panel, once):
    """Move every control through its range, or once; the numbers must be the reference panel's."""
    by_name = {control["name"]: control for control in panel.controls}
    panel.set(**{name: c["value"] for name, c in by_name.items() if "value" in c})  # as it opens
    boxes = shown.locator("input[type=range], fieldset, button").element_handles()

    def agree(**changed):
        panel.set(**changed)
        readout = {name: re.sub("^-", "−", text) for name, text in panel.readout.items()}
        page.wait_for_function(
            """([panel, readout]) => {
                const cells = [...panel.querySelectorAll("td[data-name]")];
                const found = Object.fromEntries(cells.map((c) => [c.dataset.name, c.textContent]));
                return Object.entries(readout).every(([name, text]) => found[name] === text);
            }""",
            arg=[shown.element_handle(), readout],
            timeout=30_000,
        )
        assert shown.locator(".message").inner_text() == panel.error

    for name, control in by_name.items():
        label = control["label"] or name
        if control["kind"] == "Slider":
            slider = shown.get_by_role("slider", name=label, exact=True)
            for key in ["Home", "ArrowRight", "End", "ArrowLeft"][: 2 if once else None]:
                slider.press(key)
                agree(**{name: json.loads(slider.input_value())})
            if once:
                continue
            with no_shift(shown):
                slider.click(position={"x": 80, "y": 8})
                agree(**{name: json.loads(slider.input_value())})
        elif control["kind"] == "Choice":
            first, *others = control["options"]
            for option in others[:1] if once else [*others, first]:
                with no_shift(shown):
                    group = shown.get_by_role("group", name=label, exact=True)
                    group.get_by_role("radio", name=option, exact=True).check()
                    agree(**{name: option})
        else:
            shown.get_by_role("button", name=label, exact=True).click()
            panel.press(name)
            agree()
    for label, preset in panel.presets:
        shown.get_by_role("button", name=label, exact=True).click()
        agree(**preset)
    for name, option, across, down in panel.spots:
        picture = shown.locator("canvas")
        box = picture.bounding_box()
        picture.click(position={"x": across * box["width"], "y": down * box["height"]})
        expect(shown.get_by_role("radio", name=option, exact=True)).to_be_checked()
        agree(**{name: option})
    assert boxes


def verdict(loss, y, t):
    """✓ where the lesson's function gives what helpers give, ✗ where not; a broken one need not."""
    try:
        value = loss(y, t)
    except Exception:
        return "✗"
    if loss.__name__ not in COMPUTED:
        return f"{exact(value)} "
    return "✓" if value == pytest.approx(COMPUTED[loss.__name__](y, t), rel=1e-9) else "✗"


def drag_prediction(page, shown, panel, once):
    """Move bars and target through their ranges, or once; the page's numbers must be helpers'."""
    bars = shown.get_by_role("slider")
    targets = shown.get_by_role("radio")

    def agree():
        y, t, numbers = shown.evaluate(READ)
        y, t = np.array(y, dtype=float), np.array(t, dtype=float)
        assert t.sum() == 1
        for name, value, text in numbers:
            expected = COMPUTED[name](y, t)
            assert float(value) == pytest.approx(expected, rel=1e-9, abs=1e-9)
            assert text.replace("−", "-") == exact(expected)
        for loss in panel._functions:
            answer = shown.locator(f"[data-answer={loss.__name__}]")
            expect(answer.locator("..")).not_to_have_class(re.compile("old"))
            expect(answer).to_have_text(re.compile(f"{verdict(loss, y, t)}$"))
        return y, t

    y, t = agree()
    np.testing.assert_array_equal(y, panel.y)
    np.testing.assert_array_equal(t, panel.t)

    if once:
        bars.nth(4).press("End")
        targets.nth(4).press("ArrowRight")
        y, t = agree()
        assert y[4] == t[5] == 1
    else:
        drag(page, shown, bars, targets, agree)
    for label, preset in panel.presets:
        shown.get_by_role("button", name=label, exact=True).click()
        np.testing.assert_allclose(agree()[0], preset)
    warned = "≠ 1" in shown.locator(".message").inner_text()
    assert warned == (abs(sum(preset) - 1) > 1e-9)


def drag(page, shown, bars, targets, agree):
    """Drag a bar by mouse, move another by every key, choose targets, let y sum to 1."""
    bars.nth(7).scroll_into_view_if_needed()  # the panel alone may stand half below the edge
    with no_shift(shown):
        box = bars.nth(7).bounding_box()
        x, bottom = box["x"] + box["width"] / 2, box["y"] + box["height"] - 2
        page.mouse.move(x, bottom - 10)
        page.mouse.down()
        page.mouse.move(x, bottom - 0.45 * (box["height"] - 2), steps=12)
        page.mouse.up()
        assert agree()[0][7] == pytest.approx(0.45, abs=0.02)

    bar = bars.nth(4)
    for key, value in [
        ("Home", 0),
        ("ArrowUp", 0.01),
        ("PageUp", 0.11),
        ("End", 1),
        ("ArrowDown", 0.99),
    ]:
        bar.press(key)
        assert agree()[0][4] == pytest.approx(value)

    with no_shift(shown):
        targets.nth(4).click()
        assert agree()[1][4] == 1
        targets.nth(4).press("ArrowRight")
        assert agree()[1][5] == 1

        shown.get_by_label("Σ y = 1").check()
        assert agree()[0].sum() == pytest.approx(1)
        bars.nth(0).press("PageUp")
        assert agree()[0].sum() == pytest.approx(1)
        assert shown.locator(".message").inner_text() == ""
        shown.get_by_label("Σ y = 1").uncheck()
