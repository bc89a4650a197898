"""How fast is `make grade`? Prints a Markdown table:

    python -m benchmarks.grading [ROUNDS] [CLASS] [ASSIGNMENTS]

Classes of right and wrong answers, from the tests, go the whole way: intake, the full notebook in
isolation, marks, gradebook, report, feedback page, grades.csv. The assignments take turns in a new
order each round, so that a busy moment of the computer meets them all. About two minutes.
"""

import contextlib
import importlib.util
import io
import os
import random
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from tools import run

ROUNDS, CLASS, LARGE = 3, 20, 200
TEXT = "Only $p_k$, the probability of the true class, counts; the others do not."


def hand_in(name, folder, students):
    """Let so many students hand in an answer of the tests' corpus each."""
    import nbformat

    from tests.grading import local

    folder.mkdir()
    for number, (answers, _) in enumerate(islice(cycle(local.cases(name).values()), students)):
        notebook = local.filled(name, answers)
        for cell in notebook.cells:
            if cell.metadata.get("role", {}).get("kind") == "text":
                cell.source = TEXT
        path = folder / f"student-{number:03d}.ipynb"
        path.write_text(nbformat.writes(notebook), encoding="utf-8")


def seconds(name, folder, marks):
    """How long it takes to grade the class in this folder."""
    from tools.grading.grade import main

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        start = time.perf_counter()
        main(name, folder, marks, again=True)
        return time.perf_counter() - start


def measure(rounds, students, names):
    from tools import assignments

    with tempfile.TemporaryDirectory() as root:
        folders = {name: Path(root) / name for name in names or assignments.NAMES}
        for name, folder in folders.items():
            hand_in(name, folder, students)
            seconds(name, folder, Path(root) / "marks")  # the course is made once
        found = {name: [] for name in folders}
        for _ in range(rounds):
            for name in random.sample(list(folders), len(folders)):
                found[name].append(seconds(name, folders[name], Path(root) / "marks"))
    return found


def main(rounds=ROUNDS, students=CLASS, *names):
    rounds, students = int(rounds), int(students)
    found = measure(rounds, students, names)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; ", end="")
    print(f"{rounds} rounds, classes of {students}\n")
    print(f"| assignment | s a submission | a class of {LARGE} |\n| --- | ---: | ---: |")
    for name, times in found.items():
        each = median(times) / students
        print(f"| {name} | {each:.2f} | {LARGE * each:.0f} s |")


if __name__ == "__main__":
    if not importlib.util.find_spec("nbgrader"):  # it is in the teacher's environment only
        run.GRADING.set_up()
        run.GRADING.exec("-m", "benchmarks.grading", *sys.argv[1:])
    main(*sys.argv[1:])
