"""Bytes of a text file -> its text with line ends and byte-order mark as they are, and the encoding that it is in."""

import re

from django.utils.translation import gettext as _

from commitments.extraction.files.refusals import UnreadableFile

MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)


def decode(data: bytes) -> tuple[str, str]:
    """UTF-8 where it is that, UTF-16 by its mark, else GB18030, which holds GBK and GB2312."""
    for encoding in (*(encoding for mark, encoding in MARKS if data.startswith(mark)), "utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text, encoding
    raise UnreadableFile(_("This is not a text file in UTF-8, UTF-16 or GBK. Save it as UTF-8 and try again."))


def decode_html(data: bytes) -> tuple[str, str]:
    """As the page says itself, when that works."""
    if found := META_CHARSET.search(data[:4096]):
        said = found.group(1).decode("ascii").lower()
        encoding = "gb18030" if said in ("gb2312", "gbk") else said
        try:
            return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _is_text(text: str) -> bool:
    return len(CONTROLS.findall(text[:100_000])) <= len(text[:100_000]) // 1000
