"""Read what students handed in: one submission a student, and the cells of its notebook.

A learning platform exports files with names of its own; students rename and copy. What cannot be
read is a sentence, not a crash.
"""

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
from tools.grading.messages import Said

LARGEST = exports.LARGEST
CELLS, LETTERS = 500, 300_000  # of a notebook; nobody types more, and to parse more takes long
TEXT, TEXTS = 10_000, 60_000  # letters of a text that is no code, and of all
OTHERS = {
    b"%PDF": {"en": "a PDF", "zh": " PDF"},
    b"PK\3\4": {"en": "a zip or Word file", "zh": "压缩包或 Word 文件"},
    b"\x89PNG": {"en": "a picture", "zh": "图片"},
}
MAKE = {
    "code": nbformat.v4.new_code_cell,
    "markdown": nbformat.v4.new_markdown_cell,
    "raw": nbformat.v4.new_raw_cell,
}
MATHJAX = "href|style|class|cssId|bbox|require|mmlToken"  # formulas that make links, or load files


class Unreadable(Said):
    """A file that holds no notebook; its note says what it is, and what to hand in."""


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
        stem = file.name.rpartition("/")[2]
        parts = re.split(r"(\d+)", stem)
        numbered = [(part.isdigit(), part.zfill(20)) for part in parts]
        return (
            worked_on and 2 * score >= best > 0,
            score > 0,
            ".ipynb" in file.name.lower(),
            file.time // 2,  # a zip keeps no finer times, and files unpacked at once differ by less
            assignment in stem.lower(),
            numbered,
        )

    newest = max(files, key=rank)
    note = ("several files", len(files), assignment, newest.name)
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
            raise Unreadable("merge conflict") from None
        raise Unreadable("damaged", text[:40].strip()) from None
    if large or sum(len(cell.source) for cell in cells) > LETTERS:
        raise Unreadable("too long", CELLS, LETTERS)
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
        notes.append(("text cut", gone))


def text_of(content):
    """A file's text. JSON is UTF-8, 16 or 32; an editor on Windows may have made it another.

    Raises Unreadable for what is no text, and says what it is.
    """
    if len(content) > LARGEST:
        raise Unreadable("too large")
    if not content.strip():
        raise Unreadable("empty")
    for start, what in OTHERS.items():
        if content.startswith(start):
            raise Unreadable("no notebook", what)
    coding = json.detect_encoding(content)
    if coding.startswith("utf-8"):
        return exports.decoded(content, "cp1252")
    return content.decode(coding, "replace")


def plain(raw):
    """A cell with its type, text, id, nbgrader's mark, and what feedback said (any of ✓✗○).

    None for what is no cell of these.
    """
    kind, text = raw.get("cell_type"), raw.get("source", "")
    text = "".join(text) if isinstance(text, list) else text
    if kind not in MAKE or not isinstance(text, str):
        return None
    text = text.encode("utf-8", "replace").decode()  # a lone surrogate stops whoever writes it
    cell = MAKE[kind](text)
    cell.id, cell.attachments = str(raw.get("id")), raw.get("attachments")
    metadata = raw.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    cell.mark = str(mark.get("grade_id")) if isinstance(mark, dict) else None
    shown = json.dumps(raw.get("outputs"), ensure_ascii=False)
    cell.said = "".join(sorted(set(re.findall(r'(?:"|\\n)([✓✗○]) ', shown))))
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
