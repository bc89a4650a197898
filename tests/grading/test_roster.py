"""The platform's tables: read in all their codings, matched to students, filled and given back."""

import csv
import io
from datetime import datetime

import pytest

from tools.grading import __main__, platforms, roster

MOODLE = """Identifier,Full name,Email address,Status,Grade,Maximum grade,Last modified (submission)
Participant 11,Anna Müller,anna@x.org,Submitted for grading,,100.00,"Monday, 23 November 2026, 5:15 PM"
Participant 12,Ben Okafor,ben@x.org,Submitted for grading1 day 3 hours late,,100.00,"Wednesday, 25 November 2026, 9:00 PM"
Participant 13,王小明,wang@x.org,Submitted for grading,7.00,100.00,2026年11月24日 星期二 19:00
Participant 14,Kim Nobody,kim@x.org,No submission,-,100.00,-
"""  # noqa: E501
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Assignment 2 (70),Assignment 3 (71),Current Score
,,,,,Manual Posting,,(read only)
    Points Possible,,,,,10.00,20.00,(read only)
"Müller, Anna",9345,u1,anna@x.org,3b,9,,90
"Okafor, Ben",9346,u2,ben@x.org,3b,8,,80
"Nobody, Kim",9347,u3,kim@x.org,3b,,4,70
"Student, Test",9999,,x,3b,,,0
"""  # noqa: E501
LIST = """First name,Last name,ID number,Email address
Anna,Müller,2023001,anna@x.org
小明,王,2023002,
"""


def platform(text, **more):
    return platforms.Platform.of({"roster": text, **more})


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


# ------------------------------------------------------------------ reading


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_roster_is_read_in_every_coding_and_with_every_separator(coding, separator):
    text = "学号,姓名,成绩\n2023001,王小明,\n2023002,喆玥堃,\n".replace(",", separator)
    found = roster.read(roster.decoded(text.encode(coding)))
    assert [found.name(row) for row in found.rows] == ["王小明", "喆玥堃"]
    assert list(found.find(["喆玥堃", "2023001", "nobody"])) == ["喆玥堃", "2023001"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\3\4 xlsx", "save it as CSV"),
        (b"", "has no students"),
        (b"Full name\n", "has no students"),
        (b"Group,Points\nA,3\n", "no column of names: its first line is 'Group, Points'"),
        (b"Full name,ID\nAnna,1\nMiller, Ben,2\n", "line 3: 3 cells below 2 headings"),
    ],
)
def test_a_wrong_roster_says_what_is_wrong(content, said, tmp_path):
    path = tmp_path / "class.csv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="ROSTER=") as error:
        platforms.given("a3", roster=path)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"format": "blackboard"}, "moodle or canvas"),
        ({"due": "soon"}, "'soon' is no time: write it as 2026"),
        ({"late": "a bit"}, "write 0.5 or 10%"),
        ({"roster": "/no/such.csv"}, "cannot be read"),
    ],
)
def test_what_is_typed_wrongly_says_what_is_wanted(words, said):
    with pytest.raises(ValueError) as error:
        platforms.given("a3", **words)
    assert said in str(error.value)


def test_students_are_found_by_the_platforms_number_or_by_name():
    moodle, canvas, plain = (roster.read(text) for text in (MOODLE, CANVAS, LIST))
    assert [one.platform for one in (moodle, canvas, plain)] == ["moodle", "canvas", ""]
    names = {
        "Anna-Müller_11": moodle,
        "somebody_12": moodle,  # the number counts
        "王小明": moodle,
        "müller-anna_9345": canvas,
        "Ben-Okafor": canvas,
        "anna-müller": plain,
        "王小明_13": plain,
        "2023001": plain,
    }
    found = {name: one.name(one.find([name])[name]) for name, one in names.items()}
    assert found["somebody_12"] == "Ben Okafor" and found["müller-anna_9345"] == "Müller, Anna"
    assert found["王小明_13"] == "小明 王" and found["2023001"] == "Anna Müller"
    assert not moodle.find(["Anna_99999", "An"])


def test_two_of_one_name_are_nobody_without_a_number():
    text = MOODLE.replace("Anna Müller", "Ben Okafor")
    found = roster.read(text).find(["Ben-Okafor", "Ben-Okafor_11"])
    assert list(found) == ["Ben-Okafor_11"]


def test_who_handed_nothing_in_is_listed():
    here = ["Anna-Müller_11", "Ben-Okafor_12", "王小明_13"]
    assert platform(MOODLE).absent(here) == ["Kim Nobody"]
    assert platforms.Platform.of({}).absent(here) == []


# ------------------------------------------------------------------ given back


def test_moodles_worksheet_comes_back_with_grades_in_its_own_scale():
    points = {"Anna-Müller_11": 8.5, "Ben-Okafor_12": None, "王小明_13": 10}
    text = platform(MOODLE).grades("a3", points, 10)
    assert text.splitlines()[0] == MOODLE.splitlines()[0]
    rows = table(text)
    assert [row["Grade"] for row in rows] == ["85", "", "100", "-"]
    assert [row["Identifier"] for row in rows] == [f"Participant {n}" for n in (11, 12, 13, 14)]


def test_canvass_gradebook_comes_back_with_this_assignment_only():
    text = platform(CANVAS).grades("a3", {"müller-anna_9345": 8, "okaforben_9346": None}, 10)
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == [*platforms.PLATFORMS["canvas"], "Assignment 3 (71)"]
    assert rows[2][0] == "Points Possible" and rows[2][-1] == "20.00"
    assert [row[-1] for row in rows[3:]] == ["16", "", "4"]  # of 20; who has none keeps theirs
    new = platform(CANVAS.replace("Assignment 3 (71)", "Essay")).grades("a3", {"x_9345": 8}, 10)
    assert [row[-1] for row in csv.reader(io.StringIO(new))] == ["a3", "", "10", "8", "", ""]


def test_a_column_that_could_be_two_is_asked_about():
    twice = platform(CANVAS.replace("Assignment 2 (70)", "Homework 3 (70)"))
    with pytest.raises(ValueError, match=r"several columns for a3: Homework 3 \(70\), Assignm"):
        twice.check("a3")


def test_without_a_roster_the_numbers_in_the_names_of_files_will_do():
    points = {"Anna-Müller_11": 8.5, "Ben": 3, "Kim_14": None}
    moodle = platforms.Platform.of({"format": "moodle"}).grades("a3", points, 10)
    assert table(moodle) == [
        {"Identifier": "Participant 11", "Full name": "Anna Müller", "Grade": "8.5"}
    ]
    (row,) = table(platforms.Platform.of({"format": "canvas"}).grades("a3", points, 10))
    assert (row["ID"], row["a3"]) == ("11", "8.5")
    assert platforms.Platform.of({}).grades("a3", points, 10) is None


def test_no_cell_of_a_table_is_a_formula():
    text = "Full name,ID\n=1+1,1\n-,2\n"
    (first, second) = table(platform(text).grades("a3", {}, 10))
    assert first["Full name"] == " =1+1" and second["Full name"] == "-"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Anna Müller_11_assignsubmission_file_/a3.ipynb",
         "Anna Müller_11_assignsubmission_file_/feedback.html"),
        ("Anna Müller_11_assignsubmission_file_/mine/a3.ipynb",
         "Anna Müller_11_assignsubmission_file_/feedback.html"),
        ("smith_LATE_9346_678992_a3-1.ipynb", "smith_LATE_9346_678992_a3-1.html"),
        ("anna/a3.ipynb", "Anna.html"),
        ("", "Anna.html"),
    ],
)  # fmt: skip
def test_the_zip_of_feedback_is_named_as_the_platform_wants_it(file, name):
    assert platforms.feedback_name("Anna", file) == name


# ------------------------------------------------------------------ late


@pytest.mark.parametrize(
    ("student", "file", "due", "extra", "days"),
    [
        ("x_11", "", None, "", 0),
        ("x_12", "", None, "", 2),  # "1 day 3 hours late": a begun day is a day
        ("x_12", "", None, "1", 1),
        ("x_12", "", None, "3", 0),
        ("x_12", "", "2026-11-25 18:00", "", 1),  # the times decide
        ("x_13", "", "2026-11-23 18:00", "", 2),
        ("x_13", "", "2026-11-23 18:00", "0,5", 1),
        ("x_11", "", "2026-11-23 18:00", "", 0),
        ("x_14", "", "2026-11-23 18:00", "", 0),  # nothing handed in
        ("nobody", "li_LATE_9347_678993_a3.ipynb", None, "", 1),
        ("nobody", "lilate_9347_678993_a3.ipynb", None, "", 0),
    ],
)
def test_late_is_what_the_platform_says(student, file, due, extra, days):
    head, *lines = MOODLE.splitlines()
    text = "\n".join([f"{head},Extra days", *(f'{line},"{extra}"' for line in lines)])
    where = platform(text, **({"due": due} if due else {}))
    row = where.roster.find([student]).get(student)
    assert where.days_late(row, file) == days


def test_extra_days_that_are_no_number_are_said():
    where = platform("Full name,ID,Extra days\nAnna,1,some\n")
    with pytest.raises(ValueError, match="Anna has 'some' extra days, no number"):
        where.check("a3")


def test_a_time_that_cannot_be_read_is_said():
    german = MOODLE.replace("Monday, 23 November", "Montag, 23. November")
    platform(german).check("a3")
    with pytest.raises(ValueError, match=r"'Montag, 23. November .* cannot be read"):
        platform(german, due="2026-11-23 18:00").check("a3")


@pytest.mark.parametrize(
    ("late", "days", "points", "off"),
    [("0.5", 2, 8, 1), ("0,5", 2, 8, 1), ("10%", 2, 8, 1.6), ("10％", 1, 5, 0.5), ("3", 4, 8, 8)],
)
def test_a_penalty_is_points_or_per_cent_a_day_and_never_more_than_there_is(
    late, days, points, off
):
    assert platforms.penalty(late, days, points) == pytest.approx(off)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-25 21:30",
        "Wednesday, 25 November 2026, 9:30 PM",
        "2026年11月25日 星期三 21:30",
        "2026年11月25日 下午9:30",
    ],
)
def test_times_are_read_as_teachers_and_platforms_write_them(text):
    assert platforms.when(text) == datetime(2026, 11, 25, 21, 30)


def test_what_was_said_once_is_kept(tmp_path):
    kept = tmp_path / "a3-platform.json"
    platforms.load(kept, "a3", {"roster": LIST, "late": "10%"})
    with pytest.raises(ValueError, match="FORMAT=canvas, but ROSTER= is a table of moodle"):
        platforms.load(kept, "a3", {"roster": MOODLE, "format": "canvas"})
    again = platforms.load(kept, "a3", {"late": "1"})
    assert again.late == "1" and len(again.roster.rows) == 2
    platforms.load(kept, "a3", platforms.given("a3", due="2026-11-25"))
    assert platforms.load(kept, "a3", platforms.given("a3")).due
    assert not platforms.load(kept, "a3", platforms.given("a3", due="")).due  # taken back
    assert platforms.load(tmp_path / "a4-platform.json", "a4", {}).roster is None


def test_make_hands_over_what_was_typed(monkeypatch):
    typed = {"roster": "class.csv", "due": "2026-11-25 18:00", "late": "10%", "format": None}
    for name, value in typed.items():
        monkeypatch.setenv(name.upper(), value) if value else monkeypatch.delenv(
            name.upper(), raising=False
        )
    monkeypatch.setattr("sys.argv", ["grade", "a3"])
    assert typed.items() <= __main__.arguments().items()


def test_a_wrong_roster_is_said_before_anything_is_written(tmp_path):
    (tmp_path / "class.csv").write_text("Group\nA\n", "utf-8")
    with pytest.raises(ValueError, match="no column of names"):
        __main__.main("a3", None, tmp_path / "marks", roster=tmp_path / "class.csv")
    assert not (tmp_path / "marks").exists()
