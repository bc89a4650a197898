"""What all pages share: one script, one style, the font, the icon."""

import json
import re
import shutil

from helpers.widgets.page import script, style
from tools.subjects import ROOT

SITE = ROOT / "site"
# The panels' own scripts, as they run in JupyterLab, and after them what stands in for a kernel.
PANELS = {
    "PANEL": (
        ("controls.js", "view.js", "panel.js"),
        ("model.js", "recording.js", "painter.js"),
        "Model, mount, render, Recording, OrdersPainter",
    ),
    "PREDICTION": (
        ("losses.js", "bars.js", "results.js", "prediction.js"),
        ("model.js", "computed.js"),
        "render, Answers",
    ),
}
ON_A_PAGE = ("page.js", "panels.js", "answers.js", "search.js")


def write(folder):
    """Write the shared files into a folder."""
    folder.mkdir(parents=True)
    (folder / "site.js").write_text(site_script(), "utf-8")
    (folder / "site.css").write_text(style("prediction.css") + _read("site.css"), "utf-8")
    for name in ("icon.svg", "font/math.woff2"):
        (folder / name.rpartition("/")[2]).write_bytes((SITE / name).read_bytes())


def write_python(folder):
    """Write into a folder what a page loads when Python is to start on it."""
    shutil.copytree(SITE / "python", folder)
    words = json.loads(_read("words.json"))
    said = {language: words[language]["python"] for language in words}
    (folder / "words.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")


def site_script():
    """The script of every page: both kinds of panels, each in a scope of its own, and the page."""
    kinds = [
        f"const {name} = (() => {{\n{_plain(script(*of_panels))}{''.join(map(_script, own))}"
        f"return {{ {given} }};\n}})();\n"
        for name, (of_panels, own, given) in PANELS.items()
    ]
    shared = _plain(script())  # `element` and its like
    return shared + "".join(kinds) + "".join(map(_script, ON_A_PAGE))


def _plain(module):
    """A module's text as a plain script: a page from a disk may not import."""
    return re.sub(r"(?m)^export (default .*\n)?", "", module)


def _script(name):
    return _read(f"scripts/{name}")


def _read(name):
    return (SITE / name).read_text("utf-8")
