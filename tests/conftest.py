"""No test opens a window."""

import matplotlib

matplotlib.use("agg")


def pytest_addoption(parser):
    told = "run every lesson where Python runs in the browser, not only three"
    parser.addoption("--lite", action="store_true", help=told)
