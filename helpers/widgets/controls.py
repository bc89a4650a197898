"""The controls of a panel, as Python sees them; controls.js makes them of a page's own parts."""

from collections.abc import Callable
from dataclasses import dataclass


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
    """A press calls action(**values of the other controls); then the panel is updated."""

    label: str
    action: Callable


@dataclass
class Seed:
    """The seed of random draws, for a button that draws again: Button("redraw", seed.change)."""

    value: int = 0

    def change(self, **_values):
        self.value += 1


def described(name, control):
    """A control as controls.js takes it: a dict of its kind, name, value and parts."""
    parts = {"name": name, "kind": type(control).__name__, **vars(control)}
    if isinstance(control, Button):
        del parts["action"]
    else:
        parts["value"] = control.value
    return parts
