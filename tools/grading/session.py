"""One submission in its sandbox: its cells run, and each answer marked when its check cell has run.

What runs later can take nothing away: by then the answer is marked. It can add: an answer that has
earned nothing is marked again after each cell that defines it, and when all cells have run, for it
may have been written further down.
"""

import contextlib
import time

import nbformat

from tools.grading import marking
from tools.grading.marking import Result
from tools.grading.sandbox import SECONDS, KernelDied, Sandbox
from tools.grading.syntax import definitions

LIVES = 3  # so often a submission gets a new kernel when one of its cells has ended the old one


class Session:
    """The rebuilt notebook of one student.

    results  {answer: the Results of its properties}
    notes    what went wrong, for the teacher
    """

    def __init__(self, notebook, properties, seed, unsafe):
        self.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        self.seed, self.unsafe = seed, unsafe
        self.properties = {one.answer: [] for one in properties}
        for one in properties:
            self.properties[one.answer].append(one)
        roles = [cell.metadata.role for cell in self.cells if "role" in cell.metadata]
        self.predictions = {role.answer for role in roles if role.kind == "prediction"}
        self.results, self.notes, self.deaths, self.stopped = {}, [], set(), set()
        self.until = time.monotonic() + SECONDS["submission"]

    def run(self):
        """Run all cells, in a new kernel after one has died. Raises NoSandbox."""
        finished = False
        while not finished and len(self.deaths) < LIVES and time.monotonic() < self.until:
            with Sandbox(self.until, self.unsafe) as self.sandbox:
                finished = self.run_cells()
        for answer, properties in self.properties.items():  # that nobody came to
            self.results.setdefault(answer, [Result(one, False) for one in properties])

    def run_cells(self):
        """Run the cells that have ended no earlier kernel. False when one ends this one."""
        for number, cell in enumerate(self.cells):
            if number not in self.deaths and not self.run_cell(number, cell):
                return False
            if not all(self.mark(answer) for answer in self.due(cell)):
                return False
        return all(self.mark(answer) for answer in self.pending())

    def run_cell(self, number, cell):
        """False when it ends the kernel."""
        try:
            cell.outputs = self.sandbox.run(cell.source)
        except KernelDied as why:
            cell.outputs = [nbformat.v4.new_output("stream", text=f"{why}\n")]
            self.sandbox.notes.append(str(why))
            self.deaths.add(number)
        self.take_notes(f"cell {number + 1}: ")
        return self.sandbox.alive()

    def due(self, cell):
        """The answers to be marked after this cell."""
        role = cell.metadata.get("role", {})
        if role.get("kind") == "check" and role["answer"] not in self.results:
            return [role["answer"]]
        return [answer for answer in self.pending() if answer in definitions(cell.source)]

    def pending(self):
        """The answers that have earned nothing so far, and neither took too long nor killed it."""
        return [
            answer
            for answer, results in self.results.items()
            if answer not in self.deaths | self.stopped and not marking.earned_by(results)
        ]

    def mark(self, answer):
        """Mark the answer as it is now. False when that ends the kernel."""
        found = self.sandbox.function(answer)
        if answer in self.predictions:
            with contextlib.suppress(marking.AnswerError):
                found = found()
        results = [one.result(found, self.seed) for one in self.properties[answer]]
        if answer not in self.results:
            self.results[answer] = results
        elif marking.earned_by(results):
            self.results[answer] = results
            self.notes.append(f"{answer}: nothing at its check cell; what stands below it counts")
        if self.sandbox.notes:
            self.stopped.add(answer)
        self.take_notes()
        if not self.sandbox.alive():
            self.deaths.add(answer)
        return self.sandbox.alive()

    def take_notes(self, where=""):
        """Keep what the sandbox had to stop."""
        self.notes += [f"{where}{note}" for note in self.sandbox.notes]
        self.sandbox.notes.clear()
