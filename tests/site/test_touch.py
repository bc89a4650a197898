"""A finger on a phone: it drags sliders and bars, and the page still scrolls."""

import pytest
from playwright.sync_api import expect

from tests.site.conftest import watch

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def phone(browser, address, complaints):
    """A page on a phone."""
    context = browser.new_context(base_url=address, **PHONE)
    page = context.new_page()
    watch(page, complaints, address)
    yield page
    context.close()
    assert complaints == []


def swipe(page, start, end, steps=12):
    """A finger goes down at a point of the window, moves to another one and is lifted there."""
    touch = page.context.new_cdp_session(page)

    def send(kind, *points):
        places = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    send("touchStart", start)
    for step in range(1, steps + 1):
        send("touchMove", [a + (b - a) * step / steps for a, b in zip(start, end, strict=True)])
    send("touchEnd")


def middle_of(locator):
    """Where the middle of an element is, once it stands in the middle of the window."""
    locator.evaluate("node => node.scrollIntoView({ block: 'center' })")
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def scrolled(page):
    return page.evaluate("scrollY")


def opened(page, kind):
    """The first panel of a kind, alive."""
    panel = page.locator(f".panel[data-kind={kind}]").first
    panel.scroll_into_view_if_needed()
    expect(panel).to_have_attribute("data-alive", "")
    return panel


def test_a_finger_drags_a_slider(phone):
    phone.goto("cross_entropy_error.html")
    slider = opened(phone, "grid").locator("input[type=range]").first
    slider.press("Home")
    x, y = middle_of(slider)
    left, before = slider.bounding_box()["x"], scrolled(phone)
    swipe(phone, (left + 8, y), (x, y + 4))
    share = slider.evaluate("each => each.value / each.max")
    assert 0.35 < share < 0.65
    assert scrolled(phone) == before


def test_a_finger_drags_a_bar(phone):
    phone.goto("cross_entropy_error.html")
    bar = opened(phone, "prediction").locator(".bar").nth(2)
    x, y = middle_of(bar)
    before = scrolled(phone)
    height = bar.bounding_box()["height"]
    swipe(phone, (x, y), (x, y - 0.4 * height))
    assert float(bar.get_attribute("aria-valuenow")) == pytest.approx(0.9, abs=0.03)
    assert scrolled(phone) == before


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("grid", "input[type=range]"),
        ("grid", "canvas"),
        ("prediction", ".heading >> nth=0"),
        ("prediction", ".class >> nth=4"),
        ("prediction", "table"),
    ],
)
def test_the_page_scrolls_under_a_finger_on_a_panel(phone, kind, part):
    phone.goto("cross_entropy_error.html")
    place = opened(phone, kind).locator(part).first
    x, y = middle_of(place)
    before = scrolled(phone)
    value = place.evaluate("node => node.value")
    swipe(phone, (x, y), (x, y - 300))
    phone.wait_for_function("before => scrollY > before + 150", arg=before)
    assert place.evaluate("node => node.value") == value
