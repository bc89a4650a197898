"""`make grade`: what it refuses, and that it can be interrupted and run again."""

import dataclasses
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.baseapp import NbGrader

from tests.grading import bad_submissions, local, test_intake
from tools import assignments
from tools.grading import grade as grading
from tools.grading import isolation, marking
from tools.grading.course import Course

SOLVED = bad_submissions.TEXT.encode()


@pytest.fixture
def submissions(tmp_path):
    return test_intake.laid_out(tmp_path / "in", {f"{name}.ipynb": SOLVED for name in "abcd"})


@pytest.fixture
def graded(monkeypatch):
    """Whose submissions were graded, in order."""
    students, grade = [], grading.grade

    def noted(submission, *more):
        students.append(submission.student)
        return grade(submission, *more)

    monkeypatch.setattr(grading, "grade", noted)
    return students


def text_of(marks, student):
    """The gradebook's line for a student's free text: (points by hand, to be looked at?)"""
    with Gradebook(f"sqlite:///{marks}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("explain", "a2", "a2", student)
        return grade.manual_score, bool(grade.needs_manual_grade)


def give(marks, student, points):
    """Mark a student's free text by hand."""
    with Gradebook(f"sqlite:///{marks}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("explain", "a2", "a2", student)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()


def with_text(text):
    return local.handed_in("a2", {}, text=text)


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize("name", ["a9", "", "mean_squared_error"])
def test_a_wrong_assignment_is_refused(name, submissions, tmp_path):
    with pytest.raises(ValueError, match="A= names an assignment: one of a1, a2, "):
        grading.main(name, submissions, tmp_path / "marks")
    assert not (tmp_path / "marks").exists()


def test_what_was_never_graded_cannot_be_written_once_more(tmp_path):
    marks = tmp_path / "marks"
    (marks / "autograded" / "anna" / "a3").mkdir(parents=True)
    (marks / "autograded" / "anna" / "a3" / "a3.ipynb").write_bytes(SOLVED)
    with pytest.raises(ValueError, match=r"Nothing of a4 has been graded in .*: say FROM=, or"):
        grading.main("a4", None, marks)
    assert [path.name for path in marks.iterdir()] == ["autograded"]


@pytest.mark.parametrize("place", ["marks", "tools/../marks", "assignments"])
def test_marks_inside_the_project_are_refused(place, submissions):
    with pytest.raises(ValueError, match="MARKS= must name a folder outside it"):
        grading.main("a2", submissions, assignments.ROOT / place)
    assert not (assignments.ROOT / "marks").exists()


@pytest.mark.parametrize("name", ["who? me", "marks [3b]", "a*"])
def test_marks_in_a_folder_that_nbgrader_would_not_find_are_refused(name, submissions, tmp_path):
    with pytest.raises(ValueError, match="MARKS= must name a folder without"):
        grading.main("a2", submissions, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("says_so", [True, False])
def test_marks_that_others_could_read_are_refused(says_so, submissions, tmp_path, monkeypatch):
    def chmod(*_, **__):  # of a USB stick, and of a disk of Windows
        if says_so:
            raise PermissionError(1, "Operation not permitted")

    (tmp_path / "shared").mkdir(0o755)
    monkeypatch.setattr(os, "chmod", chmod)
    for marks in (tmp_path / "marks", tmp_path / "shared"):
        with pytest.raises(ValueError, match="cannot be made private"):
            grading.main("a2", submissions, marks)
    assert not (tmp_path / "marks").exists() and not list((tmp_path / "shared").iterdir())


@pytest.fixture(params=["missing", "forbidden"])
def no_isolation(request, tmp_path, monkeypatch):
    """A machine without bubblewrap, or one that does not let it."""
    bin = tmp_path / "bin"
    bin.mkdir()
    if request.param == "forbidden":
        (bin / "bwrap").write_text("#!/bin/sh\necho No permissions >&2\nexit 1\n", "utf-8")
        (bin / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", str(bin))
    return {"missing": "apt install bubblewrap", "forbidden": "No permissions"}[request.param]


def test_without_isolation_nothing_is_graded(no_isolation, submissions, tmp_path):
    command = [sys.executable, "-m", "tools.grading", "a2", "--from", submissions]
    done = subprocess.run(
        [*command, "--marks", tmp_path / "marks"],
        cwd=assignments.ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and not (tmp_path / "marks").exists()
    assert no_isolation in done.stderr and "Traceback" not in done.stderr
    assert "Nothing was graded. ARGS=--unsafe grades without isolation." in done.stderr


def test_unsafe_has_to_be_typed(tmp_path, monkeypatch):
    monkeypatch.setattr(isolation, "unavailable_reason", lambda: "there are none")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "anna.ipynb").write_bytes(SOLVED)
    with pytest.raises(ValueError, match="there are none"):
        grading.main("a2", tmp_path / "in", tmp_path / "marks")
    monkeypatch.setattr(isolation, "command", None)  # not to be called
    grading.main("a2", tmp_path / "in", tmp_path / "marks", unsafe=True)
    assert "| anna | 8 |" in (tmp_path / "marks" / "a2-report.md").read_text("utf-8")


# ------------------------------------------------------------------ where the marks lie


@pytest.mark.parametrize("name", ["100%25 done", "三 班", "a#b'c\"{d}"])
def test_the_gradebook_lies_in_a_folder_of_any_name(name, submissions, tmp_path):
    marks = tmp_path / name
    with Course(marks, "a2") as course:
        assert [one.name for one in course.gradebook.assignments] == ["a2"]
        course.export()
    assert (marks / "gradebook.db").stat().st_mode & 0o777 == 0o600
    assert marks.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in tmp_path.iterdir()} == {"in", name}


def test_a_configuration_of_the_users_own_moves_no_gradebook(tmp_path, monkeypatch):
    own = tmp_path / "home" / ".jupyter"
    own.mkdir(parents=True)
    (own / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.db_url = 'sqlite:///{tmp_path}/other.db'\n"
        "c.CourseDirectory.submitted_directory = 'elsewhere'\n",
        "utf-8",
    )
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(own))
    marks = tmp_path / "marks"
    with Course(marks, "a2") as course:
        assert course.gradebook.engine.url.database == str(marks / "gradebook.db")
    page = NbGrader()
    page.initialize([], root=str(marks))  # as the page for grading by hand does
    assert page.coursedir.db_url == f"sqlite:///{marks}/gradebook.db"
    assert page.coursedir.submitted_directory == "submitted"
    assert not (tmp_path / "other.db").exists()


def test_grades_that_are_open_in_excel_are_written_beside(tmp_path, monkeypatch, capsys):
    replace = os.replace

    def locked(source, target):
        if Path(target).name == "grades.csv":
            raise PermissionError(13, "in use")
        replace(source, target)

    with Course(tmp_path / "marks", "a2") as course:
        course.export()
        (tmp_path / "marks" / "grades.csv").write_text("old", "utf-8")
        monkeypatch.setattr(os, "replace", locked)
        course.export()
    assert (tmp_path / "marks" / "grades.csv").read_text("utf-8") == "old"
    assert (tmp_path / "marks" / "grades-new.csv").exists()
    assert "grades.csv is open in another program" in capsys.readouterr().out


@pytest.mark.parametrize("size", [100_000, 380_000])  # full at the start, and while grading
def test_a_full_disk_is_a_sentence_and_leaves_nothing_half_written(
    size, bubblewrap, submissions, tmp_path
):
    marks = tmp_path / "disk"
    marks.mkdir()
    small = ["bwrap", "--dev-bind", "/", "/", "--size", str(size), "--tmpfs", str(marks)]
    command = [sys.executable, "-m", "tools.grading", "a2", "--from", submissions, "--unsafe"]
    listed = f"find {marks} -name '*.part'"
    done = subprocess.run(
        [*small, "sh", "-c", f'"$@"; {listed}', "sh", *command, "--marks", marks / "marks"],
        cwd=assignments.ROOT,
        capture_output=True,
        text=True,
    )
    assert re.search("No space left on device|disk is full|disk I/O error", done.stderr)
    assert "Traceback" not in done.stderr and not done.stdout


# ------------------------------------------------------------------ interrupted, and run again


def test_an_interrupted_run_goes_on(bubblewrap, submissions, graded, tmp_path, monkeypatch):
    marks, record, recorded = tmp_path / "marks", Course.record, []

    def tired(course, one):
        if len(recorded) == 2:
            raise KeyboardInterrupt
        recorded.append(one.submission.student)
        record(course, one)

    monkeypatch.setattr(Course, "record", tired)
    with pytest.raises(KeyboardInterrupt):
        grading.main("a2", submissions, marks)
    monkeypatch.setattr(Course, "record", record)
    graded.clear()
    grading.main("a2", submissions, marks)
    assert sorted(graded + recorded) == ["a", "b", "c", "d"]
    graded.clear()
    grading.main("a2", submissions, marks)
    assert graded == []
    grading.main("a2", submissions, marks, again=True)
    assert sorted(graded) == ["a", "b", "c", "d"]
    assert (marks / "grades.csv").read_text("utf-8-sig").count(",8.0,") == 8  # raw, and in all


def test_a_first_start_that_was_interrupted_is_made_good(bubblewrap, tmp_path, monkeypatch):
    laid = test_intake.laid_out(tmp_path / "in", {"anna.ipynb": SOLVED})
    cancelled = {"success": False, "error": "Traceback ...\nKeyboardInterrupt", "log": ""}
    monkeypatch.setattr(assignments.NbGraderAPI, "generate_assignment", lambda *_, **__: cancelled)
    with pytest.raises(KeyboardInterrupt):
        grading.main("a2", laid, tmp_path / "marks")
    monkeypatch.undo()
    grading.main("a2", laid, tmp_path / "marks")
    assert "| anna | 8 |" in (tmp_path / "marks" / "a2-report.md").read_text("utf-8")


def test_a_mark_given_by_hand_survives_until_the_text_changes(bubblewrap, graded, tmp_path):
    marks, source = tmp_path / "marks", tmp_path / "in"
    source.mkdir()
    (source / "anna.ipynb").write_bytes(with_text("Squares."))
    grading.main("a2", source, marks)
    assert text_of(marks, "anna") == (None, True)
    give(marks, "anna", 1.5)
    grading.main("a2", source, marks, again=True)
    assert text_of(marks, "anna") == (1.5, False)
    (source / "anna.ipynb").write_bytes(with_text("Squares.") + b"\n")  # the same work, once more
    grading.main("a2", source, marks)
    assert text_of(marks, "anna") == (1.5, False)
    (source / "anna.ipynb").write_bytes(with_text("Squares grow faster."))
    grading.main("a2", source, marks)
    assert graded == ["anna"] * 4
    assert text_of(marks, "anna") == (1.5, True)
    assert "| anna | 9.5 | text to grade |" in (marks / "a2-report.md").read_text("utf-8")


def test_a_text_that_was_taken_back_is_looked_at_again(bubblewrap, tmp_path):
    marks, source = tmp_path / "marks", tmp_path / "in"
    source.mkdir()
    for content in (with_text("Squares."), SOLVED, b"no notebook"):
        (source / "anna.ipynb").write_bytes(content)
        grading.main("a2", source, marks)
        if text_of(marks, "anna")[0] is None:
            give(marks, "anna", 1.5)
        else:
            assert text_of(marks, "anna") == (1.5, content == SOLVED or content == b"no notebook")


def test_properties_that_changed_after_grading(bubblewrap, submissions, tmp_path, monkeypatch):
    marks = tmp_path / "marks"
    (submissions / "a.ipynb").write_bytes(with_text("Squares."))
    grading.main("a2", submissions, marks)
    give(marks, "a", 1.5)
    real = assignments.properties_of

    def changed(name):
        properties = marking.Properties(real(name)[1:])  # one is gone, one is worth more
        properties[0] = dataclasses.replace(properties[0], points=3)
        return properties

    monkeypatch.setattr(assignments, "properties_of", changed)
    (submissions / "d.ipynb").unlink()
    grading.main("a2", submissions, marks, again=True)
    report = (marks / "a2-report.md").read_text("utf-8")
    assert "| a | 10.5 |" in report and "| b | 9 |" in report
    assert "| d | 8 |" in report  # no longer in the export: as it was
    assert text_of(marks, "a") == (1.5, False)


# ------------------------------------------------------------------ what students and teachers type


def test_the_name_of_a_file_is_no_row_and_no_link_in_the_report(bubblewrap, tmp_path):
    forged = "anna/b\n| zoe | 10 | | [here](https://example.org).ipynb"
    names = ["anna/a.ipynb", forged, "ben/a.ipynb"]
    source = test_intake.laid_out(tmp_path / "in.zip", dict.fromkeys(names, SOLVED))
    grading.main("a2", source, tmp_path / "marks")
    report = (tmp_path / "marks" / "a2-report.md").read_text("utf-8")
    students = report.partition("## Students")[2].splitlines()
    assert [line[:6] for line in students[4:]] == ["| anna", "| ben "]
    assert "zoe" in report and "](" not in report


def test_the_last_lines_name_all_files_and_where_the_marks_are(bubblewrap, tmp_path, capsys):
    marks = tmp_path / "my marks"
    laid = test_intake.laid_out(tmp_path / "in", {"anna_7.ipynb": with_text("Squares.")})
    grading.main("a2", laid, marks, format="moodle")
    said = capsys.readouterr().out
    named = re.search(r"(?m)^In .*?: (.*)\.$", said)[1].split(", ")
    files = [path for path in marks.iterdir() if path.name.startswith("a2-")]
    assert {path.name for path in files if path.suffix != ".json"} < set(named)
    assert {"a2-moodle.csv", "a2-feedback.zip", "a2-marking-guide.md", "grades.csv"} < set(named)
    assert f"`make formgrader MARKS='{marks}'`, then `make grade A=a2 MARKS='{marks}'`" in said


def test_a_comment_is_no_formula_in_excel(bubblewrap, tmp_path):
    laid = test_intake.laid_out(tmp_path / "in", {"anna.ipynb": with_text("Squares.")})
    grading.main("a2", laid, tmp_path / "marks")
    with Gradebook(f"sqlite:///{tmp_path}/marks/gradebook.db") as gradebook:
        gradebook.find_comment("explain", "a2", "a2", "anna").manual_comment = "=1+1 is right"
        gradebook.db.commit()
    grading.main("a2", None, tmp_path / "marks")
    assert ", =1+1 is right" in (tmp_path / "marks" / "grades.csv").read_text("utf-8-sig")


def test_a_page_that_cannot_be_written_costs_nobody_marks(bubblewrap, submissions, tmp_path):
    marks = tmp_path / "marks"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Course, "feedback", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            grading.main("a2", submissions, marks)
    assert "| d | 8 |" in (marks / "a2-report.md").read_text("utf-8")
    assert (marks / "grades.csv").exists()


def test_pictures_and_texts_without_end_on_the_way_to_the_page(bubblewrap, tmp_path):
    with_picture = json.loads(with_text("![my photo](attachment:photo.png)"))
    for cell in with_picture["cells"]:
        if bad_submissions.marked(cell) == "explain":
            cell["attachments"] = {"photo.png": {"image/png": test_intake.PICTURE}}
    files = {
        "anna.ipynb": json.dumps(with_picture).encode(),
        "ben.ipynb": with_text(f"Squares{' ' * 145_000}grow."),
    }
    grading.main("a2", test_intake.laid_out(tmp_path / "in", files), tmp_path / "marks")
    report = (tmp_path / "marks" / "a2-report.md").read_text("utf-8")
    assert "144,900 letters or spaces too many in texts were left out" in report
    assert text_of(tmp_path / "marks", "anna") == (None, True)
    pages = tmp_path / "marks" / "feedback"
    shown = f'src="data:image/png;base64,{test_intake.PICTURE}"'
    assert shown in (pages / "anna" / "a2" / "a2.html").read_text("utf-8")
    assert "grow." in (pages / "ben" / "a2" / "a2.html").read_text("utf-8")


def test_an_unwritten_text_is_no_work_for_the_teacher(bubblewrap, tmp_path):
    laid = test_intake.laid_out(
        tmp_path / "in",
        {
            f"{language}.ipynb": local.handed_in("a2", {}, language)
            for language in assignments.FILES
        },
    )
    grading.main("a2", laid, tmp_path / "marks")
    assert [text_of(tmp_path / "marks", language)[1] for language in ("en", "zh")] == [False] * 2


def test_a_machine_without_kernels_gives_nobody_a_0(bubblewrap, submissions, tmp_path, monkeypatch):
    monkeypatch.setattr(isolation, "command", lambda folder: ["false"])
    monkeypatch.setattr(isolation, "unavailable_reason", lambda: "")
    with pytest.raises(RuntimeError, match="did not start"):
        grading.main("a2", submissions, tmp_path / "marks")
    monkeypatch.undo()
    assert not (tmp_path / "marks" / "submitted").exists()
