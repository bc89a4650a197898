"""A matplotlib renderer that writes down what is drawn, for site/scripts/painter.js to draw again.

An order is [kind, style, ...]: ["path", style, d, places] draws the path d, written as in SVG, at
each of the places [x0, y0, x1, y1, …]; ["image", style, box, columns, rows, pixels] an image, its
pixels as hexadecimal digits, two for a grey one and eight for one in colour. Lengths are in tenths
of a CSS pixel, y goes upwards.
"""

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

FINE = 10  # units in a CSS pixel
LETTERS = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}


class OrderBook(RendererBase):
    """The orders of all that is drawn with it, in `orders`. The figure has 100 dots an inch."""

    def __init__(self, figure):
        super().__init__()
        self.figure, self.orders = figure, []

    def get_canvas_width_height(self):
        return self.figure.bbox.size

    def points_to_pixels(self, points):
        return points * self.figure.dpi / 72

    def flipy(self):
        return False

    def option_scale_image(self):
        return True

    def option_image_nocomposite(self):
        return True

    def draw_path(self, gc, path, transform, rgbFace=None):
        width, height = self.figure.bbox.size
        near = None if rgbFace is not None else (-width, -height, 2 * width, 2 * height)
        d = _written(path, transform, clip=near, simplify=rgbFace is None, remove_nans=True)
        if d:
            self.orders.append(["path", self._style(gc, rgbFace), d, [0, 0]])

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        places = [points[-2:] for points, _ in path.iter_segments(trans, simplify=False)]
        if places:
            d = _written(marker_path, marker_trans)
            self.orders.append(["path", self._style(gc, rgbFace), d, _fine(places).ravel().tolist()])

    def draw_image(self, gc, x, y, im, transform=None):
        rows, columns = im.shape[:2]
        fit = (transform or Affine2D().scale(columns, rows)).get_matrix()
        box = _fine([x + fit[0, 2], y + fit[1, 2], fit[0, 0], fit[1, 1]]).tolist()
        grey = (im[..., :1] == im[..., :3]).all() and (im[..., 3] == 255).all()
        pixels = np.ascontiguousarray(im[..., 0] if grey else im).tobytes().hex()
        self.orders.append(["image", self._style(gc, None), box, columns, rows, pixels])

    def _style(self, gc, fill):
        """How it is drawn: fill, ink, width of the line, dashes, cap, join, what it is clipped to."""
        visible = gc.get_rgb()[3] > 0
        line = round(self.points_to_pixels(gc.get_linewidth()), 2) if visible else 0
        dashes = gc.get_dashes()[1]
        clip = gc.get_clip_rectangle()
        return [
            to_hex(fill, keep_alpha=True) if fill is not None and fill[3] else "",
            to_hex(gc.get_rgb(), keep_alpha=True) if line else "",
            line,
            [round(self.points_to_pixels(each), 1) for each in (() if dashes is None else dashes)],
            gc.get_capstyle().replace("projecting", "square"),
            str(gc.get_joinstyle()),
            [round(each) for each in (*clip.p0, *clip.size)] if clip else [],
        ]


def _fine(lengths):
    return np.rint(np.array(lengths) * FINE).astype(int)


def _written(path, transform, **how):
    """A path as SVG writes it, each point relative to the one before."""
    parts, at, start = [], np.zeros(2, int), np.zeros(2, int)
    for points, code in path.iter_segments(transform, **how):
        if code == Path.CLOSEPOLY:
            parts.append("z")
            at = start
            continue
        points = _fine(points).reshape(-1, 2)
        moved = (points - at).ravel()
        at = points[-1]
        if code == Path.MOVETO:
            start = at
        elif not moved.any():
            continue
        parts.append(LETTERS[code] + " ".join(map(str, moved.tolist())).replace(" -", "-"))
    return "".join(parts)
