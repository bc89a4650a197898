"""Read what students handed in: one submission a student, and the cells of its notebook.

A learning platform exports a folder or a zip of files with names of its own; students rename and
copy. What cannot be read is a sentence, not a crash.
"""

import contextlib
import io
import json
import math
import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import nbformat

LARGEST = 20_000_000  # bytes of a file
CELLS, LETTERS = 500, 300_000  # of a notebook; nobody types more, and to parse more takes long
OTHERS = {b"%PDF": "a PDF", b"PK\3\4": "a zip or Word file", b"\x89PNG": "a picture"}
MOODLE = re.compile(r"(.+?)_assignsubmission_.*")
CANVAS = re.compile(r"([^\W\d_]+)(?:_LATE)?_(\d+)_\d+_.+")
MAKE = {
    "code": nbformat.v4.new_code_cell,
    "markdown": nbformat.v4.new_markdown_cell,
    "raw": nbformat.v4.new_raw_cell,
}
MATHJAX = "href|style|class|cssId|bbox|require|mmlToken"  # formulas that make links, or load files
COPY = re.compile(r"([ ._-]*(\(\d+\)|copy\d*|副本\d*|zh-CN))+$", re.IGNORECASE)


class Unreadable(Exception):
    """A file that holds no notebook; the message says what it is, and what to hand in."""


@dataclass
class Submission:
    """What one student handed in, and what had to be mended."""

    student: str
    file: str
    content: bytes = field(repr=False)
    notes: list = field(default_factory=list)


def files_of(source):
    """(name, time, content) of each file in a folder or zip. Raises ValueError for all else."""
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_symlink():  # not followed: it may lead to a file of the teacher's
                yield path.relative_to(source).as_posix(), path.lstat().st_mtime, b""
            elif path.is_file():
                content = b""
                with contextlib.suppress(OSError), path.open("rb") as file:
                    content = file.read(LARGEST + 1)
                yield path.relative_to(source).as_posix(), path.stat().st_mtime, content
    else:
        try:
            yield from files_in_zip(source)
        except (zipfile.BadZipFile, OSError):
            raise ValueError(
                f"{source} is neither a folder nor a zip: FROM= names what was exported."
            ) from None


def files_in_zip(source, largest=math.inf):
    """(name, time, content) of each file in a zip, which is never unpacked to the disk.

    No files when together they are larger than `largest`. Raises zipfile.BadZipFile.
    """
    with zipfile.ZipFile(source) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if sum(info.file_size for info in infos) > largest:
            return
        for info in sorted(infos, key=lambda info: info.filename):
            content = b""
            with contextlib.suppress(Exception), archive.open(info) as file:
                content = file.read(LARGEST + 1)  # unless it is damaged, or has a password
            yield name_of(info), info.date_time, content


def name_of(info):
    """The name of a file in a zip, which need not say how its letters are encoded."""
    if not info.flag_bits & 0x800:  # not said; Python took it for the old letters of a PC
        for coding in ("utf-8", "gb2312"):  # a Mac's way, and that of a Chinese Windows
            with contextlib.suppress(UnicodeError):
                return info.filename.encode("cp437").decode(coding)
    return info.filename


def student_of(file, assignment):
    """Whose file is it? The folder says so, or else the name, in the ways of Moodle and Canvas."""
    *folders, name = PurePosixPath(unicodedata.normalize("NFC", file)).parts  # a Mac splits ü
    who = folders[0] if folders else re.sub(r"(?i)\.(ipynb.*|\w+)$", "", name)
    if match := MOODLE.fullmatch(who) or (not folders and CANVAS.fullmatch(who)):
        who = "_".join(match.groups())
    elif not folders:
        who = COPY.sub("", who)
        who = re.sub(rf"(?i)(^|[ ._-]+){assignment}([ _-]+(\d|v\d+|final))?$", "", who)
        who = re.sub(rf"(?i)^{assignment}[ ._-]+", "", who)
    return who.strip(" ._-") or file


def folder_of(student):
    """The name of a student's folder: letters with all their marks, digits, and _ . -"""
    kept = (c if unicodedata.category(c)[0] in "LMN" or c in "_.-" else " " for c in student)
    return re.sub(" +", "-", "".join(kept))[:60].strip("-.") or "unknown"


def collect(source, assignment):
    """The submissions in an export, one a student, by the student's name.

    Of several files the newest notebook counts. Raises ValueError when there is nothing to grade,
    or when two students would be taken for one.
    """
    found, names = {}, {}
    files = [one for one in files_of(Path(source).expanduser()) if not hidden(one[0])]
    if holds_the_class([file for file, _, _ in files]):
        files = [(file.split("/", 1)[1], time, content) for file, time, content in files]
    for file, time, content in files:
        name = student_of(file, assignment)
        student = folder_of(name)
        if names.setdefault(student, name) != name:
            raise ValueError(
                f"{names[student]!r} and {name!r} would both be the student {student}: give one of"
                " them another name, so that nobody gets another's marks. Nothing was graded."
            )
        for inner, newer, held in opened(file, time, content):
            is_notebook = ".ipynb" in inner.lower()
            found.setdefault(student, []).append((is_notebook, newer, inner, held))
    if not found:
        raise ValueError(f"There are no submissions in {source}: FROM= names what was exported.")
    submissions = []
    for student, handed_in in sorted(found.items()):
        *others, (is_notebook, _, file, content) = sorted(handed_in, key=lambda one: one[:3])
        submission = Submission(student, file, content)
        if others:
            count = len(others) + 1
            submission.notes.append(f"{count} files handed in, the newest is graded: {file}")
        submissions.append(submission)
    return submissions


def holds_the_class(files):
    """Do all files lie in one folder that is the class's, not a student's?"""
    tops = {file.split("/")[0] if "/" in file else "" for file in files}
    notebooks = [file for file in files if ".ipynb" in file.lower()]
    return (
        len(tops) == 1
        and "" not in tops
        and len(notebooks) > 1
        and not any(map(MOODLE.match, tops))
    )


def hidden(file):
    """Is it a file that an operating system or Jupyter left behind?"""
    return any(
        part.startswith((".", "__MACOSX")) or part == "Thumbs.db"
        for part in PurePosixPath(file).parts
    )


def opened(file, time, content):
    """The notebooks in a student's own zip, or else the file as it is."""
    inner = []
    if content[:4] == b"PK\3\4":
        with contextlib.suppress(zipfile.BadZipFile):
            inner = list(files_in_zip(io.BytesIO(content), LARGEST))
    inner = [one for one in inner if one[0].endswith(".ipynb") and not hidden(one[0])]
    return [(f"{file}/{name}", time, held) for name, _, held in inner] or [(file, time, content)]


def cells_of(content):
    """The cells in a notebook's bytes, as nbformat has them. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable("The file is larger than 20 MB: clear the outputs and hand it in again.")
    if not content.strip():
        raise Unreadable(
            "The file is empty, or cannot be opened: save the notebook and hand it in again."
        )
    for start, what in OTHERS.items():
        if content.startswith(start):
            raise Unreadable(f"This is {what}, no notebook: hand in the file that ends in .ipynb.")
    try:
        coding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        raw = json.loads(content.decode(coding))
        if raw.get("nbformat", 4) < 4:
            raw = nbformat.convert(nbformat.from_dict(raw), 4)
        cells = [cell for one in raw["cells"][:CELLS] if (cell := plain(one))]
        large = len(raw["cells"]) > CELLS or sum(len(cell.source) for cell in cells) > LETTERS
    except Exception:
        begin = content[:40].decode("utf-8", "replace").strip()
        raise Unreadable(
            f"This is no notebook, or only a part of one (it begins with {begin!r}): open it in"
            " Jupyter, save it, and hand it in again."
        ) from None
    if large:
        raise Unreadable(
            f"The notebook has more than {CELLS} cells or {LETTERS:,} letters: delete what is not"
            " your answer and hand it in again."
        )
    return cells


def plain(raw):
    """A cell with its type, text, id, nbgrader's mark, and what feedback said (any of ✓✗○).

    None for what is no cell of these.
    """
    kind, text = raw.get("cell_type"), raw.get("source", "")
    text = "".join(text) if isinstance(text, list) else text
    if kind not in MAKE or not isinstance(text, str):
        return None
    text = text.encode("utf-8", "replace").decode()  # half a letter stops whoever writes it
    cell = MAKE[kind](text)
    cell.id = str(raw.get("id"))
    metadata = raw.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    cell.mark = str(mark.get("grade_id")) if isinstance(mark, dict) else None
    shown = json.dumps(raw.get("outputs"), ensure_ascii=False)
    cell.said = "".join(sorted(set(re.findall(r'(?:"|\\n)([✓✗○]) ', shown))))
    return cell


def sanitize_markdown(text):
    """Free text that opens no tag, runs no link and loads no picture on the teacher's page."""
    text = re.sub(r"<(?=[A-Za-z/!?])", "< ", text)
    text = re.sub(r"&(?=[A-Za-z#])", "& ", text)  # no letter or colon in disguise
    text = re.sub(r"(?i)(script|data|file)[\s\\]*:", r"\1 :", text)  # Markdown takes \: for :
    text = re.sub(rf"\\(?=({MATHJAX})(?![A-Za-z]))", r"\\ ", text)
    return re.sub(r"!+\[", "[", text)
