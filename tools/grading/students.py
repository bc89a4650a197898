"""Whose file is it? The names in an export tell: those that Moodle and Canvas give, or people do.

Names decide which folder is a class and which is a student's, not how many files there are; where
they do not tell, the teacher is asked.
"""

import hashlib
import re
import shlex
import unicodedata
import zipfile

from tools import assignments
from tools.grading import exports

MOODLE = re.compile(r"(.+?)_assignsubmission_.*")
CANVAS = re.compile(  # an anonymous id, or name and id of the user; then the id of the file
    r"(?:LATE_)?(anon_[^\W_]+)_\d+_.+|(\d*[^\W\d_].*?|)_(?:LATE_)?(\d+)_\d+_.+"
)
COPY = re.compile(r"([ ._-]*(\(\d+\)|copy\d*|副本\d*|zh-CN))+$", re.IGNORECASE)
CLASS = re.compile(
    r"(?i)(?<![^\W\d_])(class|klasse|course|kurs|group|gruppe|cohort|section|submissions?|abgaben?"
    r"|exports?|downloads?)(?![^\W\d_])|班|年级|课|全部作业"
)
NO_NAMES = re.compile(
    r"[a-z]|answers?|assignment|copy|draft|exercise|final|first|homework|my|new|notebook|notes|old|photos?"
    r"|picture|second|solution|submission|task|test|third|try|untitled|v|version|work"
    r"|abgabe|aufgabe|hausaufgabe|lösung|loesung|versuch|erster|zweiter"
    r"|backup|desktop|documents|downloads|dropbox|onedrive|usb|dokumente|schreibtisch"
)
NO_NAMES_ZH = re.compile(
    "作业|练习|答案|副本|未命名|最终版?|新建|第.次|提交|笔记本?|备份|桌面|文档|下载"
)
EMOJI = "\ufe0f"  # says that the sign before it is one; counts as a mark of a letter
PROJECT = {
    path.stem for path in [*assignments.ROOT.iterdir(), *assignments.ROOT.glob("notebooks/**/*")]
}


def owned(source, assignment):
    """(student's name, who that is, file) for each file of an export.

    Two with the same name are two people unless a platform's number says otherwise.
    Raises ValueError when names do not tell a class from a student.
    """
    root, pattern = exports.located(source)
    if pattern:
        for file in exports.files_of(root, pattern.fullmatch):
            match = pattern.fullmatch(file.name)
            above, path = file.name[: match.start("student")], f"{match['student']}/"
            if "inside" in pattern.groupindex:
                path = match["student"] + (match["inside"] or "")
            yield *student_of(path, assignment, above), file
        return
    files = list(exports.files_of(root))
    if root.is_dir() and len(files) == 1 and is_class_zip(root / files[0].name, assignment):
        yield from owned(root / files[0].name, assignment)
        return
    classes = class_folders([file.name for file in files], assignment, source)
    for file in files:
        above = max((one for one in classes if file.name.startswith(one)), key=len)
        yield *student_of(file.name[len(above) :], assignment, above), file


def is_class_zip(path, assignment):
    """Is this file, which lies alone in a folder, the zip of a class, and no student's own?"""
    try:
        inside = [file.name for file in exports.files_in_zip(path, lambda name: True)]
    except (zipfile.BadZipFile, OSError):
        return False
    while len({name.partition("/")[0] for name in inside}) == 1 and "/" in inside[0]:
        inside = [name.partition("/")[2] for name in inside]
    what = reading(path.stem, inside, assignment) or guess(inside, 1, assignment)
    return what == "class"


def student_of(path, assignment, above=""):
    """(student's name, who that is) by a path in the folder `above`: by its folder or its name."""
    who, in_folder, _ = path.partition("/")
    if not in_folder:
        who = re.sub(r"(?i)\.(ipynb.*|\w+)$", "", who)
    match = MOODLE.fullmatch(who) or (not in_folder and CANVAS.fullmatch(who))
    if match:
        who = "_".join(filter(None, match.groups()))
    elif not in_folder:
        who = without(assignment, who) or path
    who = who.strip(" ._-") or who
    return who, who if match else above + who


def without(assignment, stem):
    """A file's name without the assignment's, and without what is put after the name of a copy."""
    stem = COPY.sub("", stem)
    stem = re.sub(rf"(?i)(^|[ ._-]+){assignment}([ _-]+(\d|v\d+|final))?$", "", stem)
    return re.sub(rf"(?i)^{assignment}[ ._-]+", "", stem).strip(" ._-")


def folder_of(student):
    """The name of a student's folder: letters with all their marks, digits, and _ . -

    What is too long for that, or loses an emoji, gets a part of its hash: so it differs from others
    of the kind, and is the same in the next run.
    """
    kept = (
        c if (unicodedata.category(c)[0] in "LMN" and c != EMOJI) or c in "_.-" else " "
        for c in student
    )
    folder = re.sub(" +", "-", "".join(kept)).strip("-.")
    lost = any(unicodedata.category(c) in ("So", "Cs", "Co", "Cn") for c in student)
    if lost or not folder or len(folder) > 60:
        stem, number = re.fullmatch(r"(.*?)((?:_\d{1,20})?)", folder).groups()
        digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:6]
        folder = f"{stem[: 53 - len(number)] or 'student'}-{digest}{number}"
    return folder


def class_folders(names, assignment, source, above=""):
    """The folders, each ending in / or the empty one, in which a file or folder is a student.

    Raises ValueError when names do not tell.
    """
    folders, files = {}, []
    for name in names:
        top, _, inside = name.partition("/")
        folders.setdefault(top, []).append(inside) if inside else files.append(top)
    told = {top: reading(top, inside, assignment) for top, inside in folders.items()}
    alike = set(told.values()) - {""}
    if any(re.search(r"(?i)\.(ipynb|zip)", file) for file in files):
        alike.add("student")  # students' files lie beside these folders
    found = {above}
    for top, inside in folders.items():
        what = told[top] or ("".join(alike) if len(alike) == 1 else "")
        what = what or guess(inside, len(folders), assignment)
        if not what:
            raise ValueError(question(source, above, top, inside, len(folders)))
        if what == "class":
            found |= class_folders(inside, assignment, source, f"{above}{top}/")
    return found


def reading(folder, inside, assignment):
    """ "class" or "student", or "" when neither the folder's name nor those in it tell."""
    tops = {path.partition("/")[0] for path in inside}
    files = [path for path in inside if "/" not in path]
    if MOODLE.fullmatch(folder):
        return "student"
    if any(map(MOODLE.fullmatch, tops)) or any(map(CANVAS.fullmatch, files)):
        return "class"
    if any(not is_name(file, assignment) or folder.lower() in file.lower() for file in files):
        return "student"  # such as anna/a3.ipynb, anna/first try.ipynb, anna/a3_anna.ipynb
    if CLASS.search(folder) or not is_name(folder, assignment):
        return "class"
    return ""


def guess(inside, folders, assignment):
    """The same for one of several folders of which no name tells."""
    notebooks = [path for path in inside if re.search(r"(?i)\.(ipynb|zip)", path)]
    tops = {path.partition("/")[0] for path in notebooks if "/" in path}
    if len([top for top in tops if is_name(top, assignment)]) > 1:
        return "class"  # of folders with names that hold notebooks
    return "student" if folders > 1 and len(notebooks) == 1 else ""


def is_name(name, assignment):
    """Can a file or folder be called so after a student?"""
    stem = re.sub(r"(?i)\.(ipynb.*|\w+)$", "", name)
    rest = without(assignment, stem)
    words = re.findall(r"[^\W\d_]+", NO_NAMES_ZH.sub(" ", rest.lower()))
    return not all(map(NO_NAMES.fullmatch, words)) and stem not in PROJECT


def question(source, above, folder, inside, folders):
    """What the teacher is asked about a folder, with the two answers."""
    names = sorted({re.sub(r"\.\w+$", "", path.partition("/")[0]) for path in inside})
    place = f"{source}/{above}".rstrip("/")
    as_class = shlex.quote(f"{place}/{folder if folders == 1 else '*'}/{{student}}")
    as_student = shlex.quote(f"{place}/{{student}}")
    return (
        f"{above + folder!r} is a class with the students {', '.join(map(repr, names[:3]))}"
        f"{' …' if len(names) > 3 else ''}, or one student with {len(inside)} files: the names do"
        " not tell. Nothing was graded. Say which it is, in quotation marks: a class:"
        f" FROM={as_class}, a student: FROM={as_student}."
    )
