"""Grade a class: `make grade A=a3 FROM=~/Downloads/a3.zip`. docs/teaching.md tells it slowly."""

import argparse
import re
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import nbformat
from sqlalchemy.exc import SQLAlchemyError
from tqdm import tqdm

from tools import assignments
from tools.grading import intake, isolation, judge, pictures, sandbox
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
    """Rebuild, run and judge one submission. Never raises for what a student did.

    Raises sandbox.NoSandbox when this machine cannot run it.
    """
    checks = assignments.checks_of(assignment)
    points = {f"check-{check.answer}": 0 for check in checks}
    notes = list(submission.notes)
    try:
        cells = intake.cells_of(submission.content, notes)
        notebook, language, mended = intake.rebuild(assignment, cells)
        pictures.attach(notebook, cells)
    except intake.Unreadable as why:
        notebook = assignments.released(assignment, "en")
        sentence = intake.sanitize_markdown(f"**{why}**")  # it quotes the file
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(sentence, id="unreadable"))
        return Graded(submission, notebook, points, [*notes, f"unreadable: {why}"])
    notes += mended
    verdicts = {}
    try:
        with Session(notebook, unsafe) as session:
            for check in checks:
                passed = check.passes(session.answer(check.answer), seed)
                points[f"check-{check.answer}"] += check.points * passed
                verdicts.setdefault(check.answer, []).append((check, passed))
        notes += session.notes
    except sandbox.NoSandbox:
        raise
    except Exception as error:  # one student's trouble is nobody else's
        notes.append(f"grading broke off, {type(error).__name__}: {error}")
    for cell in notebook.cells:
        kind, _, name = cell.metadata.get("nbgrader", {}).get("grade_id", "").partition("-")
        if kind == "check" and name in verdicts:
            text = judge.verdict(verdicts[name], language)
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


def arguments():
    """What was typed."""
    parser = argparse.ArgumentParser(prog="make grade A=… FROM=… MARKS=… ARGS=…")
    parser.add_argument("assignment", nargs="?", default="", help="A=: a1 to a6")
    parser.add_argument("--from", dest="source", help="FROM=: folder or zip of submissions")
    parser.add_argument("--marks", default="~/marks", help="MARKS=: the teacher's folder")
    parser.add_argument("--again", action="store_true", help="grade what is graded already, too")
    parser.add_argument("--unsafe", action="store_true", help="run submissions without isolation")
    return vars(parser.parse_args())


if __name__ == "__main__":
    try:
        main(**arguments())
    except (ValueError, RuntimeError) as error:
        sys.exit(str(error))
    except (OSError, SQLAlchemyError) as error:  # such as a full disk
        sys.exit(
            f"The marks could not be written: {getattr(error, 'orig', error)}. Nothing is half"
            " written; when there is room, the same command goes on from here."
        )
    except KeyboardInterrupt:
        sys.exit("Interrupted; the same command goes on from here.")
