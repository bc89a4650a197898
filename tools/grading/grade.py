"""Grade a class: every new submission rebuilt, run and marked, and all of it written down."""

import re
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import nbformat
from tqdm import tqdm

from tools import assignments
from tools.grading import intake, isolation, marking, rebuild, sandbox
from tools.grading.course import Course
from tools.grading.session import Session

WORKERS = 2
READY_MADE = re.compile(r"\b(helpers\.(?!checks\b|data\b)\w+|sklearn|scipy|torch|tensorflow)\b")


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
    points = {f"check-{one.answer}": 0 for one in properties}
    notes = list(submission.notes)
    try:
        notebook, language, mended = rebuild.rebuild(assignment, intake.cells_of(submission.content))
    except intake.Unreadable as why:
        notebook = assignments.released(assignment, "en")
        sentence = intake.sanitize_markdown(f"**{why}**")  # it quotes the file
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(sentence, id="unreadable"))
        return Graded(submission, notebook, points, [*notes, f"unreadable: {why}"])
    notes += mended
    verdicts = {}
    try:
        with Session(notebook, unsafe) as session:
            for one in properties:
                holds = one.holds_for(session.answer(one.answer), seed)
                points[f"check-{one.answer}"] += one.points * holds
                verdicts.setdefault(one.answer, []).append((one, holds))
        notes += session.notes
    except sandbox.NoSandbox:
        raise
    except Exception as error:  # one student's trouble is nobody else's
        notes.append(f"grading broke off, {type(error).__name__}: {error}")
    for cell in notebook.cells:
        kind, _, name = cell.metadata.get("nbgrader", {}).get("grade_id", "").partition("-")
        if kind == "check" and name in verdicts:
            text = marking.verdict(verdicts[name], language)
            cell.outputs.append(nbformat.v4.new_output("stream", text=text))
    given = {cell.source for cell in assignments.released(assignment, language).cells}
    code = [c.source for c in notebook.cells if c.cell_type == "code" and c.source not in given]
    if found := sorted(set(READY_MADE.findall("\n".join(code)))):
        notes.append(f"uses {', '.join(found)}: was that allowed?")
    return Graded(submission, notebook, points, notes)


def main(assignment, source, marks, again=False, unsafe=False):
    """Grade what is new in `source`; write feedback, grades.csv and the report. Prints a summary.

    Raises ValueError, before anything is written, for a wrong argument or without isolation.
    """
    if assignment not in assignments.NAMES:
        raise ValueError(f"A= names an assignment: one of {', '.join(assignments.NAMES)}.")
    if source and not unsafe and (reason := isolation.unavailable_reason()):
        raise ValueError(f"{reason}\nNothing was graded. ARGS=--unsafe grades without isolation.")
    submissions = intake.collect(source, assignment) if source else []
    with Course(marks, assignment) as course:
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
        f"In {course.folder}: grades.csv, {assignment}-report.md, feedback/."
    )
    if waiting:
        print(
            f"{waiting} texts wait for you: `make formgrader`, then `make grade A={assignment}`"
            " once more, without FROM=."
        )
