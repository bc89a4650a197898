"""How fast are the losses? Prints a Markdown table: `make bench`, or python -m benchmarks.losses.

(60000, 10) predictions in float64, the size of MNIST. All rows are measured in turn, again and
again in a new order, so that a busy moment of the computer meets them all; medians. The checks of
the inputs are part of what is measured. Memory is what is taken on top of the inputs, at its peak.
"""

import platform
import time
import tracemalloc
from statistics import median

import numpy as np
import sklearn
from sklearn.metrics import log_loss

from helpers.losses import cross_entropy_error, mean_squared_error, softmax

ROUNDS = 60
OURS = "`cross_entropy_error(y, labels)`"


def measured(functions, rng):
    """Seconds of each function in each round."""
    seconds = {name: [] for name in functions}
    for _ in range(ROUNDS):
        for name in rng.permutation(list(functions)):
            start = time.perf_counter()
            functions[name]()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def peak(function):
    """Bytes that a call takes on top of what was there."""
    tracemalloc.start()
    function()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def main():
    rng = np.random.default_rng(0)
    y = softmax(rng.normal(scale=2, size=(60000, 10)))
    labels = rng.integers(0, 10, 60000)
    t = np.eye(10)[labels]
    functions = {
        OURS: lambda: cross_entropy_error(y, labels),
        "`cross_entropy_error(y, t)`, one-hot": lambda: cross_entropy_error(y, t),
        "`-np.sum(t * np.log(y + 1e-7)) / N`": lambda: -np.sum(t * np.log(y + 1e-7)) / len(y),
        "`sklearn.metrics.log_loss(labels, y)`": lambda: log_loss(labels, y),
        "`sklearn.metrics.log_loss(t, y)`": lambda: log_loss(t, y),
        "`mean_squared_error(y, labels)`": lambda: mean_squared_error(y, labels),
        "`mean_squared_error(y, t)`, one-hot": lambda: mean_squared_error(y, t),
        "`softmax(y)`": lambda: softmax(y),
    }
    seconds = measured(functions, rng)
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, ", end="")
    print(f"scikit-learn {sklearn.__version__}, {platform.machine()}, {ROUNDS} rounds\n")
    print(f"| what | ms | times {OURS} | memory, MB |\n| --- | ---: | ---: | ---: |")
    for name, function in functions.items():
        ratio = median(a / b for a, b in zip(seconds[name], seconds[OURS], strict=True))
        milliseconds = 1000 * median(seconds[name])
        print(f"| {name} | {milliseconds:.2f} | {ratio:.1f} | {peak(function) / 1e6:.2f} |")


if __name__ == "__main__":
    main()
