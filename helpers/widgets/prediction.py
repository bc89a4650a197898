"""The prediction you can drag: ten bars, a target, and what the losses say.

The browser computes and draws, so the bars follow the finger at once. The kernel gets a copy and
runs the learner's own functions on it; their answers stand beside the browser's.
"""

import matplotlib.style
import numpy as np
import traitlets
from anywidget import AnyWidget
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from helpers import figures
from helpers.language import say, value_error
from helpers.widgets.page import (
    DRAWING,
    SHARPNESS,
    close_previous_run,
    one_line,
    script,
    static_fallback,
    style,
)


def exact(value):
    """A loss in four decimals, as losses.js writes it: one that is tiny but not 0 says so.

    To 12 digits first: two ways to compute one number differ in its 16th, and are written alike.
    """
    value = float(f"{value:.11e}")
    if 1e-12 < abs(value) < 0.00005:
        return f"{value:.0e}".replace("e-0", "e-")
    return f"{value:z.4f}"


class Prediction(AnyWidget):
    """Bars for y, one class marked as the target t, the losses as text.

    y       a prediction of shape (K,), numbers from 0 to 1
    t       the target: one-hot of shape (K,), or a label from 0 to K − 1
    losses  the functions being taught, each called as loss(y, t) with a one-hot t. For one named
            `mean_squared_error` the panel draws the squares, for one named
            `cross_entropy_error` the curve of −log y.

    `prediction.y` and `prediction.t` are what the browser shows; setting them moves the bars.
    Raises ValueError where y or t do not fit.
    """

    _esm = script("losses.js", "bars.js", "results.js", "prediction.js")
    _css = style("prediction.css")
    _y = traitlets.List().tag(sync=True)
    _t = traitlets.Int().tag(sync=True)
    losses = traitlets.List().tag(sync=True)
    presets = traitlets.List().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)  # what prediction.js says by itself

    def __init__(self, y, t, losses, presets=None):
        self._functions = losses
        super().__init__(
            losses=[loss.__name__ for loss in losses],
            words={"warning": say("these are not probabilities.")},
        )
        with self.hold_trait_notifications():
            self.y, self.t = y, t
        self.presets = [(label, list(map(float, each))) for label, each in (presets or {}).items()]
        close_previous_run(self)

    @property
    def y(self):
        """The prediction on the screen, float64 of shape (K,)."""
        return np.array(self._y)

    @y.setter
    def y(self, y):
        y = np.asarray(y, dtype=float)
        if y.ndim != 1 or not np.all((y >= 0) & (y <= 1)):
            raise value_error(
                "y must be one prediction: numbers from 0 to 1 in shape (K,), got shape {shape}"
                " with values from {low:g} to {high:g}",
                shape=y.shape,
                low=y.min(),
                high=y.max(),
            )
        if self._y and len(y) != len(self._y):
            raise value_error(
                "this panel has {bars} bars, got {numbers} numbers for y",
                bars=len(self._y),
                numbers=len(y),
            )
        self._y = y.tolist()

    @property
    def t(self):
        """The target on the screen, one-hot of shape (K,)."""
        return np.eye(len(self._y))[self._t]

    @t.setter
    def t(self, t):
        t, classes = np.asarray(t), len(self._y)
        if t.shape == (classes,) and np.sum(t == 1) == 1 and np.sum(t == 0) == classes - 1:
            t = np.argmax(t)
        if t.ndim != 0 or t not in range(classes):
            raise value_error(
                "t must be one-hot of shape ({classes},) or a label 0 to {last}, got {t}",
                classes=classes,
                last=classes - 1,
                t=t,
            )
        self._t = int(t)

    @traitlets.observe("_y", "_t")
    def _run_losses(self, _change):
        results = [self._answer(loss) for loss in self._functions]
        self.answers = {"y": self._y, "t": self._t, "results": results}

    def _answer(self, loss):
        try:
            return {"value": repr(float(loss(self.y, self.t))), "error": ""}
        except Exception as raised:
            return {"value": "", "error": one_line(raised)}

    @property
    def alt(self):
        """What the panel shows, in words and numbers."""
        bars = ", ".join(f"{value:.2f}" for value in self._y)
        answers = zip(self.losses, self.answers["results"], strict=True)
        told = [f"{name} = {a['error'] or exact(float(a['value']))}" for name, a in answers]
        return "; ".join([f"y = ({bars})", f"t = {self._t}", *told])

    def still(self):
        """A figure of what the panel shows, drawn, for where no browser draws it."""
        squares, curve = (
            name in self.losses for name in ("mean_squared_error", "cross_entropy_error")
        )
        heights = {
            "bars": 5,
            **({"squares": 3} if squares else {}),
            **({"terms": 1} if curve else {}),
        }
        rows = [[name] + ["curve"] * curve for name in heights]
        with DRAWING, matplotlib.style.context("helpers.figures"):
            size = (5.2 + 2.2 * curve, 2.4 + 1.6 * squares + 0.5 * curve)
            figure = Figure(figsize=size, dpi=100 * SHARPNESS)
            ratios = {"width_ratios": [5, 2][: len(rows[0])], "height_ratios": [*heights.values()]}
            axes = figure.subplot_mosaic(rows, **ratios)
            figures.draw_prediction(axes["bars"], self.y, self._t)
            if squares:
                figures.draw_squares(axes["squares"], self.y, self._t)
            if curve:
                figures.draw_terms(axes["terms"], self.y, self._t)
                figures.draw_minus_log(axes["curve"], self._y[self._t])
            FigureCanvasAgg(figure).draw()
        return figure

    def __repr__(self):
        return "Prediction(…)"  # a box would print every trait, the bytes of the picture among them

    def _repr_mimebundle_(self, **kwargs):
        image = Image.fromarray(np.asarray(self.still().canvas.buffer_rgba())[..., :3])
        return static_fallback(image, self.alt, super()._repr_mimebundle_(**kwargs))
