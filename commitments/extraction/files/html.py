"""A web page -> its text, block by block, without menus: trafilatura, and all blocks where it finds no article."""

import trafilatura
from django.utils.translation import gettext as _
from lxml import etree, html

from commitments.extraction.files.plain import decode_html
from commitments.extraction.files.refusals import LARGEST_HTML, MEBIBYTE, UnreadableFile

SILENT = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "select",
    "iframe",
    "svg",
)
BLOCKS = frozenset("p div li h1 h2 h3 h4 h5 h6 tr br section article blockquote td dd dt ul ol table pre".split())
LEAST = 0.3  # share of the page's Chinese or Latin text below which the article is not believed


def read_html(data: bytes) -> tuple[str, str]:
    if len(data) > LARGEST_HTML:
        raise UnreadableFile(_("The page is larger than %(limit)d MB.") % {"limit": LARGEST_HTML // MEBIBYTE})
    source, encoding = decode_html(data)
    everything = _blocks(source)
    article = trafilatura.extract(source, include_comments=False, include_tables=True, favor_recall=True) or ""
    text = article if len(article) >= LEAST * len(everything) else everything
    if not text.strip():
        raise UnreadableFile(_("The page holds no text."))
    return text, encoding


def _blocks(source: str) -> str:
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    pieces: list[str] = []
    quiet = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        is_silent = node.tag in SILENT
        if event == "start":
            quiet += is_silent
            pieces.append("\n" if node.tag in BLOCKS else "")
            pieces.append("" if quiet else node.text or "")
        else:
            quiet -= event == "end" and is_silent
            pieces.append("\n" if event == "end" and node.tag in BLOCKS else "")
            pieces.append("" if quiet else node.tail or "")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
