"""The page that a student gets: nbgrader fills it, this is its frame and how texts look on it.

Formulas become MathML when the page is written, so that it asks nobody for anything.
"""

import re
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import tostring

from jinja2 import pass_context
from latex2mathml.converter import convert_to_element
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbgrader.preprocessors import GetGrades

from tools.grading import messages, report

FORMULA = 500  # letters; longer ones stay as they were typed
ATTRIBUTES = {  # of MathML: how a sign looks; none leads anywhere
    *("display", "displaystyle", "scriptlevel", "stretchy", "fence", "form", "separator", "accent"),
    *("mathvariant", "columnalign", "columnspacing", "rowspacing", "linethickness", "minsize"),
    *("maxsize", "width", "movablelimits", "symmetric", "lspace", "rspace"),
}


@lru_cache(1000)  # the released ones stand on every page
def mathml(formula, display):
    """A formula as MathML: nothing in it but mathematics. As it was typed where that fails."""
    try:
        if len(formula) > FORMULA:
            raise ValueError("too long")
        element = convert_to_element(formula, display=display)
        for one in element.iter():
            one.attrib = {k: v for k, v in one.attrib.items() if k in ATTRIBUTES}
            one.text, one.tail = one.text and unescape(one.text), None
        element.set("xmlns", "http://www.w3.org/1998/Math/MathML")
        return tostring(element, encoding="unicode")
    except Exception:  # students type anything
        mark = {"inline": "$", "block": "$$"}[display]
        return escape(f"{mark}{formula}{mark}")


class Renderer(IPythonRenderer):
    """Markdown as HTML in which formulas are MathML and no tag is anybody's own."""

    def block_math(self, body):
        return mathml(body, "block")

    def inline_math(self, body):
        return mathml(body, "inline")

    def latex_environment(self, name, body):
        return mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", "block")

    def _embed_image_or_attachment(self, src):
        lost = src.startswith("attachment:") and src.partition(":")[2] not in self.attachments
        return "" if lost else super()._embed_image_or_attachment(src)


@pass_context
def markdown2html(context, source):
    """The filter of that name: the text of a cell, with the pictures that were pasted into it."""
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = Renderer(
        allow_harmful_protocols=False, exclude_anchor_links=True, attachments=attachments
    )
    return MarkdownWithMath(renderer).render(source)


class Grades(GetGrades):
    """Adds to each graded cell whether it still waits for the teacher."""

    def _get_score(self, cell, resources):
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id
        )
        cell.metadata.nbgrader["waiting"] = bool(grade.needs_manual_grade)


def called(student):
    """A student's name as people write it, without the platform's number."""
    return re.sub(r"_\d+$", "", student).replace("-", " ")


def configure(config):
    """Let nbgrader's GenerateFeedback write these pages: it looks for a template "feedback"."""
    config.GenerateFeedback.preprocessors = [
        Grades,
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    config.HTMLExporter.extra_template_basedirs = [str(report.TEMPLATES)]
    config.HTMLExporter.filters = {
        "markdown2html": markdown2html,
        "called": called,
        "word": messages.word,
        "task": lambda cell, assignment, language: report.tasks(assignment, language)[cell],
    }
