"""Write the pages of an edition, their pictures and recordings, into the site's folder."""

import base64
import gzip
import hashlib
import json
import shutil

import jinja2

from helpers import language as helpers_language
from tools.build_notebooks import FOLDERS
from tools.build_site import prose, scripts
from tools.build_site.pages import Page
from tools.build_site.start import cards, first_panel
from tools.lite.sizes import megabytes

LANGUAGES = {"en": ("en", "English"), "zh": ("zh-CN", "中文")}
SAID = {  # what a judge says: see helpers/checks.py
    "none": "no answer yet: put yours in place of None and run the cell again",
    "text": "Here the answer is a letter or a word in quotes.",
    "nan": "nan, not a number. Which step divides by 0, takes log 0, or overflows?",
    "other": "{answer} is not it. {hint}",
}
LAB = "run"  # the folder of JupyterLite, where `make lite` has built it
SHOWN = ("unread", "nothing", "answered", "unreachable")  # of words.json, what scripts say


class Site:
    """A folder that pages, pictures and recordings are written into."""

    def __init__(self, folder):
        self.folder = folder
        for old in folder.glob("*"):
            if old.name != LAB:
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        scripts.write(folder / "static")
        self.python = (folder / LAB).exists()
        if self.python:
            scripts.write_python(folder / "static" / "python")
        (folder / "pictures").mkdir()
        (folder / "recordings").mkdir()
        templates = jinja2.FileSystemLoader(scripts.SITE / "templates")
        self.jinja = jinja2.Environment(loader=templates, autoescape=True, trim_blocks=True)
        self.words = json.loads((scripts.SITE / "words.json").read_text("utf-8"))

    def save_picture(self, content, suffix):
        """The name of a picture, by its content: both editions share what is the same."""
        name = hashlib.sha256(content).hexdigest()[:16] + suffix
        (self.folder / "pictures" / name).write_bytes(content)
        return name

    def save_recording(self, recording):
        """A recording as a template takes it: its tables are in a file, named by their content."""
        if "tables" not in recording:
            return recording
        tables = json.dumps(recording["tables"], ensure_ascii=False, separators=(",", ":"))
        packed = base64.b64encode(gzip.compress(tables.encode(), 9, mtime=0)).decode()
        name = hashlib.sha256(tables.encode()).hexdigest()[:16]
        script = f'recorded("{name}","{packed}")'
        (self.folder / "recordings" / f"{name}.js").write_text(script, "utf-8")
        return {"kind": recording["kind"], "state": recording["state"], "file": name}

    def write(self, edition, recordings):
        """All pages of an edition, and what its search looks through."""
        folder = self.folder / FOLDERS[edition.language]
        folder.mkdir(exist_ok=True)
        word = self.words[edition.language]
        index = Page("index", "", title=word["series"])
        for page in [index, *edition.pages]:
            text = self._text(page, edition, word, recordings)
            (folder / f"{page.name}.html").write_text(text, "utf-8")
        sections = [section for page in edition.pages for section in searchable(page)]
        listed = json.dumps(sections, ensure_ascii=False, separators=(",", ":"))
        target = self.folder / "static" / f"search-{edition.language}.js"
        target.write_text(f"searchable({listed});", "utf-8")

    def _text(self, page, edition, word, recordings):
        language = edition.language
        other = next(each for each in LANGUAGES if each != language)
        folder = FOLDERS[other]
        href = f"{edition.up}{folder + '/' if folder else ''}{page.name}.html"
        lessons = [each for each in edition.pages if each.kind == page.kind == "lesson"]
        at = lessons.index(page) if page in lessons else None
        start = page.name == "index"
        template = "start.html.j2" if start else "page.html.j2"
        return self.jinja.get_template(template).render(
            page=page,
            pages=edition.pages,
            word=word,
            shown_words={**{key: word[key] for key in SHOWN}, "said": said(language)},
            language=language,
            lang=LANGUAGES[language][0],
            other={"lang": LANGUAGES[other][0], "name": LANGUAGES[other][1], "href": href},
            up=edition.up,
            theme=(scripts.SITE / "theme.js").read_text("utf-8").strip(),
            recordings=recordings,
            previous=lessons[at - 1] if at else None,
            next=lessons[at + 1] if at is not None and at + 1 < len(lessons) else None,
            cards=list(cards(edition)) if start else None,
            first_panel=first_panel(edition, recordings) if start else None,
            **(self._python(page, edition) if self.python and page.kind == "lesson" else {}),
        )

    def _python(self, page, edition):
        """Where the lesson is in JupyterLite, and how much is fetched when Python starts."""
        return {
            "lab": f"{edition.up}{LAB}/lab/index.html?path={page.source}",
            "megabytes": round(megabytes(self.folder / LAB, edition.root / page.source)),
        }


def said(language):
    """{key: sentence} of the judge, in a language."""
    helpers_language.speak(language)
    words = {
        key: helpers_language.say(text, answer="{answer}", hint="{hint}")
        for key, text in SAID.items()
    }
    helpers_language.speak("en")
    return {**words, "none": words["none"].partition(":")[0].partition("：")[0]}


def searchable(page):
    """[address, page, heading, text] for each section of a page."""
    title, heading = f"{page.number} {page.title}".strip(), ""
    for block in page.blocks:
        if block["kind"] == "prose":
            found = prose.HEADING.search(block["html"])
            heading = prose.plain(found[3]) if found else heading
            yield [f"{page.name}.html#{block['id']}", title, heading, prose.plain(block["html"])]
