"""What the class got wrong: the teacher's report, and a page for the projector without names.

All is read from the graded notebooks: the verdict that grading added to a check cell says which
properties were missed, and what the check itself had said names the mistake.
"""

import ast
import importlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from inspect import getsource
from pathlib import Path

import jinja2

from helpers import checks, figures
from helpers.language import WORDS
from tools import assignments, build_notebooks
from tools.grading import intake, messages

TEMPLATES = Path(__file__).parent / "templates"
FILES = {"en": "{0}.{1}", "zh": "{0}.zh-CN.{1}"}
PLAIN = str.maketrans("|[]", "/()")  # the name of a student's file is no column and no link
NOT_ANSWERED = ("not answered", "没有作答")
FREQUENT = 8  # so many mistakes fit on a projector's picture


@dataclass
class Result:
    """One student's graded work.

    missed    {answer: the checks that failed}, empty when the file could not be read or marked
    mistakes  {answer: the known mistakes that cost points, as (English, Chinese)}
    """

    student: str
    points: float
    waiting: bool
    notes: list
    missed: dict
    mistakes: dict


@cache
def known_mistakes(assignment):
    """The sentences that name a mistake, as (English, Chinese): of the questions, then of all."""
    asked = json.loads((checks.BUILT / f"{assignment}.json").read_text("utf-8")).values()
    said = [mistake["say"] for one in asked for mistake in one["mistakes"]]
    pairs = [(one["en"], one["zh"]) for one in said] + list(of_every_check().items())
    return list(dict.fromkeys(pair for pair in pairs if not pair[0].startswith("{")))


@cache
def of_every_check():
    """What a check says whatever the question, {English: Chinese}."""
    chinese = json.loads((WORDS / "zh.json").read_text("utf-8"))
    calls = filter(lambda node: isinstance(node, ast.Call), ast.walk(ast.parse(getsource(checks))))
    said = [ast.literal_eval(one.args[0]) for one in calls if getattr(one.func, "id", "") == "say"]
    return {sentence: chinese[sentence] for sentence in said}


def name_of(sentence):
    """A mistake's short name: the first sentence that is said about it, without its question."""
    sentence = re.sub(r" ?\{\w+\}.*", " …", sentence)
    first = re.match(r".*?([.?!](?=\s|$)|[。？！]|$)", sentence)[0]
    if first.endswith(("?", "？")):
        first = re.split(r"[:：]", first)[0]
    return first.rstrip(".。")


def verdicts(notebook, assignment):
    """(missed, mistakes) of a graded notebook, as Result holds them.

    Only the last output of a check cell is grading's own; those before it are the student's.
    """
    missed, mistakes, unwritten = {}, {}, untouched(notebook, assignment)
    for cell in assignments.checks_in(notebook):
        if not cell.outputs:
            continue
        answer = cell.metadata.role.answer
        *earlier, verdict = [one.get("text", "").splitlines() for one in cell.outputs]
        checks = [one for one in assignments.properties_of(assignment) if one.answer == answer]
        if all({f"{m} {s}" for m in "✓✗" for s in (c.en, c.zh)} & set(verdict) for c in checks):
            missed[answer] = [c for c in checks if {f"✗ {c.en}", f"✗ {c.zh}"} & set(verdict)]
            said = [line.strip("✗○ ") for lines in earlier for line in lines]
            mistakes[answer] = [
                NOT_ANSWERED if answer in unwritten and pair == gives_none() else pair
                for pair in known_mistakes(assignment)
                if missed[answer]  # it cost points
                and any(line.startswith(one.split("{")[0]) for line in said for one in pair)
            ]
    return missed, mistakes


def gives_none():
    """What a check says of a function that has no value, as (English, Chinese)."""
    return next(pair for pair in of_every_check().items() if "gives back None" in pair[0])


def untouched(notebook, assignment):
    """The answers whose cell is as it was released."""
    released = [
        cell.source
        for language in assignments.FILES
        for cell in assignments.released(assignment, language).cells
    ]
    marks = [(cell, cell.metadata.get("nbgrader", {})) for cell in notebook.cells]
    return {
        mark["grade_id"] for cell, mark in marks if mark.get("solution") and cell.source in released
    }


@cache
def tasks(assignment, language):
    """The names of the tasks by the id of a graded cell: the headings without number and points."""
    found, title = {}, ""
    for cell in assignments.released(assignment, language).cells:
        if heading := re.search(r"(?m)^## \d+ (.+?)\s*[(（][^()（）]*[)）]$", cell.source):
            title = heading[1]
        if cell.metadata.get("nbgrader", {}).get("grade"):
            found[cell.metadata.nbgrader.grade_id] = title
    return found


@cache
def lesson(subject, section, language):
    """(number of a lesson, its title, the title of its section) in a language.

    Raises ValueError when there is no such lesson or section.
    """
    for path in assignments.ROOT.glob(f"lessons/*_{subject}.md"):
        titles = {"en": [], "zh": []}
        for prose, _, _ in build_notebooks.read_lesson(path):
            for one in titles:
                titles[one] += re.findall(r"(?m)^##? (.+)$", prose[one]) if prose else []
        if section in titles["en"]:
            own = titles[language]
            title = re.sub(r"^\d+ ", "", own[0])
            return path.name.partition("_")[0], title, own[titles["en"].index(section)]
    raise ValueError(f"There is no section {section!r} in a lesson called {subject}.")


def summary(results, assignment, language):
    """What the class got wrong, most frequent first, in one language: what the templates show."""
    lessons = importlib.import_module(f"assignments.{assignment}").LESSONS
    counted = [one for one in results if one.missed]
    found, frequent = [], []
    for answer, (subject, section, panel) in lessons.items():
        title = tasks(assignment, language)[f"check-{answer}"]
        missed = Counter(
            getattr(check, language) for one in counted for check in one.missed.get(answer, [])
        )
        mistakes = Counter(
            name_of(messages.choose(pair, language))
            for one in counted
            for pair in one.mistakes.get(answer, [])
        )
        where = lesson(subject, section, language)
        found.append((title, missed.most_common(), mistakes.most_common(), where, panel))
        frequent += [(count, title, name) for name, count in mistakes.items()]
    return {
        "tasks": found,
        "frequent": sorted(frequent, key=lambda one: -one[0])[:FREQUENT],
        "counted": len(counted),
        "unreadable": len(results) - len(counted),
        "waiting": sum(one.waiting for one in results),
    }


def histogram(results, full):
    """How many students have 0 to below 1 points, 1 to below 2, ..., and all of `full`."""
    counts = Counter(min(int(one.points), int(full)) for one in results)
    return [counts[points] for points in range(int(full) + 1)]


def cell_of(text):
    """Text of a student's or a platform's that stays in its cell of a table, and is only text."""
    return intake.sanitize_markdown(" ".join(text.translate(PLAIN).split()))


def pages(results, assignment, full, absent, alike, roster=0):
    """{name of a file: its text}: the report and the projector's page in both languages.

    full    the points of the whole assignment
    absent  the names of those on the roster who handed nothing in
    alike   what alike.groups found
    roster  how many are on the roster, 0 without one
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=lambda name: ".html" in name,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    written = {}
    for language, file in FILES.items():
        shared = {
            **summary(results, assignment, language),
            "assignment": assignment,
            "language": {"en": "en", "zh": "zh-CN"}[language],
            "word": lambda key, *more, language=language: messages.word(key, language, *more),
            "say": lambda note, language=language: messages.say(note, language),
            "cell_of": cell_of,
            "name": tasks(assignment, language),
            "results": results,
            "full": full,
            "absent": [cell_of(one) for one in absent],
            "roster": roster,
            "alike": [(found, list(map(cell_of, students))) for found, students in alike],
            "histogram": histogram([one for one in results if one.missed], full),
            "colour": figures,
        }
        for template, name in {"report.md": "report", "class.html": "class"}.items():
            text = environment.get_template(f"{template}.j2").render(shared)
            kind = template.rpartition(".")[2]
            written[file.format(f"{assignment}-{name}", kind)] = text
    return written
