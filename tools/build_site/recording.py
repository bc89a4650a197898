"""What a Panel shows at every place of a grid, as drawing orders and texts.

The background, each moving artist and each number is a column of its own. A column is kept as a
table over those controls that it depends on, and what is equal is kept once. A recording has two
parts: words, which an edition has for itself, and tables, which both editions share.
"""

import numpy as np
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.text import Text

from tools.build_site.orders import FINE, OrderBook


class Once:
    """Keeps equal things once; gives each its number."""

    def __init__(self):
        self._numbers, self.things = {}, []

    def __call__(self, thing):
        key = repr(thing)
        if key not in self._numbers:
            self._numbers[key] = len(self.things)
            self.things.append(thing)
        return self._numbers[key]


class Recorder:
    """What a panel shows, place by place; `watched` {cell: Prediction} move with it."""

    def __init__(self, panel, watched):
        self.panel, self.watched = panel, watched
        self._style, self._shapes, self._drawn, self._texts = Once(), Once(), Once(), Once()
        self._background, self._known, self.columns = None, {}, {}
        figure = panel._figure
        self._book = OrderBook(figure)
        figure.set_dpi(100)
        figure.stale = True
        for image in figure.findobj(AxesImage):
            image.set_interpolation("none")  # its own pixels, not the screen's

    def record(self, place, shape, values):
        """Write down what is shown for these values, at a place in tables of this shape."""
        readout = self.panel._update(**values)
        figure = self.panel._figure
        if figure.stale:
            self._background = self._orders(figure)
            figure.stale = False
        shown = {("drawn", 0): self._background}
        for number, artist in enumerate(self.panel._moving, 1):
            shown["drawn", number] = self._moving(number, artist)
        for name, text in readout.items():
            shown["text", name] = self._texts(text)
        for cell, prediction in self.watched.items():
            shown["bars", cell] = self._texts(_rounded(prediction.y))
        for key, number in shown.items():
            self.columns.setdefault(key, np.full(shape, -1))[place] = number

    def _moving(self, number, artist):
        """The orders of a moving artist: drawn once for each of its looks, for that takes time."""
        look = _look(artist)
        if look is None:
            return self._orders(artist)
        key = number, self._background, look
        if key not in self._known:
            self._known[key] = self._orders(artist)
        return self._known[key]

    def _orders(self, artist):
        orders = [
            [kind, self._style(how), self._shapes(what), *rest]
            for kind, how, what, *rest in self._book.drawn(artist)
        ]
        return self._drawn(orders)

    def result(self, controls, grids, **words):
        """(the words of this recording, its tables)."""
        for key in [key for key in self.columns if key[0] == "bars"]:
            if not _table(self.columns[key])["on"]:  # it does not move with this panel
                del self.columns[key]
        kinds = {
            kind: [key for key in self.columns if key[0] == kind]
            for kind in ("drawn", "text", "bars")
        }
        words = {
            "controls": controls,
            "names": [name for _, name in kinds["text"]],
            "bars": [cell for _, cell in kinds["bars"]],
            "width": self.panel.width,
            "words": self.panel.words,
            "size": [round(each) for each in self.panel._figure.bbox.size],
            "fine": FINE,
            **words,
        }
        tables = {kind: [_table(self.columns[key]) for key in keys] for kind, keys in kinds.items()}
        values = [
            grid if control["kind"] == "Slider" else len(grid)
            for control, grid in zip(controls, grids, strict=True)
        ]
        things = {
            "styles": self._style.things,
            "shapes": self._shapes.things,
            "orders": self._drawn.things,
        }
        return words, {"grids": values, **things, "texts": self._texts.things, **tables}


def _rounded(y):
    """Four digits of each; the largest takes what is lost, so that a sum of 1 stays 1."""
    short = np.round(y, 4)
    short[short.argmax()] += np.sum(y) - short.sum()
    return short.round(4).tolist()


def _look(artist):
    """What a line or a text is drawn from; None for other artists."""
    common = artist.get_visible(), artist.get_alpha(), artist.get_zorder()
    if type(artist) is Line2D:
        style = artist.get_color(), artist.get_linestyle(), artist.get_marker()
        size = artist.get_linewidth(), artist.get_markersize(), str(artist.get_markerfacecolor())
        return *common, *style, *size, artist.get_xydata().tobytes()
    if type(artist) is Text:
        return *common, artist.get_text(), artist.get_position(), artist.get_color()
    return None


def _table(numbers):
    """A table over all controls as {"on": the controls that matter, "table": over these}."""
    matter = []
    for axis in range(numbers.ndim):
        first = numbers.take([0], axis=axis)
        if (numbers == first).all():
            numbers = first
        else:
            matter.append(axis)
    return {"on": matter, "table": numbers.ravel().tolist()}
