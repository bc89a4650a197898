"""Data: handwritten digits as plain arrays. The only module that knows where files lie.

Both data sets come as

    (x_train, t_train), (x_test, t_test)

x  pictures, float32 of shape (N, D): grey from 0 (paper) to 1 (ink), one picture a row
t  labels, int64 of shape (N,): the digit that was written
"""

import gzip
import hashlib
import os
from pathlib import Path

import numpy as np
import pooch

DIGITS = Path(__file__).parent.parent / "data" / "digits.npz"
DIGITS_SHA256 = "b3b9c8cc11d765ce4264d8748bf3edbafa5038d91c93cf713ddbd6ae8652b410"
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
# sha256 of each file's content after decompression, so that it does not matter who packed it
MNIST_SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}


def load_digits():
    """The 1,797 digits of data/digits.npz, 8 x 8 (D = 64): 1,437 for training, 360 for testing.

    The split has a fixed seed; the test data hold 36 of each digit. For source and licence see
    data/README.md.
    Raises RuntimeError if the file is missing or damaged.

    >>> (x_train, t_train), (x_test, t_test) = load_digits()
    >>> x_train.shape, x_test.shape
    ((1437, 64), (360, 64))
    """
    cure = "get it back with `git checkout data/digits.npz`"
    if not DIGITS.exists():
        raise RuntimeError(f"{DIGITS} is missing: {cure}")
    if hashlib.sha256(DIGITS.read_bytes()).hexdigest() != DIGITS_SHA256:
        raise RuntimeError(f"{DIGITS} is damaged, its sha256 is not the expected one: {cure}")
    with np.load(DIGITS) as file:
        x = file["images"].reshape(-1, 64).astype(np.float32) / 16
        t = file["labels"].astype(np.int64)
    rng = np.random.default_rng(0)
    by_class = [rng.permutation(np.flatnonzero(t == digit)) for digit in range(10)]
    test = rng.permutation(np.concatenate([places[:36] for places in by_class]))
    train = rng.permutation(np.concatenate([places[36:] for places in by_class]))
    return (x[train], t[train]), (x[test], t[test])


def load_mnist():
    """MNIST, 28 x 28 (D = 784): 60,000 digits for training and 10,000 for testing.

    Looked for in the folder named by the environment variable MNIST_DIR, then in this user's
    cache; else downloaded once (about 11 MB) and kept in the cache.
    Raises RuntimeError if no source has a file whose content is the true one.
    """
    train_images, train_labels, test_images, test_labels = map(_mnist_file, MNIST_SHA256)
    train = _idx(train_images, 3), _idx(train_labels, 1)
    test = _idx(test_images, 3), _idx(test_labels, 1)
    return tuple((_grey(x), t.astype(np.int64)) for x, t in (train, test))


def one_hot(t, classes):
    """Labels (N,) as rows (N, classes) with a single 1, float64.

    Raises ValueError if a label is no integer from 0 to classes - 1.

    >>> one_hot([1, 0], 3).tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]
    """
    t = np.asarray(t)
    if t.ndim != 1 or t.dtype.kind not in "iu" or np.any((t < 0) | (t >= classes)):
        raise ValueError(
            f"labels must be integers from 0 to {classes - 1} in shape (N,), got shape {t.shape},"
            f" type {t.dtype}, values {t.ravel()[:5]}"
        )
    return np.eye(classes)[t]


def _grey(images):
    """uint8 pictures (N, h, w) as float32 rows (N, h·w) from 0 to 1, without a float64 between."""
    return np.divide(images.reshape(len(images), -1), 255, dtype=np.float32)


def _mnist_file(name):
    """The checked content of one IDX file: from MNIST_DIR, the cache, or a mirror."""
    cache = Path(pooch.os_cache("how-neural-networks-learn"))
    tried = []
    for folder in filter(None, (os.environ.get("MNIST_DIR"), cache)):
        for path in (Path(folder, name), Path(folder, f"{name}.gz")):
            if path.exists():
                content = _checked(path.read_bytes(), name)
                if content is not None:
                    return content
                tried.append(f"{path} (damaged)")
    for mirror in MIRRORS:
        content = _download(f"{mirror}{name}.gz", name, cache, tried)
        if content is not None:
            return content
    raise RuntimeError(
        f"MNIST's file {name} was not found. Tried: {'; '.join(tried)}. Put {name}.gz into {cache}"
        " by hand, or name the folder that holds it in the environment variable MNIST_DIR."
        " load_digits() needs no network."
    )


def _checked(packed, name):
    """The content of a file, unpacked if it is gzip; None unless its sha256 is MNIST's."""
    try:
        content = gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed
    except (OSError, EOFError, ValueError):
        return None
    good = hashlib.sha256(content).hexdigest() == MNIST_SHA256[name]
    return content if good else None


def _download(url, name, cache, tried):
    """The checked content at url, kept in cache; None, and a line in tried, if it fails."""
    packed = cache / f"{name}.gz.download"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        fetch = pooch.HTTPDownloader(progressbar=True, timeout=30)
        fetch(url, str(packed), None)
        content = _checked(packed.read_bytes(), name)
        if content is None:
            tried.append(f"{url} (damaged)")
        else:
            packed.replace(cache / f"{name}.gz")
        return content
    except (OSError, ValueError) as error:
        tried.append(f"{url} ({type(error).__name__})")
        return None
    finally:
        packed.unlink(missing_ok=True)


def _idx(content, dimensions):
    """The array in an IDX file of unsigned bytes (http://yann.lecun.com/exdb/mnist/)."""
    magic, *shape = np.frombuffer(content, ">u4", count=1 + dimensions).tolist()
    if magic != 0x0800 + dimensions or len(content) != 4 * (1 + dimensions) + np.prod(shape):
        raise RuntimeError(
            f"not an IDX file of unsigned bytes in {dimensions} dimensions: magic number"
            f" {magic:#x}, shape {shape}, {len(content)} bytes"
        )
    return np.frombuffer(content, np.uint8, offset=4 * (1 + dimensions)).reshape(shape)
