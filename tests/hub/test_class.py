"""A class on a hub, from the first log-in to the feedback; the tests go on from one another."""

import json
import os
import re
import subprocess
import sys
import sysconfig

import nbformat
import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.steps import run_all, save, slides, type_and_run
from tests.grading import local
from tests.lessons import notebook, panels_in
from tools.run import ROOT

START, OTHER = (f"notebooks/{notebook(name).name}" for name in ("start_here", "gradient"))
QUESTION = 'answer = None\ncheck("practice", answer)'


def cell_with(page, text):
    """The code cell that holds this text."""
    cell = page.locator(".jp-CodeCell").filter(has_text=text).first
    cell.scroll_into_view_if_needed()
    return cell


def replace_code(page, cell, code):
    cell.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)
    page.keyboard.press("ControlOrMeta+Enter")


def is_open(page, path):
    """Wait until this notebook is open and has a kernel."""
    page.wait_for_url(f"**/lab/tree/lessons/{path}", timeout=120_000)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    page.get_by_text("| Idle").wait_for(timeout=60_000)


@pytest.fixture(scope="package")
def bo(page_of, a_class):
    """Bo, who has opened the link in English, moved the panel and answered the check."""
    page = page_of("bo", a_class.links["English"])
    is_open(page, START)
    run_all(page, panels_in(notebook("start_here")))
    slides(page)
    cell = cell_with(page, 'check("practice"')
    replace_code(page, cell, QUESTION.replace("None", "0.7"))
    expect(cell.locator(".jp-OutputArea")).to_contain_text("✓")
    save(page)
    return page


def add_sentence(notebook):
    notebook.cells[0].source += "\n\nCorrected by the teacher."


def correct(notebook):
    """Changes in three places; Bo has changed two of them, an answer and its output, as well."""
    add_sentence(notebook)
    question = next(cell for cell in notebook.cells if QUESTION in cell.source)
    question.source = question.source.replace("None", "None  # between 0 and 1")
    question.outputs[0].text = "printed in another version\n"


def test_a_correction_comes_and_the_work_of_a_student_stands(bo, a_class):
    home = a_class.home("bo") / "lessons"
    (home / OTHER).unlink()
    a_class.correct(START, correct)
    a_class.correct(OTHER, add_sentence)
    bo.goto(a_class.links["English"])
    is_open(bo, START)
    expect(cell_with(bo, 'check("practice"').locator(".cm-content")).to_contain_text("answer = 0.7")
    expect(bo.locator("p").filter(has_text="Corrected by the teacher.")).to_be_visible()
    cells = nbformat.read(home / START, 4).cells
    (answered,) = (cell for cell in cells if cell.source == QUESTION.replace("None", "0.7"))
    assert answered.outputs[0].text.startswith("✓")
    assert (home / OTHER).read_text("utf-8") == (a_class.lessons / OTHER).read_text("utf-8")


@pytest.fixture(scope="package")
def cy(page_of, a_class, bo):
    """Cy, who has a file that is called as a module of Python's, has opened the link in Chinese."""
    a_class.home("cy").mkdir()
    (a_class.home("cy") / "random.py").write_text("raise SystemExit", "utf-8")
    page = page_of("cy", a_class.links["中文"])
    is_open(page, START.replace("notebooks/", "notebooks/zh-CN/"))
    return page


def test_the_link_says_the_language(cy):
    expect(cy.locator(".jp-MarkdownCell").first).to_contain_text("从这里开始")


LOOK = """
import json, os, subprocess
import numpy as np

def tried(do, *arguments):
    try:
        return do(*arguments) and "done"
    except (OSError, MemoryError) as error:
        return type(error).__name__

print(json.dumps({
    "homes": os.listdir("HOMES"),
    "hub": os.path.exists("HUB"),
    "feedback of others": os.path.exists("FEEDBACK/bo"),
    "project": sorted(os.listdir("PROJECT")),
    "processes": sum(name.isdigit() for name in os.listdir("/proc")) < 15,
    "root": os.getuid() == 0,
    "namespaces of its own": not subprocess.run(
        ["unshare", "--user", "true"], capture_output=True
    ).returncode,
    "change what was handed out": tried(open, "LESSONS/README.md", "w"),
    "change feedback": tried(open, os.path.expanduser("~/feedback/a3.html"), "w"),
    "8 GB": tried(np.ones, 10**9),
    "home": tried(open, os.path.expanduser("~/mine"), "w"),
}))
"""


def test_students_cannot_reach_what_others_have(cy, a_class):
    code = LOOK.replace("PROJECT", str(ROOT))
    for name in ("homes", "hub", "feedback", "lessons"):
        code = code.replace(name.upper(), str(a_class.folder / name))
    type_and_run(cy, code)
    output = cy.locator(".jp-CodeCell").last.locator(".jp-OutputArea-output")
    expect(output).to_contain_text("}")
    seen = json.loads(output.inner_text())
    assert seen == {
        "homes": ["cy"],
        "hub": False,
        "feedback of others": False,
        "project": [".venv-hub", "data", "helpers", "hub"],
        "processes": True,
        "root": False,
        "namespaces of its own": False,
        "change what was handed out": "OSError",
        "change feedback": "OSError",
        "8 GB": "MemoryError",
        "home": "done",
    }
    assert cy.request.get("/user/bo/api/contents").status == 403


def test_only_this_machine_reaches_it(a_class, bo):
    programs = psutil.Process(a_class.hub.pid).children(recursive=True)
    sockets = [one for each in programs for one in each.net_connections("tcp")]
    listening = {one.laddr for one in sockets if one.status == psutil.CONN_LISTEN}
    assert len(listening) >= 4  # the proxy, where it is told, the hub, the server of a student
    assert {address.ip for address in listening} == {"127.0.0.1"}


def test_only_the_list_lets_in(browser, a_class):
    page = browser.new_page(base_url=a_class.address)
    for name, password in (("dee", "not on the list"), ("bo", "not his secret")):
        page.goto("/hub/login")
        page.get_by_label("Username:").fill(name)
        page.get_by_label("Password:").fill(password)
        page.keyboard.press("Enter")
        expect(page.locator(".login_error")).to_be_visible()
    assert not a_class.home("dee").exists()


def test_the_teacher_sees_who_is_there(page_of, a_class, cy):
    page = page_of("ada", f"{a_class.address}/hub/admin")
    for name in ("ada", "bo", "cy"):
        expect(page.get_by_test_id(f"user-name-div-{name}")).to_be_visible()


def test_hand_in_be_graded_and_read_the_feedback(bo, cy, a_class, tmp_path):
    answers = local.solved("a3")[0]
    name, code = next(item for item in answers.items() if item[1].startswith("def "))
    bo.goto("/user/bo/lab/tree/lessons/assignments/a3/a3.ipynb")
    is_open(bo, "assignments/a3/a3.ipynb")
    replace_code(bo, cell_with(bo, f"def {name}("), code)
    save(bo)
    marks = tmp_path / "marks"
    source = f"{a_class.folder}/homes/{{student}}/**/a3*.ipynb"
    grade = [sys.executable, "-m", "tools.grading", "a3", "--from", source, "--marks", marks]
    programs = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])  # nbgrader's
    subprocess.run(grade, cwd=ROOT, check=True, env=os.environ | {"PATH": programs})
    for student in ("bo", "cy"):
        assert (marks / "feedback" / student / "a3" / "a3.html").exists()
    # As docs/hub.md says it.
    subprocess.run(["cp", "-r", f"{marks}/feedback/.", a_class.folder / "feedback"], check=True)
    bo.goto("/user/bo/lab/tree/feedback/a3/a3.html")
    expect(bo.frame_locator("iframe").get_by_text("✓").first).to_be_visible()


def test_the_culler_may_see_who_is_idle(a_class, bo):
    log = (a_class.folder / "hub" / "hub.log").read_text("utf-8")
    assert re.search(r"\[I .* 200 GET /hub/api/users\?.*\(idle-culler@", log)


DELETE = """name => fetch(`/hub/api/users/${name}`, {
    method: "DELETE",
    headers: {"X-XSRFToken": document.cookie.match(/_xsrf=([^;]+)/)[1]},
}).then((answer) => answer.status)"""


def test_a_forgotten_password(page_of, browser, a_class, cy):
    teacher = page_of("ada", f"{a_class.address}/hub/admin")
    assert teacher.evaluate(DELETE, "cy") == 204
    page = browser.new_page(base_url=a_class.address)
    page.goto("/hub/login?next=/hub/home")
    page.get_by_label("Username:").fill("cy")
    page.get_by_label("Password:").fill("another secret")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hub/home")
    assert (a_class.home("cy") / "lessons").exists()
