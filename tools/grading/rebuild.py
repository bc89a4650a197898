"""Rebuild a submission on the released notebook.

Everything that a student wrote is kept and runs in the student's order; everything that was
released is put back as it was.
"""

import re
from functools import lru_cache

import nbformat

from tools import assignments
from tools.grading.intake import Unreadable, sanitize_markdown
from tools.grading.syntax import definitions, functions, is_prose, tree_of

FENCED = re.compile(r"(?s)\s*```\w*\n(.*?)\n?```\s*")
LESSONS = (assignments.ROOT / "notebooks", assignments.ROOT / "notebooks" / "zh-CN")


def language_of(cells):
    """The language of the edition from which most of these cells are."""
    texts = texts_of(cells)
    known = {one: frozenset().union(*known_notebooks(one).values()) for one in assignments.FILES}
    return max(known, key=lambda one: len(known[one] & texts))


def rebuild(assignment, cells, language):
    """(notebook, notes): the released notebook with a student's work in it.

    notes  what had to be mended, for the teacher
    Raises Unreadable for another assignment, or a lesson.
    """
    refuse_another_notebook(assignment, texts_of(cells), language)
    notebook = assignments.released(assignment, language)
    slots = [Slot(cell) for cell in notebook.cells]
    homes = find_homes(slots, cells)
    place = slots[0]
    for cell, home in zip(cells, homes, strict=True):
        place = home or place
        if home:
            home.found.append(cell)
        elif cell.source.strip():
            place.added.append(cell)
    slots[-1].take_texts_from(slots[-2])
    notebook.cells = [cell for slot in slots for cell in slot.cells()]
    for number, cell in enumerate(notebook.cells):
        if "mark" in cell:  # a cell of the student's own
            del cell["mark"], cell["said"]
            cell.id = f"added-{number:03d}"
            if cell.cell_type != "code":
                cell.cell_type, cell.source = "markdown", sanitize_markdown(cell.source)
    return notebook, [note for slot in slots for note in slot.notes]


def texts_of(cells):
    """The texts of cells, without the space around them."""
    return frozenset(cell.source.strip() for cell in cells)


def find_homes(slots, cells):
    """For each cell the slot that it fills, or None: its mark, its id or its text says so.

    An answer without work of its own gets the last cell above its check cell that defines it. What
    stands below stays where it is: it may need what was computed in between.
    """
    homes = [next((slot for slot in slots if slot.matches(cell)), None) for cell in cells]
    for slot in slots:
        written = [c for c, home in zip(cells, homes, strict=True) if home is slot]
        if slot.kind not in ("answer", "prediction") or any(map(slot.is_work, written)):
            continue
        places = [n for n, home in enumerate(homes) if home and home.checks(slot)]
        above = [
            n
            for n, cell in enumerate(cells[: places[0] if places else None])
            if slot.answer in defined_by(cell) and (not homes[n] or homes[n].is_work(cell))
        ]
        free = [n for n in above if not homes[n]]
        free = [n for n in free if slot.answer in functions(code_of(cells[n]))] or free
        if free:
            homes[free[-1]] = slot
        slot.written_above = bool(above)
    return homes


@lru_cache
def released_texts(assignment, language):
    """The texts of the released cells."""
    return texts_of(assignments.released(assignment, language).cells)


@lru_cache
def known_notebooks(language):
    """{name: texts of its cells} of all assignments and lessons, without what several have."""
    found = {name: released_texts(name, language) for name in assignments.NAMES}
    for path in LESSONS[language == "zh"].glob("*.ipynb"):
        found[path.name] = texts_of(nbformat.read(path, 4).cells)
    return {
        name: texts - frozenset().union(*(t for other, t in found.items() if other != name))
        for name, texts in found.items()
    }


def refuse_another_notebook(assignment, texts, language):
    """Raise Unreadable when nearly all is another assignment's, or a lesson's."""
    known = known_notebooks(language)
    alike = {name: len(theirs & texts) for name, theirs in known.items()}
    nearest = max(alike, key=alike.get)
    if 3 * alike[assignment] < len(known[assignment]) and alike[nearest] > alike[assignment]:
        raise Unreadable("another notebook", nearest, assignment)


def code_of(cell):
    """The code in a cell, without the fence that it may have in a text."""
    fenced = cell.cell_type != "code" and FENCED.fullmatch(cell.source)
    return fenced[1] if fenced else cell.source


def defined_by(cell):
    """The names that a cell defines at its top level; a text defines some when it is Python."""
    if cell.cell_type != "code" and not tree_of(code_of(cell)):
        return set()
    return definitions(code_of(cell))


class Slot:
    """A released cell, what stands in its place in a submission, and what was put after it."""

    def __init__(self, fresh):
        self.fresh, self.found, self.added, self.notes = fresh, [], [], []
        self.mark = fresh.metadata.get("nbgrader", {})
        role = fresh.metadata.get("role", {})
        self.kind, self.answer = role.get("kind"), role.get("answer")
        self.written_above = False  # in a cell that fills another slot

    def matches(self, cell):
        """Does a cell stand in this place? Its mark says so, or its id, or its text."""
        return (
            (cell.mark is not None and cell.mark == self.mark.get("grade_id"))
            or cell.id == self.fresh.id
            or cell.source.strip() == self.fresh.source.strip()
        )

    def checks(self, other):
        """Is this the check cell of an answer?"""
        return self.kind == "check" and self.answer == other.answer

    def is_work(self, cell):
        """Is it something else than what was released?"""
        return bool(cell.source.strip()) and cell.source.strip() != self.fresh.source.strip()

    def work(self):
        """What was found in this place and is not as it was released."""
        return [cell for cell in self.found if self.is_work(cell)]

    def take_texts_from(self, question):
        """This is where free text is graded: gather what was written around it."""
        written = self.work()
        for slot in (question, self):
            written += [cell for cell in slot.added if is_text(cell)]
            slot.added = [cell for cell in slot.added if not is_text(cell)]
        texts = [cell.source for cell in written]
        if not texts:  # typed into the question itself
            asked = question.fresh.source.splitlines()
            for cell in question.work():
                texts.append("\n".join(x for x in cell.source.splitlines() if x not in asked))
        for kind in sorted({cell.cell_type for cell in written} - {"markdown"}):
            self.notes.append(("as text", self.answer, kind))
        self.found = []
        if "".join(texts).strip():
            self.fresh.source = sanitize_markdown("\n\n".join(texts))

    def cells(self):
        """The cells that stand here in the rebuilt notebook; what was mended is noted."""
        work = self.work()
        if self.kind == "check":
            self.fresh.metadata["said"] = self.found[-1].said if self.found else ""
        if self.kind in ("answer", "prediction"):
            return [*self.answered(work), *self.added]
        if self.fresh.cell_type == "code" and work:
            self.notes.append(("edited", self.fresh.source.splitlines()[0]))
            if not self.kind:  # a student's own imports, perhaps
                return [self.fresh, *work, *self.added]
        return [self.fresh, *self.added]

    def answered(self, work):
        """The cells of an answer: the last one found here stands in the released cell."""
        if len(work) > 1:
            self.notes.append(("written twice", self.answer, len(work)))
        for kind in sorted({cell.cell_type for cell in work} - {"code"}):
            self.notes.append(("as code", self.answer, kind))
        if work:
            self.fresh.source = code_of(work[-1])
            return [*map(as_code, work[:-1]), self.fresh]
        if self.written_above:
            self.notes.append(("elsewhere", self.answer))
            self.fresh.source = "# written in another cell"
        elif not self.found:
            self.notes.append(("deleted", self.answer))
        return [self.fresh]


def as_code(cell):
    """The same work in a code cell."""
    code = nbformat.v4.new_code_cell(code_of(cell))
    code.mark, code.said = cell.mark, cell.said
    return code


def is_text(cell):
    """Was this written as a text? So is what stands in a code cell and is no code."""
    return cell.cell_type != "code" or is_prose(cell.source)
