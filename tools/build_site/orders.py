"""A matplotlib renderer that writes down what is drawn, for site/scripts/painter.js to draw again.

An order is [kind, style, what, ...]: ["path", style, d, places] draws the path d, written as in
SVG, at places [[x0, x1 − x0, x2 − x1, …], [y0, …]]; ["image", style, pixels, box, columns, rows]
an image, its pixels as hexadecimal digits, two for a grey one and eight for one in colour. Lengths
are in tenths of a CSS pixel, y goes upwards.
"""

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

FINE = 10  # units in a CSS pixel
# how SVG calls a segment, and how many points it has
LETTERS = {
    Path.MOVETO: ("m", 1),
    Path.LINETO: ("l", 1),
    Path.CURVE3: ("q", 2),
    Path.CURVE4: ("c", 3),
}


class OrderBook(RendererBase):
    """Writes down the orders of what is drawn. The figure has 100 dots an inch."""

    def __init__(self, figure):
        super().__init__()
        self.figure, self.orders, self._texts = figure, [], {}

    def drawn(self, artist):
        """The orders of an artist or a figure."""
        self.orders = []
        artist.draw(self)
        return self.orders

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
        place, how = np.zeros(2), {"simplify": False}
        if rgbFace is not None and transform.is_affine:  # the same text at two places is one path
            matrix = transform.get_matrix()
            place = matrix[:2, 2]
            transform = Affine2D(matrix * [[1, 1, 0], [1, 1, 0], [1, 1, 1]])
        elif rgbFace is None:
            width, height = self.figure.bbox.size
            how = {"simplify": True, "clip": (-width, -height, 2 * width, 2 * height)}
        d = _written(path, transform, **how)
        if d:
            self.orders.append(["path", self._style(gc, rgbFace), d, _steps([place])])

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        places = [points[-2:] for points, _ in path.iter_segments(trans, simplify=False)]
        if places:
            d = _written(marker_path, marker_trans)
            self.orders.append(["path", self._style(gc, rgbFace), d, _steps(places)])

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        key = s, hash(prop), angle, ismath, gc.get_rgb()
        if key not in self._texts:  # to lay out a text takes long
            before, self.orders = self.orders, []
            super().draw_text(gc, 0, 0, s, prop, angle, ismath, mtext)
            self._texts[key], self.orders = self.orders, before
        for kind, style, d, [[across], [up]] in self._texts[key]:
            self.orders.append([kind, style, d, _steps([[x + across / FINE, y + up / FINE]])])

    def draw_image(self, gc, x, y, im, transform=None):
        rows, columns = im.shape[:2]
        fit = (transform or Affine2D().scale(columns, rows)).get_matrix()
        box = _fine([x + fit[0, 2], y + fit[1, 2], fit[0, 0], fit[1, 1]]).tolist()
        grey = (im[..., :1] == im[..., :3]).all() and (im[..., 3] == 255).all()
        pixels = np.ascontiguousarray(im[..., 0] if grey else im).tobytes().hex()
        self.orders.append(["image", self._style(gc, None), pixels, box, columns, rows])

    def _style(self, gc, fill):
        """How it is drawn: fill, ink, width of line, dashes, cap, join, what it is clipped to."""
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


def _steps(places):
    """Places of shape (N, 2) as two lists, each number but the first as the step from the last."""
    return np.diff(_fine(places), axis=0, prepend=0).T.tolist()


def _written(path, transform, **how):
    """A path as SVG writes it, each point relative to the one before."""
    cleaned = path.cleaned(transform=transform, curves=True, remove_nans=True, **how)
    points, codes = _fine(cleaned.vertices).tolist(), cleaned.codes.tolist()
    parts, x, y, start, at = [], 0, 0, (0, 0), 0
    while at < len(codes) and codes[at] != Path.STOP:
        code = codes[at]
        if code == Path.CLOSEPOLY:
            parts.append("z")
            (x, y), at = start, at + 1
            continue
        letter, count = LETTERS[code]
        moved = [each for px, py in points[at : at + count] for each in (px - x, py - y)]
        at += count
        x, y = points[at - 1]
        if code == Path.MOVETO:
            start = x, y
        elif not any(moved):
            continue
        parts.append(letter + " ".join(map(str, moved)).replace(" -", "-"))
    return "".join(parts)
