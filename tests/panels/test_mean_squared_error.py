"""Mean squared error and Start here, their panels: every control, numbers against the formulas."""

import numpy as np
import pytest

from helpers import panels
from helpers.losses import mean_squared_error


def test_practice():
    panel = panels.practice()
    for x in np.linspace(0, 1, 11):
        panel.set(x=x)
        assert panel.readout == {"x": f"{x:.1f}"}
        assert panel.error == ""


@pytest.mark.parametrize("t", ["0", "1"])
def test_squared_error(t):
    panel = panels.squared_error(mean_squared_error)
    panel.set(t=t)
    for y in np.linspace(0, 1, 101):
        panel.set(y=y)
        assert panel.error == ""
        assert panel.readout["½ (y − t)²"] == f"{mean_squared_error([y], [float(t)]):.4f}"
        assert float(panel.readout["y − t"]) == pytest.approx(y - float(t), abs=0.006)


def test_the_square_is_the_learners():
    panel = panels.squared_error(lambda y, t: np.sum((y - t) ** 2))
    panel.set(y=0.5)
    assert panel.readout["½ (y − t)²"] == "0.2500"
