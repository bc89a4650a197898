"""What both kinds of panel need on a page: a still of themselves, and a place of their own."""

import base64
import html
import io
import threading
from pathlib import Path

from IPython import get_ipython

from helpers import figures

HERE = Path(__file__).parent
COLOURS = ("PREDICTION", "TARGET", "LOSS", "GRADIENT", "INK", "GREY")  # as in figures.py
# Cells run in one thread, a panel's messages in another; Matplotlib can do one thing at a time.
DRAWING = threading.RLock()
SHARPNESS = 1.5  # picture pixels per CSS pixel: clear on sharp screens, still quick to draw


def script(*names):
    """The browser's half of a panel: page.js and after it the files of these names.

    As text and not as a path: anywidget would keep every panel alive to tell it of changes in a
    file.
    """
    return _texts("page.js", *names)


def style(*names):
    """The look of a panel: the colours of figures.py as variables, page.css, and these files."""
    colours = (f"--{name.lower()}: {getattr(figures, name)};" for name in COLOURS)
    return f".lesson-panel {{ {' '.join(colours)} }}\n{_texts('page.css', *names)}"


def _texts(*names):
    return "".join((HERE / name).read_text("utf-8") for name in names)


def png_of(image, compress_level=9):
    """PNG bytes of a PIL image."""
    file = io.BytesIO()
    image.save(file, "png", compress_level=compress_level)
    return file.getvalue()


def static_fallback(image, alt, bundle):
    """Add a picture of the opening state to a widget's bundle (data, metadata).

    Where no widget runs (GitHub, a notebook not run yet, a PDF) the picture is what is seen.
    The HTML form comes first because JupyterLab keeps its alt text and drops that of image/png.
    """
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    png, width = base64.b64encode(png_of(image)).decode(), round(image.width / SHARPNESS)
    tag = f'<img alt="{html.escape(alt)}" width="{width}" src="data:image/png;base64,{png}">'
    still = {"text/plain": alt, "text/html": tag, "image/png": png}
    return {**(data or {}), **still}, {**(metadata or {}), "image/png": {"alt": alt}}


_made = {}  # the id of a cell: (its newest run, the widgets made in it)


def close_previous_run(widget):
    """Close the widgets that an earlier run of this cell made: they are on no page any more.

    ipywidgets keeps every widget, and with it its figure, until it is closed.
    """
    kernel = getattr(get_ipython(), "kernel", None)
    request = kernel.get_parent() if kernel else {}
    cell, run = request.get("metadata", {}).get("cellId"), request.get("header", {}).get("msg_id")
    if cell is None:  # not in a page: a script, a test, nbconvert
        return
    newest, widgets = _made.get(cell, (run, []))
    if newest != run:
        for old in widgets:
            old.layout.close()
            old.close()
        widgets = []
    _made[cell] = (run, [*widgets, widget])


def one_line(error):
    """An error in one line: its kind, and the first line of what it says."""
    return f"{type(error).__name__}: {error}".strip().splitlines()[0]
