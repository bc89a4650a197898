"""No test opens a window, and each begins in English."""

import matplotlib
import pytest

from helpers.language import speak

matplotlib.use("agg")


@pytest.fixture(autouse=True)
def english():
    yield
    speak("en")


def pytest_addoption(parser):
    told = "run every lesson where Python runs in the browser, not only three"
    parser.addoption("--lite", action="store_true", help=told)
