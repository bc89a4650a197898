"""Panel: some controls, one matplotlib figure, and a function that moves the figure.

This is the only module that knows how a moving picture reaches the browser. A panel is made once
and kept. When a control moves, `update` is called with the values of all controls; it moves the
artists that were made with `animated=True` and returns the numbers to show as a dict. Only those
artists are drawn again, on a kept background. If `update` changes anything else (limits, scales,
ticks), matplotlib marks the figure as stale and the panel draws all of it.

A picture takes its way through the kernel in a twentieth of a second. A hand is faster: so when it
comes near a slider, the browser has the pictures along that slider prefetched, keeps them, and
shows them while the slider is dragged. The kernel hears where the hand came to rest.
"""

import time

import anywidget
import numpy as np
import traitlets
from PIL import Image

from helpers.language import say, value_error
from helpers.widgets.controls import Button, described
from helpers.widgets.page import (
    DRAWING,
    SHARPNESS,
    close_previous_run,
    one_line,
    png_of,
    script,
    static_fallback,
    style,
)

PREFETCH = 0.03  # seconds: prefetching holds up a moving hand for no longer


class Panel(anywidget.AnyWidget):
    """Controls, a kept figure and its numbers as one widget.

    figure    a figure from `figures.new()`, with what stands still already drawn
    update    called as update(**values of the controls); returns {name: text} to show
    presets   {label: {control: value}}: one button each
    spots     {control: {option: (ax, x, y)}}: a click on the picture near there chooses the option
    prefetch  may frames be drawn ahead of the hand? Not when what `update` shows depends on
              what it showed before
    controls  name=Slider(...), name=Choice(...), name=Button(...); a button has no value

    An error in `update` or in an action (the learner's own function, say) is shown in the panel
    as one line; the panel goes on with the next value that works.
    """

    _esm = script("controls.js", "view.js", "panel.js")
    _css = style()
    controls = traitlets.List().tag(sync=True)
    presets = traitlets.List().tag(sync=True)
    spots = traitlets.List().tag(sync=True)  # [control, option, across, down] each, from 0 to 1
    values = traitlets.Dict().tag(sync=True)
    picture = traitlets.Bytes().tag(sync=True)
    width = traitlets.Int().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    presses = traitlets.List().tag(sync=True)  # {view, count, name, values} each, in order
    done = traitlets.Dict().tag(sync=True)  # {view: count of its newest press that is done}
    prefetch = traitlets.Bool().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)  # what panel.js says by itself

    def __init__(self, figure, update, presets=None, prefetch=True, spots=None, **controls):
        self._figure, self._update, self._background = figure, update, None
        figure.set_dpi(100 * SHARPNESS)
        self._moving = sorted(figure.findobj(lambda a: a.get_animated()), key=lambda a: a.zorder)
        self._image = None
        super().__init__(
            controls=[described(name, control) for name, control in controls.items()],
            presets=list((presets or {}).items()),
            width=round(figure.get_figwidth() * 100),
            prefetch=prefetch,
            words={
                "silent": say(
                    "The kernel has not answered yet. If it is not busy, run the cell again."
                )
            },
        )
        buttons = {name: each for name, each in controls.items() if isinstance(each, Button)}
        self._actions = {name: button.action for name, button in buttons.items()}
        self.values = {name: controls[name].value for name in controls if name not in buttons}
        self.spots = [  # after the first picture, for now the axes have their place
            [name, option, *_in_picture(figure, *place)]
            for name, options in (spots or {}).items()
            for option, place in options.items()
        ]
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
            raise value_error(
                "no control {unknown}; there are {known}",
                unknown=sorted(unknown),
                known=sorted(self.values),
            )
        self.values = {**self.values, **values}

    def press(self, name):
        """Press a button from Python, as a hand would in the browser."""
        if name not in self._actions:
            raise value_error(
                "no button {name!r}; there are {known}", name=name, known=sorted(self._actions)
            )
        count = self.done.get("Python", 0) + 1
        self.presses = [{"view": "Python", "count": count, "name": name, "values": self.values}]

    @traitlets.observe("values", "presses")
    def _move(self, _change):
        with DRAWING:
            presses = [p for p in self.presses if p["count"] > self.done.get(p["view"], 0)]
            if not presses and self.values == self.shown.get("values"):
                return  # a page tells its presses again until it hears that they are done
            shown, image = self._frame(self.values, presses)
            self._image = image or self._image or self._draw()
            with self.hold_sync():
                self.picture = small_png(self._image)
                self.shown = shown
                self.done = {**self.done, **{p["view"]: p["count"] for p in presses}}

    def _prefetch(self, _panel, wanted, _buffers):
        """Send the frames for a list of values, as many as are drawn in a moment, at least one.

        A short moment, so that a hand which moves meanwhile need not wait.
        """
        end, frames = time.monotonic() + PREFETCH, []
        for values in wanted:
            with DRAWING:
                frames.append(self._frame(values))
            if time.monotonic() > end:
                break
        self.send([shown for shown, _ in frames], [small_png(image) for _, image in frames])

    def _frame(self, values, presses=()):
        """What to show for these values, and the image; None and the error where one is raised."""
        try:
            self._do(presses)
            readout = self._update(**values)
            return {"values": values, "readout": readout, "error": ""}, self._draw()
        except Exception as raised:
            readout = self.shown.get("readout", {})
            return {"values": values, "readout": readout, "error": one_line(raised)}, None

    def _do(self, presses):
        """The actions of some presses, each with the values of its time; none stops the next."""
        for number, press in enumerate(presses, 1):
            try:
                self._actions[press["name"]](**press["values"])
            except Exception:
                if number == len(presses):
                    raise

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
            self._figure = self._update = self._actions = None
            self._background = self._moving = self._image = None
        self._repr_mimebundle_ = _closed

    def __repr__(self):
        return "Panel(…)"  # a box would print every trait, the bytes of the picture among them

    def _repr_mimebundle_(self, **kwargs):
        return static_fallback(self._image, self.alt, super()._repr_mimebundle_(**kwargs))


def _in_picture(figure, ax, x, y):
    """Where the point (x, y) of some axes is in the picture: across and down, from 0 to 1."""
    across, up = figure.transFigure.inverted().transform(ax.transData.transform((x, y)))
    return float(across), float(1 - up)


def _closed(**_kwargs):
    return {"text/plain": say("This panel is closed: the cell that made it was run again.")}


def small_png(image):
    """PNG bytes of a picture that moves: half the bytes in half the time, in 256 colours.

    No image gives no bytes.
    """
    return png_of(image.quantize(256, Image.Quantize.FASTOCTREE), 1) if image else b""
