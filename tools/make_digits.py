"""Make data/digits.npz from scikit-learn's copy of the UCI handwritten digits.

    python tools/make_digits.py [PATH]

The same bytes come out on every computer: bzip2 instead of zlib, whose output differs between
versions, and the two fields that a ZIP archive would fill in by date and operating system are set.
"""

import hashlib
import io
import sys
import zipfile
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

DIGITS = Path(__file__).resolve().parent.parent / "data" / "digits.npz"


def main(path=DIGITS):
    digits = load_digits()
    arrays = {"x": digits.data, "t": digits.target}
    with zipfile.ZipFile(path, "w") as archive:
        for name, values in arrays.items():
            small = values.astype(np.uint8)
            assert (small == values).all()
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # "made on Unix", on Windows too
            entry.compress_type = zipfile.ZIP_BZIP2
            content = io.BytesIO()
            np.lib.format.write_array(content, small, version=(1, 0), allow_pickle=False)
            archive.writestr(entry, content.getvalue(), compresslevel=9)
    content = Path(path).read_bytes()
    print(f"{path}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
