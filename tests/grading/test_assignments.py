"""The assignments themselves: what is released, what is worth points, what properties tell apart.

Needs nbgrader: `make test` runs these tests in the teacher's environment.
"""

import ast
import re

import nbformat
import pytest

from tests.grading import local, mutants
from tools import assignments
from tools.grading.course import marking_guide

every_assignment = pytest.mark.parametrize("name", assignments.NAMES)
every_edition = pytest.mark.parametrize("language", assignments.FILES)
SECRET = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN|MARK)")


def leaks(name, language):
    """Lines of a solution that stand in the released notebook."""
    text = "\n".join(cell.source for cell in assignments.released(name, language).cells)
    found = SECRET.findall(text)
    for cell in assignments.source(name, language).cells:
        inside = False
        for line in cell.source.splitlines():
            if "BEGIN SOLUTION" in line or "END SOLUTION" in line:
                inside = "BEGIN" in line
            elif inside or (cell.cell_type == "markdown" and "nbgrader" in cell.metadata):
                found += [line] * (len(line.strip()) > 8 and line.strip() in text)
    return found


@every_assignment
@every_edition
def test_release_is_built_from_what_is_written_now(name, language, tmp_path):
    fresh = nbformat.read(assignments.generate(name, tmp_path, language), 4)
    released = assignments.released(name, language)
    assert released.metadata.pop("language") == language
    assert released == fresh, "run `make assignments`"


@every_assignment
def test_lessons_have_their_numbers_for_students_and_for_the_teacher(name):
    texts = [marking_guide(name)]
    for language in assignments.FILES:
        texts += [cell.source for cell in assignments.released(name, language).cells]
    assert "[#]" not in "\n".join(texts)
    you_need = assignments.released(name, "en").cells[0].source
    assert re.search(r"\*\*You need\*\* lessons? \d\d\b", you_need)


@every_assignment
@every_edition
def test_release_holds_no_solution(name, language):
    assert leaks(name, language) == []


@every_edition
def test_a_leak_would_be_seen(language, monkeypatch):
    monkeypatch.setattr(assignments, "released", assignments.source)
    assert len(leaks("a2", language)) > 5


@every_assignment
@every_edition
def test_release_runs_from_top_to_bottom(name, language):
    space = {"__name__": "__main__"}
    for cell in assignments.released(name, language).cells:
        if cell.cell_type == "code":
            exec(cell.source, space)


@every_assignment
@every_edition
def test_ten_points_and_one_question_for_the_teacher(name, language):
    graded = [
        cell
        for cell in assignments.released(name, language).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert sum(cell.metadata.nbgrader.points for cell in graded) == 10
    assert [cell.cell_type for cell in graded].count("markdown") == 1
    assert "prediction" in {one.answer for one in assignments.properties_of(name)}


@every_assignment
def test_both_editions_share_their_code_but_for_the_line_that_chooses_the_language(name):
    english, chinese = (
        [
            ast.unparse(without_docstrings(cell.source))  # a tree has no comments
            for cell in assignments.source(name, language).cells
            if cell.cell_type == "code"
        ]
        for language in assignments.FILES
    )
    assert sum(cell.count("speak('en')") for cell in english) == 1
    assert [cell.replace("speak('en')", "speak('zh')") for cell in english] == chinese


def without_docstrings(code):
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            node.body[0] = ast.Expr(ast.Constant(""))
    return tree


@every_assignment
def test_docstrings_and_comments_speak_the_language_of_their_edition(name):
    for language in assignments.FILES:
        for cell in assignments.released(name, language).cells:
            if cell.cell_type != "code":
                continue
            said = re.findall(r'"""(.+)"""|# (.+)', cell.source)
            for words in map("".join, said):
                chinese = bool(re.search(r"[\u4e00-\u9fff]", words))
                assert chinese == (language == "zh"), words
            assert max(map(len, cell.source.splitlines()), default=0) <= 100


@every_assignment
def test_each_property_has_a_sentence_in_both_languages(name):
    for one in assignments.properties_of(name):
        assert one.en.endswith(".") and one.zh.endswith("。"), one.name
        assert "`" not in one.en + one.zh  # the page shows it as it is printed
        assert one.points > 0
        assert one.answer in local.solved(name)[0]


@every_assignment
def test_solution_passes_with_any_seed(name, monkeypatch):
    for seed in range(20):
        monkeypatch.setattr(local, "SEED", seed)
        assert local.lost(name, {}) == set()


@every_assignment
def test_untouched_release_earns_nothing(name):
    answers = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in assignments.released(name, "en").cells
        if cell.cell_type == "code" and cell.metadata.nbgrader.solution
    }
    assert len(local.lost(name, answers)) == len(assignments.properties_of(name))


CASES = [(name, case) for name in assignments.NAMES for case in local.cases(name)]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_wrong_answer_loses_the_points_of_what_it_got_wrong(name, case, monkeypatch):
    answers, expected = local.cases(name)[case]
    for seed in range(5):
        monkeypatch.setattr(local, "SEED", seed)
        assert local.lost(name, answers) == expected


@every_assignment
def test_mutants_are_caught(name):
    survivors = {}
    for answer, code in local.solved(name)[0].items():
        if any(isinstance(node, ast.FunctionDef) for node in ast.walk(ast.parse(code))):
            for change, mutant in mutants.mutants(code):
                if not local.lost(name, {answer: mutant}):
                    survivors[f"{answer}: {change}"] = mutant
    equivalent = local.importlib.import_module(f"tests.grading.cases.{name}").EQUIVALENT
    assert set(survivors) == set(equivalent)
    assert all(equivalent.values()), "say why it is as right as the solution"
