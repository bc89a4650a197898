"""The isolation of a submission: no network, no files that matter, limits on all it may use.

They are bubblewrap's: namespaces of its own for processes, users and network, and a file system
that holds Python, the packages, `helpers` and `data`, all read-only, and an empty /tmp. The users
of a hub get the same file system (hub/jupyterhub_config.py).
"""

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GIGABYTE = 2**30
MEMORY = 4 * GIGABYTE  # of all processes together; each alone may not ask for more either
PROCESSES = 64
DISK = GIGABYTE // 2
LIMITS = [f"--as={MEMORY}", "--cpu=120", f"--fsize={GIGABYTE // 10}", "--nproc=256", "--core=0"]


@functools.cache
def disable_nested_user_namespaces():
    """What keeps a submission from a namespace of its own, where it may do more than here.

    For with them come file systems that nobody counts, and parts of Linux with a history of holes.
    """
    said = subprocess.run(["bwrap", "--help"], capture_output=True, text=True)
    new = "--disable-userns" in said.stdout  # since bubblewrap 0.8
    return ["--unshare-user", "--disable-userns"] if new else []


def file_system(folder, *more):
    """What bubblewrap shows: Python, what it needs, and more paths to read; one folder to write."""
    seen = [Path(sys.prefix), Path(sys.base_prefix), ROOT / "helpers", ROOT / "data", *more]
    options = ["--proc", "/proc", "--dev", "/dev"]
    for place in ("/tmp", "/dev/shm"):
        options += ["--size", str(DISK), "--tmpfs", place]
    for name in ("/bin", "/lib", "/lib64"):
        if os.path.islink(name):
            options += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            options += ["--ro-bind", name, name]
    for path in ("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime"):
        options += ["--ro-bind-try", path, path]
    for path in map(str, [Path("/usr"), *seen]):
        options += ["--ro-bind", path, path]
    options += ["--bind", folder, folder]
    return [*options, "--remount-ro", "/dev", "--remount-ro", "/"]


def command(folder):
    """What to put before a command to run it in isolation, with one folder that both sides see."""
    start = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    start += disable_nested_user_namespaces()
    return [*start, *file_system(folder), "--chdir", "/tmp", "prlimit", *LIMITS]


def unavailable_reason():
    """Why there can be no isolation here, and what to do; an empty string when there can."""
    if not sys.platform.startswith("linux"):
        return (
            "The sandbox needs Linux: grade on a Linux machine, such as the class's JupyterHub, or"
            " in WSL on Windows."
        )
    if not shutil.which("bwrap"):
        return "bubblewrap is missing: install it (`apt install bubblewrap`) and start again."
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([*command(folder), "true"], capture_output=True, text=True)
    if done.returncode:
        return (
            f"bubblewrap may not isolate a process here ({done.stderr.strip()}): allow user"
            " namespaces (Ubuntu: `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`; a"
            " container: start it with --privileged) or use another machine."
        )
    return ""
