"""The set-up: what is locked, what is installed, and what tools/run.py does to get there."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import lock, run

PROJECT = tomllib.loads((run.ROOT / "pyproject.toml").read_text())["project"]
READING = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["lab"]
WANTED = READING + PROJECT["optional-dependencies"]["dev"]
LOCK = run.LOCK.read_text()
LOCKED = [Requirement(line) for line in re.findall(r"^(\S+==.+?) \\$", LOCK, re.MULTILINE)]


def locked_version(name, **marker):
    """The locked version of a package, on this machine or where the marker's values say."""
    fitting = [p for p in LOCKED if canonicalize_name(p.name) == canonicalize_name(name)]
    fitting = [p for p in fitting if p.marker is None or p.marker.evaluate(marker)]
    assert len(fitting) == 1, (
        f"{name} is locked {len(fitting)} times for {marker or 'this machine'}"
    )
    return str(fitting[0].specifier).removeprefix("==")


@pytest.mark.parametrize("python", ["3.11.0", "3.12.9", "3.14.1"])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_lock_fits_pyproject(python, system):
    marker = {"python_version": python[:4], "python_full_version": python, "sys_platform": system}
    for wanted in map(Requirement, WANTED):
        found = locked_version(wanted.name, **marker)
        assert found in wanted.specifier, f"{wanted} is locked at {found}: run `make lock`"


def test_lock_was_made_from_these_packages():
    blocks = re.split(r"^(?=\S+==)", LOCK, flags=re.MULTILINE)[1:]
    direct = {b.split("==")[0] for b in blocks if f"{PROJECT['name']} (pyproject.toml)" in b}
    assert direct == {canonicalize_name(Requirement(w).name) for w in WANTED}


def test_lock_has_hashes_and_no_addresses():
    blocks = re.split(r"^(?=\S+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(LOCKED) > 100
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", block) for block in blocks)
    assert not re.search(r"://|^-|index|find-links| @ ", LOCK, re.MULTILINE)


def test_installed_is_locked():
    names = {p.name for p in LOCKED if p.marker is None or p.marker.evaluate()}
    assert len(names) > 100
    wrong = {n: version(n) for n in names if version(n) != locked_version(n)}
    assert not wrong, "not the locked versions: `make clean`, then start again"


def test_environment_yml_is_made_from_pyproject():
    text = (run.ROOT / "environment.yml").read_text()
    assert text == lock.environment((run.ROOT / "pyproject.toml").read_text()), "run `make lock`"
    *packages, pip, last = yaml.safe_load(text)["dependencies"]
    assert packages == ["python=3.12", *READING]
    assert (pip, last) == ("pip", {"pip": ["-e ."]})


def test_environment_yml_wants_a_reason():
    with pytest.raises(ValueError, match=r"numpy>=2 .* needs a reason"):
        lock.environment(
            '[project]\nname = "a"\ndependencies = [\n    "numpy>=2",\n]\n'
            "[project.optional-dependencies]\nlab = []\n"
        )


def test_binder_reads_environment_yml():
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    made = subprocess.run(command, cwd=run.ROOT, capture_output=True, text=True, check=True)
    assert "Building conda environment for python=3.12\n" in made.stdout + made.stderr
    assert 'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"' in made.stdout + made.stderr


def test_make_help_lists_every_command():
    listed = subprocess.check_output(["make", "help"], cwd=run.ROOT, text=True, timeout=20)
    commands = re.findall(r"^    (\w+) ", run.__doc__, re.MULTILINE)
    assert re.findall(r"^make (\w+) ", listed, re.MULTILINE) == ["help", *commands]
    recipes = re.split(r"\n(?=\w+:)", (run.ROOT / "Makefile").read_text())[1:]
    assert all(1 <= recipe.count("\n\t") <= 3 for recipe in recipes)


@pytest.fixture
def new_project(tmp_path, monkeypatch):
    """A project without .venv; `install` only notes that it was called."""
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", str(run.VENV / run.BIN.name / "python"))
    monkeypatch.setattr(run, "STAMP", run.VENV / "stamp")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "LOCK", tmp_path / "requirements.lock")
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("")
    calls = []
    monkeypatch.setattr(run, "install", lambda: calls.append("install"))
    return calls


def test_second_start_does_nothing(new_project, monkeypatch):
    run.set_up()
    run.set_up()
    assert len(new_project) == 1
    kept = run.VENV / "kept"
    kept.touch()
    run.LOCK.write_text("changed")
    run.set_up()
    assert len(new_project) == 2
    assert kept.exists(), "other packages are no reason to start from nothing"
    monkeypatch.setattr(sys, "version", "another Python")
    run.set_up()
    assert len(new_project) == 3
    assert not kept.exists(), "another Python is"


def test_interrupted_set_up_heals(new_project, monkeypatch):
    def interrupted():
        (run.VENV / "half").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(run, "install", interrupted)
        run.set_up()
    assert not run.STAMP.exists()
    run.set_up()
    assert new_project == ["install"]
    assert not (run.VENV / "half").exists()


def test_python_too_old(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed and this is 3\.10"):
        run.set_up()


def test_venv_missing(new_project, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name != "ensurepip" or None)
    with pytest.raises(SystemExit, match=r"apt install python3\.\d+-venv"):
        run.set_up()


def test_other_python_does_not_leak_in(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    assert not {"PYTHONPATH", "PYTHONHOME"} & run.environment().keys()
    assert run.environment()["PATH"].startswith(str(run.BIN))


def test_mirror_of_pip_is_passed_on_to_uv(tmp_path, monkeypatch):
    (tmp_path / "pip.conf").write_text(
        "[global]\nindex-url = https://mirror.example/packages\nproxy = http://proxy.example\n"
        "[install]\nfind-links =\n    /one\n    /two\ntrusted-host = a.example b.example\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("PIP_INDEX_URL", "https://nearer.example/packages")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setattr(run, "PYTHON", sys.executable)
    mirrors = run.mirrors()
    assert mirrors["UV_DEFAULT_INDEX"] == "https://nearer.example/packages"
    assert mirrors["UV_FIND_LINKS"] == "/one,/two"
    assert mirrors["UV_INSECURE_HOST"] == "a.example b.example"
    assert mirrors["ALL_PROXY"] == "http://proxy.example"


LAB_ALONE = """
import fcntl, socket, struct, subprocess, sys, time, urllib.request
lo = struct.pack("16sh", b"lo", 1 | 64)  # this machine may still talk to itself
fcntl.ioctl(socket.socket(), 0x8914, lo)
options = ["--no-browser", "--port=18888", "--port-retries=0", "--IdentityProvider.token="]
lab = subprocess.Popen([sys.executable, "tools/run.py", "lab", *options])
try:
    while lab.poll() is None:
        try:
            print(urllib.request.urlopen("http://127.0.0.1:18888/lab").read().decode())
            break
        except OSError:
            time.sleep(0.1)
finally:
    lab.terminate()
    lab.wait()
"""


def test_lab_starts_with_the_network_cut():
    if sys.prefix != str(run.VENV):
        pytest.skip("only in .venv: `make test`")
    assert run.STAMP.read_text() == run.wanted_stamp(), "the set-up is out of date: `make test`"
    cut = ["unshare", "--net", "--map-root-user"]
    try:
        subprocess.run([*cut, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine does not let us cut the network")
    command = [*cut, sys.executable, "-c", LAB_ALONE]
    page = subprocess.run(command, cwd=run.ROOT, capture_output=True, text=True, timeout=100)
    assert '"@jupyterlab/apputils-extension:announcements"' in page.stdout, page.stderr
