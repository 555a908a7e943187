"""Typed cells -> words of a vocabulary, dates, texts; a refusal names the column, the value and what is allowed."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from commitments.choices import Vocabulary
from commitments.reports.cells import plain_text
from commitments.reports.update_columns import YES
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed
from commitments.tables.reader import Value
from commitments.text.clean import UncleanText, clean_text

V = TypeVar("V", bound=Vocabulary)
DAY = re.compile(r"([12][0-9]{3})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
NUMBER = re.compile(r"[0-9]{1,9}")
SHOWN = 60


class Heading(Protocol):
    """Of any sheet; `str()` is its name."""

    @property
    def label(self) -> str: ...


def text(value: Value, column: Heading) -> str:
    typed = value.isoformat() if isinstance(value, date) else plain_text(value)
    try:
        return clean_text(typed).strip()
    except UncleanText as error:
        raise Refused(_("%(column)s: %(reason)s") % {"column": column.label, "reason": error}, str(column)) from error


def word(value: Value, column: Heading, words: Iterable[V], also: dict[str, V] | None = None) -> V | None:
    """By its label in any language, or by its code; `also`: other names of some."""
    typed = text(value, column)
    if not typed:
        return None
    words = list(words)
    known = {alike(name): each for name, each in (also or {}).items()}
    known |= {alike(name): each for each in words for name in (each.value, *each.labels.values())}
    if found := known.get(alike(typed)):
        return found
    raise wrong(column, typed, listed(each.label for each in words))


def yes(value: Value, column: Heading) -> bool:
    typed = text(value, column)
    if typed and alike(typed) not in {alike(name) for name in (*YES.values(), "true", "1", "x", "✓")}:
        raise wrong(column, typed, listed(YES.values()))
    return bool(typed)


def day(value: Value, column: Heading) -> date | None:
    """A real date, or a text with year, month and day in this order."""
    if isinstance(value, date):
        return value
    typed = text(value, column)
    if not typed:
        return None
    try:
        if found := DAY.fullmatch(unicodedata.normalize("NFKC", typed)):
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise wrong(column, typed, _("a date like 2026-11-20"))


def number(value: Value, column: Heading) -> int | None:
    typed = text(value, column)
    if typed and not NUMBER.fullmatch(typed):
        raise wrong(column, typed, _("a whole number"))
    return int(typed) if typed else None


def alike(name: str) -> str:
    """Full and half width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def wrong(column: Heading, typed: str, allowed: str) -> Refused:
    shown = typed if len(typed) <= SHOWN else typed[:SHOWN] + "…"
    sentence = _("%(column)s: “%(value)s” is not allowed; allowed: %(allowed)s.")
    return Refused(sentence % {"column": column.label, "value": shown, "allowed": allowed}, str(column))
