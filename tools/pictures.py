"""Diagrams of the lessons: lessons/pictures/*.svg, put into the notebooks in one language.

A diagram is written once. Its words are English; where Chinese says it otherwise, a `<text>` has
`data-zh="…"`. A lesson shows it as an image, `![what is to be seen](pictures/network.svg)`.

The notebook holds the picture itself, in an `<img>` with a data URI: a notebook that is copied
alone, opened in Colab or exported to a page shows it. JupyterLab shows no SVG as an attachment and
cuts `<svg>` out of a cell's text; other readers of Markdown refuse SVG in `![…](data:…)`.
"""

import base64
import html
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

    def shown(image):
        alt, name = image.groups()
        picture = base64.b64encode(in_language(folder / f"{name}.svg", language)).decode()
        return f'<img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{picture}">'

    return IMAGE.sub(shown, text)
