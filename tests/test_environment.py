"""The set-up: what is locked, what is installed, and what tools/run.py does to get there.

A user's settings for other projects have no say: the tests start a real JupyterLab, a real kernel
and a real pip among such settings and ask them.
"""

import ast
import contextlib
import functools
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from jupyter_client import BlockingKernelClient
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.browser.conftest import served
from tests.lessons import notebook
from tests.project import copied
from tools import lock, run

PROJECT = tomllib.loads((run.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
READING = PROJECT["dependencies"] + EXTRAS["lab"]
WANTED = {  # by each environment that has a lock
    run.LESSONS: READING + EXTRAS["dev"] + EXTRAS["site"],
    run.GRADING: READING + EXTRAS["dev"] + EXTRAS["site"] + EXTRAS["grading"] + EXTRAS["lite"],
    run.HUB: READING + EXTRAS["hub"],
}
EACH_LOCK = pytest.mark.parametrize("environment", WANTED, ids=lambda e: e.folder.name)


@functools.cache
def blocks(environment):
    """The text of a lock, a piece for each package."""
    return re.split(r"^(?=\S+==)", environment.lock.read_text("utf-8"), flags=re.MULTILINE)[1:]


@functools.cache
def locked(environment):
    """The packages that a lock names, with versions and markers."""
    return [Requirement(block.partition(" \\\n")[0]) for block in blocks(environment)]


def locked_version(environment, name, **marker):
    """The locked version of a package, on this machine or where the marker's values say."""
    name = canonicalize_name(name)
    fitting = [p for p in locked(environment) if canonicalize_name(p.name) == name]
    fitting = [p for p in fitting if p.marker is None or p.marker.evaluate(marker)]
    assert len(fitting) == 1, (
        f"{name} is locked {len(fitting)} times for {marker or 'this machine'}"
    )
    return str(fitting[0].specifier).removeprefix("==")


@EACH_LOCK
@pytest.mark.parametrize("python", ["3.11.0", "3.12.9", "3.14.1"])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_lock_fits_pyproject(environment, python, system):
    marker = {"python_version": python[:4], "python_full_version": python, "sys_platform": system}
    for wanted in map(Requirement, WANTED[environment]):
        found = locked_version(environment, wanted.name, **marker)
        assert found in wanted.specifier, f"{wanted} is locked at {found}: run `make lock`"


@EACH_LOCK
def test_lock_was_made_from_these_packages(environment):
    project = f"{PROJECT['name']} (pyproject.toml)"
    direct = {block.split("==")[0] for block in blocks(environment) if project in block}
    assert direct == {canonicalize_name(Requirement(w).name) for w in WANTED[environment]}


@EACH_LOCK
def test_lock_has_hashes_and_no_addresses(environment):
    assert len(blocks(environment)) > 100
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", block) for block in blocks(environment))
    text = environment.lock.read_text("utf-8")
    assert not re.search(r"://|^-|index|find-links| @ ", text, re.MULTILINE)


def test_what_the_locks_share_is_locked_at_one_version():
    everyone = {(p.name, str(p.marker)): str(p.specifier) for p in locked(run.LESSONS)}
    for environment in (run.GRADING, run.HUB):
        shared = {(p.name, str(p.marker)): str(p.specifier) for p in locked(environment)}
        shared = {package: shared[package] for package in shared.keys() & everyone.keys()}
        assert len(shared) > 50
        assert shared == {package: everyone[package] for package in shared}, "run `make lock`"


@pytest.fixture(scope="session")
def set_up():
    """The tests run in .venv, which is as the lock says."""
    if sys.prefix != str(run.LESSONS.folder):
        pytest.skip("only in .venv: `make test`")
    stamp = run.LESSONS.stamp.read_text("utf-8")
    assert stamp == run.LESSONS.wanted_stamp(), "the set-up is out of date: `make test`"


def test_installed_is_locked(set_up):
    names = {p.name for p in locked(run.LESSONS) if p.marker is None or p.marker.evaluate()}
    assert len(names) > 100
    wrong = {n: version(n) for n in names if version(n) != locked_version(run.LESSONS, n)}
    assert not wrong, "not the locked versions: `make clean`, then start again"


def test_environment_yml_is_made_from_pyproject():
    text = (run.ROOT / "environment.yml").read_text("utf-8")
    assert text == lock.environment((run.ROOT / "pyproject.toml").read_text("utf-8")), (
        "run `make lock`"
    )
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


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
def test_make_help_lists_every_command():
    listed = subprocess.check_output(["make", "help"], cwd=run.ROOT, text=True, timeout=20)
    commands = re.findall(r"^    (\w+) ", run.__doc__, re.MULTILINE)
    assert re.findall(r"^make (\w+) ", listed, re.MULTILINE) == ["help", *commands]
    recipes = re.split(r"\n(?=\w+:)", (run.ROOT / "Makefile").read_text("utf-8"))[1:]
    assert all(1 <= recipe.count("\n\t") <= 3 for recipe in recipes)


def calls_without_encoding(source):
    """The lines of Python code that read or write text in whatever encoding the machine has."""
    positions = {"read_text": 0, "write_text": 1}  # of the encoding among the arguments
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or "encoding" in {k.arg for k in call.keywords}:
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", None))
        modes = [a.value for a in call.args[:2] if isinstance(a, ast.Constant)]
        opened = name == "open" and any(re.fullmatch("[rwax]t?", str(mode)) for mode in modes)
        if opened or (name in positions and len(call.args) <= positions[name]):
            yield call.lineno


def test_a_call_without_encoding_is_seen():
    assert list(calls_without_encoding("p.read_text()\np.read_text('utf-8')")) == [1]
    assert list(calls_without_encoding("p.write_text(a)\nopen(p, 'w')\nopen(p, 'wb')")) == [1, 2]


@pytest.mark.parametrize("folder", ["benchmarks", "helpers", "tests", "tools"])
def test_text_is_read_and_written_as_utf_8(folder):
    """Windows in Chinese has another encoding."""
    found = [
        f"{path.relative_to(run.ROOT)}:{line}"
        for path in (run.ROOT / folder).rglob("*.py")
        for line in calls_without_encoding(path.read_text("utf-8"))
    ]
    assert not found


@pytest.fixture(params=["tests.yml", "latest.yml", "site.yml"])
def workflow(request):
    return run.ROOT / ".github" / "workflows" / request.param


def test_workflow_is_what_the_forge_understands(workflow):
    command = [sys.executable, "-m", "check_jsonschema", workflow]
    command += ["--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_workflow_has_only_pinned_actions_and_commands_that_exist(workflow):
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
    steps = [step for job in jobs for step in job["steps"]]
    actions = [step["uses"] for step in steps if "uses" in step]
    assert actions
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+\.\d+\.\d+", action) for action in actions)
    commands = " ".join(step.get("run", "") for step in steps)
    called = re.findall(r"(?:make|tools/run\.py) (\w+)", commands)
    assert called
    assert set(called) <= set(re.findall(r"^    (\w+) ", run.__doc__, re.MULTILINE))
    for step in steps:  # else a pipe succeeds when its last command does
        assert " | " not in step.get("run", "") or step["shell"] == "bash"


def test_clean_removes_the_folders_that_git_ignores(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "ROOT", tmp_path)
    ignored = (run.LESSONS.folder.parent / ".gitignore").read_text("utf-8").splitlines()
    names = [name.replace("*", "made") for name in ignored if name.endswith("/")]
    assert len(names) > 5
    for name in ["lessons", *names]:
        (tmp_path / name / "inside").mkdir(parents=True)
    run.clean()
    assert [path.name for path in tmp_path.iterdir()] == ["lessons"]


@pytest.fixture
def new_project(tmp_path, monkeypatch):
    """The environment of a new project; `install` only notes that it was called: no pip needed."""
    monkeypatch.setattr(run, "ROOT", tmp_path)
    call = subprocess.call
    monkeypatch.setattr(
        run.subprocess, "call", lambda venv, **kw: call([*venv, "--without-pip"], **kw)
    )
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    environment = run.Environment(".venv", "requirements.lock")
    environment.calls = []
    monkeypatch.setattr(environment, "install", lambda: environment.calls.append("install"))
    return environment


def test_second_start_does_nothing(new_project, monkeypatch):
    new_project.set_up()
    new_project.set_up()
    assert len(new_project.calls) == 1
    kept = new_project.folder / "kept"
    kept.touch()
    new_project.lock.write_text("changed", "utf-8")
    new_project.set_up()
    assert len(new_project.calls) == 2
    assert kept.exists(), "other packages are no reason to start from nothing"
    monkeypatch.setattr(sys, "version", "another Python")
    new_project.set_up()
    assert len(new_project.calls) == 3
    assert not kept.exists(), "another Python is"


def test_interrupted_set_up_heals(new_project, monkeypatch):
    def interrupted():
        (new_project.folder / "half").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(new_project, "install", interrupted)
        new_project.set_up()
    assert not new_project.stamp.exists()
    new_project.set_up()
    assert new_project.calls == ["install"]
    assert not (new_project.folder / "half").exists()


def test_python_too_old(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed, not 3\.10"):
        run.LESSONS.set_up()


def wheel(folder):
    """The lock of a package `made-up`, whose wheel is put into the folder."""
    path = folder / "made_up-1-py3-none-any.whl"
    about = "made_up-1.dist-info"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("made_up.py", "")
        file.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: made-up\nVersion: 1\n")
        file.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr(f"{about}/RECORD", "")
    return f"made-up==1 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def test_of_the_settings_of_pip_only_the_way_to_the_packages_counts(tmp_path, monkeypatch):
    """A real pip installs a package: found where pip.conf says, put where pip.conf does not say."""
    locked = tmp_path / "requirements.lock"
    locked.write_text(wheel(tmp_path), "utf-8")
    (tmp_path / "pip.conf").write_text(
        f"[global]\ntarget = {tmp_path / 'elsewhere'}\nno-index = true\n"
        f"[install]\nfind-links =\n    /nowhere\n    {tmp_path}\n",
        "utf-8",
    )
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("PIP_PREFIX", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_PROXY", "http://proxy.example")
    new = run.Environment(tmp_path / "new")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", new.folder], check=True)
    monkeypatch.setattr(new, "python", sys.executable)
    variables = new.pip_variables()
    assert variables["PIP_PROXY"] == "http://proxy.example"
    inside = ["--python", new.folder, "install", "--quiet", "--require-hashes", "-r", locked]
    assert new.run("-m", "pip", *inside, env=variables) == 0
    assert list(new.folder.rglob("made_up.py"))
    assert not (tmp_path / "elsewhere").exists()


HOSTILE = {  # a user's settings for other projects, in their home or where HOSTILE_VARIABLES say
    ".jupyter/jupyter_server_config.py": "c.ServerApp.contents_manager_class = 'nowhere.Manager'",
    ".jupyter/labconfig/page_config.json": """{"disabledExtensions": {
        "@jupyter-widgets/jupyterlab-manager": true}}""",
    ".ipython/profile_default/startup/first.py": "meant_for = 'another project'",
    ".config/matplotlib/matplotlibrc": "savefig.dpi: 11",
    ".config/jupytext.toml": 'formats = "ipynb,md"',
    "settings/jupyter_server_config.py": "c.ServerApp.kernel_manager_class = 'nowhere.Manager'",
    "settings/kernels/python3/kernel.json": """{"argv": ["nowhere", "{connection_file}"],
        "display_name": "Python 3 (module)", "language": "python"}""",
    "settings/startup.py": "meant_for = 'another project'",
    "settings/matplotlib.py": "raise ImportError('another matplotlib')",
    "settings/matplotlibrc": "savefig.dpi: 12",
}
HOSTILE_VARIABLES = {
    "JUPYTER_PATH": "settings",
    "JUPYTER_CONFIG_PATH": "settings",
    "MATPLOTLIBRC": "settings",
    "PYTHONPATH": "settings",
    "PYTHONSTARTUP": "settings/startup.py",
    "XDG_CONFIG_HOME": ".config",
}
IN_KERNEL = """
import json, locale, sys
import matplotlib
import matplotlib.pyplot as plt
import threadpoolctl
print(json.dumps({
    "python": sys.executable,
    "encoding": locale.getpreferredencoding(),
    "safe path": sys.flags.safe_path,
    "started by": globals().get("meant_for"),
    "threads": max((p["num_threads"] for p in threadpoolctl.threadpool_info()), default=1),
    "settings": matplotlib.matplotlib_fname(),
}))
plt.plot([0, 1])
plt.show()
"""


def ask(address, data=None, method=None):
    """What the server answers at this address, sent the data if there are any."""
    with urllib.request.urlopen(urllib.request.Request(address, data, method=method)) as answer:
        return answer.read().decode("utf-8")


@pytest.fixture(scope="module")
def project(set_up, tmp_path_factory):
    """A copy of the project, as far as `make lab` needs it."""
    return copied(tmp_path_factory.mktemp("copy"), "LESSONS", "requirements.lock", "notebooks")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The home of a user whose other projects have settings of their own."""
    home = tmp_path_factory.mktemp("home")
    for name, text in HOSTILE.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    return home


@pytest.fixture(scope="module")
def among_settings(home):
    """The environment variables of that user, who has chosen an old encoding, too."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(run.FOREIGN)}
    env |= {name: str(home / value) for name, value in HOSTILE_VARIABLES.items()}
    env |= {"HOME": str(home), "USERPROFILE": str(home), "APPDATA": str(home)}
    env |= {"MPLBACKEND": "TkAgg", "PYTHONSAFEPATH": "1", "PYTHONWARNINGS": "error"}
    env |= {"OMP_NUM_THREADS": "3"}
    return env | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


@pytest.fixture(scope="module")
def lab(project, home, among_settings):
    """The address of the JupyterLab that this user gets by `make lab ARGS=zh`."""
    command = [sys.executable, project / "tools" / "run.py", "lab", "zh"]
    command.append("--ServerApp.disable_check_xsrf=True")  # lets the tests start kernels and save
    with served(*command, folder=home, env=among_settings) as address:
        yield address


def wait_for(client):
    """Wait for the kernel; that it is not there yet looks to the client as if it had died."""
    for _ in range(60):
        with contextlib.suppress(RuntimeError):
            return client.wait_for_ready(timeout=60)
    pytest.fail("the kernel does not start")


@pytest.fixture(scope="module")
def said(lab, home):
    """What a kernel of that JupyterLab says about itself, and how many pictures it shows."""
    kernel = json.loads(ask(f"{lab}/api/kernels", b'{"name": "python3"}'))["id"]
    connection = next(home.rglob(f"kernel-{kernel}.json"))
    client = BlockingKernelClient(connection_file=str(connection))
    client.load_connection_file()
    client.start_channels()
    outputs = []
    try:
        wait_for(client)
        client.execute_interactive(IN_KERNEL, timeout=60, output_hook=outputs.append)
    finally:
        client.stop_channels()
    text = "".join(o["content"]["text"] for o in outputs if o["msg_type"] == "stream")
    pictures = sum("image/png" in output["content"].get("data", {}) for output in outputs)
    return json.loads(text) | {"pictures": pictures}


def test_jupyterlab_opens_on_the_edition_asked_for(lab):
    with urllib.request.urlopen(f"{lab}/") as answer:
        assert answer.url == f"{lab}/lab/tree/notebooks/zh-CN/{notebook('start_here').name}"


@pytest.mark.parametrize(
    ("arguments", "environ", "folder", "left"),
    [
        ((), {}, "notebooks", ()),
        ((), {"LANG": "en_GB.UTF-8"}, "notebooks", ()),
        ((), {"LANG": "zh_CN.UTF-8"}, "notebooks/zh-CN", ()),
        ((), {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "notebooks", ()),
        ((), {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "notebooks/zh-CN", ()),
        ((), {"LANG": "fr_FR.UTF-8"}, "notebooks", ()),
        (("--no-browser",), {"LC_ALL": "zh_TW"}, "notebooks/zh-CN", ("--no-browser",)),
        (("zh", "--no-browser"), {"LANG": "en_GB"}, "notebooks/zh-CN", ("--no-browser",)),
        (("en",), {"LANG": "zh_CN.UTF-8"}, "notebooks", ()),
    ],
)
def test_lab_opens_what_its_user_reads(arguments, environ, folder, left):
    assert run.edition(arguments, environ) == (folder, left)
    assert list((run.ROOT / folder).glob("*_start_here.ipynb"))


def test_settings_for_other_projects_do_not_reach_jupyterlab(lab):
    page = ask(f"{lab}/lab")
    assert '"@jupyterlab/apputils-extension:announcements"' in page
    assert "@jupyter-widgets/jupyterlab-manager" in page, "widgets are there ..."
    config = json.loads(re.search(r'(?s)id="jupyter-config-data"[^>]*>(.*?)</script>', page)[1])
    assert "@jupyter-widgets/jupyterlab-manager" not in config["disabledExtensions"]
    for extension in config["federated_extensions"]:
        assert ask(f"{lab}/lab/extensions/{extension['name']}/{extension['load']}")
    settings = {each["id"] for each in json.loads(ask(f"{lab}/lab/api/settings"))["settings"]}
    assert {"@jupyterlab/mainmenu-extension:plugin", "jupyterlab-jupytext:plugin"} <= settings


def test_a_notebook_is_served_and_saved_and_nothing_beside_it(lab, project):
    path = project / "notebooks" / notebook("start_here").name
    names = sorted(path.parent.glob("*.*"))
    address = f"{lab}/api/contents/notebooks/{path.name}"
    model = json.loads(ask(address))
    model["content"]["cells"][0]["source"] = "changed"
    ask(address, json.dumps(model).encode(), "PUT")
    assert json.loads(path.read_text("utf-8"))["cells"][0]["source"] == ["changed"]
    assert [file for file in sorted(path.parent.glob("*.*")) if file.is_file()] == names


@pytest.mark.parametrize(
    ("about", "expected"),
    {
        "encoding": "utf-8",
        "safe path": False,
        "started by": None,
        "threads": 1,
        "pictures": 1,
    }.items(),
)
def test_settings_for_other_projects_do_not_reach_the_kernel(said, about, expected):
    assert said[about] == expected


def test_kernel_is_the_python_of_the_project(said, project):
    assert said["python"] == str(project / Path(run.LESSONS.python).relative_to(run.ROOT))


def test_no_matplotlibrc_of_another_project_counts(said, project):
    assert said["settings"].startswith(str(project / run.LESSONS.folder.name))


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


def test_lab_starts_with_the_network_cut(set_up):
    cut = ["unshare", "--net", "--map-root-user"]
    try:
        subprocess.run([*cut, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine does not let us cut the network")
    command = [*cut, sys.executable, "-c", LAB_ALONE]
    page = subprocess.run(command, cwd=run.ROOT, capture_output=True, text=True, timeout=100)
    assert '"@jupyterlab/apputils-extension:announcements"' in page.stdout, page.stderr
