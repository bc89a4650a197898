"""Training, its panel: its numbers against the same steps taken here, by hand."""

from itertools import islice

import numpy as np
import pytest

from helpers import panels
from helpers.data import load_digits
from helpers.losses import cross_entropy_error
from helpers.models import TwoLayerNet
from helpers.training import train

TRAIN, TEST = load_digits()
N = len(TRAIN[0])


def new_network(rng, scale):
    return TwoLayerNet(rng, 64, 50, 10, scale)


def opened(**options):
    return panels.training(new_network, train, TRAIN, TEST, **options)


def by_hand(steps, batch_size=50, learning_rate=1.0, scale=0.1, seed=0):
    rng = np.random.default_rng(seed)
    net = new_network(rng, scale)
    return net, list(islice(train(net, *TRAIN, rng, batch_size, learning_rate), steps))


def agrees(panel, net, records):
    assert panel.error == ""
    wrong = np.sum(net.predict(TEST[0]).argmax(axis=1) != TEST[1])
    assert panel.readout | {"epoch": ""} == {
        "step": f"{len(records)}",
        "epoch": "",
        "E batch": f"{records[-1].loss:.4f}" if records else "–",
        "E train": f"{net.loss(*TRAIN):.4f}",
        "E test": f"{net.loss(*TEST):.4f}",
        "A train": f"{net.accuracy(*TRAIN):.4f}",
        "A test": f"{net.accuracy(*TEST):.4f}",
        "y ≠ t": f"{wrong} / 360",
    }


def test_it_opens_with_a_network_that_guesses():
    panel = opened()
    agrees(panel, *by_hand(0))
    assert float(panel.readout["E train"]) == pytest.approx(np.log(10), abs=0.05)


def test_buttons_take_as_many_steps_as_they_say():
    panel = opened()
    panel.press("one")
    agrees(panel, *by_hand(1))
    panel.press("ten")
    agrees(panel, *by_hand(11))
    panel.press("epoch")
    agrees(panel, *by_hand(11 + 29))
    for name in ("one", "ten"):
        panel.press(name)
    agrees(panel, *by_hand(11 + 29 + 11))


@pytest.mark.parametrize("batch_size", [50, 1, 10, N])
def test_an_epoch_is_as_many_steps_as_there_are_batches(batch_size):
    panel = opened()
    panel.set(batch_size=str(batch_size), log_rate=-1)
    panel.press("epoch")
    assert panel.readout["step"] == str(-(-N // batch_size))
    assert float(panel.readout["epoch"]) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("scale", ["0.1", "0", "0.01", "1", "10"])
def test_the_scale_draws_a_new_network(scale):
    panel = opened()
    panel.press("one")
    panel.set(scale=scale)
    panel.press("ten")
    steps = 11 if scale == "0.1" else 10
    agrees(panel, *by_hand(steps, scale=float(scale)))


@pytest.mark.parametrize("log_rate", [-3, -1, 0.5, 2])
def test_a_new_learning_rate_goes_on_with_the_same_network(log_rate):
    panel = opened()
    panel.set(log_rate=log_rate)
    agrees(panel, *by_hand(0))
    panel.press("ten")
    agrees(panel, *by_hand(10, learning_rate=10.0**log_rate))
    panel.set(log_rate=0)
    assert panel.readout["step"] == "10"


def test_restart_draws_other_weights():
    panel = opened()
    panel.press("ten")
    panel.press("restart")
    agrees(panel, *by_hand(0, seed=1))
    panel.press("restart")
    agrees(panel, *by_hand(0, seed=2))


def test_the_bars_are_moved():
    y = np.full(10, 0.1)
    watched = panels.prediction(y, TEST[1][0], losses=[cross_entropy_error])

    def watch(network):
        watched.y = network.predict(TEST[0][:1])[0]

    panel = opened(watch=watch)
    for presses in range(4):
        net, _ = by_hand(10 * presses)
        assert watched.y == pytest.approx(net.predict(TEST[0][:1])[0])
        panel.press("ten")


def test_the_picture_grows_and_shows_the_misses():
    panel = opened()
    pictures = {bytes(panel.picture)}
    for _ in range(5):
        panel.press("epoch")
        assert panel.error == ""
        pictures.add(bytes(panel.picture))
    assert len(pictures) == 6


def test_an_explosion_is_said_and_the_next_move_begins_anew():
    def exploding(net, x, t, rng, batch_size, learning_rate):
        return train(net, x, t, rng, batch_size, 1e300 if learning_rate > 50 else learning_rate)

    panel = panels.training(new_network, exploding, TRAIN, TEST)
    panel.set(log_rate=2)
    panel.press("epoch")
    assert "learning rate" in panel.error
    panel.set(log_rate=0)
    assert panel.error == ""
    agrees(panel, *by_hand(0))


def test_a_press_after_an_explosion_begins_anew_and_takes_its_steps():
    rates = iter([1e300, 1.0])

    def once_exploding(net, x, t, rng, batch_size, learning_rate):
        return train(net, x, t, rng, batch_size, next(rates))

    panel = panels.training(new_network, once_exploding, TRAIN, TEST)
    panel.press("ten")
    assert "learning rate" in panel.error
    panel.press("one")
    agrees(panel, *by_hand(1))
