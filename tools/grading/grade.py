"""Grade a class: every new submission rebuilt, run and marked, and all of it written down."""

import re
import shlex
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import nbformat
from tqdm import tqdm

from tools import assignments
from tools.grading import (
    intake,
    isolation,
    marking,
    messages,
    pictures,
    platforms,
    rebuild,
    sandbox,
)
from tools.grading.course import Course
from tools.grading.session import Session
from tools.grading.syntax import imports

WORKERS = 2
MARKS = "~/marks"  # unless the teacher says otherwise
READY_MADE = re.compile(r"(helpers\.(?!checks\b|data\b)|sklearn|scipy|torch|tensorflow)\b")


@dataclass
class Graded:
    """A submission with its points: {id of a graded cell: points}, free text left out."""

    submission: intake.Submission
    notebook: object
    points: dict
    notes: list


def grade(submission, assignment, seed, unsafe):
    """Rebuild, run and mark one submission. Never raises for what a student did.

    Raises sandbox.NoSandbox when this machine cannot run it.
    """
    properties = assignments.properties_of(assignment)
    points = dict.fromkeys((f"check-{one.answer}" for one in properties), 0)
    notes, language = list(submission.notes), None
    try:
        cells = intake.cells_of(submission.content, notes)
        language = rebuild.language_of(cells)
        notebook, mended = rebuild.rebuild(assignment, cells, language)
        pictures.attach(notebook, cells)
    except intake.Unreadable as why:
        notebook = assignments.released(assignment, language or "en")
        told = [messages.say(why.args, one) for one in ([language] if language else ("en", "zh"))]
        text = intake.sanitize_markdown(
            "\n\n".join(f"**{one}**" for one in told)
        )  # quotes the file
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(text, id="unreadable"))
        return Graded(submission, notebook, points, [*notes, ("unreadable", why.args)])
    notes += mended
    session = Session(notebook, properties, seed, unsafe, language)
    try:
        session.run()
    except sandbox.NoSandbox:
        raise
    except Exception as error:  # one student's trouble is nobody else's
        session.notes.append(("broke off", f"{type(error).__name__}: {error}"))
    for cell in assignments.checks_in(notebook):
        if results := session.results.get(cell.metadata.role.answer):
            points[cell.metadata.nbgrader.grade_id] = marking.earned_by(results)
            notes += disagreement(cell, results)
            text = marking.verdict(results, language)
            cell.outputs.append(nbformat.v4.new_output("stream", text=text))
    notes += session.notes + ready_made(notebook, assignment, language)
    return Graded(submission, notebook, points, notes)


def disagreement(check, results):
    """A note when the feedback of a check cell, which sees one example, is not what marks say."""
    answer, printed = check.metadata.role.answer, "".join(o.get("text", "") for o in check.outputs)
    missed = [one.property for one in results if not one.holds]
    lost = {"en": " ".join(one.en for one in missed), "zh": "".join(one.zh for one in missed)}
    now = "".join(sorted(set(re.findall(r"^[✓✗○]", printed, re.MULTILINE))))
    for said, when in ((now, ""), (check.metadata.said, " before")):
        if said == "✓" and missed:
            return [(f"said right{when}", answer, lost)]
        if said not in ("", "✓") and not missed:
            return [(f"said wrong{when}", answer, said)]
    return []


def ready_made(notebook, assignment, language):
    """A note about the ready-made functions that a student's own cells import."""
    given = {cell.source for cell in assignments.released(assignment, language).cells}
    code = [c.source for c in notebook.cells if c.cell_type == "code" and c.source not in given]
    found = sorted({name for one in code for name in imports(one) if READY_MADE.match(name)})
    return [("ready-made", ", ".join(found))] if found else []


def main(assignment, source, marks, again=False, unsafe=False, **platform):
    """Grade what is new in `source`; write feedback, grades.csv and the report. Prints a summary.

    platform  what the teacher says of class and platform: see platforms.given

    Raises ValueError, before anything is written, for a wrong argument or without isolation.
    """
    if assignment not in assignments.NAMES:
        raise ValueError(f"A= names an assignment: one of {', '.join(assignments.NAMES)}.")
    if source and not unsafe and (reason := isolation.unavailable_reason()):
        raise ValueError(f"{reason}\nNothing was graded. ARGS=--unsafe grades without isolation.")
    given = platforms.given(assignment, **platform)
    if not source and not list(Path(marks).expanduser().glob(f"autograded/*/{assignment}/*.ipynb")):
        raise ValueError(
            f"Nothing of {assignment} has been graded in {marks}: say FROM=, or MARKS= if your"
            " marks are elsewhere."
        )
    submissions = intake.collect(source, assignment) if source else []
    with Course(marks, assignment) as course:
        course.use(given)
        sandbox.warm_up()
        new = [one for one in submissions if again or not course.is_done(one)]
        seed = course.seed()
        with ThreadPoolExecutor(WORKERS) as pool:
            jobs = [pool.submit(grade, one, assignment, seed, unsafe) for one in new]
            try:
                for job in tqdm(as_completed(jobs), "grading", len(jobs), disable=not jobs):
                    course.record(job.result())
            finally:
                pool.shutdown(cancel_futures=True)
        course.export()
        graded, waiting, noted = course.report()
        course.feedback(course.stale() if source else course.students())
    print(
        f"{assignment}: {graded} graded ({len(new)} now), {noted} with a note.\n"
        f"In {course.folder}: {', '.join(course.written())}, grades.csv, feedback/."
    )
    if waiting:
        where = "" if str(marks) == MARKS else f" MARKS={shlex.quote(str(marks))}"
        print(
            f"Texts that wait for you: {waiting}. `make formgrader{where}`, then"
            f" `make grade A={assignment}{where}` once more, without FROM=."
        )
