"""The panels with ipywidgets 7.7, which Google Colab ships: a real kernel, told what a page tells.

The first run downloads ipywidgets-7.txt into .venv.
"""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.manager import run_kernel

from tests.browser.conftest import ROOT
from tests.lessons import LESSONS
from tools.subjects import subject

OLD = os.path.join(sys.prefix, "ipywidgets-7")
MAKE = """
import contextlib, io, json
from pathlib import Path
import ipywidgets
from tests.lessons import panels_of
from helpers.widgets.panel import Panel
with contextlib.redirect_stdout(io.StringIO()):
    panels = panels_of(Path({lesson!r}))
assert ipywidgets.__version__ == "7.7.1"
for panel in panels:
    data, _ = panel._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data and "<img alt=" in data["text/html"]
"""
LOOK = """json.dumps(
    [(panel.model_id, panel.values, panel.controls) for panel in panels if isinstance(panel, Panel)]
)"""


@pytest.fixture(scope="module")
def kernel():
    if not os.path.isdir(OLD):
        wanted = Path(__file__).with_name("ipywidgets-7.txt")
        options = ["--quiet", "--no-deps", "--require-hashes", "--target", OLD, "-r", wanted]
        subprocess.run([sys.executable, "-m", "pip", "install", *options], check=True)
    path = os.pathsep.join([OLD, str(ROOT)])
    with run_kernel(env={**os.environ, "PYTHONPATH": path}) as kernel:
        yield kernel


def messages(kernel, request):
    """What the kernel publishes for a request, until it rests."""
    found = []
    while True:
        message = kernel.get_iopub_msg(timeout=120)
        if message["parent_header"].get("msg_id") == request:
            found.append(message)
            if message["content"].get("execution_state") == "idle":
                return found


def answer_to(kernel, request):
    """The content of the reply to a request; replies to others are passed over."""
    while True:
        reply = kernel.get_shell_msg(timeout=120)
        if reply["parent_header"].get("msg_id") == request:
            return reply["content"]


def tell(kernel, comm, data):
    """Send what a page sends to a widget; return what it answers, not what it moves elsewhere."""
    message = kernel.session.msg("comm_msg", {"comm_id": comm, "data": data})
    kernel.shell_channel.send(message)
    told = messages(kernel, message["header"]["msg_id"])
    answers = [one for one in told if one["msg_type"] == "comm_msg"]
    return [one for one in answers if one["content"]["comm_id"] == comm]


OWN = """
import ipywidgets, numpy
from helpers import panels
beside = panels.prediction(numpy.full(10, 0.1), 2, [])
practice = panels.practice()
share = ipywidgets.FloatSlider(max=1, step=0.01)
def move(change):
    beside.y = numpy.full(10, change["new"])
    practice.set(**{practice.controls[0]["name"]: change["new"]})
share.observe(move, "value")
box = ipywidgets.HBox([share, beside, practice])
assert ipywidgets.__version__ == "7.7.1"
"""


def test_a_slider_of_ipywidgets_moves_the_panels_beside_it(kernel):
    look = {"ids": "json.dumps([one.model_id for one in box.children])", "text": "repr(box)"}
    run = kernel.execute("import json" + OWN, user_expressions=look)
    messages(kernel, run)
    reply = answer_to(kernel, run)
    assert reply["status"] == "ok", reply
    found = [reply["user_expressions"][name]["data"]["text/plain"] for name in look]
    share, beside, practice = json.loads(ast.literal_eval(found[0]))
    assert "Prediction(…)" in found[1] and len(found[1]) < 200
    data = {"method": "update", "state": {"value": 0.6}}
    message = kernel.session.msg("comm_msg", {"comm_id": share, "data": data})
    kernel.shell_channel.send(message)
    told = {beside: {}, practice: {}}
    for one in messages(kernel, message["header"]["msg_id"]):
        if one["msg_type"] == "comm_msg" and one["content"]["comm_id"] in told:
            told[one["content"]["comm_id"]] |= one["content"]["data"]["state"]
    assert told[beside]["_y"] == [0.6] * 10
    assert list(told[practice]["shown"]["values"].values()) == [0.6]


def end_of(slider):
    """The end of a slider at which it does not open."""
    at_end = slider["value"] == slider["maximum"]
    return slider["minimum"] if at_end else slider["maximum"]


@pytest.mark.parametrize("lesson", LESSONS, ids=subject)
def test_every_panel_opens_moves_and_prefetches(kernel, lesson):
    run = kernel.execute(MAKE.format(lesson=str(lesson)), user_expressions={"look": LOOK})
    messages(kernel, run)
    reply = answer_to(kernel, run)
    assert reply["status"] == "ok", reply
    text = ast.literal_eval(reply["user_expressions"]["look"]["data"]["text/plain"])
    for comm, values, controls in json.loads(text):
        (answer,) = tell(kernel, comm, {"method": "custom", "content": [values]})
        (frame,) = answer["content"]["data"]["content"]
        assert frame["values"] == values
        assert frame["readout"]
        assert bytes(answer["buffers"][0]).startswith(b"\x89PNG")
        sliders = [control for control in controls if control["kind"] == "Slider"]
        moved = {**values, **{each["name"]: end_of(each) for each in sliders}}
        (answer,) = tell(kernel, comm, {"method": "update", "state": {"values": moved}})
        state = answer["content"]["data"]["state"]
        assert state["shown"]["values"] == moved
        assert state["shown"]["error"] == ""
        for name in (each["name"] for each in controls if each["kind"] == "Button"):
            press = {"view": name, "count": 1, "name": name, "values": moved}
            (answer,) = tell(kernel, comm, {"method": "update", "state": {"presses": [press]}})
            assert answer["content"]["data"]["state"]["done"][name] == 1
