"""Diagrams and folded answers in a real browser: words that fit, pictures that are shown."""

from playwright.sync_api import expect

from tests.browser.steps import open_notebook
from tests.lessons import lesson, notebook
from tests.test_pictures import each_diagram, each_language
from tools import build_notebooks, pictures, questions

MARGIN = 15  # between words and the edge of the sheet
COLLISIONS = """() => {
    const boxes = (selector) => [...document.querySelectorAll(selector)].map((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return { left, right, top, bottom, words: element.textContent };
    }).filter((box) => box.right > box.left || box.bottom > box.top);
    const meet = (a, b) => a.left < b.right && b.left < a.right
        && a.top < b.bottom && b.top < a.bottom;
    const within = (a, b, margin) => a.left >= b.left + margin && a.right <= b.right - margin
        && a.top >= b.top + margin && a.bottom <= b.bottom - margin;
    const words = boxes("text").filter((box) => box.words);
    const lines = boxes("svg > path:not(.thin)");
    const frames = boxes("svg > rect:not(.sheet)");
    const [sheet] = boxes(".sheet");
    return words.flatMap((word, n) => [
        ...words.slice(n + 1).filter((other) => meet(word, other)).map((other) => other.words),
        ...lines.filter((line) => meet(word, line)).map(() => "a line"),
        ...frames.filter((frame) => meet(word, frame) && !within(word, frame, 1))
            .map(() => "the edge of a box"),
        ...within(word, sheet, MARGIN) ? [] : ["the edge"],
    ].map((what) => `${word.words} and ${what}`));
}""".replace("MARGIN", str(MARGIN))


@each_language
@each_diagram
def test_no_words_of_a_diagram_meet(browser, path, language):
    page = browser.new_page()
    page.set_content(pictures.in_language(path, language).decode())
    assert page.locator("svg > text").count() > 5
    assert page.evaluate(COLLISIONS) == []
    page.close()


@each_language
def test_jupyterlab_shows_the_diagrams_and_unfolds_the_answers(page, language):
    """No cell has been run. The pictures are as wide as they are drawn."""
    folder, name = build_notebooks.FOLDERS[language], notebook("backpropagation").name
    open_notebook(page, f"{folder}/{name}".strip("/"))
    images = page.locator(".jp-Notebook img[src^='data:image/svg']")
    written = pictures.IMAGE.findall(lesson("backpropagation").read_text("utf-8"))
    expect(images).to_have_count(len(written) // 2)
    for image in images.all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("naturalWidth", 600)
    answers = page.locator("details").filter(has_text=questions.SUMMARY[language])
    answers.scroll_into_view_if_needed()
    item = answers.locator("li").first
    expect(item).to_be_hidden()
    answers.locator("summary").click()
    expect(item).to_be_visible()
    expect(item.locator("code")).to_have_text("backprop-price")
    assert page.complaints == []
