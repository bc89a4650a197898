"""The Panel itself: controls move it, errors show in it, pictures are drawn once."""

import ast
import io
import threading

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter
from jupyter_client.manager import run_kernel
from PIL import Image

from helpers import figures
from helpers.widgets.controls import Button, Choice, Slider
from helpers.widgets.panel import Panel


def pixels(panel):
    return np.asarray(Image.open(io.BytesIO(panel.picture)).convert("RGB"))


def parabola(square=np.square, **controls):
    figure, ax = figures.new()
    ax.set(xlim=(-1, 1), ylim=(0, 1), title="$x²$")
    (point,) = ax.plot([], [], "o", animated=True)

    presses = []

    def again(**values):
        presses.append(values)

    def update(x, scale="linear"):
        if ax.get_yscale() != scale:
            ax.set_yscale(scale)
        point.set_data([x], [square(x)])
        return {"x": f"{x:.2f}", "x²": f"{square(x):.4f}", "again": str(len(presses))}

    controls = controls or {
        "x": Slider(-1, 1, 0.1, 0.5),
        "scale": Choice(("linear", "symlog")),
        "again": Button("↻", again),
    }
    return Panel(figure, update, {"zero": {"x": 0}}, **controls)


def test_opens_with_the_values_of_its_controls():
    panel = parabola()
    assert panel.values == {"x": 0.5, "scale": "linear"}
    assert panel.readout == {"x": "0.50", "x²": "0.2500", "again": "0"}
    assert panel.error == ""
    assert panel.width == 560
    assert Image.open(io.BytesIO(panel.picture)).size == (840, 465)


def test_every_value_gives_its_own_numbers_and_its_own_picture():
    panel = parabola()
    pictures = set()
    for x in np.linspace(-1, 1, 21):
        panel.set(x=x)
        assert panel.readout["x²"] == f"{x * x:.4f}"
        pictures.add(panel.picture)
    assert len(pictures) == 21


def test_going_back_gives_the_same_picture():
    panel = parabola()
    before = panel.picture
    panel.set(x=-0.3)
    panel.set(x=0.5)
    assert panel.picture == before


def test_what_stands_still_is_redrawn_only_when_it_changes():
    panel = parabola()
    kept = panel._background
    panel.set(x=0.1)
    assert panel._background is kept
    panel.set(scale="symlog")
    assert panel._background is not kept


def test_the_kept_background_gives_what_a_full_redraw_gives():
    panel = parabola()
    panel.set(x=0.1)
    blitted = pixels(panel)
    fresh = parabola(x=Slider(-1, 1, 0.1, 0.1))
    assert np.array_equal(blitted, pixels(fresh))


def test_an_error_is_shown_and_the_panel_recovers():
    panel = parabola(lambda x: 1 / (x - 0.2))
    good, picture = panel.readout, panel.picture
    panel.set(x=0.2)
    assert panel.error == "ZeroDivisionError: float division by zero"
    assert panel.readout == good
    assert panel.picture == picture
    panel.set(x=0.3)
    assert panel.error == ""
    assert panel.readout["x"] == "0.30"


def test_an_error_in_the_first_update_leaves_a_live_panel():
    panel = parabola(lambda x: undefined_name)  # noqa: F821
    assert panel.error == "NameError: name 'undefined_name' is not defined"
    assert panel.readout == {}
    assert "undefined_name" in panel.alt


def sent_by(panel, monkeypatch):
    """What the panel sends from now on: a list of (frames, pictures)."""
    sent = []
    monkeypatch.setattr(panel, "send", lambda *message: sent.append(message))
    return sent


def test_what_is_drawn_ahead_is_what_would_be_shown(monkeypatch):
    panel = parabola(lambda x: x / (x != 0.3) * x)
    sent = sent_by(panel, monkeypatch)
    monkeypatch.setattr("helpers.widgets.panel.PREFETCH", 60)
    before = panel.values, panel.shown, panel.picture, panel._repr_mimebundle_()
    panel._prefetch(panel, [{**panel.values, "x": x} for x in (-1, 0.3, 0.7)], [])
    assert (panel.values, panel.shown, panel.picture, panel._repr_mimebundle_()) == before
    for x, shown, picture in zip((-1, 0.3, 0.7), *sent[0], strict=True):
        panel.set(x=x)
        assert shown["values"] == panel.values
        assert shown["error"] == panel.error
        assert (picture == b"") == (x == 0.3)
        assert panel.error or (shown, picture) == (panel.shown, panel.picture)


def test_two_threads_draw_one_panel_without_mixing_its_pictures(monkeypatch):
    panel, fresh = parabola(), parabola()
    sent = sent_by(panel, monkeypatch)
    ahead = [{**panel.values, "x": x} for x in np.linspace(-1, 1, 60)]
    other = threading.Thread(target=panel._prefetch, args=(panel, ahead, []))
    monkeypatch.setattr("helpers.widgets.panel.PREFETCH", 60)
    other.start()
    moved = []
    while other.is_alive():
        panel.set(x=-panel.values["x"])
        moved.append((panel.values, panel.picture))
    assert len(moved) > 2
    for values, picture in [*moved, *zip(ahead, sent[0][1], strict=True)]:
        fresh.set(**values)
        assert fresh.picture == picture


def test_drawing_ahead_stops_after_a_moment_but_not_before_the_first(monkeypatch):
    panel = parabola()
    sent = sent_by(panel, monkeypatch)
    monkeypatch.setattr("helpers.widgets.panel.PREFETCH", -1)
    panel._prefetch(panel, [panel.values] * 3, [])
    monkeypatch.setattr("helpers.widgets.panel.PREFETCH", 60)
    panel._prefetch(panel, [panel.values] * 3, [])
    assert [len(frames) for frames, _ in sent] == [1, 3]


def test_a_press_does_its_action_with_the_values_and_shows_what_comes_of_it():
    done, figure = [], figures.new()[0]
    add = Button("+", lambda x: done.append(x))
    panel = Panel(figure, lambda x: {"done": str(done)}, x=Slider(0, 1, 1, 0), add=add)
    panel.press("add")
    assert panel.readout == {"done": "[0]"}
    assert panel.done == {"Python": 1}


def told(panel, presses, **values):
    """What reaches a panel when a page tells its values and presses, (view, count, x) each."""
    keys = ("view", "count", "name", "values")
    sent = [dict(zip(keys, (v, count, "add", {"x": x}), strict=True)) for v, count, x in presses]
    panel.set_state({"values": values, "presses": sent})


def test_presses_that_are_told_again_are_done_once_each_with_its_values():
    done = []
    add = Button("+", lambda x: done.append(x))
    panel = Panel(figures.new()[0], lambda x: {"x": str(x)}, x=Slider(0, 9, 1, 0), add=add)
    told(panel, [("a", 1, 1)], x=1)
    told(panel, [("a", 1, 1), ("a", 2, 2), ("a", 3, 3)], x=4)
    assert (done, panel.readout, panel.done) == ([1, 2, 3], {"x": "4"}, {"a": 3})
    told(panel, [("b", 1, 5)], x=5)  # another view
    told(panel, [("a", 3, 3), ("a", 4, 6)], x=6)
    assert (done, panel.done) == ([1, 2, 3, 5, 6], {"a": 4, "b": 1})


def test_a_press_that_fails_does_not_stop_the_next():
    done = []

    def add(x):
        done.append(1 / x)

    panel = Panel(figures.new()[0], lambda x: {}, x=Slider(0, 9, 1, 1), add=Button("+", add))
    told(panel, [("a", 1, 0), ("a", 2, 1)], x=1)
    assert (done, panel.error) == ([1], "")
    told(panel, [("a", 3, 1), ("a", 4, 0)], x=1)
    assert (done, panel.error) == ([1, 1], "ZeroDivisionError: division by zero")


def test_an_error_in_an_action_is_shown_and_the_panel_recovers():
    panel = Panel(figures.new()[0], dict, fail=Button("!", lambda: 1 / 0), ok=Button("ok", dict))
    panel.press("fail")
    assert panel.error == "ZeroDivisionError: division by zero"
    panel.press("ok")
    assert panel.error == ""


def test_an_unknown_button_is_named():
    with pytest.raises(ValueError, match=r"no button 'x'; there are \['again'\]"):
        parabola().press("x")


def test_an_unknown_control_is_named():
    with pytest.raises(ValueError, match=r"no control \['y'\]; there are .*'x'"):
        parabola().set(y=1)


def test_the_still_carries_its_numbers():
    data, metadata = parabola()._repr_mimebundle_()
    assert data["text/plain"] == "x²; x = 0.50; x² = 0.2500; again = 0"
    assert data["text/html"].startswith(f'<img alt="{data["text/plain"]}" width="560" src="data:')
    assert metadata["image/png"] == {"alt": data["text/plain"]}
    assert "application/vnd.jupyter.widget-view+json" in data


def test_an_error_with_any_signs_in_it_stays_inside_the_alt_text():
    panel = parabola(lambda x: {}['"><b>'])
    data, _ = panel._repr_mimebundle_()
    assert """KeyError: &#x27;&quot;&gt;&lt;b&gt;&#x27;" width""" in data["text/html"]


def test_a_closed_panel_says_so():
    panel = parabola()
    panel.close()
    text = DisplayFormatter().format(panel)[0]["text/plain"]
    assert text == "This panel is closed: the cell that made it was run again."


def test_no_figure_is_left_open():
    before = plt.get_fignums()
    parabola()
    assert plt.get_fignums() == before


MAKE = """
import gc, psutil
import numpy as np
from ipywidgets import Widget
from helpers import panels
from helpers.losses import cross_entropy_error
live = getattr(Widget, "_instances", None) or Widget.widgets
kept = panels.prediction(np.full(10, 0.1), 2, [cross_entropy_error])
panels.logarithm()
"""
LOOK = "[len(live), gc.collect() and psutil.Process().memory_info().rss / 1e6]"


def run_cell(kernel, code, cell, look="None"):
    """Run code as a page runs the cell of that id; the value of an expression after it."""
    content = {"code": code, "silent": False, "user_expressions": {"look": look}}
    message = kernel.session.msg("execute_request", content, metadata={"cellId": cell})
    kernel.shell_channel.send(message)
    reply = kernel.get_shell_msg(timeout=60)
    while reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
        reply = kernel.get_shell_msg(timeout=60)
    assert reply["content"]["status"] == "ok", reply["content"]
    return ast.literal_eval(reply["content"]["user_expressions"]["look"]["data"]["text/plain"])


def test_a_cell_that_is_run_again_leaves_nothing_behind():
    runs = []
    with run_kernel() as kernel:
        other = run_cell(kernel, MAKE, "another cell", LOOK)[0]
        for run in range(40):
            run_cell(kernel, MAKE, "this cell")
            if run in (9, 39):
                runs.append(run_cell(kernel, "", "a third cell", LOOK))
        open_now = run_cell(kernel, "", "a third cell", "kept.comm is not None")
    (few, before), (many, after) = runs
    assert few == many == 2 * other, "only the last run's panels are kept"
    # IPython itself keeps the still of each; a figure would be 3 MB and more
    assert after < before + 30 * 1.0, "memory grows"
    assert open_now
