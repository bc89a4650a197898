"""Mini-batch loss, its panels: every control, numbers against helpers and by hand."""

import numpy as np
import pytest

from helpers import panels
from helpers.batches import sample_batch, shuffled_batches
from helpers.losses import cross_entropy_error
from lessons.questions.mean_squared_error import t, y1, y2

Y, T = np.array([y1, y2]), np.array([t, t])
LOSSES = np.random.default_rng(5).gamma(2, 0.45, 1437)


def pair(text):
    return [int(number) for number in text.split("|")]


# ------------------------------------------------------------------ two rows


def test_the_batch_opens_at_the_numbers_of_the_lesson():
    panel = panels.batch(Y, T, cross_entropy_error)
    assert panel.error == ""
    assert panel.readout == {
        "E₁": "0.5108",
        "E₂": "2.3026",
        "Σ E": "2.8134",
        "Σ E / N": "1.4067",
        "exp(−Σ E / N)": "0.2449",
        "cross_entropy_error(y, t)": "1.4067",
    }


@pytest.mark.parametrize("size", ["2", "20", "200"])
def test_the_sum_grows_and_the_mean_stays(size):
    panel = panels.batch(Y, T, cross_entropy_error)
    panel.set(size=size)
    assert float(panel.readout["Σ E"]) == pytest.approx(int(size) * 1.4067047750, abs=1e-4)
    assert panel.readout["Σ E / N"] == "1.4067"
    assert panel.readout["cross_entropy_error(y, t)"] == "1.4067"


@pytest.mark.parametrize("p2", [0, 0.1, 0.35, 1])
def test_every_pair_of_probabilities(p2):
    panel = panels.batch(Y, T, cross_entropy_error)
    for p1 in np.linspace(0, 1, 21):
        panel.set(p1=p1, p2=p2)
        assert panel.error == ""  # helpers' loss refuses outputs that are no probabilities
        expected = -np.log(np.array([p1, p2]) + 1e-7).mean()
        assert float(panel.readout["Σ E / N"]) == pytest.approx(expected, abs=1e-4)
        assert panel.readout["cross_entropy_error(y, t)"] == panel.readout["Σ E / N"]


def test_the_rows_given_to_the_function_are_probabilities():
    seen = []

    def spy(y, t):
        seen.append((y, t))
        return 0.0

    panel = panels.batch(Y, T, spy)
    for p1, size in [(0, "2"), (0.35, "20"), (1, "200")]:
        panel.set(p1=p1, size=size)
        y, t = seen[-1]
        assert y.shape == t.shape == (int(size), 10)
        assert y.sum(axis=1) == pytest.approx(1)
        assert y[::2, 2] == pytest.approx(p1)


def test_the_losses_of_the_rows_are_the_learners():
    panel = panels.batch(Y, T, lambda y, t: 3.0)
    assert (panel.readout["E₁"], panel.readout["Σ E"]) == ("3.0000", "6.0000")


def test_presets_of_the_batch():
    panel = panels.batch(Y, T, cross_entropy_error)
    presets = dict(panel.presets)
    assert list(presets) == ["0.6, 0.1", "0.35, 0.35", "1, 1", "1, 0"]
    for preset in presets.values():
        panel.set(**preset)
        assert panel.error == ""
    panel.set(**presets["0.35, 0.35"])
    assert panel.readout["Σ E / N"] == "1.0498"
    panel.set(**presets["1, 1"])
    assert panel.readout["Σ E"] == "0.0000"


def test_an_error_of_the_learners_function_is_shown():
    def raising(y, t):
        raise ValueError("not yet")

    assert panels.batch(Y, T, raising).error == "ValueError: not yet"


# ------------------------------------------------------------------ mini-batches of the data


def readout(**controls):
    panel = panels.batch_losses(LOSSES, sample_batch)
    panel.set(**controls)
    assert panel.error == ""
    return panel.readout


@pytest.mark.parametrize("replace", ["True", "False"])
def test_every_other_batch_size(replace):
    panel = panels.batch_losses(LOSSES, sample_batch)
    panel.set(replace=replace)
    for exponent in np.arange(0, 3.25, 0.2).round(1):
        panel.set(exponent=exponent)
        assert panel.error == ""
        size = min(1437, round(10**exponent))
        expected = LOSSES.std() / np.sqrt(size)
        shown = panel.readout
        assert shown["B"] == str(size)
        assert float(shown["σ / √B"]) == pytest.approx(expected, abs=1e-4)
        mean, spread = float(shown["mean"]), float(shown["std"])
        assert mean == pytest.approx(LOSSES.mean(), abs=5 * expected / np.sqrt(300))
        fewer = (1437 - size) / 1436 if replace == "False" else 1
        assert spread == pytest.approx(expected * np.sqrt(fewer), rel=0.3, abs=1e-4)


def test_the_loss_over_all_is_the_mean():
    assert readout()["E, 1437 rows"] == f"{LOSSES.mean():.4f}"


def test_all_rows_with_and_without_replacement():
    drawn, taken = readout(exponent=3.2), readout(exponent=3.2, replace="False")
    assert float(drawn["seen"].rstrip("%")) == pytest.approx(63.2, abs=5)
    assert (taken["seen"], taken["repeats"]) == ("100.0%", "0 / 1437")
    assert taken["std"] == "0.0000"


def test_redraw_draws_anew():
    panel = panels.batch_losses(LOSSES, sample_batch)
    first = panel.readout
    panel.set(exponent=1)
    panel.set(exponent=2)
    assert panel.readout == first
    panel.press("redraw")
    assert panel.readout["mean"] != first["mean"]


def test_presets_of_the_batch_sizes():
    panel = panels.batch_losses(LOSSES, sample_batch)
    assert [label for label, _ in panel.presets] == ["B = 1", "B = 10", "B = 100", "B = 1437"]
    for label, preset in panel.presets:
        panel.set(**preset)
        assert f"B = {panel.readout['B']}" == label


def test_the_learners_draw_is_the_one_used():
    first = panels.batch_losses(LOSSES, lambda rng, n, batch_size, replace: np.arange(batch_size))
    first.set(exponent=1)
    assert first.readout["mean"] == f"{LOSSES[:10].mean():.4f}"
    assert first.readout["std"] == "0.0000"


# ------------------------------------------------------------------ one epoch


@pytest.mark.parametrize(("size", "steps"), [("10", 6), ("8", 8), ("16", 4)])
def test_an_epoch_step_by_step(size, steps):
    panel = panels.epoch(sample_batch, shuffled_batches)
    panel.set(size=size)
    for step in range(9):
        panel.set(step=float(step))  # a browser knows no int
        assert panel.error == ""
        done = min(step, steps)
        assert panel.readout["step"] == f"{done} / {steps}"
        rows, new, again, unseen = (pair(text) for text in list(panel.readout.values())[1:])
        assert rows == [done * int(size), min(60, done * int(size))]
        assert np.add(new, again).tolist() == rows
        assert np.add(new, unseen).tolist() == [60, 60]
        assert again[1] == 0
    assert new[1] == 60
    assert new[0] < 60


def test_the_random_draw_sees_less_than_two_thirds_on_average():
    panel = panels.epoch(sample_batch, shuffled_batches)
    seen = []
    for _ in range(60):
        panel.press("redraw")
        seen.append(pair(panel.readout["■ new"])[0] / 60)
    assert np.mean(seen) == pytest.approx(1 - (59 / 60) ** 60, abs=0.02)


def test_a_row_that_comes_twice_in_one_batch_is_again():
    panel = panels.epoch(lambda rng, n, size: np.zeros(size, int), shuffled_batches)
    panel.set(step=1)
    assert pair(panel.readout["■ new"])[0] == 1
    assert pair(panel.readout["× again"])[0] == 9
