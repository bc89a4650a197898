"""What both kinds of panel need on a page: colours from one home."""

import re
from pathlib import Path

import matplotlib.style
from matplotlib.colors import to_hex

from helpers import figures
from helpers.widgets import page
from helpers.widgets.panel import Panel
from helpers.widgets.prediction import Prediction

ROOT = Path(figures.__file__).parent.parent
VOCABULARY = {name: getattr(figures, name) for name in page.COLOURS}


def test_a_page_has_the_colours_of_the_figures():
    for kind in (Panel, Prediction):
        variables = dict(re.findall(r"--(\w+): (#\w+);", kind._css))
        assert variables == {name.lower(): colour for name, colour in VOCABULARY.items()}
        used = set(re.findall(r"var\(--(\w+)\)", kind._css + kind._esm))
        assert used and used <= variables.keys()


def test_no_colour_of_the_vocabulary_stands_anywhere_else():
    colours = {colour.lower() for colour in VOCABULARY.values()}
    files = [path for part in ("helpers", "lessons", "tools") for path in (ROOT / part).rglob("*")]
    for path in files:
        # diagrams name their colours, which tests/test_pictures.py holds to the vocabulary
        if path.suffix not in {".py", ".js", ".css", ".md"} or path.name == "figures.py":
            continue
        for found in re.findall(r"#[0-9a-fA-F]{3,6}\b", path.read_text("utf-8")):
            whole = "#" + "".join(2 * digit for digit in found[1:]) if len(found) == 4 else found
            assert whole.lower() not in colours, f"{path}: {found}"


def test_the_style_of_the_figures_cycles_through_the_vocabulary():
    with matplotlib.style.context("helpers.figures"):
        cycle = matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]
        colours = [matplotlib.rcParams[f"axes.{part}color"] for part in ("edge", "label")]
    names = ("PREDICTION", "LOSS", "TARGET", "GRADIENT", "GREY", "GREY", "INK")
    assert [to_hex(colour).upper() for colour in cycle + colours] == [
        VOCABULARY[name] for name in names
    ]
