"""What may be uploaded as evidence: the name's ending and the first bytes must agree; a parser confirms both."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed

MOST = 20 * 1024 * 1024
HTML = "text/html"


class FileKind(NamedTuple):
    media_type: str
    starts: tuple[bytes, ...]
    word: str


KINDS: dict[str, FileKind] = {
    ".pdf": FileKind("application/pdf", (b"%PDF-",), "PDF"),
    ".docx": FileKind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",), "DOCX"
    ),
    ".png": FileKind("image/png", (b"\x89PNG\r\n\x1a\n",), "PNG"),
    ".jpg": FileKind("image/jpeg", (b"\xff\xd8\xff",), "JPEG"),
    ".jpeg": FileKind("image/jpeg", (b"\xff\xd8\xff",), "JPEG"),
    ".webp": FileKind("image/webp", (b"RIFF",), "WEBP"),
    ".html": FileKind(HTML, (b"<",), "HTML"),
    ".htm": FileKind(HTML, (b"<",), "HTML"),
}
WORD_OF = {kind.media_type: kind.word for kind in KINDS.values()}
SUFFIX_OF = {kind.media_type: suffix for suffix, kind in reversed(KINDS.items())}


def check_upload(name: str, content: bytes) -> str:
    """The media type that ending and first bytes agree on."""
    if len(content) > MOST:
        raise Refused(_("The file is too large; allowed are %(most)d MiB.") % {"most": MOST // 2**20}, "upload")
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    kind = KINDS.get(suffix)
    if kind is None:
        words = {"allowed": listed(dict.fromkeys(WORD_OF.values()))}
        raise Refused(_("This kind of file is not allowed; allowed are: %(allowed)s.") % words, "upload")
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:16] if kind.media_type == HTML else content[:16]
    if not start.startswith(kind.starts) or kind.word == "WEBP" and start[8:12] != b"WEBP":
        raise disagreement(kind.word)
    return kind.media_type


def disagreement(word: str) -> Refused:
    return Refused(_("The content of this file is not %(kind)s, or it is damaged.") % {"kind": word}, "upload")
