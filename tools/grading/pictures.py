"""Pictures in a student's texts: on the way to the teacher's page, nothing but pictures.

Jupyter pastes a picture as an attachment of its cell, Colab writes its bytes into the text. Here
both become attachments that are named by a hash of what they hold, so that a text can be moved to
another cell, and no name is a student's.
"""

import hashlib
import re
from urllib.parse import unquote

KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp")  # no SVG: it may hold a program
LARGEST = 8_000_000  # letters of base64, of all in a notebook
BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]\n]{0,300})\]\((?:attachment:(?P<name>(?:[^()\s]|\([^()\s]{0,20}\)){1,300}+)"
    r"|data:(?P<kind>image/[\w+.-]{1,20});base64,(?P<data>[A-Za-z0-9+/=]++))[^()\n]{0,100}\)"
    r'|<img\s[^<>]{0,300}?src="attachment:(?P<tag>[^"<>]{1,300})"[^<>]{0,300}>'
)
NAMED = re.compile(r"!\[([^\[\]\n]*)\]\(attachment:([0-9a-f]{16})\)")  # as `take_out` writes it


def take_out(text, attachments, notes, before=0):
    """(the text with its pictures by hash, those pictures as attachments).

    attachments  those of the cell, as the notebook has them
    notes        a list; what was left out is added to it
    before       how many letters of pictures there are already
    """
    found = {}

    def named(match):
        kind, data = match["kind"], match["data"]
        if not data:
            kind, data = attached(attachments, match["name"] or match["tag"])
        size = before + sum(len(one) for kinds in found.values() for one in kinds.values())
        if kind not in KINDS or not BASE64.fullmatch(data):
            notes.append(("no picture",))
        elif size + len(data) > LARGEST:
            notes.append(("pictures too large",))
        else:
            name = hashlib.sha256(data.encode()).hexdigest()[:16]
            found[name] = {kind: data}
            return f"![{match['alt'] or ''}](attachment:{name})"
        return f"[{match['alt'] or ''}]"

    return PICTURE.sub(named, text), found


def attached(attachments, name):
    """(kind, base64) of a cell's attachment; empty when it is missing or something else."""
    attachments = attachments if isinstance(attachments, dict) else {}
    kinds = attachments.get(name, attachments.get(unquote(name)))
    for kind in KINDS:
        if isinstance(kinds, dict) and (data := kinds.get(kind)):
            data = "".join(map(str, data)) if isinstance(data, list) else str(data)
            return kind, "".join(data.split())
    return "", ""


def attach(notebook, cells):
    """Give each text of a rebuilt notebook the pictures that it shows, from the student's cells."""
    found = {}
    for cell in cells:
        found |= cell.get("attachments", {})
    for cell in notebook.cells:
        cell.pop("attachments", None)
        if cell.cell_type == "markdown":
            cell.source = NAMED.sub(lambda m: m[0] if m[2] in found else f"[{m[1]}]", cell.source)
            if shown := {name: found[name] for _, name in NAMED.findall(cell.source)}:
                cell.attachments = shown
