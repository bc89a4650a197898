"""The isolation itself: what code inside cannot see, reach, use up or leave behind."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from tools.grading import child, isolation, sandbox
from tools.grading.marking import AnswerError
from tools.grading.sandbox import KernelDied, NoSandbox, Sandbox

pytestmark = pytest.mark.usefixtures("bubblewrap")


def inside(code, folder):
    """What Python prints when it runs this code behind isolation."""
    command = [*isolation.command(str(folder)), sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.stdout.strip() or f"nothing, but: {done.stderr.strip()[-300:]}"


def tried(code, folder, modules="os, socket"):
    """The error that the code ends in in isolation, or "done"."""
    tried = "\n".join(f"    {line}" for line in code.splitlines())
    return inside(
        f"import {modules}\ntry:\n{tried}\nexcept BaseException as e: print(type(e).__name__)\n"
        "else: print('done')",
        folder,
    )


@pytest.fixture
def secret(tmp_path, monkeypatch):
    """A teacher's home with marks in it, and a project: none of them to be seen."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "marks").mkdir(parents=True)
    (tmp_path / "home" / "marks" / "gradebook.db").touch()
    return tmp_path / "home"


@pytest.mark.parametrize(
    "path", ["assignments", "tests", "tools", "lessons", "README.md", ".git", "helpers", "data"]
)
def test_of_the_project_only_helpers_and_data_are_seen(path, tmp_path):
    seen = inside(f"import os; print(os.path.exists({str(isolation.ROOT / path)!r}))", tmp_path)
    assert seen == str(path in ("helpers", "data"))


def test_home_marks_and_other_students_are_not_seen(secret, tmp_path):
    mine, other = tmp_path / "mine", tmp_path / "other"
    mine.mkdir()
    other.mkdir()
    for path in (secret, other, Path.home() / ".bashrc", "/home", "/etc/passwd", "/var"):
        seen = inside(f"import os; print(os.path.exists({str(path)!r}))", mine)
        assert seen == "False", path
    assert inside(f"import os; print(os.listdir({str(tmp_path)!r}))", mine) == "['mine']"


def test_nothing_of_the_teachers_environment_is_seen(monkeypatch):
    monkeypatch.setenv("TOKEN", "secret")
    with Sandbox(time.monotonic() + 60) as box:
        (seen,) = box.run("import os; print(os.environ.get('TOKEN'), os.environ['HOME'])")
        assert seen.text == "None /tmp\n"


def test_a_long_way_to_the_temporary_files_changes_nothing(tmp_path, monkeypatch):
    far = tmp_path / ("a" * 100) / "三 班"
    far.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(far))
    with Sandbox(time.monotonic() + 60) as box:
        assert box.folder.startswith(str(far))
        assert box.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
        box.run("def f(): return 0.5")
        assert box.function("f")() == 0.5
    assert not list(far.iterdir())


def test_no_process_outside_is_seen(tmp_path):
    seen = inside("import os; print(sum(p.isdigit() for p in os.listdir('/proc')))", tmp_path)
    assert int(seen) <= 3


def test_there_is_no_network(tmp_path):
    server = "s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1])"
    with subprocess.Popen(
        [sys.executable, "-c", f"import socket; {server}; input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as here:
        port = int(here.stdout.readline())
        connect = f"import socket; socket.create_connection(('127.0.0.1', {port}), 5)"
        assert not subprocess.call([sys.executable, "-c", connect])  # outside there is one
        assert tried(connect, tmp_path) in ("ConnectionRefusedError", "OSError")
        here.stdin.write("\n")
    assert (
        inside("import socket; print([n for _, n in socket.if_nameindex()])", tmp_path) == "['lo']"
    )


@pytest.mark.parametrize("path", ["/", "/dev", "/usr", sys.prefix, isolation.ROOT / "helpers"])
def test_nothing_can_be_written(path, tmp_path):
    assert tried(f"open({str(Path(path) / 'mine')!r}, 'w')", tmp_path) in (
        "OSError",
        "PermissionError",
    )


def test_no_user_namespace_of_its_own(tmp_path):
    unshare = "import ctypes; print(ctypes.CDLL(None).unshare(0x10000000))"
    if isolation.disable_nested_user_namespaces():  # bubblewrap 0.8
        assert inside(unshare, tmp_path) == "-1"


def test_files_memory_and_disk_are_limited(tmp_path):
    big = "file = open('/tmp/big', 'wb')\nfor _ in range(200): file.write(bytes(10**6))"
    assert tried(big, tmp_path) == "OSError"
    assert tried("hoard = bytearray(5 * 2**30)", tmp_path) == "MemoryError"
    for place in ("/tmp", "/dev/shm"):
        assert tried(f"open('{place}/small', 'w').write('x')", tmp_path) == "done"
        many = f"for i in range(20): open(f'{place}/{{i}}', 'wb').write(bytes(9 * 10**7))"
        assert tried(many, tmp_path) == "OSError"


@pytest.mark.parametrize(
    ("limit", "value", "code", "why"),
    [
        ("PROCESSES", 5, "[subprocess.Popen(['sleep', '9']) for _ in range(9)]", "processes"),
        ("MEMORY", 3 * 10**8, "hoard = b'1' * 4 * 10**8", "GB of memory"),
        (
            "DISK",
            10**6,
            "os.makedirs(os.environ['MPLCONFIGDIR'], exist_ok=True)\n"
            "open(os.environ['MPLCONFIGDIR'] + '/x', 'w').write('x' * 10**7)",
            "disk",
        ),
        (
            "DISK",
            10**6,
            "x = open('/tmp/x', 'wb'); os.unlink('/tmp/x'); x.write(bytes(10**7))",
            "disk",
        ),
        ("DISK", 10**6, "os.write(os.memfd_create('x'), bytes(10**7))", "disk"),
    ],
)
def test_all_processes_together_are_limited(limit, value, code, why, monkeypatch):
    box = Sandbox(time.monotonic() + 60)
    monkeypatch.setattr(isolation, limit, value)
    with pytest.raises(KernelDied, match=why):
        box.run(f"import os, subprocess, time\n{code}\ntime.sleep(5)")
    assert not box.alive() and not os.path.exists(box.folder)


def test_a_locked_folder_is_not_taken_for_a_small_one(tmp_path, monkeypatch):
    assert sandbox.within_quota(tmp_path)

    def locked(folder):
        raise PermissionError(folder)

    monkeypatch.setattr(os, "scandir", locked)  # chmod does not lock out root, who may run this
    assert not sandbox.within_quota(tmp_path)


def test_a_line_that_is_too_long_is_dropped_before_it_becomes_objects(monkeypatch):
    lines, loads = [], json.loads
    monkeypatch.setattr(json, "loads", lambda line: lines.append(line) or loads(line))
    with Sandbox(time.monotonic() + 60) as box:
        box.run("def f(): return [0] * 10**6")
        monkeypatch.setitem(sandbox.SECONDS, "call", 1)
        with pytest.raises(AnswerError):
            box.function("f")()
        box.close()
    assert lines and max(map(len, lines)) < sandbox.LINE


def test_what_a_cell_shows_arrives_in_its_order():
    with Sandbox(time.monotonic() + 60) as box:
        shown = box.run(
            "import sys\nimport matplotlib.pyplot as plt\nprint('before')\nplt.plot([1, 2])\n"
            "plt.show()\nprint('after', end='')\nprint('!', file=sys.stderr)\n1 / 0"
        )
        assert [one.output_type for one in shown] == [
            "stream",
            "display_data",
            *["stream"] * 2,
            "error",
        ]
        assert shown[1].data["image/png"].startswith("iVBOR") and shown[2].text == "after"
        assert box.run("6 * 7")[0].data == {"text/plain": "42"}
        assert box.run("!echo from a shell")[0].text.strip() == "from a shell"
        assert box.run("plt.plot([1, 2]);")[0].data["image/png"]  # left open: shown at the end


def test_an_interrupted_cell_leaves_the_kernel_as_it_was(monkeypatch):
    monkeypatch.setitem(sandbox.SECONDS, "cell", 1)
    with Sandbox(time.monotonic() + 60) as box:
        box.run("kept = 3")
        shown = box.run("import time\nwhile True: time.sleep(9)")
        assert shown[0].ename == "KeyboardInterrupt" and "more than 1 s" in shown[1].text
        assert box.notes == [("ran too long", 1)]
        assert box.run("kept")[0].data == {"text/plain": "3"}


PLAIN = {
    "np.array([np.arange(2), np.arange(3)], dtype=object)": [[0, 1], [0, 1, 2]],
    "np.array(0.5)": 0.5,
    "np.array(0.5, dtype=object)": 0.5,
    "np.float32(0.5)": 0.5,
    "__import__('fractions').Fraction(1, 2)": 0.5,
    "type('Loss', (), {'__float__': lambda self: 0.5})()": 0.5,
    "type('Loss', (), {'__array__': lambda self, *_, **__: np.array(0.5)})()": 0.5,
    "np.str_('a')": "a",
}


@pytest.mark.parametrize("value", PLAIN)
def test_what_is_as_good_as_a_number_arrives_as_one(value):
    arrived = child.decode(json.loads(json.dumps(child.encode(eval(value, {"np": np})))))
    if isinstance(arrived, list):
        arrived = [rows.tolist() for rows in arrived]
    assert arrived == PLAIN[value]


def test_what_is_no_value_is_named():
    with pytest.raises(child.NoValue) as error:
        child.encode(one for one in [1])
    assert error.value.args == ("no value", "generator")


def test_a_kernel_that_does_not_start_is_not_the_students_fault(monkeypatch):
    monkeypatch.setattr(isolation, "command", lambda folder: ["false"])
    with pytest.raises(NoSandbox, match="did not start"):
        Sandbox(time.monotonic() + 60)


def test_all_that_a_submission_may_use_up_is_its_time(monkeypatch):
    with Sandbox(time.monotonic() + 1.5) as box, pytest.raises(KernelDied, match="all in all"):
        for _ in range(9):
            box.run("import time; time.sleep(0.5)")


FORGED = {
    "a name": ("stream", {"name": '"><script>', "text": "x"}),
    "a picture": ("display_data", {"data": {"image/png": '"><script>alert(1)</script>'}}),
    "a count": ("execute_result", {"data": {}, "execution_count": "<script>"}),
    "HTML": ("display_data", {"data": {"text/html": "<script>", "image/svg+xml": "<svg>"}}),
    "numbers for text": ("stream", {"name": 1, "text": {"a": "<script>"}}),
}


@pytest.mark.parametrize("what", FORGED)
def test_outputs_are_plain(what):
    output = sandbox.sanitize_output(*FORGED[what])
    text = output.pop("text", "")
    assert isinstance(text, str)  # which a page shows as text
    assert "<" not in str(output) and "execution_count" not in output
