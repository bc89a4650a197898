"""The cells of a notebook as blocks for site/templates/cells.html.j2: prose, code, checks."""

import base64
import html
import io
import re

from PIL import Image
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from helpers.checks import find

CALL = r'check\("([^"]+)", answer\)'
CHECK = re.compile(rf"answer = None[^\n]*\n+{CALL}\s*")
OTHER_EDITION = re.compile(r"(?m)^\[(?:中文|English)\]\([^)\n]*\)\n\n?")
STILL = re.compile(r'<img alt="([^"]*)" width="(\d+)" src="data:image/png;base64,([^"]+)"')
# Words of code that site.css gives no colour: a third of a page's bytes
PLAIN = re.compile(r'<span class="(?:p|n|nn|o|w|bp|se|vm|nd|ne|fm)">([^<]*)</span>')
LONG = 14  # lines of output; more are folded


def blocks(notebook, render, panels, save):
    """One block a cell: a dict with its `id`, `kind` and what the template shows of it.

    render  Markdown → HTML
    panels  the ids of the cells whose panels are recorded
    save    (bytes, suffix) → the address of a picture
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield {"id": cell.id, "kind": "prose", "html": render(own_text(cell.source))}
        elif (asked := CHECK.fullmatch(cell.source)) and _judged(find(asked[1])):
            yield {"id": cell.id, "kind": "check", "name": asked[1], "code": python(cell.source)}
        elif cell.cell_type == "code" and cell.source:
            yield {
                "id": cell.id,
                "kind": "code",
                "code": python(cell.source),
                "setup": 'speak("' in cell.source,
                "own": bool(re.search(CALL, cell.source)),
                "outputs": [_output(cell, output, panels, save) for output in cell.outputs],
            }


def own_text(source):
    """Prose without the link to the other edition: each page has one of its own."""
    return OTHER_EDITION.sub("", source, count=1)


def python(source):
    """Python as HTML, with a class for each kind of word that has a colour."""
    return PLAIN.sub(r"\1", highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip())


def question(name, language):
    """What the page needs to judge an answer, in one language: as helpers/checks.py has it."""
    asked = find(name)
    return {
        "right": asked["right"],
        "why": asked["why"][language],
        "hint": asked["hint"][language],
        "mistakes": [[m["value"], m["say"][language]] for m in asked.get("mistakes", [])],
    }


def _judged(asked):
    """Can a page judge the answer? A function must run, in Python."""
    return "arguments" not in asked


def _output(cell, output, panels, save):
    if output.output_type == "stream":
        return _text(output.text)
    if output.output_type == "error":
        return _text(f"{output.ename}: {output.evalue}")
    data = output.data
    still = STILL.search(data.get("text/html", ""))
    if still:
        picture = save(*_webp(still[3]))
        kind = "panel" if cell.id in panels else "still"
        return {"kind": kind, "alt": html.unescape(still[1]), "width": still[2], "src": picture}
    if "image/png" in data:
        width, height = _image(data["image/png"]).size
        size = {"width": width, "height": height}  # so that nothing moves when it arrives
        alt = cell.metadata.get("alt", "")
        return {"kind": "figure", "alt": alt, "src": save(*_webp(data["image/png"])), **size}
    if "text/html" in data:
        return {"kind": "html", "html": data["text/html"]}
    return _text(data["text/plain"])


def _image(encoded):
    return Image.open(io.BytesIO(base64.b64decode(encoded)))


def _webp(encoded):
    """A PNG as WebP without loss, which halves it: (bytes, suffix)."""
    file = io.BytesIO()
    _image(encoded).save(file, "webp", lossless=True)
    return file.getvalue(), ".webp"


def _text(text):
    text = text.rstrip("\n")
    lines = text.count("\n") + 1
    return {"kind": "text", "text": text, "lines": lines, "folded": lines > LONG}
