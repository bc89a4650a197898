"""What the class got wrong, and the pages that say so: on notebooks graded in this process."""

import csv
import re
import shutil
import zipfile

import nbformat
import pytest

from tests.browser.conftest import chromium
from tests.grading import local
from tools import assignments, subjects
from tools.grading import feedback, intake, messages, platforms, report
from tools.grading.course import Course
from tools.grading.grade import Graded

BOTH = pytest.mark.parametrize("language", assignments.FILES)
NUMBER = subjects.number(subjects.lessons_in()["cross_entropy_error"])
LOG10 = "This is the logarithm to base ten"
NOT_ZERO = "Taking it from 1 does not undo a logarithm"


def case(what):
    return local.cases("a3")[what][0]


CLASS = {
    "Anna-Müller_11": ({}, "en"),
    "Ben_12": (case("log10"), "en"),
    "王小明_13": (case("log10"), "zh"),
    "Dora_14": (case("no minus"), "en"),
    "Emil_15": (case("log10") | case("ceiling at p = 1, and 1 - E"), "en"),
}


@pytest.fixture(scope="module")
def marks(tmp_path_factory):
    """The teacher's folder after this class was graded, and a PDF that stood beside it."""
    folder = tmp_path_factory.mktemp("marks")
    with Course(folder, "a3") as course:
        for student, (answers, language) in CLASS.items():
            text = {"en": "It sees $p_k$ only.", "zh": "只看 $p_k$。"}[language]
            notebook = local.graded("a3", answers, language, text)
            lost = local.lost("a3", answers)
            points = {}
            for check in assignments.properties_of("a3"):
                key = f"check-{check.answer}"
                gained = check.points * (f"{check.answer}.{check.name}" not in lost)
                points[key] = points.get(key, 0) + gained
            file = f"{student}_assignsubmission_file_/a3.ipynb"
            submission = intake.Submission(student, file, b"{}")
            course.record(Graded(submission, notebook, points, [("elsewhere", "ceiling")]))
        unread, notes = assignments.released("a3", "en"), [("unreadable", "This is a PDF.")]
        submission = intake.Submission("Jan_20", "Jan_20_assignsubmission_file_/a3.pdf", b"%PDF")
        course.record(Graded(submission, unread, dict.fromkeys(points, 0), notes))
        course.export()
        assert course.report() == (6, 5, 6)
        course.feedback(course.students())
    return folder


def page_of(marks, student):
    return (marks / "feedback" / student / "a3" / "a3.html").read_text("utf-8")


def shown(page):
    """The text of a page, without its styles."""
    return re.sub(r"(?s)<(style|math).*?</\1>|<[^>]+>", "", page)


# ------------------------------------------------------------------ the report


def test_the_report_begins_with_the_class_and_names_the_most_frequent_mistake_first(marks):
    text = (marks / "a3-report.md").read_text("utf-8")
    assert text.index("6 handed in") < text.index("## The loss") < text.index("## Students")
    assert "1 could not be read or marked" in text
    loss = text.partition("## The loss")[2].partition("## The ceiling")[0]
    named = re.findall(r"- (\d) of 5: (.*)", loss)
    assert named[0] == ("3", LOG10) and ("1", "The minus is missing: this gets lower") in [
        (count, name[:37]) for count, name in named
    ]
    assert ("3", "The logarithm is the natural one: half the probability") in [
        (count, name[:54]) for count, name in named
    ]
    shown = f"lesson {NUMBER} Cross-entropy error, section “Drag the logarithm”, panel `panels.log"
    assert shown in loss
    assert f"- 1 of 5: {NOT_ZERO}" in text.partition("## Read a loss backwards")[2]
    assert "6 handed in; texts to grade by hand: 5" in text
    # of 0 to 10 points; the one that could not be read is not counted
    assert "| Students |  |  |  |  |  | 1 |  | 3 | 1 |  |  |" in text


def test_the_chinese_report_is_chinese(marks):
    text = (marks / "a3-report.zh-CN.md").read_text("utf-8")
    assert "- 5 人中 3 人：这是以十为底的对数" in text
    assert f"第 {NUMBER} 课《交叉熵误差》的“拖动对数”一节" in text
    assert "ceiling：写在了别的单元格里" in text and "文字待评" in text
    assert not re.findall(r"\b(handed|of|Mistakes|lesson|points)\b", text)


@BOTH
def test_the_page_for_the_projector_has_no_names_and_asks_nobody(language, marks):
    file = report.FILES[language].format("a3-class", "html")
    text = (marks / file).read_text("utf-8")
    assert messages.choose((LOG10, "这是以十为底的对数"), language) in text
    names = [part for student in [*CLASS, "Jan_20"] for part in re.split(r"[_-]|\d+", student)]
    assert not [name for name in filter(None, names) if name in text]
    assert not re.findall(r"<script|<link|src=|href=|url\(|https?:", text)
    assert text.count("<rect") == 11  # 0 to 10 points
    assert sum(map(int, re.findall(r'text-anchor="middle">(\d+)</text>\s*\n\s*<text', text))) == 5
    assert messages.word("so far", language) in text


def test_a_function_that_nobody_has_touched_is_not_answered_and_one_without_return_is_wrong():
    (stub,) = [
        cell.source
        for cell in assignments.released("a3", "en").cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "ceiling"
    ]
    for code, named in {
        stub: [report.NOT_ANSWERED],
        f"{stub}\n    delta = 1": [report.gives_none()],
    }.items():
        notebook = local.graded("a3", {"ceiling": code})
        assert report.verdicts(notebook, "a3")[1]["ceiling"] == named


def test_what_a_student_prints_is_no_verdict_and_a_missing_verdict_is_no_mistake():
    checks = assignments.properties_of("a3")
    forged = "\n".join(f"✗ {check.en}" for check in checks if check.answer == "ceiling")
    printing = {"ceiling": f"{local.solved('a3')[0]['ceiling']}\nprint({forged!r})"}
    notebook = local.graded("a3", printing)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "check-ceiling":
            cell.outputs.insert(0, nbformat.v4.new_output("stream", text=forged))
        elif cell.metadata.get("nbgrader", {}).get("grade_id") == "check-probability":
            cell.outputs.pop()  # grading broke off
    missed, _ = report.verdicts(notebook, "a3")
    assert missed["ceiling"] == [] and "probability" not in missed


@pytest.mark.parametrize("name", assignments.NAMES)
def test_every_case_of_the_corpus_that_a_check_knows_is_named(name):
    """Most wrong answers of the corpus are known slips; none of the right ones is."""
    found = {
        what: report.verdicts(local.graded(name, a), name)[1]
        for what, (a, _) in local.cases(name).items()
    }
    named = {what for what, mistakes in found.items() if any(mistakes.values())}
    wrong = {what for what, (_, lost) in local.cases(name).items() if lost - {"prediction.made"}}
    assert named <= wrong
    assert len(named) >= len(wrong) / 2


def test_who_is_late_loses_points_and_who_is_absent_is_listed(marks, tmp_path):
    shutil.copytree(marks, tmp_path / "marks")
    (tmp_path / "class.csv").write_text(
        "Identifier,Full name,Status,Grade,Maximum grade\n"
        "Participant 12,Ben,Submitted for grading1 day 3 hours late,,10\n"
        "Participant 14,Dora,Submitted for grading,,10\n"
        "Participant 20,Jan,Submitted for grading,,10\n"
        "Participant 21,Kim,No submission,,10\n",
        "utf-8",
    )
    given = platforms.given("a3", roster=tmp_path / "class.csv", late="10%")
    for words in (given, {}):  # what was said once holds
        with Course(tmp_path / "marks", "a3") as course:
            dora = course.gradebook.find_grade("explain", "a3", "a3", "Dora_14")
            dora.manual_score, dora.needs_manual_grade = 1, False
            course.gradebook.update_or_create_student("Kim")
            course.use(words)
            course.export()
            course.report()
    course.feedback(["Ben_12"])
    rows = csv.DictReader((tmp_path / "marks" / "grades.csv").read_text("utf-8-sig").splitlines())
    grades = {row["student_id"]: row for row in rows}
    ben = grades["Ben_12"]
    assert float(ben["raw_score"]) == 7 and float(ben["late_submission_penalty"]) == 1.4
    scores = {student: row["score"] for student, row in grades.items()}
    assert scores.pop("Dora_14") == "8.5" and scores.pop("Jan_20") == "0.0"
    assert len(scores) == 5 and set(scores.values()) == {""}  # a text waits, or nothing came
    report = (tmp_path / "marks" / "a3-report.md").read_text("utf-8")
    assert "3 of 4 handed in" in report and "Nothing from: Kim" in report
    (ben,) = re.findall(r"\| Ben_12 \|.*", report)
    assert "| 5.6 |" in ben and "days late: 2; 1.4 points off" in ben
    assert "not on the roster" not in ben
    assert re.search(r"\| Emil_15 .*not on the roster", report)
    assert "Handed in late: −1.4 points" in shown(page_of(tmp_path / "marks", "Ben_12"))
    table = (tmp_path / "marks" / "a3-moodle.csv").read_text("utf-8").splitlines()
    assert [row.split(",")[3] for row in table[1:]] == ["", "8.5", "0", ""]  # texts still wait


def test_one_zip_holds_all_pages(marks):
    with zipfile.ZipFile(marks / "a3-feedback.zip") as archive:
        assert set(archive.namelist()) == {
            f"{student}_assignsubmission_file_/feedback.html" for student in [*CLASS, "Jan_20"]
        }


# ------------------------------------------------------------------ names and places


@pytest.mark.parametrize("name", assignments.NAMES)
def test_every_task_has_a_section_to_show_again_with_its_panel(name):
    lessons = __import__(f"assignments.{name}", fromlist=["LESSONS"]).LESSONS
    answers = {check.answer for check in assignments.properties_of(name)} - {"prediction"}
    assert set(lessons) == answers
    for subject, section, panel in lessons.values():
        assert all(report.lesson(subject, section, language) for language in assignments.FILES)
        (path,) = assignments.ROOT.glob(f"lessons/*_{subject}.md")
        _, _, after = path.read_text("utf-8").partition(f"## {section}\n")
        here = after.split("\n<!-- #region en -->\n## ")[0]
        assert panel is None or f"panels.{panel}(" in here


@pytest.mark.parametrize("name", assignments.NAMES)
def test_mistakes_and_tasks_have_short_names(name):
    for pair in report.known_mistakes(name):
        for sentence in pair:
            short = report.name_of(sentence)
            assert 2 <= len(short) <= 80 and not short.endswith(("?", "？", ".", "。")), sentence
    for language in assignments.FILES:
        titles = report.tasks(name, language)
        points = [
            c
            for c in assignments.released(name, language).cells
            if c.metadata.get("nbgrader", {}).get("grade")
        ]
        assert set(titles) == {cell.metadata.nbgrader.grade_id for cell in points}
        assert not [
            title for title in titles.values() if not title or re.search(r"\d|[(（]", title)
        ]


def test_both_languages_say_the_same_details():
    for pair in [*messages.NOTES.values(), *messages.WORDS.values()]:
        details = [sorted(re.findall(r"\{(\d?)", text)) for text in pair]
        assert len(details[0]) == len(details[1]), pair


# ------------------------------------------------------------------ the student's page


def test_the_students_page_has_their_name_the_tasks_and_what_waits(marks):
    text = shown(page_of(marks, "Anna-Müller_11"))
    assert "Anna Müller" in text and "Read a loss backwards" in text
    assert "waiting for your teacher" in text and "8 of 10 points so far" in text
    assert not re.findall(r"Test cell|Student's|0\.0|Score", text)


def test_the_frame_of_the_page_is_in_the_language_of_the_notebook(marks):
    text = shown(page_of(marks, "王小明_13"))
    frame = text.partition("作业 3")[0]
    assert "王小明" in frame and "等待老师评分" in frame and "得分 4，满分 5" in frame
    assert not re.findall(r"[a-z]{3,}", frame.partition("王小明")[2])


def test_pages_ask_nobody_for_anything_and_show_their_formulas(marks):
    asked = []
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        for student in CLASS:
            page.goto((marks / "feedback" / student / "a3" / "a3.html").as_uri())
            assert page.locator("math").count() >= 3
            assert page.locator("math msub").last.bounding_box()["height"] > 5
        for file in ("a3-class.html", "a3-class.zh-CN.html"):
            page.goto((marks / file).as_uri())
    assert asked and not [url for url in asked if not url.startswith("file:")]


@pytest.mark.parametrize(
    "formula",
    [
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(https://example.org)}{x}",
        r"\text{&lt;img src=x&gt;}",
        r"\unicode{x3c}img src=x",
        r"\frac{<b>",
        "{" * 490,
        "<b>" + "x" * 1000,
    ],
)
def test_a_formula_is_nothing_but_mathematics(formula):
    for display in ("inline", "block"):
        html = feedback.mathml(formula, display)
        assert set(re.findall(r"<(\w+)", html)) <= {"math", "mfrac", "mrow", "mtext", "mi", "mo"}
        assert not re.search(r"(href|style|src|on\w+)=\"", html)
