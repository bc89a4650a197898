"""Lessons by subject: their numbers, the links to them, and the table of them.

The number of a lesson stands in the name of its file. Lessons and assignments say
`[lesson #](gradient)`, and the notebooks built from them say the number. READMEs and docs/ are not
built, they link to the file; when the notebooks are built, its number is brought up to date there.
The table of lessons is written in README.md and README.zh-CN.md.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
LESSONS = ROOT / "lessons"
READMES = {"en": "README.md", "zh": "README.zh-CN.md"}
PAGES = (*READMES.values(), "docs/*.md")
TO_A_LESSON = re.compile(r"\[([^]]*)\]\(([a-z]\w*)(#[^)\s]*|)\)")
TO_A_PAGE = re.compile(r"\]\((\.\./[^)#]+)\.md\)")
ROW = re.compile(
    r"(?m)^\| (?:\d+ )?\| \[(.+?)\]\(\S*/\d+_(\w+)\.ipynb\) \| (.+) \| .+ \| (\d+) \|$"
)
IN_A_PAGE = re.compile(r"(?m)(?:^\| (?:\d+ )?(\| \[[^]]*\]\(\S*/))?\b\d+_(\w+)(?=\.(?:md|ipynb)\b)")


def subject(path):
    """What a lesson is about: "gradient" for NN_gradient.md; the whole name where no number is."""
    return path.stem.partition("_")[2] or path.stem


def lessons_in(folder=LESSONS):
    """The names of the lessons by subject, in their order: {"gradient": "NN_gradient", …}."""
    return {subject(path): path.stem for path in sorted(folder.glob("*.md"))}


def number(name):
    """The number of a lesson: "NN" for NN_gradient."""
    return name.partition("_")[0]


def named(lessons, wanted, where):
    """The name of the lesson `wanted`. Raises ValueError, with `where`, if there is none."""
    if wanted not in lessons:
        raise ValueError(
            f"{where}: there is no lesson {wanted!r}; the lessons are {', '.join(lessons)}"
        )
    return lessons[wanted]


def resolve(text, lessons, where, form="[{}]({}.ipynb{})"):
    """text with its links to lessons, such as `[lesson #](gradient)`, written in a form.

    The form has places for the words, in which # becomes the number, the name and the #section.
    Raises ValueError, with `where`, at a subject that no lesson has.
    """

    def written(link):
        words, wanted, section = link.groups()
        name = named(lessons, wanted, where)
        return form.format(words.replace("#", number(name)), name, section)

    return TO_A_LESSON.sub(written, text)


def to_chinese_pages(text, folder):
    """text with its links to documents that exist in Chinese, as seen from folder, led to these.

    Both regions of a lesson say `[…](../data/README.md)`; its Chinese edition leads to
    data/README.zh-CN.md.
    """

    def written(link):
        chinese = f"{link[1]}.zh-CN.md"
        return f"]({chinese})" if (folder / chinese).exists() else link[0]

    return TO_A_PAGE.sub(written, text)


def map_of(path, language):
    """The table of lessons for the lesson at path: number, title, question and minutes.

    Raises ValueError where the table in the README and the files in lessons/ are not the same.
    """
    lessons, readme = lessons_in(path.parent), path.parent.parent / READMES[language]
    rows = ROW.findall(readme.read_text("utf-8"))
    if [row[1] for row in rows] != list(lessons):
        raise ValueError(
            f"{readme.name}: the table of lessons has {', '.join(row[1] for row in rows)}; "
            f"the files in {path.parent.name}/ are, in their order, {', '.join(lessons)}"
        )
    links = {title: f"[{title}]({about})" for title, about, _, _ in rows if about != subject(path)}
    return "\n".join(
        f"| {number(lessons[about])} | {links.get(title, title)} | {question} | {minutes} |"
        for title, about, question, minutes in rows
    )


def renumbered(text, lessons, where):
    """A page with the names of lessons in its addresses, and its table of lessons, as they are now.

    Raises ValueError, with `where`, at a subject that no lesson has.
    """

    def now(found):
        name = named(lessons, found[2], where)
        return f"| {number(name)} {found[1]}{name}" if found[1] else name

    return IN_A_PAGE.sub(now, text)


def renumber_pages(root=ROOT):
    """Bring the numbers of lessons in the READMEs and in docs/ up to date."""
    lessons = lessons_in(root / "lessons")
    for path in (path for page in PAGES for path in sorted(root.glob(page))):
        text = path.read_text("utf-8")
        path.write_text(renumbered(text, lessons, path.name), "utf-8", newline="\n")
