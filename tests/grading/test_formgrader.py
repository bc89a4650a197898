"""The page for grading by hand shows this course, wherever the project lies, whatever else is."""

import json
import sys
import urllib.request

import pytest

from tests.browser.conftest import served
from tests.project import copied
from tools.grading.course import Course


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """The gradebook of another course, which the settings in a teacher's home name."""
    return tmp_path_factory.mktemp("home") / "other-course.db"


@pytest.fixture(scope="module")
def ask(other, tmp_path_factory):
    """What `make formgrader` answers at an address; the project's folder has an awkward name."""
    settings = other.parent / ".jupyter"
    settings.mkdir()
    text = f"c.CourseDirectory.db_url = 'sqlite:///{other}'\n"
    (settings / "nbgrader_config.py").write_text(text, "utf-8")
    env = {"HOME": str(other.parent), "JUPYTER_CONFIG_PATH": str(settings)}
    folder = tmp_path_factory.mktemp("copy")
    names = ("tools/grading", "assignments/requirements.lock")
    script = copied(folder, "GRADING", *names) / "tools" / "run.py"
    with Course(folder / "marks", "a3"):
        pass
    command = [sys.executable, script, "formgrader", folder / "marks"]
    with served(*command, folder=folder, env=env) as address:

        def answer(path):
            with urllib.request.urlopen(f"{address}/{path}") as found:
                return found.read().decode("utf-8")

        yield answer


def test_the_settings_of_another_course_do_not_count(ask, other):
    assert '"a3"' in ask("formgrader/api/assignments")
    assert not other.exists()


def test_jupyterlab_has_its_menus_and_extensions(ask):
    settings = {each["id"] for each in json.loads(ask("lab/api/settings"))["settings"]}
    assert "@jupyterlab/mainmenu-extension:plugin" in settings
    assert any(name.startswith("@jupyter/nbgrader") for name in settings)
