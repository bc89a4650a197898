"""Data: what comes out is right, and what is missing or damaged is said in one sentence."""

import functools
import gzip
import hashlib
import http.server
import os
import re
import socket
import struct
import threading
from pathlib import Path

import numpy as np
import pooch
import pytest
import sklearn.datasets

from helpers import data
from helpers.data import load_digits, load_mnist, one_hot
from tools import make_digits


def test_digits_are_those_of_scikit_learn():
    (x_train, t_train), (x_test, t_test) = load_digits()
    oracle = sklearn.datasets.load_digits()
    ours = np.column_stack([np.vstack([x_train, x_test]) * 16, np.hstack([t_train, t_test])])
    theirs = np.column_stack([oracle.data, oracle.target])
    np.testing.assert_array_equal(ours[np.lexsort(ours.T)], theirs[np.lexsort(theirs.T)])


def test_digits_come_as_promised():
    (x_train, t_train), (x_test, t_test) = load_digits()
    assert x_train.dtype == x_test.dtype == np.float32
    assert t_train.dtype == t_test.dtype == np.int64
    assert (x_train.shape, x_test.shape) == ((1437, 64), (360, 64))
    assert (x_train.min(), x_train.max()) == (0, 1)
    assert np.bincount(t_test).tolist() == [36] * 10


def test_the_split_is_the_same_each_time():
    first, second = load_digits(), load_digits()
    for (x, t), (x_again, t_again) in zip(first, second, strict=True):
        np.testing.assert_array_equal(x, x_again)
        np.testing.assert_array_equal(t, t_again)


def test_the_file_is_what_its_script_makes_and_its_passport_says():
    assert data.DIGITS.read_bytes() == make_digits.digits_npz()
    assert data.DIGITS.stat().st_size < 50_000
    assert data.DIGITS_SHA256 in (data.DIGITS.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "is missing: get it back with `git checkout"), (b"PK", "is damaged, its sha256")],
)
def test_missing_or_damaged_digits_are_said(tmp_path, monkeypatch, content, message):
    monkeypatch.setattr(data, "DIGITS", tmp_path / "digits.npz")
    if content:
        data.DIGITS.write_bytes(content)
    with pytest.raises(RuntimeError, match=message):
        load_digits()


def test_one_hot():
    np.testing.assert_array_equal(one_hot([2, 0], 3), [[0, 0, 1], [1, 0, 0]])
    for bad in ([3], [-1], [1.0], [[1]], 1):
        with pytest.raises(ValueError, match="labels must be integers from 0 to 2"):
            one_hot(bad, 3)


# MNIST, small: two pictures and labels in the real format, with sums of their own


def idx(array):
    header = struct.pack(f">{1 + array.ndim}I", 0x0800 + array.ndim, *array.shape)
    return header + array.tobytes()


@pytest.fixture
def small(tmp_path, monkeypatch):
    """The four files, small, as {name: content}; an empty cache, no MNIST_DIR, no mirrors."""
    pictures = np.arange(2 * 28 * 28, dtype=np.uint32).astype(np.uint8).reshape(2, 28, 28)
    labels = np.array([3, 9], dtype=np.uint8)
    names = list(data.MNIST_SHA256)
    contents = dict(zip(names, map(idx, [pictures, labels, pictures[:1], labels[:1]]), strict=True))
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    monkeypatch.setattr(data, "MNIST_SHA256", sums)
    monkeypatch.setattr(data, "MIRRORS", ())
    monkeypatch.setattr(pooch, "os_cache", lambda name: tmp_path / "cache")
    monkeypatch.delenv("MNIST_DIR", raising=False)
    return contents


def put(folder, contents, pack=gzip.compress, ending=".gz"):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / f"{name}{ending}").write_bytes(pack(content))
    return folder


def is_right(loaded):
    (x_train, t_train), (x_test, t_test) = loaded
    assert x_train.shape == (2, 784)
    assert x_train.dtype == np.float32
    np.testing.assert_allclose(x_train[0, :4], np.arange(4) / 255)
    assert t_train.tolist() == [3, 9]
    assert x_test.shape == (1, 784)
    assert t_test.tolist() == [3]
    return True


@pytest.mark.parametrize("level", [1, 9])
def test_mnist_from_a_folder_whoever_packed_it(small, tmp_path, monkeypatch, level):
    folder = put(tmp_path / "mine", small, lambda content: gzip.compress(content, level))
    monkeypatch.setenv("MNIST_DIR", str(folder))
    assert is_right(load_mnist())


def test_mnist_unpacked_and_in_the_cache(small, tmp_path):
    put(tmp_path / "cache", small, bytes, "")
    assert is_right(load_mnist())


@pytest.fixture
def mirror(tmp_path):
    """Start an HTTP server on a folder; gives its address and the list of paths asked for."""
    servers = []

    def serve(folder):
        asked = []

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_):
                asked.append(self.path)

        handler = functools.partial(Handler, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/", asked

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def cut(content):
    return gzip.compress(content)[:-20]


def damage(content):
    return gzip.compress(content[:-1] + b"\x00")


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/"


def test_mnist_is_downloaded_once(small, tmp_path, monkeypatch, mirror):
    address, asked = mirror(put(tmp_path / "web", small))
    monkeypatch.setattr(data, "MIRRORS", (address,))
    assert is_right(load_mnist())
    assert len(asked) == 4
    assert is_right(load_mnist())
    assert len(asked) == 4


@pytest.mark.parametrize("pack", [cut, damage, None], ids=["cut off", "damaged", "closed port"])
def test_the_second_mirror_helps_where_the_first_is_bad(small, tmp_path, monkeypatch, mirror, pack):
    bad = mirror(put(tmp_path / "bad", small, pack))[0] if pack else closed_port()
    good, _ = mirror(put(tmp_path / "good", small))
    monkeypatch.setattr(data, "MIRRORS", (bad, good))
    assert is_right(load_mnist())
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == sorted(
        f"{name}.gz" for name in small
    )


@pytest.mark.parametrize("pack", [cut, damage, None], ids=["cut off", "damaged", "closed port"])
def test_when_all_fails_the_error_says_what_to_do(small, tmp_path, monkeypatch, mirror, pack):
    bad = mirror(put(tmp_path / "bad", small, pack))[0] if pack else closed_port()
    monkeypatch.setattr(data, "MIRRORS", (bad,))
    with pytest.raises(RuntimeError) as raised:
        load_mnist()
    message = str(raised.value)
    for part in (bad, str(tmp_path / "cache"), "MNIST_DIR", "load_digits() needs no network"):
        assert part in message
    assert list((tmp_path / "cache").iterdir()) == [], "nothing half-written stays"


def test_a_bad_file_in_the_folder_is_named(small, tmp_path, monkeypatch):
    folder = put(tmp_path / "mine", small, damage)
    monkeypatch.setenv("MNIST_DIR", str(folder))
    with pytest.raises(RuntimeError, match=re.escape("train-images-idx3-ubyte.gz (damaged)")):
        load_mnist()


@pytest.mark.parametrize(
    "content",
    [
        idx(np.zeros((2, 2), np.uint8)),
        b"\x00\x00\x0d\x03" + idx(np.zeros((1, 2, 2), np.uint8))[4:],
        idx(np.zeros((1, 2, 2), np.uint8))[:-1],
    ],
    ids=["wrong dimensions", "wrong magic number", "truncated"],
)
def test_what_is_no_idx_file_is_refused(small, tmp_path, monkeypatch, content):
    name = "train-images-idx3-ubyte"
    sums = {**data.MNIST_SHA256, name: hashlib.sha256(content).hexdigest()}
    monkeypatch.setattr(data, "MNIST_SHA256", sums)
    put(tmp_path / "cache", {**small, name: content})
    with pytest.raises(RuntimeError, match="not an IDX file of unsigned bytes in 3 dimensions"):
        load_mnist()


@pytest.mark.skipif("MNIST_DIR" not in os.environ, reason="MNIST_DIR names no folder with MNIST")
def test_the_real_60000():
    assert Path(os.environ["MNIST_DIR"]).is_dir()
    (x_train, t_train), (x_test, t_test) = load_mnist()
    assert (x_train.shape, x_test.shape) == ((60000, 784), (10000, 784))
    assert x_train.nbytes + x_test.nbytes < 225e6
    assert np.bincount(t_train).tolist() == [
        5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
    ]  # fmt: skip
    assert t_test[:5].tolist() == [7, 2, 1, 0, 4]
    assert (x_train.min(), x_train.max()) == (0, 1)
