"""Make data/digits.npz from scikit-learn's copy of the UCI digits. Run once; same bytes each time.

python tools/make_digits.py
"""

import io
import zipfile
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

TARGET = Path(__file__).parent.parent / "data" / "digits.npz"


def digits_npz():
    """The bytes of an .npz with `images` (1797, 8, 8) and `labels` (1797,), both uint8."""
    digits = load_digits()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in (("images", digits.images), ("labels", digits.target)):
            content = io.BytesIO()
            np.save(content, array.astype(np.uint8))
            # np.savez would write the time of day into the archive
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_DEFLATED, 9
            )
    return file.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(digits_npz())
