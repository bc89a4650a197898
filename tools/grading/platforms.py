"""What the learning platform wants back: grades under its columns, feedback under its names.

What the teacher has said once (ROSTER=, FORMAT=, DUE=, LATE=) is kept: MARKS/aN-platform.json.
"""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dateutil import parser

from tools.grading import roster as rosters

FORMULA = ("=", "+", "-", "@")  # what begins so, a spreadsheet computes
PLATFORMS = {  # how their tables begin
    "canvas": ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"],
    "moodle": ["Identifier", "Full name", "Grade"],
}
LATE = re.compile(r"(?i)\blate\b|迟|逾期|晚")
SPAN = re.compile(r"(?i)(\d+) *(days?|天|hours?|小时)")


def given(assignment, roster=None, format=None, due=None, late=None):
    """What was typed, checked, as it is kept: only what was given; "" takes back what was kept.

    Raises ValueError.
    """
    kept = {"format": format, "due": due, "late": late}
    kept = {key: value for key, value in kept.items() if value is not None}
    if roster:
        try:
            kept["roster"] = rosters.decoded(Path(roster).expanduser().read_bytes())
        except OSError:
            raise ValueError(f"ROSTER={roster} cannot be read: it names a CSV.") from None
    Platform.of(kept).check(assignment)
    return kept


@dataclass
class Platform:
    """Where the class is at home, and what is known of it.

    roster  None without ROSTER=
    format  "moodle", "canvas", or "" for none
    due     a time, None without DUE=
    late    what comes off for each day, as typed, "" for nothing
    """

    roster: rosters.Roster | None
    format: str
    due: datetime | None
    late: str

    @classmethod
    def of(cls, kept):
        """The platform that the kept words describe. Raises ValueError where they are wrong."""
        roster = rosters.read(kept["roster"]) if "roster" in kept else None
        format = (kept.get("format") or (roster.platform if roster else "")).lower()
        if format not in (*PLATFORMS, ""):
            raise ValueError(f"FORMAT={format} is unknown: moodle or canvas.")
        if roster and roster.platform != format and roster.platform:
            raise ValueError(f"FORMAT={format}, but ROSTER= is a table of {roster.platform}.")
        due = when(kept["due"]) if kept.get("due") else None
        return cls(roster, format, due, kept.get("late", ""))

    def check(self, assignment):
        """Raises ValueError for all that would be found out only after the grading."""
        if self.late:
            penalty(self.late, 1, 1)
        if self.roster:
            column_of(self.roster, assignment, 1)
            for row in self.roster.rows:
                self.days_late(row, "")

    def absent(self, students):
        """The names of those on the roster from whom there is nothing."""
        if not self.roster:
            return []
        here = {id(row) for row in self.roster.find(students).values()}
        return [self.roster.name(row) for row in self.roster.rows if id(row) not in here]

    def days_late(self, row, file):
        """How many days, begun ones in full, a submission is late by the platform's own sign.

        row   the student's row, None when there is none
        file  the name that the platform gave to the file
        With DUE= the time in the roster decides, where there is one. A platform that only says
        "late" means one day. The roster's extra days are taken off.
        """
        get = (lambda what: self.roster.get(row, what)) if row else (lambda what: "")
        status, submitted, extra, days = get("status"), get("submitted"), get("extra"), 0
        if self.due and submitted.strip("- "):
            try:
                days = (when(submitted) - self.due).total_seconds() / 86_400
            except ValueError:
                raise ValueError(
                    f"ROSTER=: the time {submitted!r} cannot be read. Export it in English or"
                    " Chinese, or leave DUE= out: then what the platform itself calls late counts."
                ) from None
        elif LATE.search(status) or "_LATE_" in file:
            spans = SPAN.findall(status) if LATE.search(status) else []
            days = sum(int(n) / (24 if unit[0] in "hH小" else 1) for n, unit in spans) or 1
        try:
            days -= float(extra.replace(",", ".") or 0)
        except ValueError:
            name = self.roster.name(row)
            raise ValueError(f"ROSTER=: {name} has {extra!r} extra days, no number.") from None
        return max(0, int(-(-days // 1)))

    def grades(self, assignment, points, full):
        """The text of the CSV to import, None when nothing is known of a platform or a class.

        points  {student: points, or None while they are not all given}
        full    the points of the assignment
        """
        if self.roster:
            return filled(self.roster, assignment, points, full)
        return by_numbers(self.format, assignment, points) if self.format else None


def load(path, assignment, new):
    """The Platform kept at path, with what is new added to it, and kept from now on.

    Raises ValueError, and keeps what was, where the two do not go together.
    """
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    platform = Platform.of(kept | new)
    platform.check(assignment)
    if new:
        path.write_text(json.dumps(kept | new, ensure_ascii=False), "utf-8")
    return platform


def feedback_name(student, file):
    """The name for a page of feedback in the zip that a platform takes.

    file  the name that the platform gave to what was handed in, with its folder
    Moodle wants its own folder's name again, Canvas its own file's; any other gets the student's.
    """
    for part in file.split("/"):
        if "_assignsubmission_" in part:
            return f"{part}/feedback.html"
    name = file.rpartition("/")[2]
    own = re.search(r"_\d+_\d+_", name)  # the numbers of a student and of a file
    return f"{name.rpartition('.')[0] if own else student}.html"


def when(text):
    """A time as a platform or a teacher writes it. Raises ValueError when it is none."""
    chinese = re.search(r"(\d{4})年(\d{1,2})月(\d{1,2})日\D*(\d{1,2}:\d\d)?", text)
    if chinese:
        text = "{}-{}-{} {}".format(*chinese.groups("00:00")) + " PM" * ("下午" in text)
    try:
        return parser.parse(text, default=datetime(2000, 1, 1)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no time: write it as 2026-11-25 18:00.") from None


def penalty(late, days, points):
    """The points that LATE= takes off: "0.5" points or "10%" of the points, for each day begun.

    Raises ValueError for what is neither.
    """
    match = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([%％]?)", late.strip())
    if not match:
        raise ValueError(f"LATE={late} is neither points nor per cent a day: write 0.5 or 10%.")
    value = float(match[1].replace(",", "."))
    return round(min(points, days * value * (points / 100 if match[2] else 1)), 2)


def defused(cell):
    """A cell that no spreadsheet computes."""
    computed = cell.startswith(FORMULA) and not re.fullmatch(r"[-+]?[\d.,]*", cell)
    return f" {cell}" if computed else cell


def column_of(roster, assignment, full):
    """(place of the column for the grades, its heading, the most that it takes).

    Raises ValueError when it could be one of several.
    """
    if roster.platform == "moodle":
        place = roster.columns["grade"]
        most = roster.get(roster.rows[0], "most")
    else:
        called = rf"(?i)(^|\W)(a|assignment|homework|hw|作业) ?{assignment[1:]}(\W|$)"
        places = [n for n, one in enumerate(roster.head) if re.search(called, one)]
        if len(places) > 1:
            heads = ", ".join(roster.head[one] for one in places)
            raise ValueError(f"ROSTER= has several columns for {assignment}: {heads}. Keep one.")
        if not places:
            return None, assignment, full
        place = places[0]
        most = next((r[place] for r in roster.above if "Points Possible" in r[0]), "")
    try:
        return place, roster.head[place], float(most.replace(",", ".")) or full
    except ValueError:
        return place, roster.head[place], full


def filled(roster, assignment, grades, full):
    """The CSV to import: the roster's columns with the grades of some students in them.

    grades  {student: points, or None while they are not all given}
    full    the points of the assignment; a platform that says another maximum gets its share
    Who has no grade keeps what the roster says. Of Canvas's gradebook only this assignment is kept.
    """
    place, heading, most = column_of(roster, assignment, full)
    kept = list(range(len(roster.head)))
    if roster.platform == "canvas":
        kept = [n for n in kept if roster.head[n] in PLATFORMS["canvas"] or n == place]
    if place is None:
        place = len(roster.head)  # a column of its own, behind the others
        kept.append(place)
    whose = {id(row): student for student, row in roster.find(grades).items()}
    table = [[[*roster.head, heading][n] for n in kept]]
    for row in roster.above + roster.rows:
        points = grades.get(whose.get(id(row)))
        new = [*row, ""][place]
        if points is not None:
            new = f"{points * most / full:g}"
        elif row in roster.above and "Points Possible" in row[0]:
            new = new or f"{full:g}"
        table.append([new if n == place else defused(row[n]) for n in kept])
    return as_csv(table)


def by_numbers(platform, assignment, grades):
    """The same without a roster, by the numbers that the platform writes into names of files."""
    numbered = {student.rpartition("_")[::2]: points for student, points in grades.items()}
    rows = [
        (defused(name.replace("-", " ")), number, f"{points:g}")
        for (name, number), points in numbered.items()
        if number.isdigit() and points is not None
    ]
    if platform == "canvas":
        table = [(name, number, "", "", "", points) for name, number, points in rows]
        return as_csv([[*PLATFORMS["canvas"], assignment], *table])
    table = [(f"Participant {number}", name, points) for name, number, points in rows]
    return as_csv([PLATFORMS["moodle"], *table])


def as_csv(table):
    """A list of rows as the text of a CSV."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    return text.getvalue()
