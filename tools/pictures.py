"""Diagrams of the lessons: lessons/pictures/*.svg, put into the notebooks in one language.

A diagram is written once. Its words are English; where Chinese says it otherwise, a `<text>` has
`data-zh="…"`. A lesson shows it as an image, `![what is to be seen](pictures/network.svg)`.

The notebook holds the picture itself, as a data URI: a notebook that is copied alone, opened in
Colab or exported to a page shows it, and JupyterLab does, which shows no SVG as an attachment and
cuts it out of a cell's text. The long address stands below the text of the cell.
"""

import base64
import re
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
IMAGE = re.compile(r"!\[([^]]*)\]\(pictures/(\w+)\.svg\)")

ElementTree.register_namespace("", SVG)


def in_language(path, language):
    """The diagram at path as SVG in one language: bytes. ParseError: it is no XML."""
    diagram = ElementTree.parse(path).getroot()
    for text in diagram.iter(f"{{{SVG}}}text"):
        chinese = text.attrib.pop("data-zh", text.text)
        if language == "zh":
            text.text = chinese
    return ElementTree.tostring(diagram, encoding="utf-8")


def embedded(text, folder, language):
    """The text of a cell with its diagrams, which lie in folder, in one language.

    Raises FileNotFoundError where there is no such diagram.
    """
    found = {}

    def shown(image):
        alt, name = image.groups()
        picture = base64.b64encode(in_language(folder / f"{name}.svg", language)).decode()
        found[name] = f"[{name}]: data:image/svg+xml;base64,{picture}"
        return f"![{alt}][{name}]"

    text = IMAGE.sub(shown, text)
    return "\n\n".join([text, *found.values()])
