"""Python's side of a page: runs cells with JupyterLite's kernel, and tells what comes of them.

worker.js imports it once Python has started. Each thing told is a list: its kind, its details as
JSON text, and buffers of bytes.
"""

import json
import traceback
from itertools import count

import pyodide_kernel
from anywidget import AnyWidget
from comm import get_comm_manager
from js import postMessage
from pyodide.ffi import to_js

shell, kernel = pyodide_kernel.ipython_shell, pyodide_kernel.kernel_instance
SCRIPTS = {"_esm", "_css"}  # of a panel: the page has them already
MOST = 100_000  # characters a cell may print: a page that gets more stands still

_runs, _panels = count(1), set()
_now = {"cell": None, "printed": 0}


def tell(kind, buffers=(), **details):
    postMessage(to_js([kind, json.dumps(details), [*buffers]]))


async def run(cell, source):
    """Run the source of a cell; its text, pictures, panels and error are told as they come."""
    _now.update(cell=cell, printed=0)
    # Who makes a panel anew closes the one of this cell's earlier run: see helpers/widgets/page.py.
    kernel._parent_header = {"header": {"msg_id": next(_runs)}, "metadata": {"cellId": cell}}
    await kernel.run(source)
    done = shell.last_execution_result
    if error := done.error_before_exec or done.error_in_exec:
        said = traceback.format_exception_only(error)[-1].strip().splitlines()[0]
        tell("error", cell=cell, line=_line(error), text=said)
    _now["cell"] = None


def hear(model, message):
    """Give the page's message, JSON text, to the panel of this model."""
    comm = get_comm_manager().get_comm(model)
    if comm is not None:  # else its cell was run again meanwhile
        comm.handle_msg({"content": {"data": json.loads(message)}, "buffers": []})


def _line(error):
    """The line of the cell that did not succeed; None where that cannot be said."""
    frames = traceback.walk_tb(error.__traceback__)
    lines = (line for frame, line in frames if frame.f_globals is shell.user_ns)
    return next(lines, getattr(error, "lineno", None))


def _print(_stream, text):
    before, _now["printed"] = _now["printed"], _now["printed"] + len(text)
    if _now["cell"] and before < MOST:
        tell("text", cell=_now["cell"], text=text if before + len(text) < MOST else "…\n")


def _show(data):
    if "image/png" in data:
        tell("picture", cell=_now["cell"], png=data["image/png"])
    elif "text/plain" in data:
        _print("", data["text/plain"] + "\n")


def _show_panel(panel):
    tell("panel", cell=_now["cell"], model=panel.model_id)


def _send(kind, content, _metadata, _topic, buffers):
    """What a panel's model tells its page; other widgets have none here."""
    model, data = content["comm_id"], content["data"]
    if kind == "comm_open" and SCRIPTS & data["state"].keys():
        _panels.add(model)
    if model not in _panels or data.get("method") == "echo_update":
        return
    state = {name: value for name, value in data.get("state", {}).items() if name not in SCRIPTS}
    paths = data.get("buffer_paths", [])
    content = data.get("content")
    tell(kind, buffers or (), model=model, state=state, paths=paths, content=content)


for stream in (pyodide_kernel.stdout_stream, pyodide_kernel.stderr_stream):
    stream.publish_stream_callback = _print
shell.display_pub.display_data_callback = lambda data, *_: _show(data)
shell.displayhook.publish_execution_result = lambda _count, data, _metadata: _show(data)
# Shown at once, without the picture that a notebook keeps of it.
shell.display_formatter.ipython_display_formatter.for_type(AnyWidget, _show_panel)
shell.showtraceback = shell.showsyntaxerror = lambda *_, **__: None  # run tells it
shell.send_comm = _send
