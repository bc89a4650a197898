"""A student's kernel behind walls: no network, no files that matter, limits on all it may use.

The walls are bubblewrap's: namespaces of its own for processes, users and network, and a file
system that holds Python, the packages, `helpers` and `data`, all read-only, and an empty /tmp.
When the kernel is closed, nothing that it started survives.
"""

import ast
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from queue import Empty

import nbformat
import psutil
import zmq
from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file

from tools.grading import answers

ROOT = Path(__file__).resolve().parents[2]
GIGABYTE = 2**30
MEMORY = 4 * GIGABYTE  # of all processes together; each alone may not ask for more either
PROCESSES = 64
OUTPUT = 100_000  # characters kept of a cell; a hundred times as many stop it
SECONDS = {"cell": 20, "call": 5}
LIMITS = [f"--as={MEMORY}", "--cpu=120", f"--fsize={GIGABYTE // 10}", "--nproc=256", "--core=0"]
KEPT = ("text/plain", "image/png", "image/jpeg")  # no HTML, SVG or scripts for the teacher's page


class Died(Exception):
    """The kernel is gone; the message says why, for the student and the teacher."""


def walls(folder):
    """The command that puts what follows behind walls, with one folder that both sides see."""
    seen = [Path(sys.prefix), Path(sys.base_prefix), ROOT / "helpers", ROOT / "data"]
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--size", str(GIGABYTE // 2), "--tmpfs", "/tmp", "--ro-bind", "/usr", "/usr"]
    for name in ("/bin", "/lib", "/lib64"):
        if os.path.islink(name):
            command += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            command += ["--ro-bind", name, name]
    for path in ("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime"):
        command += ["--ro-bind-try", path, path]
    for path in map(str, seen):
        command += ["--ro-bind", path, path]
    return [*command, "--bind", folder, folder, "--chdir", "/tmp"]


def why_not():
    """Why there can be no sandbox here, and what to do; an empty string when there can."""
    if not sys.platform.startswith("linux"):
        return "The sandbox needs Linux: grade on a Linux machine, such as the class's JupyterHub."
    if not shutil.which("bwrap"):
        return "bubblewrap is missing: install it (`apt install bubblewrap`) and start again."
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([*walls(folder), "true"], capture_output=True, text=True)
    if done.returncode:
        return (
            f"bubblewrap is not allowed to build its walls here ({done.stderr.strip()}): allow user"
            " namespaces (in a container: start it with --privileged) or use another machine."
        )
    return ""


def warm_up():
    """Compile what every kernel imports: behind the walls, nothing can be kept for the next one."""
    imports = "import ipykernel.kernelapp, ipykernel.ipkernel, numpy, helpers.checks"
    writing = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", imports], cwd=ROOT, env=writing, check=True)


class Sandbox:
    """A kernel to run a submission in. Close it, or use it in a `with` statement."""

    def __init__(self, unsafe=False):
        self.folder = tempfile.mkdtemp(prefix="sandbox-")
        connection, _ = write_connection_file(
            f"{self.folder}/kernel.json", transport="ipc", ip=f"{self.folder}/kernel"
        )
        fonts = os.environ.get("MPLCONFIGDIR", "")
        if os.path.isdir(fonts):
            shutil.copytree(fonts, f"{self.folder}/matplotlib")
        environment = {
            "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
            "HOME": "/tmp",
            "LANG": "C.UTF-8",
            "IPYTHONDIR": "/tmp/ipython",
            "MPLCONFIGDIR": f"{self.folder}/matplotlib",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
        }
        kernel = [sys.executable, "-m", "ipykernel_launcher", "-f", connection]
        kernel += ["--HistoryManager.enabled=False"]
        self.process = subprocess.Popen(
            [*([] if unsafe else walls(self.folder)), "prlimit", *LIMITS, *kernel],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.client = BlockingKernelClient(connection_file=connection)
        self.client.load_connection_file()
        self.client.start_channels()
        try:
            self.client.wait_for_ready(timeout=60)
            self.client.iopub_channel.socket.setsockopt(zmq.MAXMSGSIZE, 500 * OUTPUT)
            inside = Path(answers.__file__).read_text("utf-8")
            # without these two, exit() is an error in one cell and the kernel lives on
            self.run(f"_judge = {{}}\nexec({inside!r}, _judge)\ndel exit, quit")
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def alive(self):
        """Is there still a kernel?"""
        return self.process.poll() is None

    def close(self):
        """Stop the kernel and everything in its sandbox."""
        self.client.stop_channels()
        for process in [*self._processes(), self.process]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, code):
        """Run a cell; return its outputs, as nbformat has them. Raises Died."""
        return self._run(code, "cell")[0]

    def answer(self, name):
        """The student's function or value of that name, as an Answer to call from here.

        A call that has to be stopped is the last: all later ones fail at once.
        """
        lost = []

        def ask(request):
            if lost:
                raise Died(*lost)
            expression = f"_judge['call']({name}, {request!r})"
            try:
                _, reply = self._run("", "call", user_expressions={"reply": expression})
            except Died as why:
                lost.append(str(why))
                raise
            found = reply["content"]["user_expressions"]["reply"]
            if found["status"] != "ok":
                raise RuntimeError(f"{name} cannot be called")
            text = ast.literal_eval(found["data"]["text/plain"])
            if '"error": ["KeyboardInterrupt"' in text[:40]:
                lost.append(f"{name} took more than {SECONDS['call']} s")
            return text

        return answers.Answer(ask)

    def _run(self, code, what, **options):
        """(outputs, reply) of a request; interrupts what takes too long or prints too much."""
        request = self.client.execute(code, store_history=False, allow_stdin=False, **options)
        outputs, size, watched, patience = [], 0, 0, 3
        deadline = time.monotonic() + SECONDS[what]
        while True:
            now = time.monotonic()
            if size > 100 * OUTPUT:
                raise Died("stopped: it printed without end")
            if now > deadline:
                if not patience:
                    raise Died(f"stopped: it ran for more than {SECONDS[what]} s")
                self.client.control_channel.send(self.client.session.msg("interrupt_request", {}))
                deadline, patience = now + 1, patience - 1
            if now > watched + 0.2:
                self._watch()
                watched = now
            try:
                message = self.client.get_iopub_msg(timeout=0.2)
            except Empty:
                continue
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["content"].get("execution_state") == "idle":
                break
            if message["msg_type"] in ("stream", "display_data", "execute_result", "error"):
                size += len(str(message["content"]))
                if size < OUTPUT:
                    outputs.append(tamed(nbformat.v4.output_from_msg(message)))
        if size >= OUTPUT:
            outputs.append(nbformat.v4.new_output("stream", text="… (more output, left out)\n"))
        while True:
            try:
                reply = self.client.get_shell_msg(timeout=5)
            except Empty:
                raise Died("stopped: the kernel no longer answers") from None
            if reply["parent_header"].get("msg_id") == request:
                return outputs, reply

    def _processes(self):
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def _watch(self):
        """Raise Died when the kernel is gone, or when all its processes together are too much."""
        if not self.alive():
            raise Died("the kernel ended: a crash, or more memory than there is")
        processes, memory = self._processes(), 0
        for process in processes:
            try:
                memory += process.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        if len(processes) > PROCESSES:
            raise Died(f"stopped: it started more than {PROCESSES} processes")
        if memory > MEMORY:
            raise Died(f"stopped: it used more than {MEMORY // GIGABYTE} GB of memory")


def tamed(output):
    """An output that is safe to show: pictures and text, and an error's last line only."""
    if "data" in output:
        output.data = {kind: held for kind, held in output.data.items() if kind in KEPT}
        output.metadata = {}
    if output.output_type == "error":
        output.traceback = [f"{output.ename}: {output.evalue}"]
    return output
