"""A student's kernel in isolation: cells run in it, answers are called in it.

When the kernel is closed, nothing that it started survives.
"""

import base64
import contextlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import zmq
from jupyter_client.connect import write_connection_file
from jupyter_client.session import Session
from nbformat.v4 import new_output

from tools.grading import answers, isolation

OUTPUT = 100_000  # characters kept of a cell; a hundred times as many stop it
MESSAGE = 50 * OUTPUT  # larger ones are dropped: as objects they take a hundred times the space
SECONDS = {"cell": 20, "call": 5, "submission": 120}
CHANNELS = {"shell": zmq.DEALER, "control": zmq.DEALER, "iopub": zmq.SUB}


class KernelDied(Exception):
    """The kernel is gone; the message says why, for the student and the teacher."""


class NoSandbox(RuntimeError):
    """The kernel could not be started: before anything of a student's ran, so not their fault."""


def warm_up():
    """Compile what every kernel imports: in isolation, nothing can be kept for the next one."""
    imports = "import ipykernel.kernelapp, ipykernel.ipkernel, numpy, helpers.checks"
    writing = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", imports], cwd=isolation.ROOT, env=writing, check=True)


class Sandbox:
    """A kernel to run a submission in. Close it, or use it in a `with` statement.

    until  when the submission has used up its time, as time.monotonic() says it
    notes  what had to be stopped
    """

    def __init__(self, until, unsafe=False):
        self.until, self.sockets = float("inf"), {}  # the time to start is not a submission's
        self.notes = []
        self.watched = 0  # when the limits were last looked at
        self.folder = tempfile.mkdtemp(prefix="sandbox-")
        file, connection = write_connection_file(
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
        kernel = [sys.executable, "-m", "ipykernel_launcher", "-f", file]
        kernel += ["--HistoryManager.enabled=False"]
        self.process = subprocess.Popen(
            [*([] if unsafe else isolation.command(self.folder)), *kernel],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.session = Session(key=connection["key"].encode())
        try:
            self._connect(connection)
            inside = Path(answers.__file__).read_text("utf-8")
            # without these two, exit() is an error in one cell and the kernel lives on
            self.run(f"_judge = {{}}\nexec({inside!r}, _judge)\ndel exit, quit")
            self.until = until
        except BaseException as error:
            self.close()
            if isinstance(error, KernelDied):
                raise NoSandbox(f"A kernel for a submission did not start: {error}.") from None
            raise

    def _connect(self, connection):
        """Wait until the kernel listens, and until it knows that we listen."""
        patience = time.monotonic() + 60
        while len(list(Path(self.folder).glob("kernel-*"))) < 5:  # Jupyter's channels
            if not self.alive() or time.monotonic() > patience:
                raise KernelDied("it ended at once" if not self.alive() else "waited for a minute")
            time.sleep(0.01)
        for channel, kind in CHANNELS.items():
            socket = self.sockets[channel] = zmq.Context.instance().socket(kind)
            socket.linger, socket.maxmsgsize = 0, MESSAGE
            if kind == zmq.SUB:
                socket.subscribe("")
            socket.connect(f"ipc://{connection['ip']}-{connection[channel + '_port']}")
        if not self.sockets["iopub"].poll(60_000):  # its first message is a welcome
            raise KernelDied("it says nothing")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def alive(self):
        """Is there still a kernel?"""
        return self.process.poll() is None

    def close(self):
        """Stop the kernel and everything in its sandbox."""
        for socket in self.sockets.values():
            socket.close()
        for process in [*self._processes(), self.process]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait()
        subprocess.run(["chmod", "-R", "u+rwx", self.folder], capture_output=True)  # locked inside
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, code):
        """Run a cell; return its outputs, as nbformat has them. Raises KernelDied."""
        return self._run("cell", code)[0]

    def answer(self, name):
        """The student's function or value of that name, as an Answer to call from here.

        A call that has to be stopped is the last: all later ones fail at once.
        """
        lost = []

        def ask(request):
            if lost:
                raise KernelDied(*lost)
            try:
                _, reply = self._run("call", reply=f"_judge['call']({name}, {request!r})")
            except KernelDied as why:
                lost.append(str(why))
                raise
            found = reply["content"]["user_expressions"]["reply"]
            if found["status"] != "ok":
                raise RuntimeError(f"{name} cannot be called")
            text = found["data"]["text/plain"]
            if '"error": ["KeyboardInterrupt"' in text[:40]:
                lost.append(f"{name} took more than {SECONDS['call']} s")
            return text

        return answers.Answer(ask)

    def _run(self, what, code="", **expressions):
        """(outputs, reply) of a request. Raises KernelDied; after trouble the kernel is gone."""
        try:
            return self._request(what, code, expressions)
        except BaseException:
            self.close()
            raise

    def _request(self, what, code, expressions):
        """The same; interrupts what takes too long or prints too much."""
        content = {"code": code, "store_history": False, "user_expressions": expressions}
        request = self.session.send(self.sockets["shell"], "execute_request", content)
        request = request["header"]["msg_id"]
        outputs, size, patience = [], 0, 3
        deadline = min(time.monotonic() + SECONDS[what], self.until)
        while True:
            now = time.monotonic()
            if size > 100 * OUTPUT:
                raise KernelDied("stopped: it printed without end")
            if now > self.until:
                raise KernelDied(
                    f"stopped: all in all it ran for more than {SECONDS['submission']} s"
                )
            if now > deadline:
                if not patience:
                    raise KernelDied(f"stopped: it ran for more than {SECONDS[what]} s")
                self.session.send(self.sockets["control"], "interrupt_request")
                deadline, patience = now + 1, patience - 1
            if now > self.watched + 0.2:
                self._watch()
                self.watched = now
            try:
                message = self._receive("iopub", 200)
                if not message or message["parent_header"].get("msg_id") != request:
                    continue
                if message["content"].get("execution_state") == "idle":
                    break
                output = sanitize_output(message["msg_type"], message["content"])
            except Exception:  # no message of Jupyter's: the submission has sent it itself
                size += OUTPUT // 100
                continue
            if output:
                size += len(str(output))
                if size < OUTPUT:
                    outputs.append(output)
        if size >= OUTPUT:
            outputs.append(new_output("stream", text="… (more output, left out)\n"))
        if patience < 3:
            self.notes.append(f"stopped: it ran for more than {SECONDS[what]} s")
            outputs.append(new_output("stream", text=f"{self.notes[-1]}\n"))
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:  # though it may send others without end
            reply = self._receive("shell", 1000)
            if reply and reply["parent_header"].get("msg_id") == request:
                return outputs, reply
        raise KernelDied("stopped: the kernel no longer answers")

    def _receive(self, channel, milliseconds):
        """The next message, or None when none came in time."""
        socket = self.sockets[channel]
        return self.session.recv(socket)[1] if socket.poll(milliseconds) else None

    def _processes(self):
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def _watch(self):
        """Raise KernelDied when the kernel is gone, or its processes together are too much."""
        if not self.alive():
            raise KernelDied("the kernel ended: a crash, or more memory than there is")
        processes, memory = self._processes(), 0
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                memory += process.memory_info().rss
        if len(processes) > isolation.PROCESSES:
            raise KernelDied(f"stopped: it started more than {isolation.PROCESSES} processes")
        if memory > isolation.MEMORY:
            raise KernelDied(
                f"stopped: it used more than {isolation.MEMORY / isolation.GIGABYTE:g} GB of memory"
            )
        if not within_quota(self.folder) or unlinked_bytes(processes) > isolation.DISK:
            raise KernelDied("stopped: it filled the disk")


def within_quota(folder):
    """Is a folder that a student can write to still small? One that is locked is not."""
    size, files, locked = 0, 0, []
    for path, folders, names in os.walk(folder, onerror=locked.append):
        files += len(folders)
        for name in names:
            files += 1
            with contextlib.suppress(OSError):
                size += os.lstat(os.path.join(path, name)).st_size
            if size > isolation.DISK or files > 10_000:
                return False
    return not any(isinstance(error, PermissionError) for error in locked)


def unlinked_bytes(processes):
    """The bytes in open files that stand in no folder: deleted, or made in memory."""
    sizes = {}
    for process in processes:
        with contextlib.suppress(OSError):
            for file in os.scandir(f"/proc/{process.pid}/fd"):
                with contextlib.suppress(OSError):
                    found = file.stat()
                    if stat.S_ISREG(found.st_mode) and not found.st_nlink:
                        sizes[found.st_dev, found.st_ino] = 512 * found.st_blocks
    return sum(sizes.values())


def sanitize_output(kind, content):
    """An output that is safe to show, or None: text, pictures, and an error's last line only.

    The kernel is the student's, so nothing in a message has to be what it should be.
    """
    if kind == "stream":
        name = "stderr" if content["name"] == "stderr" else "stdout"
        return new_output("stream", name=name, text=str(content["text"]))
    if kind == "error":
        error = {key: str(content[key]) for key in ("ename", "evalue")}
        return new_output("error", **error, traceback=["{ename}: {evalue}".format(**error)])
    if kind in ("display_data", "execute_result"):
        data = {"text/plain": str(content["data"].get("text/plain", ""))}
        for picture in ("image/png", "image/jpeg"):
            with contextlib.suppress(Exception):
                held = base64.b64decode(content["data"][picture])
                data[picture] = base64.b64encode(held).decode()
        return new_output("display_data", data)
    return None
