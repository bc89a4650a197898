"""The start page: a panel to drag, and the lessons."""

from helpers import losses
from tools import subjects


def cards(edition):
    """The lessons for the start page: what the README's table says of them."""
    readme = (edition.root / subjects.READMES[edition.language]).read_text("utf-8")
    for title, about, question, minutes in subjects.ROW.findall(readme):
        page = edition.page(about)
        yield {
            "name": about,
            "number": page.number,
            "title": title,
            "question": question,
            "minutes": minutes,
            "questions": len(page.questions),
        }


def first_panel(edition, recordings):
    """The panel that the start page opens with: the prediction with the most of our losses."""
    ours = {
        key: sum(hasattr(losses, name) for name in each["state"]["losses"])
        for key, each in recordings.items()
        if each["kind"] == "prediction"
    }
    chosen = max(ours, key=ours.get)
    blocks = [block for page in edition.pages for block in page.blocks if block["id"] == chosen]
    return {"id": chosen, **blocks[0]["outputs"][-1]}
