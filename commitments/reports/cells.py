"""Cells of spreadsheets: values that no program mistakes for a formula; undone by plain_text() on import."""

import re
from datetime import date
from typing import Any

NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
# A formula may hide behind blanks and invisible marks, and full-width signs work in some programs.
DANGEROUS = re.compile(
    "^[\\s\u200b-\u200f\u2060\ufeff\u00ad\x00]*[=+\\-@|%\t\r\n\x00\uff1d\uff0b\uff0d\uff20\uff5c\uff05]"
)


def plain(value: Any) -> str:
    """Text of a value as every file writes it: ISO dates, lists joined by |, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "|".join(plain(one) for one in value)
    return str(value)


def guarded(value: Any) -> str:
    """An apostrophe before what could run; numbers stay as they are."""
    text = plain(value)
    if text.startswith("'") or (DANGEROUS.match(text) and not NUMBER.fullmatch(text)):
        return "'" + text
    return text


def plain_text(cell: str) -> str:
    """The inverse of guarded(); an apostrophe that someone typed for its own sake stays."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell
