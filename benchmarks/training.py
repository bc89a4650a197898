"""How fast is a step of training? Prints a Markdown table: python -m benchmarks.training.

784-50-10 on MNIST, batch 100, learning rate 0.1, first weights of scale 0.01: `train` of helpers
beside a script written to the description in Saito, "Deep Learning from Scratch", section 4.5:
float64, one-hot targets, a draw by chance, and the loss of the batch by a second forward pass.
With the book's own code (github.com/oreilly-japan/deep-learning-from-scratch) in the folder BOOK,
`PYTHONPATH=BOOK .venv/bin/python -m benchmarks.training` lets the network of its ch04 make the same
steps, too.

All take turns, 100 steps at a time, so that a busy moment of the computer meets them all.
"""

import importlib.util
import time
from itertools import islice
from statistics import median

import numpy as np

from helpers.data import load_mnist, one_hot
from helpers.models import TwoLayerNet
from helpers.training import train

STEPS, TURN = 6000, 100  # ten epochs


class Layers:
    """The network of section 4.5 as a learner would write it from the text."""

    def __init__(self, rng):
        self.params = {
            "W1": 0.01 * rng.standard_normal((784, 50)),
            "b1": np.zeros(50),
            "W2": 0.01 * rng.standard_normal((50, 10)),
            "b2": np.zeros(10),
        }

    def forward(self, x):
        hidden = 1 / (1 + np.exp(-(x @ self.params["W1"] + self.params["b1"])))
        scores = hidden @ self.params["W2"] + self.params["b2"]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return hidden, powers / powers.sum(axis=1, keepdims=True)

    def predict(self, x):
        return self.forward(x)[1]

    def loss(self, x, t):
        return -np.sum(t * np.log(self.predict(x) + 1e-7)) / len(x)

    def gradient(self, x, t):
        hidden, y = self.forward(x)
        back = (y - t) / len(x)
        back_hidden = back @ self.params["W2"].T * hidden * (1 - hidden)
        slopes = (x.T @ back_hidden, back_hidden.sum(0), hidden.T @ back, back.sum(0))
        return dict(zip(("W1", "b1", "W2", "b2"), slopes, strict=True))


def described(network, x, t):
    """The loop as the text describes it; the draw uses NumPy's global seed, as there."""
    while True:
        rows = np.random.choice(len(x), 100)
        slopes = network.gradient(x[rows], t[rows])
        for name, slope in slopes.items():
            network.params[name] -= 0.1 * slope
        yield network.loss(x[rows], t[rows])


def main():
    (x, t), (x_test, t_test) = load_mnist()
    hot = one_hot(t, 10).astype(np.float64)
    np.random.seed(0)
    rng = np.random.default_rng(0)
    ours, written = TwoLayerNet(rng, 784, 50, 10, scale=0.01), Layers(rng)
    loops = {
        "`helpers.training.train`": (ours, train(ours, x, t, rng, 100, 0.1)),
        "written to the description": (written, described(written, x, hot)),
    }
    if importlib.util.find_spec("ch04"):
        from ch04.two_layer_net import TwoLayerNet as BookNet

        network = BookNet(784, 50, 10)
        loops["the book's network"] = network, described(network, x, hot)
    seconds = {name: [] for name in loops}
    for _ in range(STEPS // TURN):
        for name in rng.permutation(list(loops)):
            start = time.perf_counter()
            for _record in islice(loops[name][1], TURN):
                pass
            seconds[name].append((time.perf_counter() - start) / TURN)
    print(f"x_train: {x.dtype}, {x.nbytes / 1e6:.0f} MB\n")
    print(f"| loop | ms a step | times as long | test accuracy after {STEPS:,} steps |")
    print("| --- | --- | --- | --- |")
    first = median(seconds["`helpers.training.train`"])
    for name, (network, _) in loops.items():
        accuracy = np.mean(network.predict(x_test).argmax(axis=1) == t_test)
        typical = median(seconds[name])
        print(f"| {name} | {1000 * typical:.3f} | {typical / first:.1f} | {accuracy:.2%} |")


if __name__ == "__main__":
    main()
