"""The built site, once, behind a plain server; and a browser that finds nothing else."""

import pytest

from tests.browser.conftest import browser  # noqa: F401
from tools.build_site import __main__ as build_site
from tools.lite.bytecode import served


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the built site; recordings that are kept in build/ and still fit are taken."""
    folder = tmp_path_factory.mktemp("site")
    build_site.build(folder)
    return folder


@pytest.fixture(scope="session")
def address(site):
    """Where the site is served."""
    with served(site) as address:
        yield address


@pytest.fixture
def complaints():
    """What a page should not do: errors, and requests to another place."""
    return []


@pytest.fixture
def page(browser, address, complaints):  # noqa: F811
    """A new page of its own browser profile, with the site as its base."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    watch(page, complaints, address)
    yield page
    context.close()


def watch(page, complaints, address):
    """Note the errors of a page and its requests to elsewhere."""
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.on(  # what is under way when a page goes on to another address is cut short
        "requestfailed",
        lambda r: "ERR_ABORTED" in r.failure or complaints.append(f"failed: {r.url} {r.failure}"),
    )
    inside = (address, "data:", "blob:")
    page.on("request", lambda r: r.url.startswith(inside) or complaints.append(f"left: {r.url}"))
