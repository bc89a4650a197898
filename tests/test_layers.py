"""Arrows point one way: what computes never imports what draws."""

import subprocess
import sys

import pytest

COMPUTES = ["losses", "batches", "gradients", "models", "training", "data"]
DRAWS = ["matplotlib", "ipywidgets", "anywidget", "IPython", "helpers.panel"]


@pytest.mark.parametrize("module", COMPUTES)
def test_what_computes_never_imports_what_draws(module):
    code = f"import sys, helpers.{module}; print([m for m in {DRAWS} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_panels_open_without_the_heavy_libraries():
    code = (
        "import sys, helpers.panels; print([m for m in ('sklearn', 'skimage') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
