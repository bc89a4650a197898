"""Whose file is it, which of several counts, and what a student's text may hold."""

import base64
import io
import json
import os
import re
import zipfile

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from tests.grading import bad_submissions, local
from tools import assignments
from tools.grading import intake, messages, pictures, rebuild

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
    "Windows": {"a3\\anna\\a3.ipynb": "anna", "a3\\ben\\a3.ipynb": "ben"},
    "Canvas": {
        "muelleranna_9345_678901_a3.ipynb": "muelleranna_9345",
        "obrientom_LATE_9346_678902_a3-1.ipynb": "obrientom_9346",
        "王小明_9347_678903_a3.ipynb": "王小明_9347",
        "王小明2023001_9348_678904_a3.ipynb": "王小明2023001_9348",
        "smith3rdjohn_LATE_9349_678905_a3.ipynb": "smith3rdjohn_9349",
        "रियाशर्मा_9350_678906_a3.ipynb": "रियाशर्मा_9350",
        "nguye\u0302\u0303nan_9351_678907_a3.ipynb": "nguyễnan_9351",
        "van_der_berg_9352_678908_a3.ipynb": "van_der_berg_9352",
    },
    "Canvas, anonymous": {
        "anon_Ab3xY_678903_a3.ipynb": "anon_Ab3xY",
        "LATE_anon_77777_678904_a3-2.ipynb": "anon_77777",
    },
    "dates are no ids": {"2026_11_25_anna.ipynb": "2026_11_25_anna"},
    "a class in a folder": {
        "3b submissions/li_9347_678903_a3.ipynb": "li_9347",
        "3b submissions/wu_9348_678904_a3.ipynb": "wu_9348",
    },
    "Moodle in a folder": {"CS 101-4711/Anna_123_assignsubmission_file_/x.ipynb": "Anna_123"},
    "two classes": {
        "class 3a/anna.ipynb": "anna",
        "class 3a/ben/a3.ipynb": "ben",
        "class 3b/carl.ipynb": "carl",
    },
    "a class by its name": {"3b/anna.ipynb": "anna", "3b/ben.ipynb": "ben"},
    "folders in folders": {"x/anna/y.ipynb": "anna", "x/ben/z.ipynb": "ben"},
    "a folder each, own names": {"anna/mse.ipynb": "anna", "ben/loss.ipynb": "ben"},
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


def said(notes):
    return [messages.say(one, "en") for one in notes]


@pytest.mark.parametrize("target", ["export", "export.zip"])
@pytest.mark.parametrize("export", EXPORTS)
def test_names_of_students_are_found(export, target, tmp_path):
    source = laid_out(tmp_path / target, dict.fromkeys(EXPORTS[export], NOTEBOOK))
    submissions = intake.collect(source, "a3")
    assert {one.student for one in submissions} == set(EXPORTS[export].values())
    assert all(one.content == NOTEBOOK and not one.notes for one in submissions)


@pytest.mark.parametrize("top", ["", "a3\\"])
def test_the_zip_of_a_class_may_lie_alone_in_a_folder(top, tmp_path):
    (tmp_path / "in").mkdir()
    files = {f"{top}anna\\a3.ipynb": NOTEBOOK, f"{top}ben\\a3.ipynb": NOTEBOOK}
    laid_out(tmp_path / "in" / "from the platform.zip", files)
    assert [one.student for one in intake.collect(tmp_path / "in", "a3")] == ["anna", "ben"]


@pytest.mark.parametrize(
    "names",
    [
        ("anna/a3.ipynb", "anna/notebooks/lesson.ipynb"),
        ("Desktop/a3.ipynb", "backup 2/a3.ipynb"),
        ("桌面/a3.ipynb", "备份/a3.ipynb"),
    ],
)
def test_so_may_the_zip_of_a_student(names, tmp_path):
    (tmp_path / "one").mkdir()
    laid_out(tmp_path / "one" / "anna.zip", {name: solved() for name in names})
    assert [one.student for one in intake.collect(tmp_path / "one", "a3")] == ["anna"]


def test_what_computers_leave_behind_is_nobodys(tmp_path):
    left = ["__MACOSX/._anna.ipynb", ".DS_Store", "anna/.ipynb_checkpoints/a3.ipynb", "Thumbs.db"]
    left += ["anna/a3.ipynb:Zone.Identifier", "ben/Desktop.ini", "ben/._a3.ipynb", "ben/~$x.docx"]
    source = laid_out(
        tmp_path / "x", dict.fromkeys([*left, "anna/a3.ipynb", "ben/a3.ipynb"], b"{}")
    )
    found = {one.file: one.notes for one in intake.collect(source, "a3")}
    assert found == {"anna/a3.ipynb": [], "ben/a3.ipynb": []}


def test_of_two_files_the_newer_notebook_counts_and_the_teacher_is_told(tmp_path):
    names = ["anna/first.ipynb", "anna/a.ipynb", "anna/notes.pdf", "ben/a3.ipynb"]
    source = laid_out(tmp_path / "export", {name: name.encode() for name in names})
    for age, name in enumerate(reversed(names)):
        os.utime(source / name, (1e9 - age, 1e9 - age))
    os.utime(source / "anna/first.ipynb", (2e9, 2e9))
    anna, ben = intake.collect(source, "a3")
    assert (anna.file, ben.file) == ("anna/first.ipynb", "ben/a3.ipynb")
    assert said(anna.notes) == [
        "3 files handed in, the newest that is a3 is graded: anna/first.ipynb"
    ]
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
    [("anna.zip", "anna"), ("mueller_9345_678901_a3.zip", "mueller_9345"), ("a/a3.zip", "a")],
)
def test_a_zip_belongs_to_whom_its_own_name_says(file, student, tmp_path):
    own = bad_submissions.zipped(**{"a3": "{}", "zoe/a3": "{}", "../../up": "{}"})
    (found,) = intake.collect(laid_out(tmp_path / "export.zip", {file: own}), "a3")
    assert (found.student, found.content) == (student, b"{}")


@pytest.mark.parametrize(
    ("name", "coding"),
    [
        ("王小明", "utf-8"),
        ("王小明", "gbk"),
        ("喆玥堃旻祎珺", "gbk"),
        ("李𠮷", "gb18030"),
        ("Müller", "cp437"),
        ("José Muñoz", "cp437"),
    ],
)
def test_names_in_a_zip_that_does_not_say_its_encoding(name, coding, tmp_path):
    raw = f"{name}.ipynb".encode(coding)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x" * len(raw), NOTEBOOK)
    (tmp_path / "export.zip").write_bytes(file.getvalue().replace(b"x" * len(raw), raw))
    (found,) = intake.collect(tmp_path / "export.zip", "a3")
    assert found.student == name.replace(" ", "-")


def test_a_folder_with_names_in_gbk(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / os.fsdecode(b"in/" + "李玥.ipynb".encode("gbk"))).write_bytes(NOTEBOOK)
    assert [one.student for one in intake.collect(tmp_path / "in", "a3")] == ["李玥"]


def test_a_name_leads_nowhere_else(tmp_path):
    names = ["../../etc/a3.ipynb", "..\\up.ipynb", "./a, b; | c//./a3.ipynb"]
    source = laid_out(tmp_path / "x.zip", dict.fromkeys(names, NOTEBOOK))
    assert [one.student for one in intake.collect(source, "a3")] == ["a-b-c"]


@pytest.mark.parametrize("names", [("O'Brien", "O Brien"), ("3a/anna", "3b/anna"), ("x", "X")])
def test_two_students_are_never_taken_for_one(names, tmp_path):
    files = {f"class {name}.ipynb" if "/" in name else f"{name}.ipynb": NOTEBOOK for name in names}
    with pytest.raises(ValueError, match=r"would both be the student .*: give one"):
        intake.collect(laid_out(tmp_path / "x.zip", files), "a3")


@pytest.mark.parametrize(
    "names",
    [
        ("🦊", "🐱"),
        ("Anna 🦊", "Anna 🐱", "Anna"),
        (f"{'王' * 80}小", f"{'王' * 80}明"),
        ("n" * 80 + "_1_assignsubmission_file_", "n" * 80 + "_22_assignsubmission_file_"),
    ],
)
def test_names_that_no_folder_can_have_stay_apart(names, tmp_path):
    source = laid_out(tmp_path / "x.zip", {f"{name}/a3.ipynb": NOTEBOOK for name in names})
    first = [one.student for one in intake.collect(source, "a3")]
    assert len(set(first)) == len(names)
    assert all(re.fullmatch(r"[\w-]{1,60}", name) for name in first)
    if "_assignsubmission_" in names[0]:
        assert {name.rpartition("_")[2] for name in first} == {"1", "22"}  # what a roster knows
    (one,) = intake.collect(f"{source}/{{student}}/*", "a3")[:1]
    assert one.student == first[0]  # in the next run, too


def test_links_are_not_followed_and_locked_files_stop_nothing(tmp_path):
    (tmp_path / "secret").write_bytes(b"password")
    source = laid_out(tmp_path / "export", {"anna/a3.ipynb": NOTEBOOK})
    for name, target in {"ben.ipynb": "secret", "carl": "", "dora.ipynb": "nowhere"}.items():
        (source / name).symlink_to(tmp_path / target)
    found = {one.student: one.content for one in intake.collect(source, "a3")}
    assert found == {"anna": NOTEBOOK, "ben": b"", "carl": b"", "dora": b""}


UNDECIDED = {
    "class": ["sun/anna.ipynb", "sun/ben.ipynb"],
    "student": ["anna/first idea.ipynb", "anna/the other.ipynb"],
    "one": ["anna/mse.ipynb"],
    "two": ["sun/anna.ipynb", "sun/ben.ipynb", "moon/carl.ipynb", "moon/dora.ipynb"],
}


@pytest.mark.parametrize("target", ["export", "export.zip"])
@pytest.mark.parametrize("case", UNDECIDED)
def test_what_names_do_not_tell_the_teacher_is_asked(case, target, tmp_path):
    source = laid_out(tmp_path / target, dict.fromkeys(UNDECIDED[case], NOTEBOOK))
    with pytest.raises(ValueError, match="Nothing was graded") as asked:
        intake.collect(source, "a3")
    as_class, as_student = re.findall("FROM='(.*?)'", str(asked.value))
    students = {name: name.split("/")[0] for name in UNDECIDED[case]}
    assert {one.student for one in intake.collect(as_student, "a3")} == set(students.values())
    inside = {name.split("/")[1].split(".")[0].replace(" ", "-") for name in students}
    assert {one.student for one in intake.collect(as_class, "a3")} == inside


def test_the_homes_of_a_hub(tmp_path):
    names = ["anna/hw/deep/a3.ipynb", "anna/hw/a3-Copy1.ipynb", "b.c/a3.ipynb", "dora/a4.ipynb"]
    names += ["anna/.local/share/a3.ipynb", "[3b]/a3.ipynb"]
    homes = laid_out(tmp_path / "home", dict.fromkeys(names, NOTEBOOK))
    (homes / "eve").mkdir()
    (homes / "eve" / "a3.ipynb").symlink_to(homes / "anna/hw/deep/a3.ipynb")
    (homes / "eve" / "all").symlink_to(homes)
    found = {one.student: one for one in intake.collect(f"{homes}/{{student}}/**/a3*.ipynb", "a3")}
    assert list(found) == ["3b", "anna", "b.c", "eve"]
    assert found["anna"].notes and found["eve"].content == b""
    (one,) = intake.collect(f"{homes}/[3b]/{{student}}.ipynb", "a3")
    assert one.student == "a3"
    with pytest.raises(ValueError, match=r"\{student\} stands in FROM= once"):
        intake.collect(f"{homes}/{{student}}/{{student}}.ipynb", "a3")


# ------------------------------------------------------------------ which of several files


def lesson(subject="cross_entropy_error"):
    (path,) = assignments.ROOT.glob(f"notebooks/*_{subject}.ipynb")
    return path.read_bytes()


def released(name="a3"):
    return nbformat.writes(assignments.released(name, "en")).encode()


def solved(name="a3"):
    return local.handed_in(name, {})


def test_the_notebook_that_resembles_the_release_is_taken(tmp_path):
    files = {
        "anna/lesson.ipynb": lesson(),
        "anna/work.ipynb": solved(),
        "anna/a4.ipynb": solved("a4"),
    }
    source = laid_out(tmp_path / "in", files)
    os.utime(source / "anna/work.ipynb", (1e9, 1e9))  # the oldest
    (anna,) = intake.collect(source, "a3")
    assert anna.file == "anna/work.ipynb"
    assert said(anna.notes) == [
        "3 files handed in, the newest that is a3 is graded: anna/work.ipynb"
    ]


def test_of_a_zip_of_the_whole_project_the_newest_work_is_taken(tmp_path):
    own = io.BytesIO()
    with zipfile.ZipFile(own, "w") as archive:
        for name, month, content in [
            ("nn\\notebooks\\lesson.ipynb", 6, lesson()),
            ("nn\\old\\a3.ipynb", 3, solved()),
            ("nn\\a3.ipynb", 4, solved()),
            ("nn\\assignments\\release\\a3\\a3.ipynb", 5, released()),
        ]:
            archive.writestr(zipfile.ZipInfo(name, (2026, month, 1, 0, 0, 0)), content)
    source = laid_out(tmp_path / "in", {"anna.zip": own.getvalue(), "ben.ipynb": NOTEBOOK})
    assert [one.file for one in intake.collect(source, "a3")] == [
        "anna.zip/nn/a3.ipynb",
        "ben.ipynb",
    ]


def test_of_files_unpacked_at_once_the_one_named_after_the_assignment_is_taken(tmp_path):
    files = {"anna/a3.ipynb": solved(), "anna/first try.ipynb": solved()}
    source = laid_out(tmp_path / "in", files)
    os.utime(source / "anna/a3.ipynb", (1e9, 1e9))
    os.utime(source / "anna/first try.ipynb", (1e9 + 0.01, 1e9 + 0.01))
    assert [one.file for one in intake.collect(source, "a3")] == ["anna/a3.ipynb"]


def test_the_release_as_it_was_is_nobodys_work(tmp_path):
    answers = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code) for code in local.solved("a3")[0].values()]
    )
    files = {"anna/a3.ipynb": released(), "anna/mine.ipynb": nbformat.writes(answers).encode()}
    source = laid_out(tmp_path / "in", {**files, "ben/a3.ipynb": released(), "ben/b.pdf": b"%PDF"})
    os.utime(source / "anna/mine.ipynb", (1e9, 1e9))
    os.utime(source / "ben/a3.ipynb", (1e9, 1e9))
    found = [one.file for one in intake.collect(source, "a3")]
    assert found == ["anna/mine.ipynb", "ben/a3.ipynb"]


def test_handed_in_again_at_the_same_time_by_the_number(tmp_path):
    for names in (
        ["li_9347_678903_a3.ipynb", "li_LATE_9347_678993_a3-1.ipynb"],
        ["anna/a3.ipynb", "anna/a3 (2).ipynb", "anna/a3 (10).ipynb"],
        ["first/li_9347_678903_a3.ipynb", "again/li_LATE_9347_678993_a3-1.ipynb"],
    ):
        source = laid_out(tmp_path / "x.zip", dict.fromkeys(names, solved()))
        assert [one.file for one in intake.collect(source, "a3")] == names[-1:]


# ------------------------------------------------------------------ what is in a file


def text_in(coding, language="zh"):
    """The a3 notebook with a text, in an encoding."""
    notebook = local.filled("a3", {}, language)
    notebook.cells[-1].source = {"zh": "只看正确类别。", "en": "Müller – “größer” é"}[language]
    text = nbformat.writes(notebook)
    return text.encode(coding, "replace" if coding == "cp1252" else "strict")


@pytest.mark.parametrize(
    ("coding", "language"),
    [
        ("gbk", "zh"),
        ("gb18030", "zh"),
        ("utf-8-sig", "zh"),
        ("utf-16", "zh"),
        ("utf-16-le", "zh"),
        ("utf-16-be", "zh"),
        ("utf-32", "zh"),
        ("cp1252", "en"),
    ],
)
def test_a_notebook_in_another_encoding(coding, language):
    last = intake.cells_of(text_in(coding, language))[-1].source
    assert last == {"zh": "只看正确类别。", "en": "Müller – “größer” é"}[language]


def test_markers_of_a_merge_conflict_are_named():
    lines = NOTEBOOK.splitlines(keepends=True)
    merged = [*lines[:9], b"<<<<<<< HEAD\n", *lines[9:12], b"=======\n", b">>>>>>> origin/main\n"]
    with pytest.raises(intake.Unreadable, match="two versions that Git could not merge"):
        intake.cells_of(b"".join([*merged, *lines[12:]]))


PICTURE = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(150_000)).decode()  # 200 kB


def with_text(text, attachments=None):
    """The bytes of a3 with that text, and pictures that were pasted into it."""
    raw = json.loads(solved())
    for cell in raw["cells"]:
        if bad_submissions.marked(cell) == "explain":
            cell["source"] = text
            cell["attachments"] = attachments or {}
    return json.dumps(raw).encode()


def rebuilt(content):
    """(the cell of the text in the rebuilt notebook, notes)"""
    notes = []
    cells = intake.cells_of(content, notes)
    notebook, _ = rebuild.rebuild("a3", cells, "en")
    pictures.attach(notebook, cells)
    nbformat.validate(notebook)
    return notebook.cells[-1], said(notes)


@pytest.mark.parametrize(
    ("text", "attachments"),
    [
        ("See ![my photo](attachment:photo.png)!", {"photo.png": {"image/png": PICTURE}}),
        ("![a](attachment:my%20photo.png)", {"my photo.png": {"image/png": PICTURE}}),
        ("![a](attachment:photo(1).png)", {"photo(1).png": {"image/png": [PICTURE, "\n"]}}),
        ('<img src="attachment:p.png" width="200">', {"p.png": {"image/png": PICTURE}}),
        (f"![from Colab](data:image/png;base64,{PICTURE})", {}),
    ],
)
def test_a_picture_in_a_text_is_shown(text, attachments):
    cell, notes = rebuilt(with_text(text, attachments))
    page, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert f'src="data:image/png;base64,{PICTURE}"' in page and not notes
    assert "photo.png)" not in cell.source  # no name of a student's


@pytest.mark.parametrize(
    ("text", "attachments", "note"),
    [
        ("![a](attachment:gone.png)", {}, "could not be read"),
        ("![a](attachment:a.svg)", {"a.svg": {"image/svg+xml": "<svg/>"}}, "could not be read"),
        ("![a](attachment:a.png)", {"a.png": {"image/png": '"><script>'}}, "could not be read"),
        ("![a](attachment:a.png)", {"a.png": ["no", "picture"]}, "could not be read"),
        ("![a](attachment:a.png)", {"a.png": {"image/png": "A" * 8_000_001}}, "more than 6 MB"),
        ("![a](attachment:0123456789abcdef)", {}, "could not be read"),
        (f"![{'a' * 400}](attachment:0123456789abcdef)", {}, ""),
        ("![a](https://example.org/seen.png)", {}, ""),
    ],
)
def test_what_is_no_picture_is_not_shown(text, attachments, note):
    cell, notes = rebuilt(with_text(text, attachments))
    assert "![" not in cell.source and "attachments" not in cell
    assert "<img" not in markdown2html_mistune(cell.source)
    assert [note in one for one in notes] == [True] * bool(note)


def test_what_takes_long_to_convert_is_cut_and_the_teacher_is_told():
    cell, (note,) = rebuilt(with_text(f"Before{' ' * 145_000}after."))
    assert cell.source == f"Before{' ' * 100}after."
    assert note == "144,900 letters or spaces too many in texts were left out: see submitted/"
    cell, notes = rebuilt(with_text("\\(" * 50_000))
    assert len(cell.source) < 11_000 and len(notes) == 1
    many = json.loads(solved())
    many["cells"] += [{"cell_type": "markdown", "source": "a" * 9_000, "metadata": {}}] * 12
    cell, notes = rebuilt(json.dumps(many).encode())
    assert len(cell.source) < 11_000 and len(notes) == 1  # all of them became one text


# ------------------------------------------------------------------ FROM=


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
        rebuilt, _ = rebuild.rebuild("a2", intake.cells_of(content), "en")
        (text,) = [c.source for c in rebuilt.cells if bad_submissions.marked(c) == "explain"]
        assert text == "Squares grow faster."
