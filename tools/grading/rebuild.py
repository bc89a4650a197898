"""Rebuild a submission on the released notebook.

Everything that a student wrote is kept and runs in the student's order; everything that was
released is put back as it was.
"""

import ast
import re
from functools import lru_cache

from tools import assignments
from tools.grading.intake import CELLS, sanitize_markdown


def rebuild(assignment, cells):
    """(notebook, language, notes): the released notebook with a student's work in it.

    notes  what had to be mended, for the teacher
    """
    texts = {cell.source.strip() for cell in cells}
    known = {
        language: {cell.source.strip() for cell in assignments.released(assignment, language).cells}
        for language in assignments.FILES
    }
    language = max(known, key=lambda one: len(known[one] & texts))
    notebook = assignments.released(assignment, language)
    slots = [Slot(cell) for cell in notebook.cells]
    place = slots[0]
    for cell in cells:
        matching = [slot for slot in slots if slot.matches(cell)]
        matching += [slot for slot in slots if slot.answer in names(cell)]
        if matching:
            place = matching[0]
            place.found.append(cell)
        elif cell.source.strip():
            place.added.append(cell)
    slots[-1].take_texts_from(slots[-2])
    notebook.cells = [
        cell
        for slot in slots
        for cell in slot.cells({name for other in slots for name in other.defines(slot)})
    ]
    for number, cell in enumerate(notebook.cells):
        if "mark" in cell:  # a cell of the student's own
            del cell["mark"]
            cell.id = f"added-{number:03d}"
            if cell.cell_type == "markdown":
                cell.source = sanitize_markdown(cell.source)
    return notebook, language, [note for slot in slots for note in slot.notes]


def names(cell):
    """The names that a cell defines at its top level: none for a text."""
    if cell.cell_type != "code":
        return set()
    return names_in(cell.source)


@lru_cache(2 * CELLS)
def names_in(code):
    """The same for a cell's code."""
    try:
        tree = ast.parse(re.sub(r"(?m)^[ \t]*[%!].*$", "", code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set(re.findall(r"(?m)^(?:def )?(\w+)(?: *=[^=]| *\()", code))
    targets = [t for node in tree.body if isinstance(node, ast.Assign) for t in node.targets]
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return functions | {target.id for target in targets if isinstance(target, ast.Name)}


class Slot:
    """A released cell, what stands in its place in a submission, and what was put after it."""

    def __init__(self, fresh):
        self.fresh, self.found, self.added, self.notes = fresh, [], [], []
        self.mark = fresh.metadata.get("nbgrader", {})
        self.answer = self.mark.get("grade_id") if self.mark.get("solution") else None

    def matches(self, cell):
        """Does a cell stand in this place? Its mark says so, or its id, or its text."""
        return cell.cell_type == self.fresh.cell_type and (
            (cell.mark is not None and cell.mark == self.mark.get("grade_id"))
            or cell.id == self.fresh.id
            or cell.source.strip() == self.fresh.source.strip()
        )

    def work(self):
        """What was found in this place and is not as it was released."""
        return [cell for cell in self.found if cell.source.strip() != self.fresh.source.strip()]

    def defines(self, other):
        """The names that cells here define for the answer of another place."""
        if other is self:
            return set().union(*map(names, self.added))
        return set().union(*map(names, [*self.work(), *self.added]))

    def take_texts_from(self, question):
        """This is where free text is graded: gather what was written around it."""
        texts = [cell.source for cell in self.work()]
        for slot in (question, self):
            texts += [cell.source for cell in slot.added if cell.cell_type == "markdown"]
            slot.added = [cell for cell in slot.added if cell.cell_type == "code"]
        if not texts:  # typed into the question itself
            asked = question.fresh.source.splitlines()
            for cell in question.work():
                texts.append("\n".join(x for x in cell.source.splitlines() if x not in asked))
        self.found = []
        if "".join(texts).strip():
            self.fresh.source = sanitize_markdown("\n\n".join(texts))

    def cells(self, defined):
        """The cells that stand here in the rebuilt notebook; what was mended is noted."""
        work = self.work()
        if self.answer and self.fresh.cell_type == "code":
            if len(work) > 1:
                self.notes.append(f"{self.answer}: written {len(work)} times, the last one counts")
            if work:
                *earlier, last = work
                self.fresh.source = last.source
                return [*earlier, self.fresh, *self.added]
            if self.answer in defined:
                self.notes.append(f"{self.answer}: written in another cell")
                self.fresh.source = "# written in another cell"
            elif not self.found:
                self.notes.append(f"{self.answer}: its cell was deleted")
        elif work and self.fresh.cell_type == "code":
            self.notes.append(f"{self.fresh.source.splitlines()[0]!r}: edited, put back as it was")
            if not self.mark.get("grade"):  # a student's own imports, perhaps
                return [self.fresh, *work, *self.added]
        return [self.fresh, *self.added]
