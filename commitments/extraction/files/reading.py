"""A file -> its text: txt and md as they are, html, pdf and docx through their readers."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from commitments.extraction.files.html import read_html
from commitments.extraction.files.pdf import read_pdf
from commitments.extraction.files.plain import decode
from commitments.extraction.files.refusals import LARGEST_FILE, LONGEST_TEXT, MEBIBYTE, UnreadableFile
from commitments.extraction.files.word import read_docx

FORMATS = {
    **{".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"},
    **{".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"},
}
AS_GIVEN = ("txt", "md")
SIGNATURES = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "docx"), (b"\xd0\xcf\x11\xe0", "doc"), (b"{\\rtf", "rtf"))


@dataclass(frozen=True)
class FileText:
    text: str
    format: str
    encoding: str  # "" for packed formats
    sha256: str  # of the text in UTF-8

    @property
    def is_as_given(self) -> bool:
        """Offsets point into the file itself, decoded with its line ends as they are."""
        return self.format in AS_GIVEN


def read_file(path: Path) -> FileText:
    """Raises UnreadableFile with one sentence."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableFile(_("%(name)s is not a file.") % {"name": path.name})
        if size > LARGEST_FILE:
            raise UnreadableFile(
                _("%(name)s is larger than %(limit)d MB.") % _about(path.name, LARGEST_FILE // MEBIBYTE)
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            _("%(name)s cannot be opened: %(reason)s.") % {"name": path.name, "reason": error.strerror}
        ) from error
    return read_bytes(data, path.name)


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
