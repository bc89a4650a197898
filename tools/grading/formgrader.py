"""nbgrader's page for grading by hand: `make formgrader`, with MARKS= as for `make grade`."""

import os
import sys
from pathlib import Path


def main(marks="~/marks", *arguments):
    """Open JupyterLab in the teacher's folder, on the page for grading by hand."""
    folder = Path(marks).expanduser().resolve()
    if not (folder / "nbgrader_config.py").exists():
        sys.exit(f"There is no course in {folder}: `make grade` makes it, MARKS= says where it is.")
    options = {
        "ServerApp.root_dir": folder,
        "ServerApp.allow_root": os.name != "nt" and os.geteuid() == 0,  # in a container
        "LabApp.default_url": "/formgrader/gradebook",
    }
    os.chdir(folder)  # here nbgrader looks for its settings
    command = [sys.executable, "-m", "jupyterlab", *(f"--{k}={v}" for k, v in options.items())]
    os.execv(sys.executable, [*command, *arguments])


if __name__ == "__main__":
    main(*sys.argv[1:])
