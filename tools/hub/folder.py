"""What a class keeps in its folder, and what it is made of at the first start.

accounts.txt   the teacher's list: one name a line, behind a teacher's the word `teacher`
lessons/       what the students' link brings: a git repository, for the teacher to change
homes/NAME/    what NAME has
feedback/NAME/ what NAME reads, and cannot change, in its folder `feedback`
hub/           passwords, the database and the log of the hub itself
"""

import re
import shutil
import subprocess
from urllib.parse import quote

from tools.run import ROOT

FIRST_ACCOUNTS = """\
# One account a line: small letters, digits, - and _. Behind a teacher's name stands: teacher
# The first login of a name chooses its password. Start the hub again when you have changed this.
teacher teacher
student-1
student-2
"""
# What students get, by where it lies here: the lessons and what these link to, no solution.
PUBLISHED = {"notebooks": "notebooks", "helpers": "helpers", "data": "data"}
PUBLISHED["assignments/release"] = "assignments"


def accounts(text):
    """{name: is it a teacher} that a teacher's list says. Raises ValueError with the line."""
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not (words := line.partition("#")[0].split()):
            continue
        name, *role = words
        if not re.fullmatch("[a-z0-9][a-z0-9_-]{0,31}", name):
            why = f"{name!r} is no name for an account: take small letters, digits, - and _"
        elif name in found:
            why = f"{name} stands there twice: each account needs a name of its own"
        elif role not in ([], ["teacher"]):
            why = f"{' '.join(role)!r} follows a name: write one name a line, or NAME teacher"
        else:
            found[name] = role == ["teacher"]
            continue
        raise ValueError(f"accounts.txt, line {number}: {why}.")
    return found


def publish(lessons):
    """Make the git repository that the students' link brings; leave one alone that is there."""
    if lessons.exists():
        return
    new = lessons.with_name("lessons.new")  # until the end, so that one cut short starts anew
    shutil.rmtree(new, ignore_errors=True)
    aside = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
    for name in PUBLISHED:
        shutil.copytree(ROOT / name, new / PUBLISHED[name], ignore=aside)
    (new / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "glossary.md", new / "docs")
    who = ["-c", "user.name=teacher", "-c", "user.email=teacher@localhost"]
    for command in (["init", "--quiet", "--initial-branch=main"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=new, check=True)
    subprocess.run(["git", *who, "commit", "--quiet", "-m", "Lessons"], cwd=new, check=True)
    new.rename(lessons)


def links(address, lessons):
    """{language: the link for students}: it brings the lessons, then opens the first one."""
    repository = quote(f"file://{lessons}", safe="")
    found = {}
    for language, edition in (("English", "notebooks"), ("中文", "notebooks/zh-CN")):
        first = next((ROOT / edition).glob("*_start_here.ipynb")).name
        opened = quote(f"lab/tree/lessons/{edition}/{first}", safe="")
        query = f"repo={repository}&branch=main&targetPath=lessons&urlpath={opened}"
        found[language] = f"{address}/hub/user-redirect/git-pull?{query}"
    return found


def made(folder):
    """Make what is missing of a class's folder; return its accounts. Raises ValueError with why."""
    if folder.is_relative_to(ROOT):
        raise ValueError(f"{folder} lies in this project, which is shared: name another folder.")
    for place in (folder, *(folder / name for name in ("hub", "homes", "feedback"))):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    listed = folder / "accounts.txt"
    if not listed.exists():
        listed.write_text(FIRST_ACCOUNTS, "utf-8")
    found = accounts(listed.read_text("utf-8"))
    publish(folder / "lessons")
    return found
