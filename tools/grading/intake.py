"""Read what students handed in, and rebuild each submission on the released notebook.

A learning platform exports files with names of its own; students rename, copy, delete and edit.
Everything that a student wrote is kept and runs in the student's order; everything that was
released is put back as it was. What cannot be read is a sentence, not a crash.
"""

import ast
import contextlib
import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache

import nbformat

from tools import assignments
from tools.grading import exports, pictures, students

LARGEST = exports.LARGEST
CELLS, LETTERS = 500, 300_000  # of a notebook; nobody types more, and to parse more takes long
TEXT, TEXTS = 10_000, 60_000  # letters of a text that is no code, and of all
OTHERS = {b"%PDF": "a PDF", b"PK\3\4": "a zip or Word file", b"\x89PNG": "a picture"}
MATHJAX = "href|style|class|cssId|bbox|require|mmlToken"  # formulas that make links, or load files


class Unreadable(Exception):
    """A file that holds no notebook; the message says what it is, and what to hand in."""


@dataclass
class Submission:
    """What one student handed in, and what had to be mended."""

    student: str
    file: str
    content: bytes = field(repr=False)
    notes: list = field(default_factory=list)


def collect(source, assignment):
    """The submissions in an export, one a student, by the student's name.

    Raises ValueError when there is nothing to grade, when two students would be taken for one, or
    when the names do not tell who is a student.
    """
    found, owners = {}, {}
    for name, owner, file in students.owned(source, assignment):
        student = students.folder_of(name)
        if owners.setdefault(student.casefold(), owner) != owner:
            raise ValueError(
                f"{owners[student.casefold()]!r} and {owner!r} would both be the student {student}:"
                " give one of them another name, so that nobody gets another's marks. Nothing was"
                " graded."
            )
        found.setdefault(student, []).extend(opened(file))
    if not found:
        raise ValueError(f"There are no submissions in {source}: {exports.WHAT_FROM_IS}.")
    return [chosen(student, files, assignment) for student, files in sorted(found.items())]


def opened(file):
    """The notebooks in a student's own zip, or else the file as it is."""
    inner = []
    if file.content[:4] == b"PK\3\4":
        with contextlib.suppress(zipfile.BadZipFile):
            zipped = io.BytesIO(file.content)
            notebooks = exports.files_in_zip(zipped, lambda name: name.endswith(".ipynb"), LARGEST)
            inner = [one._replace(name=f"{file.name}/{one.name}") for one in notebooks]
    return inner or [file]


def chosen(student, files, assignment):
    """The submission of a student: of several files the newest that is this assignment.

    What resembles the release half as much as the best of them is this assignment; but the release
    as it was handed out is taken only when there is nothing else.
    """
    if len(files) == 1:
        return Submission(student, files[0].name, files[0].content)
    alike = {file: likeness(file.content, assignment) for file in files}
    best = max((score for score, worked_on in alike.values() if worked_on), default=0)

    def rank(file):
        score, worked_on = alike[file]
        parts = re.split(r"(\d+)", file.name.rpartition("/")[2])
        numbered = [(part.isdigit(), part.zfill(20)) for part in parts]
        return (
            worked_on and 2 * score >= best > 0,
            score > 0,
            ".ipynb" in file.name.lower(),
            file.time,
            numbered,
        )

    newest = max(files, key=rank)
    note = f"{len(files)} files handed in, the newest that is {assignment} is graded: {newest.name}"
    return Submission(student, newest.name, newest.content, [note])


def likeness(content, assignment):
    """(how many parts of the released notebook a file has, is there work of a student's in it?)"""
    try:
        cells = cells_of(content)
    except Unreadable:
        return 0, False
    released, answers = release(assignment)
    sources = {cell.source.strip() for cell in cells} - {""}
    code = "\n".join(sources)
    defined = [name for name in answers if re.search(rf"(?m)^def {name}\(|^{name} *=", code)]
    return len(sources & released) + len(defined), not sources <= released


@lru_cache
def release(assignment):
    """(texts of all cells in both editions, names of the answers) of an assignment."""
    cells = [c for lang in assignments.FILES for c in assignments.released(assignment, lang).cells]
    marks = [cell.metadata.get("nbgrader", {}) for cell in cells if cell.cell_type == "code"]
    answers = {mark["grade_id"] for mark in marks if mark.get("solution")}
    return {cell.source.strip() for cell in cells}, answers


def cells_of(content, notes=None):
    """The cells in a notebook's bytes, as nbformat has them. Raises Unreadable.

    notes  a list; what was left out of texts is added to it
    """
    notes = [] if notes is None else notes
    text = text_of(content)
    try:
        raw = json.loads(text)
        if raw.get("nbformat", 4) < 4:
            raw = nbformat.convert(nbformat.from_dict(raw), 4)
        cells = [cell for one in raw["cells"][:CELLS] if (cell := plain(one))]
        take_pictures_out(cells, notes)
        large = len(raw["cells"]) > CELLS
    except Exception:
        if re.search(r'(?m)^[ "]*<<<<<<< ', text):
            raise Unreadable(
                "The file holds two versions that Git could not merge, parted by <<<<<<< and"
                " >>>>>>>: choose one of them, open it in Jupyter, save it, and hand it in again."
            ) from None
        begin = text[:40].strip()
        raise Unreadable(
            f"This is no notebook, or only a part of one (it begins with {begin!r}): open it in"
            " Jupyter, save it, and hand it in again."
        ) from None
    if large or sum(len(cell.source) for cell in cells) > LETTERS:
        raise Unreadable(
            f"The notebook has more than {CELLS} cells or {LETTERS:,} letters: delete what is not"
            " your answer and hand it in again."
        )
    shorten(cells, notes)
    return cells


def take_pictures_out(cells, notes):
    """Put the pictures in texts where the sanitizer lets them be."""
    size = 0
    for cell in cells:
        held = cell.pop("attachments", None)
        if cell.cell_type != "code":
            cell.source, found = pictures.take_out(cell.source, held, notes, size)
            size += sum(len(data) for kinds in found.values() for data in kinds.values())
            if found:
                cell.attachments = found


def shorten(cells, notes):
    """Cut texts that would hold up the page: to convert Markdown takes the square of its length."""
    left, before = TEXTS, 0
    for cell in cells:
        if cell.cell_type != "code":
            before += len(cell.source)
            cell.source = re.sub(r"[^\S\n]{100,}", " " * 100, cell.source)
            cell.source = re.sub(r"\n{100,}", "\n" * 100, cell.source)
            keep = max(0, min(TEXT, left))
            if len(cell.source) > keep:
                cell.source = f"{cell.source[:keep]} …"
            left -= len(cell.source)
    if (gone := before + left - TEXTS) > 0:
        notes.append(f"{gone:,} letters or spaces too many in texts were left out: see submitted/")


def text_of(content):
    """A file's text. JSON is UTF-8, 16 or 32; an editor on Windows may have made it another.

    Raises Unreadable for what is no text, and says what it is.
    """
    if len(content) > LARGEST:
        raise Unreadable("The file is larger than 20 MB: clear the outputs and hand it in again.")
    if not content.strip():
        raise Unreadable(
            "The file is empty, or cannot be opened: save the notebook and hand it in again."
        )
    for start, what in OTHERS.items():
        if content.startswith(start):
            raise Unreadable(f"This is {what}, no notebook: hand in the file that ends in .ipynb.")
    coding = json.detect_encoding(content)
    if coding.startswith("utf-8"):
        return exports.decoded(content, "cp1252")
    return content.decode(coding, "replace")


def plain(raw):
    """A cell with its type, text, id and nbgrader's mark; None for what is no cell of these."""
    kind, text = raw.get("cell_type"), raw.get("source", "")
    text = "".join(text) if isinstance(text, list) else text
    if kind not in ("code", "markdown") or not isinstance(text, str):
        return None
    text = text.encode("utf-8", "replace").decode()  # a lone surrogate stops whoever writes it
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    cell = make(text)
    cell.id, cell.attachments = str(raw.get("id")), raw.get("attachments")
    metadata = raw.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    cell.mark = str(mark.get("grade_id")) if isinstance(mark, dict) else None
    return cell


def sanitize_markdown(text):
    """Free text that opens no tag, runs no link and loads no picture on the teacher's page.

    Not longer than TEXT: several texts of a student's may have become one.
    """
    text = re.sub(r"<(?=[A-Za-z/!?])", "< ", text)
    text = re.sub(r"&(?=[A-Za-z#])", "& ", text)  # no HTML entity of a letter or colon
    text = re.sub(r"(?i)(script|data|file)[\s\\]*:", r"\1 :", text)  # Markdown takes \: for :
    text = re.sub(rf"\\(?=({MATHJAX})(?![A-Za-z]))", r"\\ ", text)
    text = re.sub(rf"(?!{pictures.NAMED.pattern})!+\[", "[", text)
    return text if len(text) < TEXT + 10 else f"{text[:TEXT]} …"


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
