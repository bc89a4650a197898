"""What JupyterLab brings along and no lesson needs, left out of the site: a tenth of its files."""

import re

# Extensions that are switched off: diagrams and charts that are written as text. Each has a first
# script of its own, or two, told by a word that stands in no other.
EXTENSIONS = ["@jupyterlab/mermaid-extension", "@jupyterlab/vega5-extension"]
FIRST_SCRIPTS = ("mermaidAPI", "elk.algorithm", "vega-bind", "Scale bindings")
LOADS = re.compile(r"\.e\((\d+)\)")  # JupyterLab's scripts load each other by number


def leave_out(site, apps):
    """Delete these scripts, those that nothing else leads to, and fonts of old browsers.

    ValueError: a word stands in no script, or in several.
    """
    build = site / "build"
    for font in build.glob("fa-*"):
        if font.suffix != ".woff2":
            font.unlink()
    scripts = {p.stem.split(".")[0]: p for p in build.glob("*.js") if p.stem != "service-worker"}
    texts = {number: path.read_text("utf-8") for number, path in scripts.items()}
    wanted = dict(texts)
    for word in FIRST_SCRIPTS:
        found = [number for number, text in texts.items() if word in text]
        if len(found) != 1:
            raise ValueError(f"{len(found)} scripts of JupyterLab have {word!r}, one was expected.")
        del wanted[found[0]]
    starts = [(build / app / "bundle.js").read_text("utf-8") for app in apps]
    reached = reachable(wanted, [*starts, wanted["jlab_core"]])
    for number in scripts.keys() - reached - {"jlab_core"}:
        scripts[number].unlink()


def reachable(texts, starts):
    """The numbers of the scripts, {number: text}, that these texts load, or that those load."""
    reached, texts_to_read = set(), list(starts)
    while texts_to_read:
        new = set(LOADS.findall(texts_to_read.pop())) & texts.keys() - reached
        reached |= new
        texts_to_read += map(texts.get, new)
    return reached
