"""A file -> its text: txt and md as they are, html, pdf and docx through their readers."""

import hashlib
from pathlib import Path

from django.utils.translation import gettext as _

from commitments.extraction.files.file_text import FileText
from commitments.extraction.files.html import read_html
from commitments.extraction.files.pdf import read_pdf
from commitments.extraction.files.plain import decode
from commitments.extraction.files.refusals import LARGEST_FILE, LONGEST_TEXT, MEBIBYTE, UnreadableFile
from commitments.extraction.files.word import read_docx

FORMATS = {
    **{".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"},
    **{".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"},
}
SIGNATURES = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "docx"), (b"\xd0\xcf\x11\xe0", "doc"), (b"{\\rtf", "rtf"))


def read_bytes(data: bytes, name: str) -> FileText:
    kind = FORMATS.get(Path(name).suffix.lower(), "")
    if not kind:
        known = ", ".join(sorted(set(FORMATS.values())))
        raise UnreadableFile(_("%(name)s is of no known type. Known are: %(known)s.") % {"name": name, "known": known})
    if len(data) > LARGEST_FILE:
        raise UnreadableFile(_("%(name)s is larger than %(limit)d MB.") % _about(name, LARGEST_FILE // MEBIBYTE))
    _check_signature(data, kind, name)
    text, encoding = _text(data, kind)
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise UnreadableFile(_("%(name)s holds no text.") % {"name": name})
    if len(text) > LONGEST_TEXT:
        raise UnreadableFile(_("The text is longer than %(limit)d characters.") % {"limit": LONGEST_TEXT})
    return FileText(text, kind, encoding, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _text(data: bytes, kind: str) -> tuple[str, str]:
    if kind == "pdf":
        return read_pdf(data), ""
    if kind == "docx":
        return read_docx(data), ""
    return read_html(data) if kind == "html" else decode(data)


def _check_signature(data: bytes, kind: str, name: str) -> None:
    """What the file is, by its first bytes, against what it is called."""
    found = next((each for signature, each in SIGNATURES if data[:1024].lstrip().startswith(signature)), "")
    expected = kind if kind in ("pdf", "docx") else ""
    if found != expected:
        words = {"name": name, "format": kind, "found": found or _("something else")}
        raise UnreadableFile(_("%(name)s is called %(format)s but is %(found)s.") % words)


def _about(name: str, limit: int) -> dict[str, object]:
    return {"name": name, "limit": limit}
