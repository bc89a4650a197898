"""The pages as they are read: links, both languages, from a disk, without scripts, on a phone."""

import json
import re
from urllib.parse import unquote, urldefrag

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from tests.site.conftest import watch
from tools import subjects
from tools.build_site import __main__ as build_site
from tools.build_site import prose

LESSONS = list(subjects.lessons_in())
KINDS = ("index", "glossary", "teaching", "a1", "helpers-losses-py", "gradient")


def pages_of(site):
    return sorted([*site.glob("*.html"), *site.glob("zh-CN/*.html")])


def test_every_page_exists_in_both_languages(site):
    english, chinese = (
        {path.name for path in folder.glob("*.html")} for folder in (site, site / "zh-CN")
    )
    assert english == chinese
    assert {f"{name}.html" for name in ("index", "glossary", "teaching", *LESSONS)} <= english


def test_every_link_leads_somewhere(site):
    soups = {path: BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in pages_of(site)}
    ids = {
        path.resolve(): {tag["id"] for tag in soup.find_all(id=True)}
        for path, soup in soups.items()
    }
    broken = []
    for path, soup in soups.items():
        links = [
            (tag, tag.get("href") or tag.get("src"))
            for tag in soup.find_all(["a", "img", "link", "script"])
        ]
        for tag, target in links:
            if not target or re.match("https?:|data:", target):
                assert tag.name == "a" or not target, (path, target)  # nothing is fetched elsewhere
                continue
            address, anchor = urldefrag(target)
            file = (path.parent / address).resolve() if address else path.resolve()
            if not file.is_file() or (anchor and unquote(anchor) not in ids.get(file, ())):
                broken.append(f"{path.relative_to(site)}: {target}")
    assert broken == []


def test_no_solution_is_told(site):
    """The right answer of a question stands in the page's data only, and assignments have none."""
    for path in site.glob("**/a[0-9].html"):
        data = BeautifulSoup(path.read_text("utf-8"), "html.parser").find(id="questions")
        assert json.loads(data.text) == {}
    assert not list(site.glob("**/lessons-*.html"))


def test_building_again_changes_no_byte(site, tmp_path):
    build_site.build(tmp_path)
    paths = [path.relative_to(site) for path in sorted(site.rglob("*")) if path.is_file()]
    assert paths == [
        path.relative_to(tmp_path) for path in sorted(tmp_path.rglob("*")) if path.is_file()
    ]
    for path in paths:
        assert (site / path).read_bytes() == (tmp_path / path).read_bytes(), path


@pytest.mark.parametrize("folder", ["", "zh-CN/"])
def test_no_page_complains_or_scrolls_sideways_on_a_phone(site, page, complaints, folder):
    page.set_viewport_size({"width": 390, "height": 844})
    for path in sorted((site / folder).glob("*.html")):
        page.goto(folder + path.name)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path.name
    assert complaints == []


@pytest.mark.parametrize(("folder", "theme"), [("", "light"), ("zh-CN/", "dark")])
def test_there_are_no_barriers(site, page, folder, theme):
    page.emulate_media(color_scheme=theme)
    violations = []
    for path in sorted((site / folder).glob("*.html")):
        page.goto(folder + path.name)
        results = Axe().run(page)
        violations += [
            (path.name, each["id"], each["nodes"][0]["html"][:90])
            for each in results.response["violations"]
        ]
    assert violations == []


def test_the_language_switch_keeps_the_place(page):
    page.goto("gradient.html")
    for cell in page.locator(".cell").all()[5::12]:
        key = cell.get_attribute("id")
        page.goto(f"gradient.html#{key}")
        page.wait_for_load_state("networkidle")
        box = page.locator("#other").bounding_box()  # a click of a locator may scroll before
        page.mouse.click(box["x"] + 10, box["y"] + 10)
        expect(page).to_have_url(re.compile(f"zh-CN/gradient.html#{key}$"))
        expect(page.locator(f"[id='{key}']")).to_be_in_viewport()


def test_search_finds_in_both_languages_also_from_a_disk(browser, site, complaints):
    page = browser.new_page()
    watch(page, complaints, "file:")
    for start, word, found in (
        ("index.html", "central difference", "gradient"),
        ("zh-CN/index.html", "中心差分", "gradient"),
    ):
        page.goto((site / start).as_uri())
        page.keyboard.press("/")
        page.keyboard.insert_text(word)
        hit = page.locator("#search li a").first
        expect(hit).to_contain_text(word, ignore_case=True)
        assert page.locator(f"#search a[href^='{found}.html']").count()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"\.html#"))
    page.close()
    assert complaints == []


def test_without_scripts_all_is_there_but_what_moves(browser, address):
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("cross_entropy_error.html")
    for image in page.locator("img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert image.get_attribute("alt")
    assert page.locator(".panel img").count() == page.locator(".panel").count()
    expect(page.get_by_text("check(").first).to_be_visible()
    expect(page.locator("math").first).to_be_visible()
    expect(page.locator(".check:visible")).to_have_count(0)
    context.close()


def test_the_theme_is_kept(page):
    page.goto("glossary.html")
    before = page.evaluate("document.documentElement.dataset.theme")
    page.locator("#theme").click()
    page.goto("gradient.html")
    assert page.evaluate("document.documentElement.dataset.theme") != before


def test_formulas():
    assert "<mfrac>" in prose.formula(r"\frac{1}{2}", {"display_mode": True})
    assert "<mo>≈</mo>" in prose.formula(r"a ≈ b")
    assert "</msub><mspace" in prose.formula(r"\log_{10} x")
    page = prose.renderer(lambda address, picture: address, prose.jupyter_anchor)
    assert page("（$x$）。").count("）。</span>") == 1
    assert "<img" not in page("![badge](https://example.org/badge.svg)")
    assert 'id="Does-it-work?"' in page("## Does it work?\n\nIf $x$ does.")
