"""The examples: the embedded digits, MNIST from a folder, from the cache and from a server."""

import gzip
import hashlib
import os
import struct
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from sklearn import datasets

from helpers import data, mnist
from tools import make_digits

# Digits


def test_digits_are_those_of_scikit_learn():
    (x_train, t_train), (x_test, t_test) = data.load_digits()
    theirs = datasets.load_digits()
    ours = np.column_stack([np.concatenate([x_train, x_test]) * 16, np.append(t_train, t_test)])
    theirs = np.column_stack([theirs.data, theirs.target])
    assert np.array_equal(np.unique(ours, axis=0), np.unique(theirs, axis=0))
    assert len(np.unique(ours, axis=0)) == len(ours) == 1797  # no picture in both parts


def test_digits_have_the_promised_shapes_types_and_range():
    (x_train, t_train), (x_test, t_test) = data.load_digits()
    assert (x_train.shape, t_train.shape) == ((1437, 64), (1437,))
    assert (x_test.shape, t_test.shape) == ((360, 64), (360,))
    for x, t in ((x_train, t_train), (x_test, t_test)):
        assert (x.dtype, t.dtype) == (np.float32, np.int64)
        assert (x.min(), x.max()) == (0, 1)
        assert x.flags.writeable and x.flags.c_contiguous


@pytest.mark.parametrize("seed", [0, 1])
def test_each_class_has_its_share_in_the_test_part(seed):
    (_, t_train), (_, t_test) = data.load_digits(seed)
    share = np.bincount(t_train) / 4 - np.bincount(t_test)
    assert abs(share).max() <= 1


def test_the_split_is_the_seeds():
    (x_train, t_train), (x_test, _) = data.load_digits()
    assert t_train[:10].tolist() == [6, 6, 5, 6, 6, 2, 2, 1, 1, 9]  # on every computer
    assert np.array_equal(x_train, data.load_digits(seed=0)[0][0])
    assert not np.array_equal(x_test, data.load_digits(seed=1)[1][0])


def test_digits_come_out_byte_for_byte_again(tmp_path, capsys):
    make_digits.main(tmp_path / "digits.npz")
    assert (tmp_path / "digits.npz").read_bytes() == data.DIGITS.read_bytes()
    assert data.DIGITS_SHA256 in capsys.readouterr().out
    assert data.DIGITS_SHA256 in (data.DIGITS.parent / "README.md").read_text("utf-8")


def test_a_missing_file_is_said_with_its_cure(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "DIGITS", tmp_path / "digits.npz")
    with pytest.raises(FileNotFoundError, match=r"is missing: .*git checkout data/digits\.npz"):
        data.load_digits()


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:99] + b"x" + b])
def test_a_damaged_file_is_said_with_its_cure(damage, tmp_path, monkeypatch):
    (tmp_path / "digits.npz").write_bytes(damage(data.DIGITS.read_bytes()))
    monkeypatch.setattr(data, "DIGITS", tmp_path / "digits.npz")
    with pytest.raises(ValueError, match=r"is damaged.*git checkout data/digits\.npz"):
        data.load_digits()


# One-hot


def test_one_hot():
    assert data.one_hot([2, 0], 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert data.one_hot(np.uint8(1), 3).tolist() == [0, 1, 0]
    assert data.one_hot([0], 1).dtype == np.float64


@pytest.mark.parametrize(
    ("t", "sentence"),
    [
        ([3], "labels must be from 0 to 2, but t goes from 3 to 3"),
        ([-1, 2], "labels must be from 0 to 2, but t goes from -1 to 2"),
        ([1.0], "labels must be whole numbers, at least one, but t has dtype float64"),
        ([True], "labels must be whole numbers, at least one, but t has dtype bool"),
        ([], r"labels must be whole numbers, at least one, .* shape \(0,\)"),
    ],
)
def test_one_hot_refuses(t, sentence):
    with pytest.raises(ValueError, match=sentence):
        data.one_hot(t, 3)


# MNIST, with small files of the same format


def idx(values, magic=None):
    values = np.asarray(values, dtype=np.uint8)
    magic = bytes([0, 0, 8, values.ndim]) if magic is None else magic
    return magic + struct.pack(f">{values.ndim}I", *values.shape) + values.tobytes()


RNG = np.random.default_rng(0)
ARRAYS = {
    "train-images-idx3-ubyte": RNG.integers(0, 256, (6, 3, 2)),
    "train-labels-idx1-ubyte": RNG.integers(0, 10, 6),
    "t10k-images-idx3-ubyte": RNG.integers(0, 256, (4, 3, 2)),
    "t10k-labels-idx1-ubyte": RNG.integers(0, 10, 4),
}
FIRST = "train-images-idx3-ubyte"
CONTENT = {name: idx(values) for name, values in ARRAYS.items()}
CLOSED = "http://127.0.0.1:9/"  # the discard port: nobody listens


def write(folder, compress=True, **instead):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**CONTENT, **instead}.items():
        path = folder / (f"{name}.gz" if compress else name)
        path.write_bytes(gzip.compress(content) if compress else content)
    return folder


def assert_loaded():
    (x_train, t_train), (x_test, t_test) = data.load_mnist()
    for x, t, part in ((x_train, t_train, "train"), (x_test, t_test, "t10k")):
        images, labels = ARRAYS[f"{part}-images-idx3-ubyte"], ARRAYS[f"{part}-labels-idx1-ubyte"]
        assert (x.dtype, t.dtype) == (np.float32, np.int64)
        assert x == pytest.approx(images.reshape(len(images), -1) / 255, abs=1e-7)
        assert np.array_equal(t, labels)


def names(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Small files count as MNIST; no MNIST_DIR; an empty cache; no mirror that answers."""
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENT.items()}
    files = {name: (values.shape, sums[name]) for name, values in ARRAYS.items()}
    monkeypatch.setattr(mnist, "FILES", files)
    monkeypatch.setattr(mnist, "MIRRORS", [CLOSED])
    monkeypatch.setattr(data, "_cache", lambda: tmp_path / "cache")
    monkeypatch.delenv("MNIST_DIR", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path / "cache"


@pytest.fixture
def serve():
    """serve(folder) gives the address of a mirror, whose .asked lists what was asked for."""
    servers = []

    def start(folder):
        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, *args):
                asked.append(self.path)

        asked = []
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/", asked

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("compress", [True, False])
def test_mnist_from_a_folder(compress, cache, tmp_path, monkeypatch):
    monkeypatch.setenv("MNIST_DIR", str(write(tmp_path / "mine", compress)))
    assert_loaded()
    assert not cache.exists()


def test_how_it_was_compressed_does_not_matter(cache, tmp_path, monkeypatch):
    folder = write(tmp_path / "mine")
    (folder / f"{FIRST}.gz").write_bytes(gzip.compress(CONTENT[FIRST], compresslevel=0, mtime=1))
    (folder / "t10k-labels-idx1-ubyte.gz").write_bytes(CONTENT["t10k-labels-idx1-ubyte"])
    monkeypatch.setenv("MNIST_DIR", str(folder))
    assert_loaded()


SPOILT = {
    "damaged": (lambda c: gzip.compress(c[:-1] + b"?"), "its checksum is not the published one"),
    "truncated": (lambda c: gzip.compress(c[:-1]), "it has 51 bytes instead of 52"),
    "too long": (lambda c: gzip.compress(c + b"?"), "it has 53 bytes instead of 52"),
    "truncated gzip": (lambda c: gzip.compress(c)[:-5], "it cannot be uncompressed, it is cut off"),
    "damaged gzip": (lambda c: gzip.compress(c)[:20] + b"??" + gzip.compress(c)[22:], "it cannot"),
    "wrong dimensions": (
        lambda c: gzip.compress(idx(ARRAYS[FIRST].reshape(6, 2, 3))),
        r"its shape is \(6, 2, 3\) instead of \(6, 3, 2\)",
    ),
    "wrong magic number": (
        lambda c: gzip.compress(idx(ARRAYS[FIRST], magic=b"\0\0\x0d\3")),
        r"it does not begin like an IDX file with 3 dimension\(s\)",
    ),
    "labels for images": (
        lambda c: gzip.compress(CONTENT["train-labels-idx1-ubyte"]),
        r"it does not begin like an IDX file with 3 dimension\(s\)",
    ),
    "only a header": (lambda c: c[:5], r"its shape is \(0, 0, 0\)"),
    "empty": (lambda c: b"", "it does not begin like an IDX file"),
    "a web page": (lambda c: b"<!doctype html>", "it does not begin like an IDX file"),
}


@pytest.fixture(params=SPOILT)
def corrupted(request, tmp_path):
    """A folder with one file that must not pass, and what is wrong with it."""
    spoil, sentence = SPOILT[request.param]
    folder = write(tmp_path / "corrupted")
    (folder / f"{FIRST}.gz").write_bytes(spoil(CONTENT[FIRST]))
    return folder, sentence


def test_a_file_that_is_not_mnist_never_passes(corrupted, cache, monkeypatch):
    folder, sentence = corrupted
    monkeypatch.setenv("MNIST_DIR", str(folder))
    with pytest.raises(ValueError, match=rf"{FIRST}\.gz is not MNIST's: {sentence}.*Replace it"):
        data.load_mnist()


def test_a_file_that_is_missing_is_named(cache, tmp_path, monkeypatch):
    folder = write(tmp_path / "mine")
    (folder / f"{FIRST}.gz").unlink()
    monkeypatch.setenv("MNIST_DIR", str(folder))
    with pytest.raises(FileNotFoundError, match=rf"neither {FIRST}\.gz nor .* unset MNIST_DIR"):
        data.load_mnist()


def test_a_folder_that_is_missing_is_named(cache, tmp_path, monkeypatch):
    monkeypatch.setenv("MNIST_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match="nowhere: put it there, or unset MNIST_DIR"):
        data.load_mnist()


def test_mnist_in_a_browser_must_be_uploaded(monkeypatch, cache):
    monkeypatch.setattr("sys.platform", "emscripten")
    with pytest.raises(OSError, match=r"use load_digits\(\), or upload .* in MNIST_DIR"):
        data.load_mnist()


def test_a_download_is_kept_and_asked_for_once(cache, serve, tmp_path, monkeypatch, capfd):
    address, asked = serve(write(tmp_path / "mirror"))
    monkeypatch.setattr(mnist, "MIRRORS", [address])
    assert_loaded()
    assert names(cache) == sorted(f"{name}.gz" for name in CONTENT)
    assert len(asked) == 4
    bars = capfd.readouterr().err
    assert all(f"{name}: 100%" in bars for name in CONTENT)
    assert_loaded()
    assert len(asked) == 4


def test_a_file_put_into_the_cache_by_hand_will_do(cache):
    write(cache, compress=False)
    assert_loaded()


def test_the_second_mirror_helps_when_the_first_is_closed(cache, serve, tmp_path, monkeypatch):
    address, _ = serve(write(tmp_path / "mirror"))
    monkeypatch.setattr(mnist, "MIRRORS", [CLOSED, address])
    assert_loaded()


def test_the_second_mirror_helps_when_the_first_is_bad(
    corrupted, cache, serve, tmp_path, monkeypatch
):
    bad, asked = serve(corrupted[0])
    good, _ = serve(write(tmp_path / "mirror"))
    monkeypatch.setattr(mnist, "MIRRORS", [bad, good])
    assert_loaded()
    assert len(asked) == 4
    assert names(cache) == sorted(f"{name}.gz" for name in CONTENT)


def test_a_damaged_cache_is_downloaded_anew(corrupted, cache, serve, tmp_path, monkeypatch):
    corrupted[0].rename(cache)
    address, asked = serve(write(tmp_path / "mirror"))
    monkeypatch.setattr(mnist, "MIRRORS", [address])
    assert_loaded()
    assert asked == [f"/{FIRST}.gz"]


def test_nothing_stays_when_no_mirror_has_it(corrupted, cache, serve, tmp_path, monkeypatch):
    bad, _ = serve(corrupted[0])
    (tmp_path / "empty").mkdir()
    empty, _ = serve(tmp_path / "empty")
    monkeypatch.setattr(mnist, "MIRRORS", [bad, empty, CLOSED])
    with pytest.raises(ConnectionError, match=corrupted[1]) as caught:
        data.load_mnist()
    assert names(cache) == []
    sentence = str(caught.value)
    assert f"{empty} (answered 404)" in sentence
    assert f"{CLOSED} (no connection, ConnectionError)" in sentence
    assert f"Put the file into {cache} by hand" in sentence
    assert "MNIST_DIR" in sentence and "load_digits(), which needs no network" in sentence


def test_nothing_half_written_stays_when_the_disk_is_full(cache, serve, tmp_path, monkeypatch):
    address, _ = serve(write(tmp_path / "mirror"))
    monkeypatch.setattr(mnist, "MIRRORS", [address])

    def full(path, content):
        path.open("wb").close()
        raise OSError("No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        data.load_mnist()
    assert names(cache) == []


def test_the_mirrors_are_two_and_https():
    assert len({mirror.split("/")[2] for mirror in mnist.MIRRORS}) == 2
    assert all(m.startswith("https://") and m.endswith("/") for m in mnist.MIRRORS)


@pytest.mark.skipif("MNIST_DIR" not in os.environ, reason="MNIST_DIR names no folder with MNIST")
def test_the_real_mnist():
    (x_train, t_train), (x_test, t_test) = data.load_mnist()
    assert (x_train.shape, t_train.shape) == ((60000, 784), (60000,))
    assert (x_test.shape, t_test.shape) == ((10000, 784), (10000,))
    assert (x_train.dtype, x_train.min(), x_train.max()) == (np.float32, 0, 1)
    assert x_train.nbytes < 200e6
    assert t_train[:5].tolist() == [5, 0, 4, 1, 9]
    assert np.bincount(t_train)[:5].tolist() == [5923, 6742, 5958, 6131, 5842]
    assert t_test[:5].tolist() == [7, 2, 1, 0, 4]
    assert x_train.mean(dtype=np.float64) == pytest.approx(0.1307, abs=1e-4)
