"""How arguments and results cross the border of the sandbox, as JSON: plain numbers, text, arrays.

This one file is read on both sides: `call` runs inside, `Answer` outside. What comes back from a
submission is only ever parsed as JSON, never run, and no object of a student's comes out.
"""

import base64
import json

import numpy as np


def encode(value):
    """A plain value as what JSON can hold. Raises TypeError for any other."""
    if type(value).__name__ == "Code":
        return {"code": str(value)}
    if value is None or type(value) in (str, bool, int, float):
        return value
    if isinstance(value, np.random.Generator):
        return {"rng": value.bit_generator.state}
    if isinstance(value, np.ndarray | np.generic):
        value = np.asarray(value)
        if value.dtype.kind not in "biuf":
            raise TypeError(f"an array of {value.dtype}")
        text = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()
        return {"array": text, "dtype": value.dtype.str, "shape": value.shape}
    if isinstance(value, list | tuple):
        return [encode(one) for one in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {"dict": {key: encode(one) for key, one in value.items()}}
    raise TypeError(f"a value of type {type(value).__name__}")


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


class Reply(str):
    """Text that a kernel shows as it is, without quotation marks."""

    __repr__ = str.__str__


def call(answer, request):
    """Inside: call a student's function, or look at a student's value; the reply as JSON."""
    more = {"rng": generator, "code": lambda text: eval(text, {"np": np})}
    arguments = decode(json.loads(request), more)
    try:
        reply = {"value": encode(answer(*arguments) if callable(answer) else answer)}
    except BaseException as error:  # an interrupt, too: it is the answer that took too long
        reply = {"error": [type(error).__name__, str(error)[:200]]}
    arrays = [encode(one) if isinstance(one, np.ndarray) else None for one in arguments]
    return Reply(json.dumps({**reply, "arguments": arrays}))


class Answer:
    """Outside: a student's function. Calling it sends copies and returns what came back.

    ask  takes the request and returns the reply, both JSON, or raises
    Arrays that the function changed are changed in the caller's hands, too.
    """

    def __init__(self, ask):
        self.ask = ask

    def __call__(self, *arguments):
        reply = json.loads(self.ask(json.dumps([encode(one) for one in arguments])))
        if "error" in reply:
            name, message = map(str, reply["error"])
            raise type(name if name.isidentifier() else "Error", (Exception,), {})(message)
        for given, after in zip(arguments, reply["arguments"], strict=True):
            if isinstance(given, np.ndarray) and after is not None:
                given[...] = decode(after)
        return decode(reply["value"])
