"""Build the site that runs the lessons in a browser: `make lite`, into build/site/run.

PYODIDE_DIR=folder: Pyodide is copied from there, and the site asks no other host.
"""

import os
import subprocess
import sys
from pathlib import Path

from tools.lite.build import build
from tools.subjects import ROOT

if __name__ == "__main__":
    out = Path(sys.argv[1] if sys.argv[1:] else ROOT / "build" / "site" / "run")
    folder = os.environ.get("PYODIDE_DIR")
    try:
        build(out, folder and Path(folder))
    except (ValueError, RuntimeError, OSError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
    print(f"Built {out}")
