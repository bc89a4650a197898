"""Which pages an edition has, where they come from, and how they link to each other."""

import base64
import html
import posixpath
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

import nbformat

from tools import subjects
from tools.build_notebooks import FOLDERS
from tools.build_site import cells, prose

ROOT = subjects.ROOT
DIAGRAM = re.compile(r'(?<=src=")data:image/svg\+xml;base64,([^"]+)')  # as notebooks hold it
SUFFIX = {"en": "", "zh": ".zh-CN"}

# What a page may link to besides the pages themselves; solutions are not among it.
READABLE = re.compile(r"helpers/.*\.py|(data|docs)/[^/]+\.md|[A-Z]+(\.zh-CN)?\.md")


@dataclass
class Page:
    """A page: its name on the site, its source in the project, and what it was made into."""

    name: str
    source: str
    kind: str = "more"  # or "lesson", "assignment", "code"
    number: str = ""
    title: str = ""
    blocks: list = field(default_factory=list)
    contents: list = field(default_factory=list)  # [(anchor, words)]
    questions: dict = field(default_factory=dict)


def pages_of(language, root=ROOT):
    """The pages of an edition, in their order."""
    folder, suffix = FOLDERS[language], SUFFIX[language]
    made = []
    for subject, name in subjects.lessons_in(root / "lessons").items():
        source = posixpath.join("notebooks", folder, f"{name}.ipynb")
        made.append(Page(subject, source, "lesson", subjects.number(name)))
    for path in sorted((root / "assignments" / "release").glob("a*")):
        source = f"assignments/release/{path.name}/{path.name}{suffix}.ipynb"
        made.append(Page(path.name, source, "assignment"))
    made.append(Page("glossary", "docs/glossary.md"))
    made.append(Page("teaching", f"docs/teaching{suffix}.md"))
    return made


class Edition:
    """All pages of one language.

    panels  the ids of the cells whose panels are recorded
    save    (bytes, suffix) → the name of a picture in pictures/
    """

    def __init__(self, language, panels, save, root=ROOT):
        self.language, self.panels, self.root = language, panels, root
        self.up = "../" if FOLDERS[language] else ""
        self.save = lambda content, suffix: f"{self.up}pictures/{save(content, suffix)}"
        self.pages = pages_of(language, root)
        self._names = {}
        for each in (language, *FOLDERS):  # what this edition has itself, else the other one's
            for page in pages_of(each, root):
                self._names.setdefault(page.source, self._way_to(each) + page.name)
        for subject, name in subjects.lessons_in(root / "lessons").items():
            self._names[f"lessons/{name}.md"] = subject
        for page in self.pages:  # grows while it is read: a page links to a file
            self._fill(page)

    def page(self, name):
        """The page of that name."""
        return next(page for page in self.pages if page.name == name)

    def _way_to(self, language):
        """From a page of this edition to the pages of one."""
        return "" if language == self.language else self.up or f"{FOLDERS[language]}/"

    def _fill(self, page):
        path = self.root / page.source
        if path.suffix == ".py":
            code = cells.python(path.read_text("utf-8"))
            page.title = page.source
            page.blocks = [{"id": "code", "kind": "code", "code": code, "outputs": []}]
            return
        markdown = prose.renderer(self._resolver(page.source), self._anchor(path))

        def render(text):
            return DIAGRAM.sub(self._diagram, markdown(text))

        if path.suffix == ".md":
            page.blocks = list(_parts(render(cells.own_text(path.read_text("utf-8")))))
        else:
            notebook = nbformat.read(path, 4)
            page.blocks = list(cells.blocks(notebook, render, self.panels, self.save))
        asked = [block["name"] for block in page.blocks if block["kind"] == "check"]
        page.questions = {name: cells.question(name, self.language) for name in asked}
        headings = [
            (int(level), html.unescape(anchor), prose.plain(words))
            for block in page.blocks
            if block["kind"] == "prose"
            for level, anchor, words in prose.HEADING.findall(block["html"])
        ]
        titles = [words for level, _, words in headings if level == 1]
        page.title = titles[0].removeprefix(page.number).strip()
        page.contents = [(anchor, words) for level, anchor, words in headings if level == 2]

    def _diagram(self, found):
        return self.save(base64.b64decode(found[1]), ".svg")

    def _anchor(self, path):
        return prose.jupyter_anchor if path.suffix == ".ipynb" else prose.forge_anchor

    def _resolver(self, source):
        def resolve(address, picture):
            if re.match(r"[a-z]+:|#", address):
                return address
            path, hash, anchor = unquote(address).partition("#")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
            if picture:
                file = self.root / path
                return self.save(file.read_bytes(), file.suffix)
            name = self._names.get(path) or self._new_page(path)
            return name and f"{name}.html{hash}{anchor}"

        return resolve

    def _new_page(self, path):
        """The name of a new page for a file of the project; None if it is not for readers."""
        if not READABLE.fullmatch(path) or not (self.root / path).is_file():
            return None
        base = path.removesuffix(".md").removesuffix(".zh-CN")
        name = re.sub(r"[/.]", "-", base).lower()
        own = f"{base}{SUFFIX[self.language]}.md"
        if path.endswith(".md") and path != own and (self.root / own).is_file():
            return self._way_to("en" if self.language == "zh" else "zh") + name
        self._names[path] = name
        self.pages.append(Page(name, path, "code" if path.endswith(".py") else "file"))
        return name


def _parts(text):
    """A long document in blocks, one a heading: the same in both languages."""
    for number, part in enumerate(re.split(r"(?=<h[1-3][ >])", text)):
        if part.strip():
            yield {"id": f"part-{number}", "kind": "prose", "html": part}
