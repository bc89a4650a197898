"""nbgrader's page for grading by hand: `make formgrader`, with MARKS= as for `make grade`."""

import os
import sys
from pathlib import Path


def main(marks="~/marks", *arguments):
    """Open JupyterLab in the teacher's folder, on the page for grading by hand."""
    folder = Path(marks).expanduser().resolve()
    if not (folder / "nbgrader_config.py").exists():
        sys.exit(f"There is no course in {folder}: `make grade` makes it, MARKS= says where it is.")
    options = [f"--ServerApp.root_dir={folder}", "--LabApp.default_url=/formgrader", *arguments]
    os.chdir(folder)  # here nbgrader looks for its settings
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", *options])


if __name__ == "__main__":
    main(*sys.argv[1:])
