"""For which values of its controls a panel is recorded."""

import math
import re

from helpers.widgets.controls import Seed

MOST = 1200  # values of one control
STATES = 2_000  # of one panel: a grid of more is made coarser
SEEDS = 4  # draws of a button that draws anew
STRIDES = (1, 2, 4, 5, 10, 20, 25, 50, 100, 200)  # steps from one value to the next
NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:\.\d+)?(?:e-?\d+)?(?!\.?[\da-zA-Z_])")
WORD = re.compile(NUMBER.pattern + r"|[^\W\d]\w*")
PART = re.compile(r"\n\s*\n|(?m:^ *\d+\. )")  # what parts paragraphs and the items of a list
SUBSCRIPTS = str.maketrans({small: f"_{digit}" for digit, small in enumerate("₀₁₂₃₄₅₆₇₈₉")})
SYMBOL = re.compile(r"Δ?\w(_\d)?")
LOG = "log₁₀ "  # how the label of a slider begins that moves a power of ten


def numbers_for(control, controls, prose):
    """The places of a slider that a text names.

    A number is meant for the control that its paragraph names last before it, else for any.
    """
    owners = {word: each for each in controls for word in _names(each)}
    for part in PART.split(prose.translate(SUBSCRIPTS)):
        owner = control
        for word in WORD.findall(part):
            owner = owners.get(word, owner)
            if owner is control and NUMBER.fullmatch(word):
                yield from _places(control, float(word.replace("−", "-")))


def grids(panel, prose=""):
    """[grid] for the panel's controls: the values of a slider, the options of a choice, seeds.

    A slider's grid holds both ends, where the panel opens, what the presets say, and each of its
    values that stands in the prose.
    """
    wanted = [{c.get("value")} for c in panel.controls]
    for control, values in zip(panel.controls, wanted, strict=True):
        values |= {
            preset[control["name"]] for _, preset in panel.presets if control["name"] in preset
        }
        values.add(panel.values.get(control["name"]))
        if control["kind"] == "Slider":
            values |= set(numbers_for(control, panel.controls, prose))
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


def _names(control):
    """What a text may call a control: its name, and the symbols in its label, not its words."""
    words = control["label"].removeprefix(LOG).translate(SUBSCRIPTS).split()
    return [control["name"], *filter(SYMBOL.fullmatch, words)]


def _spaced(control, stride):
    low, high, step = (control[name] for name in ("minimum", "maximum", "step"))
    count = round((high - low) / step)
    return {*(_at(control, place) for place in range(0, count + 1, stride)), high}


def _at(control, place):
    """The value at a place of a slider, counted in steps."""
    return float(f"{control['minimum'] + place * control['step']:.12g}")


def _places(control, number):
    """The value of a slider that a number means, or none; of a power of ten, the nearest."""
    low, high, step = (control[name] for name in ("minimum", "maximum", "step"))
    power = control["label"].startswith(LOG) and number > 0
    value, off = (math.log10(number), 0.5) if power else (number, 1e-6)
    place = (value - low) / step
    if low <= value <= high and abs(place - round(place)) <= off:
        yield _at(control, round(place))
