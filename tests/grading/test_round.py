"""One full round, as a teacher goes it: hand out, collect, grade, mark by hand, give back."""

import csv
import re
import sys
from contextlib import contextmanager

from playwright.sync_api import expect

from tests.browser.conftest import chromium, served
from tests.grading import local, test_intake
from tools import assignments
from tools.grading.grade import main

expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong
COMMENT = "Who would care to which wrong class the 0.4 went? 谁会在意？"
FAILING = "def cross_entropy(y, t):\n" + "    y = y + 0\n" * 50 + "    return y[99]"


def formgrader(marks):
    """The address of the page for grading by hand, opened as `make formgrader` opens it."""
    command = [sys.executable, "-m", "tools.grading.formgrader", marks]
    return served(*command, folder=marks.parent)


@contextmanager
def page_of(address):
    """A page of Chromium's that may not leave this machine; no script of a student's may run."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.route(
            lambda url: not url.startswith((address, "data:", "file:")),
            lambda route: route.abort(),  # MathJax: formulas stay as they are typed
        )
        alerts = []
        page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
        yield page
        assert not alerts


def grades(marks):
    """{student: row of grades.csv} of a3."""
    with (marks / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file) if row["assignment"] == "a3"}


def mark_by_hand(page, address, student, points, comment):
    """Find the student's text on the teacher's page, and give it points and a comment."""
    page.goto(f"{address}/formgrader/gradebook")
    for link in ("a3", "a3"):  # the assignment, then its one notebook
        page.locator("table").get_by_role("link", name=link, exact=True).click()
    expect(page.get_by_role("link", name="Submission #1")).to_be_visible()
    page.get_by_role("button", name="Show All Names").click()
    page.get_by_role("link", name=student, exact=True).click()
    page.wait_for_load_state("networkidle")  # points and comments come after the page
    page.locator("#explain").fill(str(points))
    with page.expect_response(lambda answer: "/api/grade/" in answer.url and answer.ok):
        page.locator("#explain").press("Tab")
    page.locator("#explain-comment").fill(comment)
    with page.expect_response(lambda answer: "/api/comment/" in answer.url and answer.ok):
        page.locator("#explain-comment").blur()


def test_a_full_round(bubblewrap, tmp_path):
    released = {file.name for file in (assignments.FOLDER / "release" / "a3").iterdir()}
    assert released == {"a3.ipynb", "a3.zh-CN.ipynb"}
    log10 = local.cases("a3")["log10"][0]
    export = test_intake.laid_out(
        tmp_path / "export.zip",
        {
            "Anna Müller_11_assignsubmission_file_/a3.ipynb": local.handed_in(
                "a3", {}, text="t is 0 elsewhere."
            ),
            "Ben_12_assignsubmission_file_/a3.ipynb": local.handed_in(
                "a3", log10, text=test_intake.ACTIVE
            ),
            "王小明_13_assignsubmission_file_/a3.zh-CN.ipynb": local.handed_in(
                "a3", {"cross_entropy": FAILING}, "zh", "只看正确类别。"
            ),
        },
    )
    marks = tmp_path / "marks"
    main("a3", export, marks)
    scores = {student: row["raw_score"] for student, row in grades(marks).items()}
    assert scores == {"Anna-Müller_11": "8.0", "Ben_12": "7.0", "王小明_13": "3.0"}
    assert {row["score"] for row in grades(marks).values()} == {""}  # the texts wait
    assert "texts to grade by hand: 3" in (marks / "a3-report.md").read_text("utf-8")
    assert "t multiplies all other terms by 0" in (marks / "a3-marking-guide.md").read_text("utf-8")
    assert marks.stat().st_mode & 0o077 == 0  # names and marks are nobody else's

    with formgrader(marks) as address, page_of(address) as page:
        mark_by_hand(page, address, "Ben_12", 1.5, COMMENT)
        assert page.locator("img").count() == 0
        expect(page.locator("body")).to_contain_text("< script>alert(1)")
        assert page.locator("a[href^='javascript'], a[href^='data:text']").count() == 0
        page.screenshot(path=tmp_path / "formgrader.png", full_page=True)
        main("a3", None, marks)
        page.goto((marks / "feedback" / "Ben_12" / "a3" / "a3.html").as_uri())
        expect(page.locator("body")).to_contain_text(COMMENT)
        assert page.locator("a[href^='javascript'], a[href^='data:text']").count() == 0
        page.screenshot(path=tmp_path / "feedback.png", full_page=True)

    assert grades(marks)["Ben_12"]["score"] == "8.5"
    assert grades(marks)["Ben_12"]["comments"] == COMMENT
    assert "texts to grade by hand: 2" in (marks / "a3-report.md").read_text("utf-8")


def test_feedback_teaches_and_gives_nothing_away(bubblewrap, tmp_path):
    answers = local.cases("a3")["log10"][0] | {"probability": FAILING.replace("cross_e", "probab")}
    answers |= {"ceiling": "def ceiling(delta):\n    return 1"}
    laid = test_intake.laid_out(
        tmp_path / "in", {"ben.ipynb": local.handed_in("a3", answers, text="?")}
    )
    main("a3", laid, tmp_path / "marks")
    page = (tmp_path / "marks" / "feedback" / "ben" / "a3" / "a3.html").read_text("utf-8")
    shown = re.sub(r"(?s)<(style|script).*?</\1>|<[^>]+>", "", page)
    assert "✗ The logarithm is the natural one" in shown  # what was not right
    assert "✓ The worse the prediction, the higher the loss." in shown  # what was
    assert "This is the logarithm to base ten" in shown  # the mistake, by its name
    assert "Traceback" not in shown and shown.count("y = y + 0") == 50  # in the answer, once
    hidden = (assignments.FOLDER / "a3.py").read_text("utf-8")
    code = [
        line.strip() for line in hidden.splitlines() if re.match(r"    (return|[a-z]+ =)", line)
    ]
    solutions = ["-np.log(delta)", "np.exp(-loss)", "1 point</strong> for", "Well argued"]
    assert len(code) > 10
    assert not [line for line in [*code, *solutions] if line in shown or line in page]
