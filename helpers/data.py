"""The examples: handwritten digits, small ones in the project and MNIST on demand.

Both loaders return (x_train, t_train), (x_test, t_test):
    x  float32 (N, D), a picture a row, grey from 0 for paper to 1 for ink. Digits: D = 8 · 8 = 64,
       MNIST: D = 28 · 28 = 784.
    t  int64 (N,), labels: the digit that each picture shows.
Nothing is returned that was not compared with its checksum. data/README.md says where all of it
comes from. This is the only module that knows a path.
"""

import gzip
import hashlib
import io
import math
import os
import struct
import zlib
from pathlib import Path

import numpy as np

DIGITS = Path(__file__).resolve().parent.parent / "data" / "digits.npz"
DIGITS_SHA256 = "78da23a1b13796546cfd82e579abd55742f3e3e5d55ce2540a80d0b2802f8f7d"

MIRRORS = [  # asked in turn
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
]
MNIST = {  # file: shape, sha256 of its content once uncompressed
    "train-images-idx3-ubyte": (
        (60000, 28, 28),
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    "train-labels-idx1-ubyte": (
        (60000,),
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    "t10k-images-idx3-ubyte": (
        (10000, 28, 28),
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    "t10k-labels-idx1-ubyte": (
        (10000,),
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
}


def load_digits(seed=0):
    """The 1,797 digits of the project: 1,437 to train with, 360 to test with, drawn with `seed`.

    Each class has the same share in both parts, to within one picture. Needs no network.
    OSError or ValueError: the file is missing or damaged.

    >>> (x_train, t_train), (x_test, t_test) = load_digits()
    >>> x_train.shape, t_train.shape, x_test.shape, t_test.shape
    ((1437, 64), (1437,), (360, 64), (360,))
    """
    cure = "bring it back with `git checkout data/digits.npz` or `python tools/make_digits.py`."
    if not DIGITS.is_file():
        raise FileNotFoundError(f"{DIGITS} is missing: {cure}")
    content = DIGITS.read_bytes()
    if hashlib.sha256(content).hexdigest() != DIGITS_SHA256:
        raise ValueError(f"{DIGITS} is damaged, its checksum is not the right one: {cure}")
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

    Looks in the folder that the environment variable MNIST_DIR names (files as they are or .gz);
    without MNIST_DIR in your cache; and downloads into it what is not there (11 MB).
    OSError or ValueError: a file cannot be had or is not MNIST, and what to do.
    """
    x_train, t_train, x_test, t_test = (_mnist_file(name) for name in MNIST)
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
        raise ValueError(
            f"labels must be whole numbers, at least one, but t has dtype {t.dtype} "
            f"and shape {t.shape}."
        )
    if t.min() < 0 or t.max() >= size:
        raise ValueError(
            f"labels must be from 0 to {size - 1}, but t goes from {t.min()} to {t.max()}."
        )
    return np.eye(size)[t]


def _scaled(images):
    return np.divide(images.reshape(len(images), -1), 255, dtype=np.float32)


def _mnist_file(name):
    """One file of MNIST as an array: from MNIST_DIR, else from the cache, else downloaded."""
    if folder := os.environ.get("MNIST_DIR"):
        found = [path for path in _places(Path(folder), name) if path.is_file()]
        if not found:
            raise FileNotFoundError(
                f"MNIST_DIR is {folder}, but neither {name} nor {name}.gz is there: put it there, "
                "or unset MNIST_DIR to have MNIST downloaded."
            )
        try:
            return _read_idx(found[0].read_bytes(), *MNIST[name])
        except ValueError as error:
            raise ValueError(f"{found[0]} is not MNIST: {error}. Replace it.") from error
    for path in _places(_cache(), name):
        try:
            return _read_idx(path.read_bytes(), *MNIST[name])
        except (OSError, ValueError):
            continue  # not there, or damaged: download it anew
    return _download(name)


def _places(folder, name):
    return folder / f"{name}.gz", folder / name


def _cache():
    import pooch

    return Path(pooch.os_cache("how-neural-networks-learn")) / "mnist"


def _download(name):
    """Ask the mirrors in turn. A file is kept only after it has passed its check."""
    import pooch  # here, for it takes a while and only downloads need it
    import requests

    cache = _cache()
    cache.mkdir(parents=True, exist_ok=True)
    tried = []
    for mirror in MIRRORS:
        content = io.BytesIO()
        try:
            get = pooch.HTTPDownloader(progressbar=True, chunk_size=2**16, timeout=30)
            get(f"{mirror}{name}.gz", content, None)
            array = _read_idx(content.getvalue(), *MNIST[name])
        except (requests.RequestException, ValueError) as error:
            tried.append(f"{mirror}{name}.gz ({error})")
            continue
        part = cache / f"{name}.{os.getpid()}.part"
        try:
            part.write_bytes(content.getvalue())
            part.replace(cache / f"{name}.gz")
        finally:
            part.unlink(missing_ok=True)
        return array
    raise ConnectionError(
        f"MNIST could not be downloaded. Tried: {'; '.join(tried)}. Put {name}.gz into {cache} by "
        "hand, or name its folder in MNIST_DIR, or use load_digits(), which needs no network."
    )


def _read_idx(content, shape, sha256):
    """The bytes of an IDX file, gzip-compressed or not, as uint8 of that shape, checked.

    IDX: the bytes 0, 0, 8 (for uint8) and the number of dimensions; each dimension as a big-endian
    32-bit number; then the values.
    """
    if content[:2] == b"\x1f\x8b":
        try:
            content = gzip.decompress(content)
        except (EOFError, OSError, zlib.error) as error:
            raise ValueError(f"it cannot be uncompressed ({error})") from error
    start = 4 + 4 * len(shape)
    if content[:4] != bytes([0, 0, 8, len(shape)]):
        raise ValueError(f"it does not begin like an IDX file of {len(shape)} dimensions")
    if content[4:start] != struct.pack(f">{len(shape)}I", *shape):
        raise ValueError(f"its dimensions are not {shape}")
    if len(content) != start + math.prod(shape):
        raise ValueError(f"it has {len(content)} bytes instead of {start + math.prod(shape)}")
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError("its checksum is not the published one")
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)
