"""Markdown as HTML: formulas as MathML, headings with the anchors that links expect."""

import html
import re

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

FUNCTION = r"(?<!<msub>)<mi>(?:log|max|exp|ln|sin|cos)</mi>"
BASED = r"<msub><mi>log</mi><mrow>.*?</mrow></msub>"
# A formula in a line, and the signs beside it that must not stand alone on the next one
INLINE = re.compile(
    r'([(（“]*)(<span class="math inline">)(<math.*?</math>)</span>([,.;:!?)”，。；：！？、）]*)'
)
HEADING = re.compile(r'<h([1-4])(?: id="([^"]*)")?[^>]*>(.*?)</h\1>', re.DOTALL)
WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")  # Chinese characters and punctuation
OPERAND = r"</m(?:sub|sup|subsup|i|n|frac)>"


def formula(latex, options=None):
    """LaTeX as MathML. What latex2mathml leaves out is added: thin spaces, signs as operators."""
    block = bool(options and options.get("display_mode"))
    out = convert(latex, display="block" if block else "inline")
    out = re.sub(rf"({FUNCTION}|{BASED})(?=<m[isnrf])", r'\1<mspace width="0.17em"/>', out)
    out = re.sub(rf"({OPERAND})(?={FUNCTION})", r'\1<mspace width="0.17em"/>', out)
    out = re.sub(r"<mi>([≠≥≤≈→←∈·×−=<>∂])</mi>", r"<mo>\1</mo>", out)
    return out.replace('display="block"', 'display="block" tabindex="0"', 1)


def jupyter_anchor(title):
    """The anchor that Jupyter gives a heading."""
    return title.strip().replace(" ", "-")


def forge_anchor(title):
    """The anchor that a code forge gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def renderer(resolve, anchor):
    """A function from Markdown to HTML.

    resolve  (address, is it a picture?) → the address on the site; None where the site has no such
             page: then only the words of a link are left
    anchor   the text of a heading → its id
    """
    md = MarkdownIt("commonmark", {"html": True}).enable("table")
    md.validateLink = lambda _: True  # what the project's own notebooks hold, diagrams among it
    md.use(dollarmath_plugin, renderer=formula, allow_space=False, double_inline=False)
    md.use(anchors_plugin, min_level=2, max_level=4, slug_func=anchor)

    def lines(state):
        for token in state.tokens:
            _resolve_all(token.children or [], resolve)
            _join_chinese(token.children or [])

    md.core.ruler.push("lines", lines)

    def render(text):
        page = md.render(text).replace("<pre>", '<pre tabindex="0">')  # keys can scroll it
        page = re.sub(r"<th( [^>]*)?></th>", "<td></td>", page)  # no words, no heading
        return INLINE.sub(r"\2\1\3\4</span>", page)

    return render


def _resolve_all(tokens, resolve):
    """Put the site's addresses into the links and pictures of a line."""
    open_links = []
    for token in tokens:
        if token.type == "image" and token.attrGet("src").startswith("http"):
            token.type = "text"  # its words: a page fetches nothing from elsewhere
        elif token.type == "image":
            token.attrSet("src", resolve(token.attrGet("src"), True))
            token.attrSet("loading", "lazy")
        elif token.type == "link_open":
            open_links.append(resolve(token.attrGet("href"), False))
            if open_links[-1] is None:
                token.tag, token.attrs = "span", {}
            else:
                token.attrSet("href", open_links[-1])
        elif token.type == "link_close" and open_links.pop() is None:
            token.tag = "span"


def _join_chinese(tokens):
    """A line that ends within Chinese goes on without a space."""
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        ends = before.content[-1:], after.content[:1]
        if token.type == "softbreak" and all(map(WIDE.match, ends)):
            token.type = "text"


def plain(fragment):
    """The words of an HTML fragment, without its tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", fragment))).strip()
