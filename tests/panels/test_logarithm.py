"""The logarithm, its panels: every control through its range, numbers against the formulas."""

import numpy as np
import pytest

from helpers import panels

Y1 = np.array([0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0])
T = np.eye(10)[2]


def cross_entropy_error(y, t, delta=1e-7):
    """As the lesson teaches it: for arrays of any size, with the δ that is wanted."""
    return -np.sum(t * np.log(y + delta))


@pytest.mark.parametrize("axis", ["linear", "log"])
def test_logarithm(axis):
    panel = panels.logarithm()
    panel.set(axis=axis)
    for x in np.linspace(0.001, 1, 50):
        panel.set(x=x)
        assert panel.error == ""
        assert float(panel.readout["log x"]) == pytest.approx(np.log(x), abs=1e-4)
        assert float(panel.readout["−log x"]) == pytest.approx(-np.log(x), abs=1e-4)
        assert float(panel.readout["1/x"]) == pytest.approx(1 / x, abs=0.006)
        assert float(panel.readout["exp(−loss)"]) == pytest.approx(x, abs=1e-3)


@pytest.mark.parametrize(("x", "loss"), [(1, 0), (0.6, 0.5108), (0.1, 2.3026), (0.01, 4.6052)])
def test_marks_of_the_logarithm(x, loss):
    panel = panels.logarithm()
    panel.set(x=x)
    assert float(panel.readout["−log x"]) == loss


def test_the_logarithm_of_zero_is_said_not_hidden():
    panel = panels.logarithm()
    panel.set(x=0)
    assert panel.error == ""
    assert panel.readout["log x"] == "-inf"
    assert panel.readout["−log x"] == "inf"


def test_the_logarithm_can_be_the_learners():
    panel = panels.logarithm(np.log10)
    panel.set(x=0.1)
    assert panel.readout["log x"] == "-1.0000"


def test_delta_added():
    panel = panels.delta(cross_entropy_error, Y1, T)
    for exponent in range(-15, 0):
        panel.set(exponent=exponent)
        delta = 10.0**exponent
        assert panel.error == ""
        assert float(panel.readout["−log δ"]) == pytest.approx(-np.log(delta), abs=1e-3)
        expected = cross_entropy_error(Y1, T, delta=delta)
        assert float(panel.readout["E(y, t)"]) == pytest.approx(expected, abs=1e-7)
        assert float(panel.readout["E(t, t)"]) == pytest.approx(-np.log1p(delta), rel=0.2)


def test_delta_as_a_floor_leaves_good_predictions_alone():
    panel = panels.delta(cross_entropy_error, Y1, T)
    panel.set(repair="log(max(p, δ))")
    for p, expected in [("1", 0), ("0.6", -np.log(0.6)), ("0.1", -np.log(0.1)), ("0", 16.1180957)]:
        panel.set(p=p)
        assert float(panel.readout["E(p)"]) == pytest.approx(expected, abs=1e-7)
        assert "-0.0" not in "".join(panel.readout.values())
    assert float(panel.readout["E(t, t)"]) == 0


def test_without_delta_the_sum_is_not_a_number_though_the_true_class_has_0_6():
    panel = panels.delta(cross_entropy_error, Y1, T)
    panel.set(repair="log(p)")
    assert panel.readout["E(y, t)"] == "nan"
    assert float(panel.readout["E(p)"]) == pytest.approx(0.5108256)
    panel.set(p="0")
    assert panel.readout["E(p)"] == "inf"
    assert panel.error == ""


def test_the_loss_is_the_learners():
    panel = panels.delta(lambda y, t, delta: 2 * cross_entropy_error(y, t, delta), Y1, T)
    assert float(panel.readout["E(p)"]) == pytest.approx(-2 * np.log(0.6), abs=1e-6)
    assert float(panel.readout["E(y, t)"]) == pytest.approx(-2 * np.log(0.6), abs=1e-6)
    assert panels.delta(lambda y, t, delta: 1 / (delta < 1e-9), Y1, T).error.startswith("ZeroDiv")
