"""The page for grading by hand shows this course, whatever other course the teacher has."""

import sys
import urllib.request

from tests.browser.conftest import served
from tools import run
from tools.grading.course import Course


def test_the_settings_of_another_course_do_not_count(tmp_path, monkeypatch):
    other = tmp_path / "other-course.db"
    settings = tmp_path / "home" / ".jupyter"
    settings.mkdir(parents=True)
    text = f"c.CourseDirectory.db_url = 'sqlite:///{other}'\n"
    (settings / "nbgrader_config.py").write_text(text, "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(settings))
    environment = run.Environment(sys.prefix).variables()
    with Course(tmp_path / "marks", "a3"):
        pass
    marks = str(tmp_path / "marks")
    with served("tools.grading.formgrader", marks, folder=tmp_path, env=environment) as address:
        with urllib.request.urlopen(f"{address}/formgrader/api/assignments") as answer:
            assert '"a3"' in answer.read().decode("utf-8")
        assert not other.exists()
