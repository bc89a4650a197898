"""For which values of its controls a panel is recorded."""

import math
import re

from helpers.widgets.controls import Seed

MOST = 1200  # values of one control
STATES = 1_400  # of one panel: a grid of more is made coarser
SEEDS = 4  # draws of a button that draws anew
STRIDES = (1, 2, 4, 5, 10, 20, 25, 50, 100, 200)  # steps from one value to the next
NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:\.\d+)?(?:e-?\d+)?(?!\.?[\da-zA-Z_])")
LISTED = re.compile(r"(?m)^ *\d+\. ")


def numbers_in(prose):
    """The numbers that stand in a text."""
    return {float(each.replace("−", "-")) for each in NUMBER.findall(LISTED.sub("", prose))}


def grids(panel, prose=""):
    """[grid] for the panel's controls: the values of a slider, the options of a choice, seeds.

    A slider's grid holds both ends, where the panel opens, what the presets say, and each of its
    values that stands in the prose.
    """
    said, wanted = numbers_in(prose), [{c.get("value")} for c in panel.controls]
    for control, values in zip(panel.controls, wanted, strict=True):
        values |= {
            preset[control["name"]] for _, preset in panel.presets if control["name"] in preset
        }
        values.add(panel.values.get(control["name"]))
        if control["kind"] == "Slider":
            values |= {each for each in said if _may_be(control, each)}
    finer = [list(_choices_of(*pair)) for pair in zip(panel.controls, wanted, strict=True)]
    while math.prod(len(each[0]) for each in finer) > STATES:
        coarser = [each for each in finer if len(each) > 1]
        if not coarser:
            break
        max(coarser, key=lambda each: len(each[0])).pop(0)
    return [each[0] for each in finer]


def is_seed(panel, control):
    """Does this button draw anew, and nothing else?"""
    owner = getattr(panel._actions.get(control["name"]), "__self__", None)
    return isinstance(owner, Seed)


def _choices_of(control, wanted):
    """The grids that a control may have, the finest first."""
    if control["kind"] == "Choice":
        yield list(control["options"])
    elif control["kind"] == "Button":
        yield list(range(SEEDS))
    else:
        for stride in STRIDES:
            values = _spaced(control, stride) | wanted
            if len(values) <= MOST:
                yield sorted(values)


def _spaced(control, stride):
    low, high, step = (control[name] for name in ("minimum", "maximum", "step"))
    count = round((high - low) / step)
    spaced = (float(f"{low + place * step:.12g}") for place in range(0, count + 1, stride))
    return {*spaced, high}


def _may_be(control, value):
    """Can a hand put the slider there?"""
    places = (value - control["minimum"]) / control["step"]
    inside = control["minimum"] <= value <= control["maximum"]
    return inside and abs(places - round(places)) < 1e-6
