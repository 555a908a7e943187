"""Times as texts name them -> the date by which something is due: 到2030年, 2027年底前, by 2025."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

DEADLINE = re.compile(
    r"(?:到|至|力争到|在|于)?(?P<year>\d{4})年(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?(?P<part>底|末|上半年|中)?(?P<before>以?前|之前)?"
    r"|(?:未来|今后)[\d一二三四五六七八九十两]{1,3}(?:[到至-][\d一二三四五六七八九十]{1,3})?年|[\d一二三四五六七八九十两]{1,3}年内|年内|年底前|本届任期内"
    r"|(?:no later than|by(?: the end of)?|before|until) (?P<english>\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Deadline:
    written: str
    due_on: date | None


def deadline(text: str) -> Deadline | None:
    """The first one named."""
    found = DEADLINE.search(text)
    return Deadline(found.group(), _due_on(found)) if found else None


def _due_on(found: re.Match[str]) -> date | None:
    if found["english"]:
        return _day(int(found["english"]), 12, 31)
    if not found["year"]:
        return None
    month = int(found["month"] or {"上半年": 6, "中": 6}.get(found["part"] or "", 12))
    return _day(int(found["year"]), month, int(found["day"] or 31))


def _day(year: int, month: int, day: int) -> date | None:
    """The last day of the month where the day is past it; None where it is no date at all."""
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return date(year, month, min(day, monthrange(year, month)[1]))
