"""IPython inside the sandbox: it runs cells and calls functions as lines of JSON tell it to.

This one file is read on both sides: inside it is a program, `serve`; outside, `encode` and `decode`
say how arguments and results cross the pipe. What comes back from a submission is only ever parsed
as JSON, never run, and no object of a student's comes out.

    in   {"id": 3, "run": "1 + 1"}      out  {"output": ["execute_result", {"data": ...}]}
                                             {"done": 3}
    in   {"id": 4, "call": "f", "arguments": [...]}    out  {"done": 4, "value": ..., ...}
"""

import base64
import contextlib
import io
import json
import os
import signal
import sys
import threading

import numpy as np

LETTERS, NUMBERS = 1000, 50_000  # no answer is longer
ERRORS = ("raised", "no value", "large array")  # why an answer gave no value
SHOWN = ("text/plain", "image/png", "image/jpeg")
CONFIG = {"HistoryManager": {"enabled": False}, "InteractiveShell": {"xmode": "Minimal"}}


class NoValue(TypeError):
    """What is no plain value: one of ERRORS, and a detail of it."""


def encode(value):
    """A plain value as what JSON can hold. Raises NoValue for any other."""
    if type(value).__name__ == "Code":
        return {"code": str(value)}
    if value is None or type(value) in (bool, int, float):
        return value
    if isinstance(value, str):
        return str(value[:LETTERS])
    if isinstance(value, np.random.Generator):
        return {"rng": value.bit_generator.state}
    if isinstance(value, list | tuple):
        return [encode(one) for one in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {"dict": {key: encode(one) for key, one in value.items()}}
    if isinstance(value, np.ndarray) and value.dtype.kind == "O":  # batches of unequal size
        return encode(value.tolist())
    if hasattr(value, "__array__") and (array := np.asarray(value)).dtype.kind in "biuf":
        if array.size > NUMBERS:
            raise NoValue("large array", f"{array.size:,}")
        text = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
        return {"array": text, "dtype": array.dtype.str, "shape": array.shape}
    if not isinstance(value, np.ndarray) and hasattr(value, "__float__"):
        return float(value)
    raise NoValue("no value", type(value).__name__)


def decode(value, more=None):
    """The value that `encode` was given; `more` makes what is only ever sent into the sandbox."""
    if isinstance(value, list):
        return [decode(one, more) for one in value]
    if not isinstance(value, dict):
        return value
    ((kind, held),) = value.items() if len(value) == 1 else [("array", value)]
    if kind == "array":
        dtype = np.dtype(held["dtype"])
        if dtype.kind not in "biuf":
            raise ValueError(f"an array of {dtype}")
        flat = np.frombuffer(base64.b64decode(held["array"]), dtype)
        return flat.reshape(held["shape"]).copy()
    if kind == "dict":
        return {key: decode(one, more) for key, one in held.items()}
    return (more or {})[kind](held)


def generator(state):
    """The random generator in that state."""
    rng = np.random.default_rng()
    rng.bit_generator.state = state
    return rng


def call(answer, arguments):
    """Call a student's function, or look at a student's value; the reply as JSON can hold it."""
    more = {"rng": generator, "code": lambda text: eval(text, {"np": np})}
    arguments = decode(arguments, more)
    try:
        value = encode(answer(*arguments) if callable(answer) else answer)
        changed = [encode(one) if isinstance(one, np.ndarray) else None for one in arguments]
        return {"value": value, "arguments": changed}
    except NoValue as error:
        return {"error": error.args}
    except BaseException as error:  # an interrupt, too: it is the answer that took too long
        return {"error": ["raised", type(error).__name__, str(error)[:200]]}


class Printed:
    """What a cell prints, gathered to whole lines and sent in order."""

    def __init__(self, send):
        self.send, self.name, self.text = send, "", ""

    def add(self, name, text):
        if name != self.name:
            self.flush()
        self.name, self.text = name, self.text + text
        if "\n" in text or len(self.text) > 1000:
            self.flush()

    def flush(self):
        text, self.text = self.text, ""
        if text:
            self.send({"output": ["stream", {"name": self.name, "text": text}]})


class Stream(io.TextIOBase):
    """The sys.stdout or sys.stderr of a submission."""

    encoding = "utf-8"

    def __init__(self, name, printed):
        self.label, self.printed = name, printed

    def writable(self):
        return True

    def write(self, text):
        self.printed.add(self.label, text)
        return len(text)

    def flush(self):
        self.printed.flush()


def ipython(show):
    """IPython that hands its outputs to show(kind, content), as Jupyter would call them."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets import Type
    from traitlets.config import Config

    class Hook(DisplayHook):
        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            show("execute_result", {"data": plain(format_dict)})

        def finish_displayhook(self):
            pass

    class Publisher(DisplayPublisher):
        def publish(self, data, *_, **__):
            show("display_data", {"data": plain(data)})

        def clear_output(self, wait=False):
            pass

    class Shell(InteractiveShell):
        displayhook_class = Type(Hook)
        display_pub_class = Type(Publisher)

        def enable_gui(self, gui=None):
            pass

        def _showtraceback(self, etype, evalue, stb):
            show("error", {"ename": etype.__name__, "evalue": str(evalue)})

    shell = Shell.instance(config=Config(CONFIG))
    shell.display_formatter.active_types = list(SHOWN)
    for name in ("exit", "quit"):  # without them, exit() is an error in one cell and no more
        shell.user_ns.pop(name, None)
    return shell


def plain(data):
    """Text and pictures of what is displayed, as JSON can hold them."""
    return {
        kind: base64.b64encode(data[kind]).decode() if isinstance(data[kind], bytes) else data[kind]
        for kind in SHOWN
        if kind in data
    }


def pipe():
    """(requests, send): the standard input and output, of which a submission sees nothing."""
    requests, replies = os.fdopen(os.dup(0)), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    lock = threading.RLock()

    def send(message):
        line = f"\n{json.dumps(message)}\n".encode()  # begun anew, should one have been cut short
        with lock:
            while line:
                line = line[os.write(replies, line) :]

    return requests, send


def serve():
    """Do what each line on the standard input asks, until there are no more."""
    requests, send = pipe()
    printed, busy = Printed(send), False
    sys.stdout, sys.stderr = Stream("stdout", printed), Stream("stderr", printed)

    def show(kind, content):
        printed.flush()
        send({"output": [kind, content]})

    def interrupt(*_):
        if busy:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    shell = ipython(show)
    send({"done": 0})
    for line in requests:
        request, reply = json.loads(line), {}
        with contextlib.suppress(BaseException):
            busy = True
            if "run" in request:
                shell.run_cell(request["run"], store_history=True)
            else:
                reply = call(shell.user_ns[request["call"]], request["arguments"])
        busy = False
        printed.flush()
        send({"done": request["id"], **reply})


if __name__ == "__main__":
    serve()
