"""The files in an export, which is a folder or a zip: their names, times and bytes.

Names come in the encoding of whatever computer wrote them, and with what operating systems leave
behind. A zip is never unpacked to the disk, and links are not followed.
"""

import contextlib
import math
import os
import re
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

LARGEST = 20_000_000  # bytes of a file
WILDCARDS = {
    "**/": "(?:.*/)?",
    "**": ".*",
    "*": "[^/]*",
    "?": "[^/]",
    "{student}": "(?P<student>[^/]+?)",
}
LEFT_BEHIND = ("thumbs.db", "desktop.ini")
WHAT_FROM_IS = "FROM= names what was exported"


class File(NamedTuple):
    """A file of an export; `time` in seconds as the operating system counts them."""

    name: str
    time: float
    content: bytes


def located(source):
    """(folder or zip, pattern of the names in it) that FROM= says; no pattern for all of it.

    The pattern has a group "student". Raises ValueError when {student} stands there twice.
    """
    path = Path(source).expanduser()
    if "{student}" not in str(path):
        return path, None
    if str(path).count("{student}") > 1:
        raise ValueError(f"{source}: {{student}} stands in FROM= once, for the student's name.")
    wild = next(n for n, part in enumerate(path.parts) if re.search(r"[*?]|\{student\}", part))
    root = Path(*path.parts[:wild])
    root = next((one for one in root.parents if one.is_file()), root)  # a zip
    pattern = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
    parts = re.split(r"(\*\*/|\*\*|[*?]|\{student\})", pattern)
    made = "".join(WILDCARDS.get(part) or re.escape(part) for part in parts)
    if pattern.endswith("{student}"):  # a folder with all that is in it, or a file
        made += "(?P<inside>/.*)?"
    return root, re.compile(made)


def files_of(source, wanted=lambda name: True):
    """The files of these names in a folder or zip, in order. Raises ValueError for all else."""
    if source.is_dir():
        yield from files_in_folder(source, wanted)
    else:
        try:
            yield from files_in_zip(source, wanted)
        except (zipfile.BadZipFile, OSError):
            raise ValueError(
                f"{source} is neither a folder nor a zip: {WHAT_FROM_IS}, or a pattern with"
                " {student} in it."
            ) from None


def files_in_folder(source, wanted):
    """The files of these names in a folder; what may not be read, or is a link, is empty."""
    for place, folders, files in os.walk(source):
        links = [one for one in folders if os.path.islink(os.path.join(place, one))]
        folders[:] = sorted(one for one in folders if not hidden(one))
        for path in map(Path(place).joinpath, sorted([*files, *links])):
            name = readable(os.fsencode(path.relative_to(source)))
            if hidden(name) or not wanted(name):
                continue
            content, link = b"", path.is_symlink()  # it may lead to a file of the teacher's
            if not link and not path.is_file():
                continue
            with contextlib.suppress(OSError):
                if not link:
                    with path.open("rb") as file:
                        content = file.read(LARGEST + 1)
            yield File(name, path.lstat().st_mtime, content)


def files_in_zip(source, wanted, largest=math.inf):
    """The files of these names in a zip; what is damaged or has a password is empty.

    No files when together they are larger than `largest`. Raises zipfile.BadZipFile.
    """
    with zipfile.ZipFile(source) as archive:
        named = [(name_in_zip(info), info) for info in archive.infolist()]
        named = [(n, i) for n, i in named if not (n.endswith("/") or hidden(n)) and wanted(n)]
        if sum(info.file_size for _, info in named) > largest:
            return
        for name, info in sorted(named, key=lambda one: one[0]):
            content, time = b"", 0.0
            with contextlib.suppress(Exception), archive.open(info) as file:
                content = file.read(LARGEST + 1)
            with contextlib.suppress(ValueError, OverflowError):  # a month 0
                time = datetime(*info.date_time).timestamp()
            yield File(name, time, content)


def name_in_zip(info):
    """The name of a file in a zip, which need not say how its letters are encoded."""
    if info.flag_bits & 0x800:  # it says UTF-8
        return readable(info.filename.encode("utf-8", "surrogatepass"))
    return readable(info.filename.encode("cp437", "replace"))  # as which Python took the bytes


def readable(name):
    """The bytes of a path as text. Windows parts folders by \\, and a Mac ü into two characters."""
    path = unicodedata.normalize("NFC", decoded(name, "cp437")).replace("\\", "/")
    return re.sub(r"(^|(?<=/))(\.?/)+", "", path)


def decoded(raw, western):
    """Bytes as text when nobody says in which encoding: UTF-8, GB18030, or this Western one.

    UTF-8 comes first, because text in another encoding is hardly ever valid UTF-8. Western text is
    often valid GB18030 (ü and the next letter give a Chinese one) and every text is valid Western,
    so here the bytes beyond ASCII decide: in Chinese text most stand in pairs, in Western alone.
    """
    with contextlib.suppress(UnicodeError):
        return raw.decode("utf-8-sig")
    beyond = re.findall(rb"[\x80-\xff]+", raw)
    if 2 * sum(len(run) == 1 for run in beyond) <= len(beyond):
        with contextlib.suppress(UnicodeError):
            return raw.decode("gb18030")
    return raw.decode(western, "replace")


def hidden(name):
    """Is it a file that an operating system, an office program or Jupyter left behind?"""
    return any(
        part.startswith((".", "__MACOSX", "~$"))
        or part.lower() in LEFT_BEHIND
        or part.lower().endswith("zone.identifier")  # where Windows notes what came from the web
        for part in PurePosixPath(name).parts
    )
