"""What `make hub` says when it cannot start, and the teacher's list."""

import os
import re
import socket
import subprocess
from urllib.parse import urlsplit

import pytest

from tools.hub.folder import accounts, links, made, publish
from tools.run import ROOT


def test_a_list_of_accounts():
    text = "# 三班\nada   teacher # head\n\n bo\nno-5_b\n"
    assert accounts(text) == {"ada": True, "bo": False, "no-5_b": False}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ada\nBo", r"line 2: 'Bo' is no name .* small letters, digits"),
        ("王芳", "line 1: '王芳' is no name"),
        ("../ada", "is no name"),
        ("ada\nbo\nada", "line 3: ada stands there twice"),
        ("ada smith", "'smith' follows a name: write one name a line"),
    ],
)
def test_a_list_that_cannot_be_read(text, why):
    with pytest.raises(ValueError, match=why):
        accounts(text)


def test_a_class_lies_outside_the_project():
    with pytest.raises(ValueError, match="lies in this project"):
        made(ROOT / "class")
    assert not (ROOT / "class").exists()


def test_the_lessons_are_published_once_and_are_the_teachers_from_then_on(tmp_path):
    made(tmp_path)
    lessons = tmp_path / "lessons"
    listed = subprocess.check_output(["git", "ls-files"], cwd=lessons, encoding="utf-8").split()
    assert "assignments/a3/a3.ipynb" in listed
    assert not {"lessons", "tests", "tools"} & {path.split("/")[0] for path in listed}
    assert "docs/teaching.md" not in listed
    (lessons / "mine").touch()
    publish(lessons)
    assert (lessons / "mine").exists()


def test_a_link_opens_a_lesson_that_is_published(tmp_path):
    made(tmp_path)
    for link in links("http://a", tmp_path / "lessons").values():
        opened = link.rpartition("urlpath=lab%2Ftree%2Flessons%2F")[2].replace("%2F", "/")
        assert (tmp_path / "lessons" / opened).is_file()


def test_what_lessons_link_to_is_published(tmp_path):
    made(tmp_path)
    found = 0
    for path in (tmp_path / "lessons" / "notebooks").rglob("*.ipynb"):
        for target in re.findall(r"\]\((\.\.?/[^)#]+|[\w-]+\.ipynb)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
            found += 1
    assert found > 50


ADDRESSES = """
from tools.hub.__main__ import address
print(address("0.0.0.0", 80), address("127.0.0.1", 8000))
"""


def test_the_address_is_one_that_others_can_use(hub_python):
    command = [hub_python, "-c", ADDRESSES]
    found = subprocess.check_output(command, cwd=ROOT, encoding="utf-8").split()
    everywhere, here = map(urlsplit, found)
    assert here.netloc == "127.0.0.1:8000"
    assert everywhere.port == 80
    assert everywhere.hostname not in ("0.0.0.0", "localhost", "127.0.0.1")


def imported(*command):
    """The modules that a program imports until it has said its version."""
    command = [command[0], "-X", "importtime", *command[1:], "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


def test_a_server_leaves_out_what_only_the_hub_needs(hub_python):
    large = {"sqlalchemy.orm", "alembic", "lark"}
    assert large <= imported(hub_python, "-m", "jupyterhub.singleuser"), "nothing to leave out"
    assert not large & imported(hub_python, "hub/singleuser.py")


def said_by(process):
    """The last line of a program that fails, and its status."""
    text, _ = process.communicate(timeout=120)
    assert "Traceback" not in text
    return text.splitlines()[-1], process.returncode


def test_a_port_in_use(start, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said, status = said_by(start(tmp_path / "class", port))
    assert said == (
        f"The hub cannot use 127.0.0.1:{port} (Address already in use):"
        f' ARGS="--port {port + 1}" takes another port.'
    )
    assert status == 1
    assert not (tmp_path / "class").exists()


def test_a_list_with_a_mistake_starts_nothing(start, port, tmp_path):
    (tmp_path / "accounts.txt").write_text("ada\nBo", "utf-8")
    said, status = said_by(start(tmp_path, port))
    assert said.startswith("accounts.txt, line 2: 'Bo' is no name for an account")
    assert status == 1


def test_no_bubblewrap(hub_python, port, tmp_path):
    command = [hub_python, "-m", "tools.hub", str(tmp_path / "class"), f"--port={port}"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    env = os.environ | {"PATH": str(tmp_path)}
    process = subprocess.Popen(command, cwd=ROOT, env=env, encoding="utf-8", **pipes)
    said, status = said_by(process)
    assert "bubblewrap is missing: install it" in said
    assert status == 1
    assert not (tmp_path / "class").exists()


WITHOUT_PROXY = """
import pathlib, tools.hub.__main__ as hub
hub.PROXY = pathlib.Path({proxy!r})
hub.main([{folder!r}, "--port={port}"])
"""


def test_a_proxy_that_cannot_be_installed(hub_python, port, tmp_path):
    proxy, folder = str(tmp_path / "proxy"), str(tmp_path / "class")
    code = WITHOUT_PROXY.format(proxy=proxy, folder=folder, port=port)
    env = os.environ | {"npm_config_offline": "true", "npm_config_cache": str(tmp_path / "empty")}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    command = [hub_python, "-c", code]
    process = subprocess.Popen(command, cwd=ROOT, env=env, encoding="utf-8", **pipes)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "npm error code ENOTCACHED" in said
    assert said.endswith(
        "npm could not install the hub's proxy and says above why. Then start again.\n"
    )
    assert not (tmp_path / "class").exists()
