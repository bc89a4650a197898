"""Questions on the page: the judge in JavaScript says what the judge in Python says."""

import re

import pytest
from playwright.sync_api import expect

from helpers import checks
from helpers.language import speak
from tools import subjects

OTHERS = (
    "0",
    "1",
    "-1",
    "2",
    "0.5",
    "10",
    "1437",
    "1e-7",
    "123.456",
    "0.00001234",
    "2.5e10",
    "inf",
    "nan",
)


def typed_answers(question):
    """(what is typed, what Python gets) for every known answer of a question, and for others."""
    known = [question["right"], *(mistake["value"] for mistake in question.get("mistakes", []))]
    numbers = not isinstance(checks.number_or_text(question["right"]), str)
    for value in known:
        value = checks.number_or_text(value)
        if isinstance(value, str):
            yield from ((value, value), (value.upper(), value.upper()), (f'"{value}"', value))
        else:
            texts = {repr(value), f"{value:.3g}", f"{value:.4g}"}
            yield from ((text, float(text)) for text in sorted(texts))
    yield from ((text, float(text)) for text in OTHERS if numbers)
    yield from (() if numbers else (("maybe", "maybe"), ("x", "x"), ("7", 7)))


@pytest.mark.parametrize(("folder", "language"), [("", "en"), ("zh-CN/", "zh")])
def test_both_judges_say_the_same(page, complaints, folder, language):
    speak(language)
    differing, compared = [], 0
    try:
        for subject in subjects.lessons_in():
            page.goto(f"{folder}{subject}.html")
            for name in page.evaluate("Object.keys(QUESTIONS)"):
                question = checks.find(name)
                for typed, answer in typed_answers(question):
                    mine = page.evaluate(
                        "([name, typed]) => judge(QUESTIONS[name], typed)", [name, typed]
                    )
                    compared += 1
                    if mine != list(checks.feedback(question, answer)):
                        differing.append((name, typed, mine, checks.feedback(question, answer)))
    finally:
        speak("en")
    assert differing == [] and complaints == []
    assert compared > 800


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1/3", 1 / 3),
        ("np.log(2)", 0.6931471805599453),
        ("−0,5", -0.5),
        ("2e-7", 2e-7),
        ("-inf", None),
    ],
)
def test_numbers_are_typed_as_in_python(page, typed, value):
    page.goto("start_here.html")
    read = page.evaluate("text => typedNumber(text)", typed)
    assert read == (float("-inf") if value is None else value)


@pytest.mark.parametrize(
    "typed", ["abc", "alert(1)", "document.title", "1;2", "constructor", "", "[1]"]
)
def test_what_is_no_number_is_not_run(page, typed):
    page.goto("start_here.html")
    assert page.evaluate("text => typedNumber(text) === undefined", typed)


def test_an_answer_is_kept_counted_and_forgotten(page):
    page.goto("start_here.html")
    form = page.locator("form.check").first
    right = page.evaluate("name => QUESTIONS[name].right", form.get_attribute("data-name"))
    form.locator("input").fill(str(right))
    form.locator("button").click()
    expect(form.locator("output")).to_contain_text("✓")
    page.reload()
    expect(form.locator("output")).to_contain_text("✓")
    page.goto("index.html")
    expect(page.locator('[data-answered="start_here"]')).to_have_text(re.compile("1 of 1"))
    page.goto("start_here.html")
    page.locator("#forget").click()
    expect(form.locator("output")).to_be_empty()
    page.reload()
    expect(form.locator("input")).to_have_value("")
