"""Every submission of the corpus through the real thing: intake, sandbox, gradebook, feedback.

For each it is known what it deserves. One class an assignment; a2 has the bad submissions, too.
"""

import re

import nbformat
import psutil
import pytest
from nbgrader.api import Gradebook

from tests.grading import bad_submissions, local
from tools import assignments
from tools.grading.grade import main


def solved(name, answers):
    """A submission with the solution, but for these answers."""
    return "submission.ipynb", local.handed_in(name, answers)


# test_assignments.py looks at all cases in this process; here are a few of each assignment.
CORPUS = {
    (name, what): (*solved(name, answers), lost)
    for name in assignments.NAMES
    for what, (answers, lost) in list(local.cases(name).items())[1:5]
}
CORPUS |= {("a2", what): handed_in for what, handed_in in bad_submissions.FILES.items()}
CORPUS |= {
    ("a2", what): (*solved("a2", answers), lost)
    for what, (answers, lost) in bad_submissions.HOSTILE.items()
}


ENGLISH = r"[a-z]{2,} [a-z]{2,} [a-z]{2,}"  # of a sentence


def student(what):
    """A name that stays what it is on the way through the intake."""
    return "".join(c if c.isalnum() else "-" for c in what).strip("-")


@pytest.fixture(scope="module")
def marks(bubblewrap, impatient, tmp_path_factory):
    """The teacher's folder after all classes were graded."""
    marks = tmp_path_factory.mktemp("marks")
    for name in assignments.NAMES:
        folder = tmp_path_factory.mktemp(name)
        for (assignment, what), (file, content, _) in CORPUS.items():
            if assignment == name:
                (folder / student(what)).mkdir()
                (folder / student(what) / file).write_bytes(content)
        main(name, folder, marks)
    return marks


@pytest.mark.parametrize(("name", "what"), CORPUS)
def test_it_gets_what_it_deserves(name, what, marks):
    lost, properties = CORPUS[name, what][2], assignments.properties_of(name)
    notebook = nbformat.read(marks / "autograded" / student(what) / name / f"{name}.ipynb", 4)
    told = "\n".join(
        output.text
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream"
    )
    failed = {
        f"{one.answer}.{one.name}"
        for one in properties
        if f"✗ {one.en}" in told or f"✗ {one.zh}" in told
    }
    deserved = sum(one.points for one in properties if f"{one.answer}.{one.name}" not in lost)
    with Gradebook(f"sqlite:///{marks}/gradebook.db") as gradebook:
        score = gradebook.find_submission(name, student(what)).score
    assert score == deserved, notebook.metadata["notes"]
    assert "broke off" not in str(notebook.metadata["notes"])
    assert failed == lost or (not failed and "unreadable" in str(notebook.metadata["notes"]))


def test_the_corpus_is_large_and_everybody_has_feedback(marks):
    assert len(CORPUS) >= 60
    pages = {page.parts[-3:-1] for page in marks.glob("feedback/*/*/*.html")}
    assert pages == {(student(what), name) for name, what in CORPUS}


def test_the_teacher_is_told_what_was_stopped(marks):
    report = (marks / "a2-report.md").read_text("utf-8")
    for what, why in {
        "never ends": "ran for more than 4 s",
        "cell after cell that sleeps": "all in all it ran for more than 12 s",
        "6 GB": "",  # one process may not even ask for it
        "a fork bomb": "more than 64 processes",
        "kills its kernel": "the kernel ended",
        "floods the output": "stopped",
    }.items():
        (line,) = [line for line in report.splitlines() if line.startswith(f"| {student(what)} |")]
        assert why in line, line


def test_the_report_speaks_one_language(marks):
    for file, others in {"a2-report.md": "[一-鿿]", "a2-report.zh-CN.md": ENGLISH}.items():
        table = (marks / file).read_text("utf-8").rpartition("## ")[2].splitlines()[4:]
        notes = [line.split(" | ", 3)[3] for line in table]
        said = [re.sub(r"'[^']*'", "", note) for note in notes]
        assert len([one for one in said if one.strip(" |")]) >= 20
        assert not [one for one in said if re.search(others, one)]


def test_nothing_of_a_submission_survives(marks):
    alive = [" ".join(p.info["cmdline"] or []) for p in psutil.process_iter(["cmdline"])]
    assert not [line for line in alive if "survivor-a2" in line]
    ours = psutil.Process().children(recursive=True)
    assert not [one for one in ours if "bwrap" in one.name()]


def test_nothing_active_reaches_the_teacher_or_the_student(marks):
    for graded in marks.glob("autograded/*/*/*.ipynb"):
        for cell in nbformat.read(graded, 4).cells:
            assert "text/html" not in str(cell.get("outputs"))
            assert cell.cell_type == "code" or "<script" not in cell.source
    pages = [page.read_text("utf-8") for page in marks.glob("feedback/*/*/*.html")]
    assert not [page for page in pages if "<script>alert" in page]
    assert "<script" not in (marks / "a2-report.md").read_text("utf-8")
