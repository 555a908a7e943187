"""Text from outside -> the text that is stored: NFC, without characters that break pages, feeds or readers."""

import re
import unicodedata

from django.utils.translation import gettext as _

# C0 and C1 controls (TAB and LF are text), surrogates, noncharacters, and the marks that turn reading direction.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
    + "|["
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


class UncleanText(ValueError):
    """A sentence that names the character and where it stands."""


def clean_text(value: str) -> str:
    """NFC with LF line ends; raises UncleanText rather than dropping anything silently."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    if found := FORBIDDEN.search(text):
        words = {"code": f"U+{ord(found.group()):04X}", "position": found.start() + 1}
        raise UncleanText(_("The character %(code)s at position %(position)d is not allowed.") % words)
    return text
