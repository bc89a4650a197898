"""One submission in its sandbox: its cells run, and each answer marked when its check cell has run.

What runs later can take nothing away: by then the answer is marked. It can add: an answer that has
earned nothing is marked again after each cell that defines it, and when all cells have run, for it
may have been written further down.
"""

import contextlib
import time

import nbformat

from tools.grading import marking, messages
from tools.grading.marking import Result
from tools.grading.sandbox import SECONDS, KernelDied, Sandbox
from tools.grading.syntax import definitions, functions, used_again

LIVES = 3  # so often a submission gets a new kernel when one of its cells has ended the old one


class Session:
    """The rebuilt notebook of one student.

    results  {answer: the Results of its properties}
    notes    what went wrong, for the teacher
    """

    def __init__(self, notebook, properties, seed, unsafe, language):
        self.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        self.seed, self.unsafe, self.language = seed, unsafe, language
        self.properties = {one.answer: [] for one in properties}
        for one in properties:
            self.properties[one.answer].append(one)
        roles = [cell.metadata.role for cell in self.cells if "role" in cell.metadata]
        self.predictions = {role.answer for role in roles if role.kind == "prediction"}
        self.results, self.notes, self.deaths, self.stopped = {}, [], set(), set()
        self.functions = {}  # {answer: its code}, where its own cell gives the name to another
        self.until = time.monotonic() + SECONDS["submission"]

    def run(self):
        """Run all cells, in a new kernel after one has died. Raises NoSandbox."""
        finished = False
        while not finished and len(self.deaths) < LIVES and time.monotonic() < self.until:
            with Sandbox(self.until, self.unsafe, self.language) as self.sandbox:
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
            text = f"{messages.say(why.args, self.language)}\n"
            cell.outputs = [nbformat.v4.new_output("stream", text=text)]
            self.sandbox.notes.append(why.args)
            self.deaths.add(number)
        self.notes += [("cell", number + 1, note) for note in self.sandbox.take_notes()]
        for answer in self.properties:
            if code := used_again(cell.source, answer):
                self.functions[answer] = code
            results = self.results.get(answer, [])
            lost = not all(one.holds for one in results)
            if marking.earned_by(results) and lost and answer in functions(cell.source):
                self.notes.append(("corrected", answer))
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

    def mark_function(self, answer):
        """The results of a function whose own cell gives its name to something else."""
        results = [Result(one, False) for one in self.properties[answer]]
        with contextlib.suppress(KernelDied):
            self.sandbox.run(f"__value__ = {answer}\n{self.functions.pop(answer)}")
            found = self.sandbox.function(answer)
            results = [one.result(found, self.seed) for one in self.properties[answer]]
            self.sandbox.run(f"{answer} = __value__")
        if marking.earned_by(results):
            self.notes.append(("used again", answer))
        return results

    def mark(self, answer):
        """Mark the answer as it is now. False when that ends the kernel."""
        found = self.sandbox.function(answer)
        if answer in self.predictions:
            with contextlib.suppress(marking.AnswerError):
                found = found()
        results = [one.result(found, self.seed) for one in self.properties[answer]]
        if answer in self.functions and self.sandbox.alive() and not marking.earned_by(results):
            results = self.mark_function(answer)
        if answer not in self.results:
            self.results[answer] = results
        elif marking.earned_by(results):
            self.results[answer] = results
            self.notes.append(("below", answer))
        if stopped := self.sandbox.take_notes():
            self.stopped.add(answer)
            self.notes += [("answer", answer, note) for note in stopped]
        if not self.sandbox.alive():
            self.deaths.add(answer)
        return self.sandbox.alive()
