"""One row of a file -> typed values; whatever is wrong with a value is noted with its place, and reading goes on."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from commitments.actions.seeding.problems import Place, Problem
from commitments.choices import Vocabulary
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed
from commitments.rules.structure import check_code

V = TypeVar("V", bound=Vocabulary)
# Line feeds and tabs may stand in a text; nothing else that does not print, nor half of a surrogate pair.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
NOT_IN_ADDRESSES = re.compile(r"[\s<>\"{}|\\^`]")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
COUNTRY = re.compile(r"[A-Z]{2}")


class Cells:
    """Getters return a harmless value (empty, None) for what they have noted as wrong."""

    def __init__(self, place: Place, cells: dict[str, Any], problems: list[Problem]) -> None:
        self.place, self.cells, self.problems = place, cells, problems
        self.bad: set[str] = set()

    def wrong(self, field: str, reason: str, value: Any = None) -> None:
        self.bad.add(field)
        self.problems.append(Problem(self.place, field, value, reason))

    def refused(self, refusal: Refused) -> None:
        self.wrong(refusal.field, str(refusal), self.cells.get(refusal.field))

    def text(self, field: str, *, required: bool = False, nullable: bool = False) -> str:
        value = self.cells.get(field)
        if field in self.bad or value is None and nullable:
            return ""
        if not isinstance(value, str):
            self.wrong(field, _("A text is expected."), repr(value))
            return ""
        if found := UNPRINTABLE.search(value):
            self.wrong(field, _("Unprintable character U+%(code)04X.") % {"code": ord(found[0])}, value)
            return ""
        if required and not value.strip():
            self.wrong(field, _("It must not be empty."), value)
        return value

    def code(self, field: str) -> str:
        value = self.text(field)
        try:
            if field not in self.bad:
                check_code(value)
        except Refused as refusal:
            self.wrong(field, str(refusal), value)
        return value

    def matching(self, field: str, pattern: re.Pattern[str], expected: str, *, blank: bool = False) -> str:
        value = self.text(field)
        if field not in self.bad and not (blank and not value) and not pattern.fullmatch(value):
            self.wrong(field, _("%(expected)s is expected.") % {"expected": expected}, value)
        return value

    def day(self, field: str, *, required: bool = True, latest: date | None = None) -> date | None:
        """An ISO date such as 2023-05-19."""
        value = self.text(field, nullable=not required)
        if field in self.bad or not value and not required:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:
            self.wrong(field, _("A date of the calendar such as 2023-05-19 is expected."), value)
            return None
        if latest and day > latest:
            self.wrong(field, _("It lies in the future; the latest day allowed is %(day)s.") % {"day": latest}, value)
        return day

    def word(self, field: str, vocabulary: type[V] | Sequence[V], *, blank: bool = False) -> V | None:
        """One word of a vocabulary; null counts as blank."""
        value = self.text(field, nullable=blank)
        if field in self.bad or not value and blank:
            return None
        for member in vocabulary:
            if member.value == value:
                return member
        self.wrong(field, _("Allowed are: %(words)s.") % {"words": listed(m.value for m in vocabulary)}, value)
        return None

    def flag(self, field: str) -> bool:
        value = self.cells.get(field)
        if field not in self.bad and not isinstance(value, bool):
            self.wrong(field, _("true or false is expected."), repr(value))
        return value is True

    def texts(self, field: str, pattern: re.Pattern[str] | None = None) -> list[str]:
        """A list of texts, none of them twice."""
        value = self.cells.get(field)
        if field in self.bad:
            return []
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            self.wrong(field, _("A list of texts is expected."), repr(value))
            return []
        for n, each in enumerate(value):
            if UNPRINTABLE.search(each) or pattern and not pattern.fullmatch(each):
                self.wrong(field, _("This is not allowed here."), each)
            elif each in value[:n]:
                self.wrong(field, _("It stands twice."), each)
        return value

    def address(self, field: str, *, required: bool = True) -> str:
        value = self.text(field, required=required, nullable=not required)
        if field not in self.bad and value and not _is_address(value):
            self.wrong(field, _("An address that begins with http:// or https://, without spaces, is expected."), value)
        return value

    def checked(self, model: type[Model], values: dict[str, Any], columns: dict[str, str]) -> dict[str, Any]:
        """The values, after each has been held against its field's own limits (length, form)."""
        for name, value in values.items():
            column = columns.get(name, name)
            if column in self.bad or value is None or isinstance(value, Vocabulary):
                continue
            try:
                model._meta.get_field(name).clean(value, None)  # type: ignore[union-attr]
            except ValidationError as error:
                self.wrong(column, error.messages[0], value)
        return values


class Once:
    """Notes a value that an earlier row has used already."""

    def __init__(self) -> None:
        self.places: dict[Any, Place] = {}

    def check(self, cells: Cells, field: str, value: Any) -> bool:
        first = self.places.setdefault(value, cells.place)
        if first is not cells.place:
            reason = _("It stands twice: first in %(place)s.") % {"place": first}
            cells.wrong(field, reason, value if isinstance(value, str) else cells.cells.get(field))
        return first is cells.place


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not NOT_IN_ADDRESSES.search(value)
