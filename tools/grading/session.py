"""One submission in its sandbox: all cells run, then its answers called."""

import time

import nbformat

from tools.grading.sandbox import SECONDS, KernelDied, Sandbox

LIVES = 3  # so often a submission gets a new kernel when one of its cells has ended the old one


class Session:
    """The rebuilt notebook of one student, run; use it in a `with` statement.

    notes  what went wrong, for the teacher
    """

    def __init__(self, notebook, unsafe):
        self.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        self.unsafe, self.notes, self.fatal, self.answers = unsafe, [], set(), {}
        self.functions = {
            cell.metadata.nbgrader.grade_id
            for cell in self.cells
            if cell.metadata.get("nbgrader", {}).get("solution")
        } - {"prediction"}
        self.until = time.monotonic() + SECONDS["submission"]
        self.start()

    def start(self):
        """Run all cells but those that ended an earlier kernel."""
        self.sandbox = Sandbox(self.until, self.unsafe)
        for number, cell in enumerate(self.cells):
            if number not in self.fatal:
                try:
                    cell.outputs = self.sandbox.run(cell.source)
                    self.notes += [f"cell {number + 1}: {note}" for note in self.sandbox.notes]
                    self.sandbox.notes.clear()
                except KernelDied as why:
                    self.notes.append(f"cell {number + 1}: {why}")
                    cell.outputs = [nbformat.v4.new_output("stream", text=f"{why}\n")]
                    self.fatal.add(number)
                    if self.lives():
                        self.start()
                    return

    def lives(self):
        """May there be another kernel?"""
        return len(self.fatal) < LIVES and time.monotonic() < self.until

    def answer(self, name):
        """The student's function of that name, or the value."""
        if name not in self.answers:
            if not self.sandbox.alive() and self.lives():
                self.fatal.add(name)  # a call ended the kernel: one life less
                self.start()
            self.answers[name] = self.sandbox.answer(name)
            if name not in self.functions:
                try:
                    self.answers[name] = self.answers[name]()
                except Exception:
                    self.answers[name] = None
        return self.answers[name]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sandbox.close()
