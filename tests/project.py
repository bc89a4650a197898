"""A copy of the project in a folder with an awkward name, as far as its commands need it."""

import os
import runpy
import shutil
import sys
from pathlib import Path

from tools import run

AWKWARD = "50% [a] 神经 #网络" + ("" if os.name == "nt" else "?")


def copied(folder, environment, *names):
    """The path of the copy in the folder, made of these files and folders and what all need.

    environment  "LESSONS" or "GRADING": in it are links to what is in the one that runs, since its
                 packages need to be there only once; JupyterLab's files are no links, since it asks
                 what a link leads to
    """
    project = folder / AWKWARD
    for name in ("tools/run.py", "pyproject.toml", *names):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (run.ROOT / name).is_dir() else shutil.copy
        copy(run.ROOT / name, project / name)
    made = runpy.run_path(str(project / "tools" / "run.py"))[environment]
    made.folder.mkdir()
    for path in Path(sys.prefix).iterdir():
        if path.name == "share":
            shutil.copytree(path, made.folder / path.name)
        elif path.name != made.stamp.name:  # written below, and not through a link
            (made.folder / path.name).symlink_to(path, path.is_dir())
    made.stamp.write_text(made.wanted_stamp(), "utf-8")
    return project
