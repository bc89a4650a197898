"""What a panel's picture costs as PNG, as it travels now, and as drawing orders, as pages have it.

python -m benchmarks orders

Every panel of every lesson is dragged along each of its sliders, once in either form. The orders
are compressed JSON, the background among them, so that a picture needs nothing kept.
"""

import json
import time
import zlib
from statistics import median

import nbformat
import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from helpers.widgets.panel import Panel, small_png
from tools.build_site.orders import OrderBook
from tools.subjects import ROOT, lessons_in

PLACES = 20  # along a slider


def panels_of(name):
    """The panels that a notebook shows."""
    for cell in nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4).cells:
        if cell.cell_type == "code":
            with capture_output():
                shown = InteractiveShell.instance().run_cell(cell.source).result
            if isinstance(shown, Panel):
                yield shown


def drags(panel):
    """The values of the controls, along one slider after the other."""
    for control in panel.controls:
        if control["kind"] == "Slider":
            ends = control["minimum"], control["maximum"]
            steps = np.linspace(0, round((ends[1] - ends[0]) / control["step"]), PLACES).round()
            for value in ends[0] + steps * control["step"]:
                yield {**panel.values, control["name"]: min(value, ends[1])}


def timed(draw):
    """(milliseconds of this process, what was drawn)."""
    start = time.process_time()
    drawn = draw()
    return 1000 * (time.process_time() - start), drawn


def measured(panel):
    """([(ms, kB)] of its pictures as PNG, the same as orders, ms for the first background)."""
    figure, moves, png, orders = panel._figure, list(drags(panel)), [], []
    for values in moves:
        panel._update(**values)
        cost, picture = timed(lambda: small_png(panel._draw()))
        png.append((cost, len(picture) / 1000))
    figure.set_dpi(100)
    book = OrderBook(figure)
    first, still = timed(lambda: json.dumps(book.drawn(figure)))

    def written():
        moving = [book.drawn(artist) for artist in panel._moving]
        return zlib.compress((still + json.dumps(moving)).encode(), 1)

    for values in moves:
        panel._update(**values)
        cost, picture = timed(written)
        orders.append((cost, len(picture) / 1000))
    return png, orders, first


def main():
    print("| lesson | PNG, ms | kB | orders, ms | kB | to open, ms more |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for subject, name in lessons_in().items():
        found = [measured(panel) for panel in panels_of(name)]
        png, orders = ([pair for each in found for pair in each[form]] for form in (0, 1))
        columns = [column for form in (png, orders) for column in zip(*form, strict=True)]
        cells = [f"{median(column):.1f}" for column in columns]
        print(f"| {subject} | {' | '.join(cells)} | {sum(each[2] for each in found):.0f} |")


if __name__ == "__main__":
    main()
