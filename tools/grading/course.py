"""The teacher's folder: nbgrader's course with its gradebook, outside of this project.

submitted/STUDENT/a3/   what was handed in, byte for byte
autograded/STUDENT/a3/  the rebuilt notebook after its run: what the teacher's page shows
feedback/STUDENT/a3/    a page for the student
gradebook.db            points, hand marks and comments
grades.csv, a3-report.md, a3-class.html (both in Chinese, too), a3-marking-guide.md
a3-moodle.csv or a3-canvas.csv, a3-feedback.zip: for the platform
"""

import contextlib
import csv
import io
import os
import secrets
import tempfile
import warnings
import zipfile
from itertools import pairwise
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.plugins import CsvExportPlugin
from sqlalchemy.exc import SAWarning
from tqdm import tqdm

from tools import assignments
from tools.grading import alike, feedback, platforms, report

CONFIG = """\
# Written by `make grade`: here nbgrader finds the course.
c = get_config()
c.CourseDirectory.root = {root!r}
c.Exchange.root = {root!r}  # not used, but must be a folder that can be written
# as nbgrader has it, should a configuration in the home folder say something else:
c.CourseDirectory.db_url = {gradebook!r}
c.CourseDirectory.course_id = ""
c.CourseDirectory.directory_structure = "{{nbgrader_step}}/{{student_id}}/{{assignment_id}}"
c.CourseDirectory.source_directory = "source"
c.CourseDirectory.release_directory = "release"
c.CourseDirectory.submitted_directory = "submitted"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.feedback_directory = "feedback"
"""


class Course:
    """One assignment in the teacher's folder. Use it in a `with` statement.

    Raises ValueError when the folder lies inside the project or cannot be used.
    """

    def __init__(self, folder, assignment):
        self.folder, self.assignment = Path(folder).expanduser().resolve(), assignment
        if self.folder.is_relative_to(assignments.ROOT):
            raise ValueError(
                f"{self.folder} lies inside the project, whose files are shared: MARKS= must name a"
                " folder outside it."
            )
        make_private(self.folder)
        settings = assignments.configured(self.folder).CourseDirectory
        config = CONFIG.format(root=settings.root, gradebook=settings.db_url)
        write(self.folder / "nbgrader_config.py", config.encode())
        name = Path(assignment) / f"{assignment}.ipynb"
        source, made = self.folder / "source" / name, self.folder / "release" / name  # in order
        if not made.exists() or nbformat.read(source, 4) != assignments.source(assignment, "en"):
            assignments.generate(assignment, self.folder)
        self.nbgrader = NbGraderAPI(config=assignments.configured(self.folder))
        feedback.configure(self.nbgrader.config)
        self.gradebook = self.nbgrader.gradebook
        with contextlib.suppress(OSError):  # the folder is private already
            (self.folder / "gradebook.db").chmod(0o600)
        write(self.folder / f"{assignment}-marking-guide.md", marking_guide(assignment).encode())
        self.use({})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.gradebook.close()

    def path(self, step, student):
        """Where a student's notebook lies at a step: submitted or autograded."""
        return self.folder / step / student / self.assignment / f"{self.assignment}.ipynb"

    def seed(self):
        """The secret from which the checks draw their data: one for the whole class."""
        path = self.folder / "seed"
        if not path.exists():
            write(path, secrets.token_hex().encode())
        return path.read_text("utf-8")

    def is_done(self, submission):
        """Was this very file graded already?"""
        submitted = self.path("submitted", submission.student)
        return (
            self.path("autograded", submission.student).exists()
            and submitted.exists()
            and submitted.read_bytes() == submission.content
        )

    def record(self, graded):
        """Enter a graded submission: points into the gradebook, then the notebook.

        Marks that the teacher gave by hand stay; they are to be looked at again when the text that
        they were given for has changed.
        """
        student = graded.submission.student
        autograded, texts = self.path("autograded", student), texts_of(graded.notebook)
        before = texts_of(nbformat.read(autograded, 4)) if autograded.exists() else {}
        autograded.unlink(missing_ok=True)  # not done before all is written
        write(self.path("submitted", student), graded.submission.content)
        self.gradebook.update_or_create_student(student)
        with warnings.catch_warnings():  # nbgrader adds it piece by piece; SQLAlchemy remarks on it
            warnings.filterwarnings("ignore", "Object of type <Submitted", SAWarning)
            submission = self.gradebook.update_or_create_submission(self.assignment, student)
        for grade in submission.notebooks[0].grades:
            if grade.name in graded.points:
                grade.auto_score, grade.needs_manual_grade = graded.points[grade.name], False
            else:
                unwritten = texts[grade.name] in assignments.STUBS.values()
                grade.auto_score = 0 if unwritten else None
                if grade.manual_score is None:
                    grade.needs_manual_grade = not unwritten
                elif before.get(grade.name) != texts[grade.name]:
                    grade.needs_manual_grade = True
        self.gradebook.db.commit()
        graded.notebook.metadata |= {"notes": graded.notes, "file": graded.submission.file}
        text = nbformat.writes(graded.notebook)
        write(autograded, text.encode("utf-8", "replace"))  # a lone surrogate, if there is one

    def students(self):
        """Those whose submission of this assignment is graded, in order."""
        return sorted(
            path.parts[-3] for path in self.folder.glob(f"autograded/*/{self.assignment}/*.ipynb")
        )

    def stale(self):
        """Those whose page of feedback is missing, or older than their graded notebook."""
        return [student for student in self.students() if not self._has_feedback(student)]

    def _has_feedback(self, student):
        page = self.path("feedback", student).with_suffix(".html")
        graded = self.path("autograded", student)
        return page.exists() and page.stat().st_mtime >= graded.stat().st_mtime

    def feedback(self, students):
        """Write the pages that students get, and all of them once more in one zip for the platform.

        Raises RuntimeError when nbgrader refuses.
        """
        if not students:
            return
        with tqdm(desc="feedback", total=len(students)) as bar:
            self.nbgrader.config.GenerateFeedback.post_convert_hook = lambda **_: bar.update()
            others = set(self.students()) - set(students)
            self.nbgrader.coursedir.student_id_exclude = ",".join(others)
            done = self.nbgrader.generate_feedback(self.assignment)  # one call: templates are kept
        assignments.ensure_success(done, "write the feedback")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for student, notebook in self.notebooks().items():
                name = platforms.feedback_name(student, notebook.metadata.get("file", ""))
                archive.write(self.path("feedback", student).with_suffix(".html"), name)
        write(self.folder / f"{self.assignment}-feedback.zip", packed.getvalue())

    def notebooks(self):
        """{student: the graded notebook}, in order."""
        return {one: nbformat.read(self.path("autograded", one), 4) for one in self.students()}

    def use(self, given):
        """Keep what is known of the class and its platform, as platforms.given returned it."""
        path = self.folder / f"{self.assignment}-platform.json"
        self.platform = platforms.load(path, self.assignment, given)

    def results(self):
        """What the report says of each student; a penalty for being late is entered, too."""
        found, notebooks, roster = [], self.notebooks(), self.platform.roster
        rows = roster.find(notebooks) if roster else {}
        for student, notebook in notebooks.items():
            submission = self.gradebook.find_submission(self.assignment, student)
            notes = list(notebook.metadata["notes"])
            days = self.platform.days_late(rows.get(student), notebook.metadata.get("file", ""))
            off = 0
            if days:
                notes.append(("late", days))
                if self.platform.late:
                    off = platforms.penalty(self.platform.late, days, submission.score)
            if off:
                notes.append(("penalty", off))
            if roster and student not in rows:
                notes.append(("not on the roster",))
            submission.notebooks[0].late_submission_penalty = off
            waiting = bool(submission.needs_manual_grade)
            points = max(0, submission.score - off)
            verdicts = report.verdicts(notebook, self.assignment)
            found.append(report.Result(student, points, waiting, notes, *verdicts))
        self.gradebook.db.commit()
        return found

    def export(self):
        """Write grades.csv: every student, every assignment, hand marks and comments included.

        For the platform there is a table of its own, with the grades that are complete.
        """
        points = {one.student: None if one.waiting else one.points for one in self.results()}
        if table := self.platform.grades(self.assignment, points, self.full()):
            path = self.folder / f"{self.assignment}-{self.platform.format or 'roster'}.csv"
            write(path, table.encode("utf-8-sig" if not self.platform.format else "utf-8"))
        path = self.folder / "grades.csv"
        with tempfile.TemporaryDirectory() as private:
            made = Path(private) / path.name
            CsvExportPlugin(to=str(made)).export(self.gradebook)
            with made.open(newline="", encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
        for row in rows:
            submission = self._handed_in(row["assignment"], row["student_id"])
            if not submission or submission.needs_manual_grade:
                row["score"] = ""  # not complete, as in the platform's table
            row["comments"] = comments_of(submission)
        rows.sort(key=lambda row: (row["assignment"], row["student_id"]))
        text = io.StringIO(newline="")
        table = csv.DictWriter(text, rows[0] if rows else [])
        table.writeheader()
        table.writerows(rows)
        write(path, text.getvalue().encode("utf-8-sig"))  # so that Excel reads Chinese names, too

    def _handed_in(self, assignment, student):
        with contextlib.suppress(MissingEntry):  # nothing
            return self.gradebook.find_submission(assignment, student)

    def written(self):
        """The names of the files that a teacher finds about this assignment."""
        files = self.folder.glob(f"{self.assignment}-*")
        return sorted(path.name for path in files if path.suffix != ".json")

    def full(self):
        """The points of the whole assignment."""
        return self.gradebook.find_assignment(self.assignment).max_score

    def report(self):
        """Write what the class got wrong and who needs a look.

        Returns how many were graded, how many texts wait, and how many have a note.
        """
        results, roster = self.results(), self.platform.roster
        students, notes = [one.student for one in results], [one.notes for one in results]
        pages = report.pages(
            results,
            self.assignment,
            self.full(),
            self.platform.absent(students),
            alike.groups(self.notebooks(), self.assignment),
            len(roster.rows) if roster else 0,
        )
        for name, text in pages.items():
            write(self.folder / name, text.encode("utf-8", "replace"))
        waiting, noted = sum(one.waiting for one in results), sum(map(bool, notes))
        return len(results), waiting, noted


def comments_of(submission):
    """The teacher's comments on a submission, None for none, as one text for a table."""
    notebooks = submission.notebooks if submission else []
    comments = [one.comment for notebook in notebooks for one in notebook.comments]
    return platforms.defused(" / ".join(filter(None, comments)))


def marking_guide(assignment):
    """The question of an assignment that is graded by hand, with the model answer and comments."""
    texts = []
    for language in assignments.FILES:
        for question, answer in pairwise(assignments.source(assignment, language).cells):
            if answer.cell_type == "markdown" and "nbgrader" in answer.metadata:
                texts += [question.source, answer.source]
    return "\n\n".join(texts) + "\n"


def texts_of(notebook):
    """The free texts that are graded by hand, by the id of their cell."""
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and "nbgrader" in cell.metadata
    }


def make_private(folder):
    """Make the teacher's folder, which nobody else may open.

    Raises ValueError, and leaves nothing behind, where that is not possible.
    """
    if unfit := set("*?[") & set(str(folder)):
        raise ValueError(
            f"{folder} has {' and '.join(sorted(unfit))} in it, where nbgrader would look for any"
            " letter: MARKS= must name a folder without."
        )
    made, private = not folder.exists(), False
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"MARKS= must name a folder that can be made: {error}.") from None
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
        private = not folder.stat().st_mode & 0o077
    if not private:
        if made:
            folder.rmdir()
        raise ValueError(
            f"{folder} cannot be made private, so others could read the marks (a USB stick or a"
            " network share may have no such rights): MARKS= must name a folder on a disk of your"
            " own, such as ~/marks."
        )


def write(path, content):
    """Write a file whole or not at all; beside it when another program, such as Excel, holds it.

    Raises OSError, as when the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except PermissionError:
        if not (part.exists() and path.exists()):
            raise
        beside = path.with_stem(f"{path.stem}-new")
        os.replace(part, beside)
        print(f"{path.name} is open in another program: what is new is in {beside.name}.")
    except OSError:
        part.unlink(missing_ok=True)
        raise
