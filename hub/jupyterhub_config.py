"""JupyterHub for a class on one machine, as `make hub` starts it: docs/hub.md.

Everybody has a name on the teacher's list, a home in the class's folder, and a JupyterLab that sees
no other home: bubblewrap keeps the servers apart, so that no account of the machine is needed and
nothing runs as root.
"""

import os
import socket
import sys
from pathlib import Path

from tools.grading import isolation
from tools.hub.folder import accounts

c = get_config()  # noqa: F821
CLASS, HERE = Path(os.environ["CLASS"]), Path(__file__).resolve().parent
STATE = CLASS / "hub"
SEEN = ("ssl", "ca-certificates", "resolv.conf", "hosts", "nsswitch.conf", "gai.conf", "pki")
SEEN = [Path("/etc", name) for name in SEEN if Path("/etc", name).exists()]  # for the network


def free_port(first):
    """A port that nobody uses, below those that Linux gives to whoever asks for any (32768).

    A server binds it seconds after it was chosen, when 30 others start, too.
    """
    for port in range(first, 32768, 997):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free on this machine: stop programs, or start it anew")


# Where it listens: the proxy for everybody, the hub behind it for this machine.
c.JupyterHub.bind_url = os.environ["HUB_ADDRESS"]
c.JupyterHub.hub_port = free_port(18001)
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{free_port(18002)}"
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")

# Who may come: the names on the teacher's list. The first login of a name chooses its password.
LISTED = accounts((CLASS / "accounts.txt").read_text("utf-8"))
c.JupyterHub.authenticator_class = "firstuseauthenticator.FirstUseAuthenticator"
c.FirstUseAuthenticator.dbm_path = str(STATE / "passwords")
c.Authenticator.allowed_users = set(LISTED)
c.Authenticator.admin_users = {name for name, teacher in LISTED.items() if teacher}
c.JupyterHub.template_vars = {
    "announcement_login": "The first time you sign in, you choose your password: 7 letters or more."
    " 第一次登录时自己设定密码，至少 7 个字符。"
}

# What each gets.
c.JupyterHub.spawner_class = "simple"  # a process, without an account of the machine's
c.SimpleLocalProcessSpawner.home_dir_template = str(CLASS / "homes" / "{username}")
c.Spawner.mem_limit = "2G"  # of each process: a kernel that wants more gets a MemoryError
c.Spawner.start_timeout = c.Spawner.http_timeout = 180  # a whole class starts at once
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": str(HERE),  # jupyter_server_config.py lies there
    "JUPYTER_RUNTIME_DIR": "/tmp/jupyter",  # which is each server's own
    "OMP_NUM_THREADS": "1",  # 30 programs on a few cores: more threads only wait for each other
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONUTF8": "1",
}


def isolate(spawner):
    """Let the server of this user run in isolation, with its own home and the lessons to read."""
    home = CLASS / "homes" / spawner.user.name
    home.mkdir(mode=0o700, exist_ok=True)
    feedback, shown = CLASS / "feedback" / home.name, home / "feedback"
    feedback.mkdir(exist_ok=True)
    if shown.is_symlink() or shown.is_file():
        shown.unlink()  # a folder goes there, which nobody but the teacher writes to
    seen = isolation.file_system(str(home), CLASS / "lessons", HERE, *SEEN)
    # Inside, it is an ordinary user, whoever started the hub; --share-net leads to the hub.
    alone = ["bwrap", "--unshare-all", "--share-net", "--die-with-parent", "--cap-drop", "ALL"]
    alone += [*isolation.disable_nested_user_namespaces(), "--uid", "1000", "--gid", "1000"]
    alone += ["--unshare-user", *seen, "--chdir", str(home)]
    alone += ["--ro-bind", str(feedback), str(shown)]
    spawner.port = free_port(20000 + spawner.user.id)
    limits = ["prlimit", f"--data={spawner.mem_limit}", "--nproc=512", "--core=0"]
    # nice: the hub and its proxy come first, so that logging in works while all compute.
    spawner.cmd = ["nice", *alone, *limits, sys.executable, str(HERE / "singleuser.py")]


c.Spawner.pre_spawn_hook = isolate

# After an hour without a hand on it, a server ends; what is saved stays.
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
