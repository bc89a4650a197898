"""The four files of MNIST: read, or downloaded, and checked. data.load_mnist says from where.

What counts is the content once uncompressed: a file that someone else compressed passes, one that
is cut off or damaged never does.

IDX, the format of the files: the bytes 0, 0, 8 (for uint8) and the number of dimensions; then each
dimension as a big-endian 32-bit number; then the values.
"""

import gzip
import hashlib
import io
import math
import os
import struct
import zlib
from contextlib import suppress

import numpy as np

from helpers.language import say, value_error

MIRRORS = [  # asked in turn
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
]
FILES = {  # name: shape, sha256 of the uncompressed content
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


def read(folder, name):
    """The file `name` of a folder, uncompressed or .gz, as a checked uint8 array."""
    for path in (folder / f"{name}.gz", folder / name):
        if path.is_file():
            try:
                return checked(path.read_bytes(), name)
            except ValueError as error:
                raise value_error(
                    "{path} is not MNIST's: {error}. Replace it.", path=path, error=error
                ) from error
    raise FileNotFoundError(
        say(
            "neither {name}.gz nor {name} is in {folder}: put it there, or unset MNIST_DIR to have "
            "MNIST downloaded.",
            name=name,
            folder=folder,
        )
    )


def fetch(cache, name):
    """The same from the folder `cache`; what is missing or damaged there is downloaded anew."""
    with suppress(FileNotFoundError, ValueError):
        return read(cache, name)
    return download(cache, name)


def download(cache, name):
    """Ask the mirrors in turn; keep the file in `cache` only after it has passed its check."""
    import requests

    cache.mkdir(parents=True, exist_ok=True)
    tried = []
    for mirror in MIRRORS:
        try:
            content = _get(f"{mirror}{name}.gz", name)
            array = checked(content, name)
        except requests.HTTPError as error:
            answer = say("answered {code}", code=error.response.status_code)
            tried.append(f"{mirror} ({answer})")
        except requests.RequestException as error:
            answer = say("no connection, {kind}", kind=type(error).__name__)
            tried.append(f"{mirror} ({answer})")
        except ValueError as error:
            tried.append(f"{mirror} ({error})")
        else:
            _place(content, cache / f"{name}.gz")
            return array
    raise ConnectionError(
        say(
            "{name}.gz could not be downloaded; tried {tried}. Put the file into {cache} by hand, "
            "or name its folder in MNIST_DIR, or use load_digits(), which needs no network.",
            name=name,
            tried=", ".join(tried),
            cache=cache,
        )
    )


def checked(content, name):
    """The bytes of an IDX file, gzip-compressed or not, as an array; ValueError says what is wrong.

    The checksum alone would do; the checks before it say more.
    """
    shape, sha256 = FILES[name]
    if content[:2] == b"\x1f\x8b":
        try:
            content = gzip.decompress(content)
        except (EOFError, OSError, zlib.error) as error:
            raise value_error("it cannot be uncompressed, it is cut off or damaged") from error
    start = 4 + 4 * len(shape)
    if content[:4] != bytes([0, 0, 8, len(shape)]):
        raise value_error("it does not begin like an IDX file with {n} dimension(s)", n=len(shape))
    dimensions = struct.unpack(f">{len(shape)}I", content[4:start].ljust(start - 4, b"\0"))
    if dimensions != shape:
        raise value_error("its shape is {found} instead of {shape}", found=dimensions, shape=shape)
    if len(content) != start + math.prod(shape):
        raise value_error(
            "it has {found} bytes instead of {size}",
            found=len(content),
            size=start + math.prod(shape),
        )
    if hashlib.sha256(content).hexdigest() != sha256:
        raise value_error("its checksum is not the published one")
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)


def _get(url, name):
    import pooch
    from tqdm import tqdm

    content = io.BytesIO()
    with tqdm(desc=name, total=1, unit="B", unit_scale=True) as bar:  # pooch sets the total
        pooch.HTTPDownloader(progressbar=bar, chunk_size=2**16, timeout=30)(url, content, None)
    return content.getvalue()


def _place(content, path):
    """Write beside `path` and rename, so that `path` is never half a file."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
