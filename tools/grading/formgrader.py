"""nbgrader's page for grading by hand: `make formgrader`, with MARKS= as for `make grade`."""

import sys
from pathlib import Path

from tools import run


def main(marks="~/marks", *arguments):
    """Open JupyterLab in the teacher's folder, on the page for grading by hand."""
    folder = Path(marks).expanduser().resolve()
    if not (folder / "nbgrader_config.py").exists():
        sys.exit(f"There is no course in {folder}: `make grade` makes it, MARKS= says where it is.")
    course = f"--CourseDirectory.root={folder}"  # there nbgrader looks for its settings
    environment = run.Environment(sys.prefix)
    run.open_jupyterlab(environment, folder, "/formgrader/gradebook", course, *arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
