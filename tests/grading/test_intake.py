"""Whose file is it, which of several counts, and what a student's text may hold."""

import io
import os
import re
import zipfile

import nbformat
import pytest
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from tests.grading import bad_submissions
from tools.grading import intake, rebuild

NOTEBOOK = bad_submissions.TEXT.encode()

EXPORTS = {
    "Moodle, a folder each": {
        "Anna Müller_123_assignsubmission_file_/a3.ipynb": "Anna-Müller_123",
        "王小明_124_assignsubmission_file_/作业3.ipynb": "王小明_124",
        "O'Brien, Tom_125_assignsubmission_file/loesung.ipynb": "O-Brien-Tom_125",
    },
    "Moodle, all in one": {
        "Anna Müller_123_assignsubmission_file_a3.ipynb": "Anna-Müller_123",
        "王小明_124_assignsubmission_file_a3 (2).ipynb": "王小明_124",
    },
    "Canvas": {
        "muelleranna_9345_678901_a3.ipynb": "muelleranna_9345",
        "obrientom_LATE_9346_678902_a3-1.ipynb": "obrientom_9346",
        "王小明_9347_678903_a3.ipynb": "王小明_9347",
    },
    "a folder each": {"anna/a3.ipynb": "anna", "王小明/my work.ipynb": "王小明"},
    "a folder each, in a folder": {"Class 3b/anna/a3.ipynb": "anna", "Class 3b/ben/x.ipynb": "ben"},
    "files in a folder": {"Class 3b/anna.ipynb": "anna", "Class 3b/王小明.ipynb": "王小明"},
    "no names": {"a3.ipynb": "a3.ipynb", "a3 (1).ipynb": "a3-1-.ipynb"},
    "letters with marks": {
        "Mu\u0308ller.ipynb": "Müller",
        "रिया.ipynb": "रिया",
        "रीया.ipynb": "रीया",
    },
    "files by name": {
        "anna.ipynb": "anna",
        "a3_ben.ipynb": "ben",
        "A3 - carla (1).ipynb": "carla",
        "dora-a3-final.ipynb": "dora",
        "王小明 a3 副本.ipynb": "王小明",
        "erik.a3.zh-CN.ipynb": "erik",
        "fay.ipynb.txt": "fay",
    },
}


def laid_out(target, files):
    """The files as a folder, or as a zip when `target` ends so."""
    if target.suffix == ".zip":
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
    else:
        for name, content in files.items():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(content)
    return target


@pytest.mark.parametrize("target", ["export", "export.zip"])
@pytest.mark.parametrize("export", EXPORTS)
def test_names_of_students_are_found(export, target, tmp_path):
    source = laid_out(tmp_path / target, dict.fromkeys(EXPORTS[export], NOTEBOOK))
    submissions = intake.collect(source, "a3")
    assert {one.student for one in submissions} == set(EXPORTS[export].values())
    assert all(one.content == NOTEBOOK and not one.notes for one in submissions)


def test_what_computers_leave_behind_is_nobodys(tmp_path):
    left = ["__MACOSX/._anna.ipynb", ".DS_Store", "anna/.ipynb_checkpoints/a3.ipynb", "Thumbs.db"]
    source = laid_out(
        tmp_path / "x", dict.fromkeys([*left, "anna/a3.ipynb", "ben/a3.ipynb"], b"{}")
    )
    assert [one.file for one in intake.collect(source, "a3")] == ["anna/a3.ipynb", "ben/a3.ipynb"]


def test_of_two_files_the_newer_notebook_counts_and_the_teacher_is_told(tmp_path):
    names = ["anna/first.ipynb", "anna/a.ipynb", "anna/notes.pdf", "ben/a3.ipynb"]
    source = laid_out(tmp_path / "export", {name: name.encode() for name in names})
    for age, name in enumerate(reversed(names)):
        os.utime(source / name, (1e9 - age, 1e9 - age))
    os.utime(source / "anna/first.ipynb", (2e9, 2e9))
    anna, ben = intake.collect(source, "a3")
    assert (anna.file, ben.file) == ("anna/first.ipynb", "ben/a3.ipynb")
    assert anna.notes == ["3 files handed in, the newest is graded: anna/first.ipynb"]
    assert not ben.notes


def test_a_students_own_zip_is_opened(tmp_path):
    own = {
        "Anna_1_assignsubmission_file_/all of it.zip": bad_submissions.zipped(**{"deep/a3": "{}"})
    }
    own["Ben_2_assignsubmission_file_/photos.zip"] = b"PK\3\4 no zip"
    anna, ben = intake.collect(laid_out(tmp_path / "export.zip", own), "a3")
    assert (anna.student, anna.content) == ("Anna_1", b"{}")
    with pytest.raises(intake.Unreadable, match="zip or Word file"):
        intake.cells_of(ben.content)


@pytest.mark.parametrize(
    ("file", "student"),
    [("anna.zip", "anna"), ("mueller_9345_678901_a3.zip", "mueller_9345"), ("a/b.zip", "a")],
)
def test_a_zip_belongs_to_whom_its_own_name_says(file, student, tmp_path):
    own = bad_submissions.zipped(**{"a3": "{}", "zoe/a3": "{}", "../../up": "{}"})
    (found,) = intake.collect(laid_out(tmp_path / "export.zip", {file: own}), "a3")
    assert (found.student, found.content) == (student, b"{}")


@pytest.mark.parametrize("coding", ["utf-8", "gbk"])
def test_chinese_names_in_a_zip_that_does_not_say_its_letters(coding, tmp_path):
    raw = "王小明".encode(coding)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x" * len(raw) + ".ipynb", NOTEBOOK)
        archive.writestr("M\x7fller.ipynb", NOTEBOOK)
    content = file.getvalue().replace(b"x" * len(raw), raw).replace(b"M\x7fller", b"M\x81ller")
    (tmp_path / "export.zip").write_bytes(content)
    names = {one.student for one in intake.collect(tmp_path / "export.zip", "a3")}
    assert names == {"王小明", "Müller"}


def test_a_name_leads_nowhere_else(tmp_path):
    names = ["../../etc/a3.ipynb", "..\\up.ipynb", "a, b; | c/a3.ipynb"]
    source = laid_out(tmp_path / "x.zip", dict.fromkeys(names, NOTEBOOK))
    assert [one.student for one in intake.collect(source, "a3")] == ["a-b-c"]


@pytest.mark.parametrize("names", [("O'Brien", "O Brien"), ("🦊", "🐱")])
def test_two_students_are_never_taken_for_one(names, tmp_path):
    source = laid_out(tmp_path / "x.zip", {f"{name}.ipynb": NOTEBOOK for name in names})
    with pytest.raises(ValueError, match=r"would both be the student .*: give one"):
        intake.collect(source, "a3")


def test_a_long_name_is_cut(tmp_path):
    source = laid_out(tmp_path / "x.zip", {f"{'王' * 300}.ipynb": NOTEBOOK})
    assert [one.student for one in intake.collect(source, "a3")] == ["王" * 60]


def test_links_are_not_followed_and_locked_files_stop_nothing(tmp_path):
    (tmp_path / "secret").write_bytes(b"password")
    source = laid_out(tmp_path / "export", {"anna/a3.ipynb": NOTEBOOK})
    for name, target in {"ben.ipynb": "secret", "carl": "", "dora.ipynb": "nowhere"}.items():
        (source / name).symlink_to(tmp_path / target)
    found = {one.student: one.content for one in intake.collect(source, "a3")}
    assert found == {"anna": NOTEBOOK, "ben": b"", "carl": b"", "dora": b""}


@pytest.mark.parametrize("what", ["nothing", "an empty folder", "a text", "a broken zip"])
def test_a_wrong_from_says_what_is_wanted(what, tmp_path):
    source = tmp_path / "from"
    if what == "an empty folder":
        source.mkdir()
    elif what == "a text":
        source.write_text("a3", "utf-8")
    elif what == "a broken zip":
        source.write_bytes(bad_submissions.damaged([(b"PK\1\2", 0, 1)]))
    with pytest.raises(ValueError, match="FROM= names what was exported"):
        intake.collect(source, "a3")


ACTIVE = """<script>alert(1)</script> <img src=x onerror=alert(1)> <b>bold</b> </div>
[link](javascript:alert(1)) [link](java&#115;cript&colon;alert(1)) [data](data:text/html,x)
![picture](https://example.org/seen.png) <javascript:alert(1)> $\\href{javascript:alert(1)}{x}$
[link](javascript\\:alert(1)) !![picture](https://example.org/seen.png) [a]: file\\:///etc/passwd
$\\style{background: url(https://example.org)}{x} \\def\\l#1{\\href{java#1:alert(1)}{x}}$"""


def test_nothing_active_is_left_of_a_text():
    calm = intake.sanitize_markdown(ACTIVE)
    for active in ("<s", "<i", "<b", "</", "<j", "script:", "data:", "![", "&#", "&c"):
        assert active not in calm
    for active in ("\\:", "\\href", "\\style"):
        assert active not in calm
    page = markdown2html_mistune(calm)
    assert "<img" not in page and not re.search('href="(?!#)', page.replace("https:", "#"))
    assert intake.sanitize_markdown(r"$\hrefs \classy$ is $E = \frac{1}{2}$") == (
        r"$\hrefs \classy$ is $E = \frac{1}{2}$"
    )
    assert intake.sanitize_markdown("0.4² = 0.16 < 1, a < b & c") == "0.4² = 0.16 < 1, a < b & c"


def test_a_text_typed_beside_its_place_is_found():
    notebook = nbformat.reads(bad_submissions.TEXT, 4)
    here = next(
        i for i, cell in enumerate(notebook.cells) if bad_submissions.marked(cell) == "explain"
    )
    typed = nbformat.v4.new_markdown_cell("Squares grow faster.")
    before, after = notebook.cells[:here], notebook.cells[here + 1 :]
    question = nbformat.from_dict({**before[-1], "source": f"{before[-1].source}\n{typed.source}"})
    for cells in (
        [*before, notebook.cells[here], typed, *after],
        [*before, typed],
        [*before[:-1], question, notebook.cells[here]],
    ):
        content = nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()
        rebuilt, _, _ = rebuild.rebuild("a2", intake.cells_of(content))
        (text,) = [c.source for c in rebuilt.cells if bad_submissions.marked(c) == "explain"]
        assert text == "Squares grow faster."
