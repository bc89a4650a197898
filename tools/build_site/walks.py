"""Record a Panel: over a grid of its controls, or in runs of its buttons."""

from itertools import product

from helpers.widgets.controls import Choice, Slider, described
from tools.build_site.grids import grids, is_seed
from tools.build_site.recording import Recorder

PRESSES = 10  # of each button, in a recorded run


def record(panel, watched, prose):
    """(kind, words, tables) of a panel: a grid, or runs if its buttons do more than draw anew."""
    buttons = [control for control in panel.controls if control["kind"] == "Button"]
    if all(is_seed(panel, button) for button in buttons):
        return "grid", *_record_grid(panel, watched, prose)
    return "runs", *_record_runs(panel, watched, [button["name"] for button in buttons])


def _record_grid(panel, watched, prose):
    recorder, axes = Recorder(panel, watched), grids(panel, prose)
    names = [control["name"] for control in panel.controls]
    # A choice may change the background, so sliders move fastest.
    order = sorted(range(len(axes)), key=lambda i: panel.controls[i]["kind"] == "Slider")
    shape = tuple(map(len, axes))
    for turn in product(*(range(shape[i]) for i in order)):
        place = tuple(turn[order.index(i)] for i in range(len(axes)))
        values = {}
        for control, name, axis, at in zip(panel.controls, names, axes, place, strict=True):
            if control["kind"] == "Button":
                panel._actions[name].__self__.value = axis[at]
            else:
                values[name] = axis[at]
        recorder.record(place, shape, values)
    return recorder.result(
        panel.controls, axes, values=panel.values, presets=panel.presets, spots=panel.spots
    )


def _record_runs(panel, watched, buttons):
    """Runs of a panel whose buttons go on from what is shown; each presses every button in turn.

    One run for the values that it opens with, and one for each other value of a control.
    """
    recorder, labels, settings = Recorder(panel, watched), [], []
    for label, changed in _other_settings(panel):
        labels.append(label)
        settings.append({**panel.values, **changed})
    *pressed, restart = buttons  # the last one begins anew
    clicks = [name for name in pressed for _ in range(PRESSES)]
    shape = len(settings), len(clicks) + 1
    for run, setting in enumerate(settings):
        for click, name in enumerate([restart, *clicks]):
            panel._actions[name](**setting)
            recorder.record((run, click), shape, setting)
    controls = [
        described("run", Choice(tuple(labels), " ")),
        described("click", Slider(0, len(clicks), 1, 0, "▶")),
    ]
    words = {each["name"]: each["label"] for each in panel.controls}
    axes, opening = [labels, list(range(shape[1]))], {"run": labels[0], "click": 0}
    result, tables = recorder.result(controls, axes, values=opening, presets=[], spots=[])
    result["clicks"] = " → ".join(f"{PRESSES} × {words[name]}" for name in pressed)
    return result, tables


def _other_settings(panel):
    """(label, {name: value}) for the opening values, then for each other value of a control."""
    sliders = [c for c in panel.controls if c["kind"] == "Slider"]
    choices = [c for c in panel.controls if c["kind"] == "Choice"]
    yield ", ".join(f"{c['label']} = {panel.values[c['name']]:g}" for c in sliders), {}
    for control in sliders:
        middle = control["value"]
        for end in (control["minimum"], control["maximum"]):
            value = round((middle + end) / 2, 6)
            yield f"{control['label']} = {value:g}".replace("-", "−"), {control["name"]: value}
    for control in choices:
        for option in control["options"]:
            if option != panel.values[control["name"]]:
                yield f"{control['label']} = {option}", {control["name"]: option}
