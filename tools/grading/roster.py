"""The class as the learning platform knows it: ROSTER= names a CSV of the platform's own.

That is Moodle's grading worksheet or its list of participants, Canvas's gradebook, or any table
with a column of names.
"""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field

COLUMNS = {  # what a column holds: how platforms head it, in lower case
    "name": ("full name", "student", "name", "全名", "姓名", "学生"),
    "first": ("first name", "名", "名字"),
    "last": ("last name", "surname", "姓", "姓氏"),
    "id": ("identifier", "id", "标识符", "编号"),
    "number": ("id number", "sis user id", "student id", "学号"),
    "login": ("sis login id", "username", "email address", "email", "邮箱", "电子邮件地址"),
    "status": ("status", "状态"),
    "submitted": ("last modified (submission)", "最后修改（提交）", "最后修改 (提交)"),
    "grade": ("grade", "成绩"),
    "most": ("maximum grade", "最高成绩", "满分"),
    "extra": ("extra days", "延长天数"),
}


def decoded(content):
    """The text of a CSV, whatever program has written it. Raises ValueError for what is none."""
    codings = ["utf-8-sig", "gb18030"]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codings = ["utf-16"]
    for coding in codings:
        try:
            text = content.decode(coding)
        except UnicodeError:
            continue
        if "\0" not in text and not text.startswith(("PK\3\4", "%PDF")):
            return text
    raise ValueError("ROSTER= must be a CSV; this is another kind of file: save it as CSV.")


def letters(name):
    """A name as it is compared: its letters and digits, in both orders of its parts."""
    parts = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).casefold())
    return {"".join(parts), "".join(reversed(parts))} - {""}


@dataclass
class Roster:
    """The table: its head, the rows above the students (Canvas has some), the students' rows."""

    head: list
    above: list
    rows: list
    columns: dict = field(init=False)

    def __post_init__(self):
        known = [" ".join(one.casefold().split()) for one in self.head]
        self.columns = {
            what: known.index(found[0])
            for what, heads in COLUMNS.items()
            if (found := [one for one in heads if one in known])
        }
        if "name" not in self.columns and not {"first", "last"} <= set(self.columns):
            raise ValueError(
                f"ROSTER= has no column of names: its first line is {', '.join(self.head)!r}."
                " A heading must be 'Full name', 'Student', 'First name' and 'Last name', or 姓名."
            )

    @property
    def platform(self):
        """Whose table it is: "canvas", "moodle", or "" for any other."""
        canvas = {"Student", "ID", "Section"} <= set(self.head)
        return "canvas" if canvas else "moodle" * ({"id", "grade", "most"} <= set(self.columns))

    def get(self, row, what):
        """What stands in a row under the column that holds `what`, "" when there is none."""
        return row[self.columns[what]].strip() if what in self.columns else ""

    def name(self, row):
        """The student's name as the roster has it."""
        return self.get(row, "name") or f"{self.get(row, 'first')} {self.get(row, 'last')}".strip()

    def find(self, students):
        """{student: row}: whose row is whose, by the platform's number, or by the name without one.

        A student whom no row, or more than one, could be is left out.
        """
        found = {}
        for student in students:
            number = re.search(r"_(\d+)$", student)
            if number and self.platform:
                ids = [re.search(r"\d*$", self.get(row, "id"))[0] for row in self.rows]
                rows = [row for row, one in zip(self.rows, ids, strict=True) if one == number[1]]
            else:
                called = letters(re.sub(r"_\d+$", "", student))
                rows = [row for row in self.rows if called & self.called(row)]
            if len(rows) == 1:
                found[student] = rows[0]
        return found

    def called(self, row):
        """All that a file may be named after."""
        login = self.get(row, "login")
        texts = [self.name(row), self.get(row, "number"), login, login.split("@")[0]]
        return set().union(*map(letters, texts))


def read(text):
    """The roster in the text of a CSV. Raises ValueError that says what is wrong."""
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    table = csv.reader(io.StringIO(text), delimiter=delimiter)
    table = [row for row in table if any(map(str.strip, row))]
    if len(table) < 2:
        raise ValueError("ROSTER= has no students: it needs a line of headings and one line each.")
    head, *rows = [[cell.strip() for cell in row] for row in table]
    for number, row in enumerate(rows, 2):
        if len(row) > len(head):
            raise ValueError(
                f"ROSTER=, line {number}: {len(row)} cells below {len(head)} headings. Is a comma"
                " in a name without quotation marks around it?"
            )
        row += [""] * (len(head) - len(row))
    roster = Roster(head, [], rows)
    if roster.platform == "canvas":
        roster.above = [row for row in rows if not roster.get(row, "id")]
        students = [row for row in rows if roster.get(row, "id")]
        roster.rows = [row for row in students if roster.name(row) != "Student, Test"]
    return roster
