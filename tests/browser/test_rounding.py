"""A number of the browser and one of the kernel are written by one rule."""

import base64

import numpy as np
import pytest

from helpers.losses import mean_squared_error
from helpers.widgets.page import script
from helpers.widgets.prediction import exact

ROUNDED = """async ([source, values]) => {
    const { exact } = await import(`data:text/javascript;base64,${source}`);
    return values.map((value) => exact(value).replaceAll("−", "-"));
}"""


@pytest.fixture(scope="module")
def in_browser(browser):
    """The browser's `exact` for a list of numbers."""
    page = browser.new_page()
    source = base64.b64encode(script("losses.js").encode()).decode()
    yield lambda values: page.evaluate(ROUNDED, [source, values])
    page.close()


def some_values():
    """Losses of all sizes; halves of a fourth decimal and of a 16th, and their neighbours."""
    rng = np.random.default_rng(0)
    sizes = 10.0 ** rng.uniform(-15, 6, 2000)
    y, t = rng.integers(0, 101, (1000, 10)) / 100, np.eye(10)[rng.integers(0, 10, 1000)]
    losses = [mean_squared_error(one, target) for one, target in zip(y, t, strict=True)]
    halves = np.concatenate([(np.arange(1000) + 0.5) / 10_000, (np.arange(1000) + 0.5) / 16])
    near = [np.nextafter(halves, direction) for direction in (0, 10)]
    values = np.concatenate([sizes, losses, halves, *near, [0.0, 1e-12, 5e-5, 1e-7]])
    return [*values.tolist(), *(-values).tolist()]


def test_browser_and_kernel_write_every_number_alike(in_browser):
    values = some_values()
    written = in_browser(values)
    assert written == [exact(value) for value in values]
    far = [i for i, value in enumerate(values) if abs(value) * 10_000 % 1 < 0.49 and value > 5e-5]
    assert [written[i] for i in far] == [f"{values[i]:.4f}" for i in far]


def test_what_differs_in_the_sixteenth_digit_is_written_alike(in_browser):
    rng = np.random.default_rng(0)
    y = rng.integers(0, 101, (1000, 10)) / 100
    one, other = (0.5 * np.sum(each**2, axis=1) for each in (y, y[:, ::-1]))
    another = [sum(value**2 for value in row) / 2 for row in y.tolist()]
    assert np.any(one != another), "there is something to hold"
    written = in_browser(one.tolist())
    assert written == in_browser(other.tolist()) == in_browser(another)
    assert written == [exact(value) for value in another]
