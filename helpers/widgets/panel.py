"""Panel: some controls, one matplotlib figure, and a function that moves the figure.

This is the only module that knows how a moving picture reaches the browser. A panel is made once
and kept. When a control moves, `update` is called with the values of all controls; it moves the
artists that were made with `animated=True` and returns the numbers to show as a dict. Only those
artists are drawn again, on a kept background. If `update` changes anything else (limits, scales,
ticks), matplotlib marks the figure as stale and the panel draws all of it.

A picture takes its way through the kernel in a twentieth of a second. A hand is faster: so when it
comes near a slider, the browser has the pictures along that slider drawn ahead, keeps them, and
turns their pages while the slider is dragged. The kernel hears where the hand came to rest.
"""

import time
from dataclasses import asdict, dataclass

import anywidget
import numpy as np
import traitlets
from PIL import Image

from helpers.widgets.page import (
    CSS,
    DRAWING,
    SHARPNESS,
    close_previous_run,
    one_line,
    png_of,
    script,
    static_fallback,
)

CLOSED = "This panel is closed: the cell that made it was run again."
AHEAD = 0.03  # seconds: drawing ahead holds up a moving hand for no longer


@dataclass(frozen=True)
class Slider:
    """A number from minimum to maximum in steps, with the value it opens at."""

    minimum: float
    maximum: float
    step: float
    value: float
    label: str = ""


@dataclass(frozen=True)
class Choice:
    """One of several words or symbols; it opens at the first."""

    options: tuple
    label: str = ""

    @property
    def value(self):
        return self.options[0]


@dataclass(frozen=True)
class Button:
    """Something to do again; its value counts the clicks."""

    label: str = ""
    value: int = 0


class Panel(anywidget.AnyWidget):
    """Controls, a kept figure and its numbers as one widget.

    figure    a figure from `figures.new()`, with what stands still already drawn
    update    called as update(**values of the controls); returns {name: text} to show
    presets   {label: {control: value}}: one button each
    prefetch  may pictures be drawn ahead of the hand? Not when what `update` shows depends on
              what it showed before
    controls  name=Slider(...), name=Choice(...), name=Button(...)

    An error in `update` (the learner's own function, say) is shown in the panel as one line;
    the panel goes on with the next value that works.
    """

    _esm = script("panel.js")
    _css = CSS
    controls = traitlets.List().tag(sync=True)
    presets = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    picture = traitlets.Bytes().tag(sync=True)
    width = traitlets.Int().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    prefetch = traitlets.Bool().tag(sync=True)

    def __init__(self, figure, update, presets=None, prefetch=True, **controls):
        self._figure, self._update, self._background = figure, update, None
        figure.set_dpi(100 * SHARPNESS)
        self._moving = sorted(figure.findobj(lambda a: a.get_animated()), key=lambda a: a.zorder)
        self._image = None
        described = [
            {
                "name": name,
                "kind": type(control).__name__,
                **asdict(control),
                "value": control.value,
            }
            for name, control in controls.items()
        ]
        values = {name: control.value for name, control in controls.items()}
        presets = list((presets or {}).items())
        width = round(figure.get_figwidth() * 100)
        super().__init__(controls=described, presets=presets, width=width, prefetch=prefetch)
        self.values = values
        self.on_msg(self._prefetch)
        close_previous_run(self)

    @property
    def readout(self):
        """The numbers shown now, {name: text}."""
        return self.shown["readout"]

    @property
    def error(self):
        """The error shown now, as one line; empty when all is well."""
        return self.shown["error"]

    def set(self, **values):
        """Move controls from Python, as a hand would in the browser."""
        unknown = values.keys() - self.values.keys()
        if unknown:
            raise ValueError(f"no control {sorted(unknown)}; there are {sorted(self.values)}")
        self.values = {**self.values, **values}

    @traitlets.observe("values")
    def _move(self, _change):
        with DRAWING:
            shown, image = self._frame(self.values)
            self._image = image or self._image or self._draw()
            with self.hold_sync():
                self.picture = small_png(self._image)
                self.shown = shown

    def _prefetch(self, _panel, wanted, _buffers):
        """Send the frames for a list of values, as many as are drawn in a moment, at least one.

        A short moment, so that a hand which moves meanwhile need not wait.
        """
        end, frames = time.monotonic() + AHEAD, []
        for values in wanted:
            with DRAWING:
                frames.append(self._frame(values))
            if time.monotonic() > end:
                break
        self.send([shown for shown, _ in frames], [small_png(image) for _, image in frames])

    def _frame(self, values):
        """What to show for these values, and the image; None and the error where update raises."""
        try:
            readout = self._update(**values)
            return {"values": values, "readout": readout, "error": ""}, self._draw()
        except Exception as raised:
            readout = self.shown.get("readout", {})
            return {"values": values, "readout": readout, "error": one_line(raised)}, None

    def _draw(self):
        """The figure as an RGB image: the kept background with the moving artists on it."""
        canvas = self._figure.canvas
        if self._background is None or self._figure.stale:
            canvas.draw()
            self._background = canvas.copy_from_bbox(self._figure.bbox)
            self._figure.stale = False
        canvas.restore_region(self._background)
        for artist in self._moving:
            self._figure.draw_artist(artist)
        return Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])

    @property
    def alt(self):
        """What the picture shows now, in words and numbers."""
        titles = [ax.get_title(loc) for ax in self._figure.axes for loc in ("left", "center")]
        numbers = [f"{name} = {text}" for name, text in self.readout.items()]
        parts = [title for title in titles if title] + numbers + [self.error] * bool(self.error)
        return "; ".join(parts).replace("$", "").replace("\\", "")

    def close(self):
        """Let go of the figure, too, for IPython's Out keeps every panel that a cell has shown."""
        with DRAWING:
            super().close()
            self._figure = self._update = self._background = self._moving = self._image = None
        self._repr_mimebundle_ = lambda **_: {"text/plain": CLOSED}

    def _repr_mimebundle_(self, **kwargs):
        return static_fallback(self._image, self.alt, super()._repr_mimebundle_(**kwargs))


def small_png(image):
    """PNG bytes of a picture that moves: half the bytes in half the time, in 256 colours.

    No image gives no bytes.
    """
    return png_of(image.quantize(256, Image.Quantize.FASTOCTREE), 1) if image else b""
