"""A student's IPython in isolation: cells run in it, answers are called in it.

When the kernel is closed, nothing that it started survives.
"""

import base64
import contextlib
import json
import os
import select
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil
from nbformat.v4 import new_output

from tools.grading import child, isolation, messages
from tools.grading.marking import AnswerError

OUTPUT = 100_000  # characters kept of a cell; a hundred times as many stop it
LINE = 10 * OUTPUT  # longer ones are dropped: as objects they take twenty times the space
SECONDS = {"start": 60, "cell": 20, "call": 5, "submission": 120}


class KernelDied(messages.Said):
    """The kernel is gone; its note says why, for the student and the teacher."""


class NoSandbox(RuntimeError):
    """The kernel could not be started: before anything of a student's ran, so not their fault."""


def warm_up():
    """Compile what every kernel imports: in isolation, nothing can be kept for the next one."""
    imports = "import IPython, matplotlib_inline, numpy, helpers.checks"
    writing = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", imports], cwd=isolation.ROOT, env=writing, check=True)


class Sandbox:
    """IPython to run a submission in. Close it, or use it in a `with` statement.

    until     when the submission has used up its time, as time.monotonic() says it
    language  of what outputs say about having been cut short
    notes     what had to be stopped
    """

    def __init__(self, until, unsafe=False, language="en"):
        self.language = language
        self.until = float("inf")  # the time to start is not a submission's
        self.notes, self.number, self.received = [], 0, b""
        self.watched = 0  # when the limits were last looked at
        self.folder = tempfile.mkdtemp(prefix="sandbox-")
        fonts = os.environ.get("MPLCONFIGDIR", "")
        if os.path.isdir(fonts):
            shutil.copytree(fonts, f"{self.folder}/matplotlib")
        environment = {
            "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
            "HOME": "/tmp",
            "LANG": "C.UTF-8",
            "IPYTHONDIR": "/tmp/ipython",
            "MPLCONFIGDIR": f"{self.folder}/matplotlib",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
        }
        program = [sys.executable, "-c", Path(child.__file__).read_text("utf-8")]
        self.process = subprocess.Popen(
            [*([] if unsafe else isolation.command(self.folder)), *program],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        os.set_blocking(self.process.stdin.fileno(), False)
        try:
            self._request("start")
        except KernelDied as why:
            raise NoSandbox(f"A kernel for a submission did not start: {why}.") from None
        self.until = until

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def alive(self):
        """Is there still a kernel?"""
        return self.process.poll() is None

    def close(self):
        """Stop the kernel and everything in its sandbox."""
        for process in [*self._processes(), self.process]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        subprocess.run(["chmod", "-R", "u+rwx", self.folder], capture_output=True)  # locked inside
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, code):
        """Run a cell; return its outputs, as nbformat has them. Raises KernelDied."""
        outputs, _, interrupted = self._request("cell", run=code)
        if interrupted:
            self.notes.append(("ran too long", SECONDS["cell"]))
            outputs.append(self._told(self.notes[-1]))
        return outputs

    def take_notes(self):
        """The notes, which are forgotten here."""
        taken, self.notes = self.notes, []
        return taken

    def _told(self, note):
        return new_output("stream", text=f"{messages.say(note, self.language)}\n")

    def function(self, name):
        """The student's function of that name, to call from here; a value is called with nothing.

        Arrays that the function changes are changed in the caller's hands, too. Raises AnswerError
        for what it raises, or returns that is no plain value; once it took too long, always.
        """
        lost = []

        def ask(given):
            try:
                _, reply, interrupted = self._request("call", call=name, arguments=given)
            except KernelDied as why:
                lost.extend(why.args)
                return {}
            if interrupted:
                lost.extend(("took too long", SECONDS["call"]))
                self.notes.append(tuple(lost))
            return reply

        def call(*arguments):
            reply = {} if lost else ask([child.encode(one) for one in arguments])
            if lost:
                raise AnswerError(*lost)
            if "error" in reply:
                raise AnswerError(*reason(reply["error"], name))
            if "value" not in reply:
                raise AnswerError("undefined", name)
            try:
                for one, after in zip(arguments, reply["arguments"], strict=True):
                    if isinstance(one, np.ndarray) and after is not None:
                        one[...] = child.decode(after)
                return child.decode(reply["value"])
            except Exception:  # the submission has sent it itself
                raise AnswerError("no reply", name) from None

        return call

    def _request(self, what, **request):
        """(outputs, reply, was it interrupted?) Raises KernelDied; after trouble it is gone."""
        try:
            return self._converse(what, request)
        except BaseException:
            self.close()
            raise

    def _converse(self, what, request):
        """The same; interrupts what takes too long, stops what prints too much."""
        unsent = (json.dumps({"id": self.number, **request}) + "\n").encode() if request else b""
        outputs, shown, size, patience = [], 0, 0, 3
        deadline = min(time.monotonic() + SECONDS[what], self.until)
        while True:
            now = time.monotonic()
            if now > self.until:
                raise KernelDied("out of time", SECONDS["submission"])
            if now > deadline:
                if not patience:
                    raise KernelDied("ran too long", SECONDS[what])
                self._interrupt()
                deadline, patience = now + 1, patience - 1
            if now > self.watched + 0.2:
                self._watch()
                self.watched = now
            unsent, received, messages = self._exchange(unsent)
            size += received
            if size > 100 * OUTPUT:
                raise KernelDied("printed")
            for message in messages:
                if message.get("done") == self.number:
                    self.number += 1
                    if shown >= OUTPUT:
                        outputs.append(self._told(("more output",)))
                    return outputs, message, patience < 3
                with contextlib.suppress(Exception):  # the submission has sent it itself
                    output = sanitize_output(*message["output"])
                    shown += len(str(output))
                    if output and shown < OUTPUT:
                        add(output, outputs)

    def _exchange(self, unsent):
        """Send and receive what is possible: (still unsent, bytes received, their messages)."""
        pipes = [self.process.stdin] if unsent else []
        readable, writable, _ = select.select([self.process.stdout], pipes, [], 0.2)
        if writable:
            with contextlib.suppress(BrokenPipeError):  # noticed when reading
                unsent = unsent[self.process.stdin.write(unsent) or 0 :]
        if not readable:
            return unsent, 0, []
        received = os.read(self.process.stdout.fileno(), OUTPUT)
        if not received:
            raise KernelDied("died")
        *lines, self.received = (self.received + received).split(b"\n")
        return unsent, len(received), [found for line in lines if (found := parsed(line))]

    def _interrupt(self):
        """What Ctrl-C does: a KeyboardInterrupt in the cell that runs."""
        with contextlib.suppress(psutil.NoSuchProcess):
            ours = [psutil.Process(self.process.pid), *self._processes()]
            inside = [one for one in ours if one.name() != "bwrap"]
            (inside or ours)[0].send_signal(signal.SIGINT)

    def _processes(self):
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def _watch(self):
        """Raise KernelDied when the kernel is gone, or its processes together are too much."""
        if not self.alive():
            raise KernelDied("died")
        processes, memory = self._processes(), 0
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                memory += process.memory_info().rss
        if len(processes) > isolation.PROCESSES:
            raise KernelDied("processes", isolation.PROCESSES)
        if memory > isolation.MEMORY:
            raise KernelDied("memory", isolation.MEMORY / isolation.GIGABYTE)
        if not within_quota(self.folder) or unlinked_bytes(processes) > isolation.DISK:
            raise KernelDied("disk")


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


def parsed(line):
    """The message in a line; None when it is none, for the submission may have sent it itself."""
    try:
        message = json.loads(line) if 0 < len(line) < LINE else None
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None


def reason(error, name):
    """The note about an error in an answer; the submission may have sent it itself."""
    with contextlib.suppress(Exception):
        key, *details = map(text_of, error)
        if key in child.ERRORS:
            return key, ": ".join(details[:2])
    return "no reply", name


def sanitize_output(kind, content):
    """An output that is safe to show, or None: text, pictures, and an error's last line only.

    The kernel is the student's, so nothing in a message has to be what it should be.
    """
    if kind == "stream":
        name = "stderr" if content["name"] == "stderr" else "stdout"
        return new_output("stream", name=name, text=text_of(content["text"]))
    if kind == "error":
        error = {key: text_of(content[key]) for key in ("ename", "evalue")}
        return new_output("error", **error, traceback=["{ename}: {evalue}".format(**error)])
    if kind in ("display_data", "execute_result"):
        data = {"text/plain": text_of(content["data"].get("text/plain", ""))}
        for picture in ("image/png", "image/jpeg"):
            with contextlib.suppress(Exception):
                held = base64.b64decode(content["data"][picture])
                data[picture] = base64.b64encode(held).decode()
        return new_output("display_data", data)
    return None


def text_of(value):
    """It as text, without lone surrogates, which nobody can write to a file."""
    return str(value).encode("utf-8", "replace").decode()


def add(output, outputs):
    """Append an output; a stream goes on where it stopped."""
    last = outputs[-1] if outputs else {}
    if output.output_type == "stream" and last.get("name") == output.name:
        last.text += output.text
    else:
        outputs.append(output)
