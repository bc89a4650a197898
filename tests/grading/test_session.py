"""What was written is what is marked: submissions of a3 that are right, in unusual places.

Each goes the whole way of one submission: rebuilt, run in the sandbox, marked.
"""

import re

import nbformat
import pytest

from tests import lessons
from tests.grading import local
from tools import assignments
from tools.grading import grade, intake, messages
from tools.grading.sandbox import Sandbox

pytestmark = pytest.mark.usefixtures("bubblewrap", "impatient")
ANSWERS = local.solved("a3")[0]
ENDLESS = "def ceiling(delta):\n    while True: pass"
TEXT = "Cross-entropy looks at the true class only."
FULL = {"cross_entropy": 5, "ceiling": 1, "probability": 1, "prediction": 1}


def code(source):
    return nbformat.v4.new_code_cell(source)


def cell_of(notebook, name):
    """The cell of the release with this id of nbgrader's."""
    (found,) = [
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    ]
    return found


def put(notebook, name, *cells, after=True):
    """Put new cells beside the one of this name."""
    at = notebook.cells.index(cell_of(notebook, name)) + after
    notebook.cells[at:at] = cells


def graded(notebook, assignment="a3"):
    """(points of each answer, notes, the text that waits for the teacher, the notebook)"""
    content = nbformat.writes(notebook).encode()
    found = grade.grade(intake.Submission("anna", "a3.ipynb", content), assignment, "seed", False)
    points = {name.removeprefix("check-"): number for name, number in found.points.items()}
    (text,) = [
        c.source for c in found.notebook.cells if c.metadata.get("role", {}).get("kind") == "text"
    ]
    return points, [messages.say(one, "en") for one in found.notes], text, found.notebook


def solved(language="en", **answers):
    return local.filled("a3", answers, language, TEXT)


AGAIN = {
    "assigned": "probability = probability(0.7)\nprediction = np.array([0.1, 0.9])",
    "a loop": "for probability in (0.1, 0.9):\n    print(probability)",
    "a comprehension in a walrus": "[(probability := p) for p in (0.1, 0.9)]",
    "a tuple": "(ceiling, probability), cross_entropy = (1, 2), 3",
    "an import": "from math import log as probability\nimport json as cross_entropy",
    "deleted": "del probability, cross_entropy",
    "what it calls": "np = None",
    "ends the kernel": "import os\nos._exit(1)",
}


@pytest.mark.parametrize("how", AGAIN)
def test_nothing_that_runs_later_takes_points_away(how):
    notebook = solved()
    put(notebook, "check-prediction", code(AGAIN[how]))
    points, notes, _, _ = graded(notebook)
    assert points == FULL
    assert bool(notes) == (how == "ends the kernel")


def test_a_name_that_its_own_cell_uses_again_is_still_the_functions():
    notebook = solved(probability=f"{ANSWERS['probability']}\nprobability = probability(0.7)")
    put(notebook, "check-probability", code("assert 0 < probability < 1\nprint('a number')"))
    points, notes, _, rebuilt = graded(notebook)
    assert points == FULL
    assert (
        "probability: its own cell gives the name to something else; the function counts" in notes
    )
    shown = [one.get("text") for cell in rebuilt.cells for one in cell.get("outputs", [])]
    assert "a number\n" in shown  # what runs below finds its number


def test_all_written_in_one_cell_at_the_end_counts_and_is_said():
    notebook = assignments.released("a3", "en")
    used_again = code("cross_entropy = probability = ceiling = prediction = 3")
    notebook.cells += [code("\n\n".join(ANSWERS.values())), used_again]
    points, notes, _, _ = graded(notebook)
    assert points == FULL
    for name in ANSWERS:
        assert f"{name}: nothing at its check cell; what stands below it counts" in notes
    assert "ceiling: its check said ✗, but it has all points" in notes


def test_all_written_in_one_cell_at_the_top_counts():
    notebook = assignments.released("a3", "en")
    put(notebook, "cross_entropy", code("\n\n".join(ANSWERS.values())), after=False)
    assert graded(notebook)[0] == FULL


def test_an_answer_below_its_stub_counts():
    notebook = solved(ceiling=cell_of(assignments.released("a3", "en"), "ceiling").source)
    put(notebook, "ceiling", code(ANSWERS["ceiling"]))
    points, notes, _, rebuilt = graded(notebook)
    assert points == FULL and notes == []
    assert cell_of(rebuilt, "ceiling").source == ANSWERS["ceiling"]


def test_a_helper_that_stands_further_down_is_found():
    notebook = solved(ceiling="def ceiling(delta):\n    return minus_log(delta)")
    notebook.cells.append(code("def minus_log(p):\n    return -np.log(p)"))
    assert graded(notebook)[0] == FULL


def test_a_wrong_answer_at_its_check_is_not_replaced_by_one_below():
    notebook = solved(cross_entropy="def cross_entropy(y, t):\n    return t @ np.log(y)")
    notebook.cells.append(code(ANSWERS["cross_entropy"]))
    points, notes, _, _ = graded(notebook)
    assert 0 < points["cross_entropy"] < 5
    assert any("written once more below its check cell" in note for note in notes)


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("fence", ["{}", "```python\n{}\n```"])
@pytest.mark.parametrize("marked", [True, False])
def test_code_in_a_cell_of_another_type_is_code(kind, fence, marked):
    notebook = solved()
    source = fence.format(ANSWERS["ceiling"])
    place = notebook.cells.index(cell_of(notebook, "ceiling"))
    make = {"markdown": nbformat.v4.new_markdown_cell, "raw": nbformat.v4.new_raw_cell}[kind]
    metadata = notebook.cells[place].metadata if marked else {}
    notebook.cells[place] = make(source, metadata=metadata)
    points, notes, _, _ = graded(notebook)
    assert points == FULL
    assert notes == [f"ceiling: written in a {kind} cell, taken as code"]


@pytest.mark.parametrize("text", [TEXT, "# only a comment", '"""In quotes."""'])
@pytest.mark.parametrize("kind", ["code", "raw"])
@pytest.mark.parametrize("marked", [True, False])
def test_a_text_in_a_cell_of_another_type_waits_for_the_teacher(kind, text, marked):
    notebook = solved()
    make = {"code": nbformat.v4.new_code_cell, "raw": nbformat.v4.new_raw_cell}[kind]
    metadata = notebook.cells[-1].metadata if marked else {}
    notebook.cells[-1] = make(text, metadata=metadata)
    points, notes, found, rebuilt = graded(notebook)
    assert points == FULL and found == text
    assert notes == [f"explain: written in a {kind} cell, taken as text"]
    assert rebuilt.cells[-1].cell_type == "markdown"


AS_GOOD_AS_A_NUMBER = {
    "np.array({})": True,
    "np.array({}, dtype=object)": True,
    "np.float32({})": True,
    "np.ma.array({})": True,
    "Fraction(float({}))": True,
    "Decimal(float({}))": True,
    "type('Loss', (), {{'__float__': lambda self: float({})}})()": True,
    "np.array([{}])": True,
    "np.array([[{}]])": True,
    "type('Loss', (), {{'__array__': lambda self, *_, **__: np.array({})}})()": True,
    "str({})": False,
    "np.str_({})": False,
    "[{}]": False,
    "np.array([{}], dtype=object)": False,
    "complex({})": False,
    "({} for _ in range(1))": False,
    "None": False,
}


@pytest.mark.parametrize("form", AS_GOOD_AS_A_NUMBER)
def test_feedback_and_marks_agree_on_what_a_number_is(form, box):
    box.run(f"def ceiling(delta):\n    return {form.format('-np.log(delta)')}")
    (said,) = box.run("check('a3-ceiling', ceiling)")
    (at_zero,) = [one for one in assignments.properties_of("a3") if one.answer == "ceiling"]
    assert at_zero.result(box.function("ceiling"), "seed").holds == AS_GOOD_AS_A_NUMBER[form]
    assert said.text.startswith("✓") == AS_GOOD_AS_A_NUMBER[form]


@pytest.fixture(scope="module")
def box():
    """A sandbox for several questions."""
    with Sandbox(float("inf")) as box:
        box.run(local.solved("a3")[1])
        box.run("from decimal import Decimal\nfrom fractions import Fraction")
        yield box


def test_an_answer_that_never_ends_is_asked_once():
    points, notes, _, rebuilt = graded(solved(ceiling=ENDLESS))
    assert points == FULL | {"ceiling": 0}
    assert [note for note in notes if "ceiling" in note and "took" in note] == [
        "ceiling: stopped: it took more than 2 s"
    ]
    told = "".join(one.get("text", "") for one in cell_of(rebuilt, "check-ceiling").outputs)
    assert "  stopped: it took more than 2 s" in told


def test_a_chinese_page_says_in_chinese_what_was_stopped():
    notebook = solved("zh", ceiling=ENDLESS, probability="def probability(E):\n    yield E")
    added = {"while True: pass": "已停止：运行超过 4 秒", "print('x\\n' * 200_000)": "其余输出略去"}
    put(notebook, "check-prediction", *map(code, added))
    _, _, _, rebuilt = graded(notebook)
    said = {
        cell.source: "".join(one.get("text", "") for one in cell.outputs[-1:])
        for cell in rebuilt.cells
        if cell.cell_type == "code"
    }
    assert all(text in said[source] for source, text in added.items())
    assert "已停止：调用超过 2 秒" in said[cell_of(notebook, "check-ceiling").source]
    assert "generator 既不是数" in said[cell_of(notebook, "check-probability").source]
    assert not re.findall("[a-z]{2,} [a-z]{2,} [a-z]{2,}", "".join(said.values()))


def test_the_report_says_when_feedback_and_marks_differ():
    true_class = "def cross_entropy(y, t):\n    return -np.log(y[np.argmax(t)] + 1e-7)"
    points, notes, _, _ = graded(solved(cross_entropy=true_class))
    assert points == FULL | {"cross_entropy": 4}
    (note,) = notes
    assert note.startswith("cross_entropy: its check said ✓, but it lost: Soft labels count")


@pytest.mark.parametrize("said", ["✓", "✗", "○"])
def test_the_report_says_when_feedback_was_another_before_it_was_handed_in(said):
    broken = {
        "ceiling": "def ceiling(delta):\n    return minus_log(delta)"
    }  # now without its helper
    notebook = solved(**broken if said == "✓" else {})
    shown = nbformat.v4.new_output("stream", text=f"{said} It is so.\n  是的。\n")
    cell_of(notebook, "check-ceiling").outputs = [shown]
    (note,) = graded(notebook)[1]
    assert note.startswith(f"ceiling: its check said {said} when it was handed in, but it ")


def test_what_gives_no_value_is_named_to_the_student():
    _, _, _, rebuilt = graded(solved(ceiling="def ceiling(delta):\n    yield -np.log(delta)"))
    told = "".join(one.get("text", "") for one in cell_of(rebuilt, "check-ceiling").outputs)
    assert "generator is neither a number nor an array nor a list" in told


OTHERS = {
    "another assignment": lambda: local.filled("a2", {}),
    "another assignment, in Chinese": lambda: local.filled("a4", {}, "zh"),
    "a lesson": lambda: nbformat.read(lessons.notebook("cross_entropy_error"), 4),
}


@pytest.mark.parametrize("what", OTHERS)
def test_another_notebook_earns_nothing_and_is_named(what):
    points, notes, _, rebuilt = graded(OTHERS[what]())
    assert set(points.values()) == {0}
    assert any("not a3: open a3.ipynb, write your answers there" in note for note in notes)
    told = "不是 a3" if "Chinese" in what else "not a3"
    assert told in rebuilt.cells[0].source


def test_the_assignment_before_earns_nothing_by_accident():
    points, notes, _, _ = graded(local.filled("a3", {}), "a4")
    assert set(points.values()) == {0}
    assert any("This is a3, not a4" in note for note in notes)


@pytest.mark.parametrize(
    "line", ["from helpers import losses", "import helpers.losses as L", "import scipy"]
)
def test_what_is_ready_made_is_noted(line):
    answer = f"{ANSWERS['ceiling']}\n\n\n{line}\n# import torch"
    points, (note,), _, _ = graded(solved(ceiling=answer))
    assert points == FULL and note.startswith("imports ") and "torch" not in note
    assert line.split()[1].split(".")[0] in note


def test_a_lesson_pasted_into_the_assignment_changes_nothing():
    notebook = solved()
    notebook.cells[:0] = [c for c in OTHERS["a lesson"]().cells if c.cell_type == "markdown"]
    assert graded(notebook)[0] == FULL
