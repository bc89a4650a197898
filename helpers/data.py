"""The examples: handwritten digits, small ones in the project and MNIST on demand.

Both loaders return (x_train, t_train), (x_test, t_test):
    x  float32 (N, D), a picture a row, grey from 0 for paper to 1 for ink. Digits: D = 8 · 8 = 64,
       MNIST: D = 28 · 28 = 784.
    t  int64 (N,), labels: the digit that each picture shows.
Nothing is returned that was not compared with its checksum. data/README.md says where all of it
comes from. This is the only module that knows a path.
"""

import hashlib
import io
import os
import sys
from pathlib import Path

import numpy as np

from helpers import mnist
from helpers.language import say, value_error

HELPERS = Path(__file__).resolve().parent
INSTALLED = HELPERS / "digits"  # where pip puts what lies in data/ of the project
DIGITS = (INSTALLED if INSTALLED.is_dir() else HELPERS.parent / "data") / "digits.npz"
DIGITS_SHA256 = "78da23a1b13796546cfd82e579abd55742f3e3e5d55ce2540a80d0b2802f8f7d"


def load_digits(seed=0):
    """The 1,797 digits of the project: 1,437 to train with, 360 to test with, drawn with `seed`.

    Each class has the same share in both parts, to within one picture. Needs no network.
    OSError or ValueError: the file is missing or damaged.

    >>> (x_train, t_train), (x_test, t_test) = load_digits()
    >>> x_train.shape, t_train.shape, x_test.shape, t_test.shape
    ((1437, 64), (1437,), (360, 64), (360,))
    """
    fix = say("bring it back with `git checkout data/digits.npz`, or install the package again.")
    if not DIGITS.is_file():
        raise FileNotFoundError(say("{path} is missing: {fix}", path=DIGITS, fix=fix))
    content = DIGITS.read_bytes()
    if hashlib.sha256(content).hexdigest() != DIGITS_SHA256:
        raise value_error(
            "{path} is damaged, its checksum is not the right one: {fix}", path=DIGITS, fix=fix
        )
    with np.load(io.BytesIO(content)) as digits:
        x, t = digits["x"] / np.float32(16), digits["t"].astype(np.int64)
    shuffled = np.random.default_rng(seed).permutation(len(t))
    by_class = shuffled[np.argsort(t[shuffled], kind="stable")]
    in_test = np.zeros(len(t), dtype=bool)
    in_test[by_class[::5]] = True  # every fifth of each class
    train, test = shuffled[~in_test[shuffled]], shuffled[in_test[shuffled]]
    return (x[train], t[train]), (x[test], t[test])


def load_mnist():
    """MNIST: 60,000 pictures to train with, 10,000 to test with; 220 MB of memory.

    Looks in the folder that the environment variable MNIST_DIR names (files as they are or .gz).
    Without MNIST_DIR looks in your cache, and downloads into it what is not there (11 MB).
    OSError or ValueError: a file cannot be had or is not MNIST's; the message says what to do.
    """
    if folder := os.environ.get("MNIST_DIR"):
        files = [mnist.read(Path(folder), name) for name in mnist.FILES]
    elif sys.platform == "emscripten":  # in a browser, where a page gets no file of another host's
        raise OSError(
            say(
                "MNIST cannot be downloaded by a Python that runs in the browser: use "
                "load_digits(), or upload the four files and name their folder in MNIST_DIR."
            )
        )
    else:
        files = [mnist.fetch(_cache(), name) for name in mnist.FILES]
    x_train, t_train, x_test, t_test = files
    return (_scaled(x_train), t_train.astype(np.int64)), (_scaled(x_test), t_test.astype(np.int64))


def one_hot(t, size):
    """Labels to rows of zeros with a 1 at the label: shape (N,) to (N, size), float64.

    t     whole numbers from 0 to size − 1; one number gives one row of shape (size,)
    size  how many classes there are
    ValueError: labels that are not whole numbers or not in that range.

    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    t = np.asarray(t)
    if t.size == 0 or t.dtype.kind not in "iu":
        raise value_error(
            "labels must be whole numbers, at least one, but t has dtype {dtype} and shape "
            "{shape}.",
            dtype=t.dtype,
            shape=t.shape,
        )
    if t.min() < 0 or t.max() >= size:
        raise value_error(
            "labels must be from 0 to {last}, but t goes from {low} to {high}.",
            last=size - 1,
            low=t.min(),
            high=t.max(),
        )
    return np.eye(size)[t]


def _scaled(pictures):
    """Grey levels 0..255 to float32 0..1, a picture a row, with no float64 in between."""
    return np.divide(pictures.reshape(len(pictures), -1), 255, dtype=np.float32)


def _cache():
    import pooch  # here, for it takes a while and only load_mnist needs it

    return Path(pooch.os_cache("how-neural-networks-learn")) / "mnist"
