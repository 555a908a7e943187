"""What is wrong with the fixtures: each problem names its file, row, field, value and reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from commitments.rules.refusal import Refused

SHOWN_LENGTH = 80


@dataclass(frozen=True)
class Place:
    """Where a row stands: a file below the fixtures, and a line or an entry of it ('' for the file as a whole)."""

    file: str
    row: str = ""

    def __str__(self) -> str:
        return f"{self.file}, {self.row}" if self.row else self.file


@dataclass(frozen=True)
class Problem:
    place: Place
    field: str
    value: Any
    reason: str

    def __str__(self) -> str:
        words = {"place": self.place, "field": self.field, "value": shown(self.value), "reason": self.reason}
        if not self.field:
            return _("%(place)s: %(reason)s") % words
        if self.value is None:
            return _("%(place)s, %(field)s: %(reason)s") % words
        return _("%(place)s, %(field)s = “%(value)s”: %(reason)s") % words


class SeedRefused(Refused):
    """The fixtures, or one of their rows, cannot be loaded; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def shown(value: Any) -> str:
    """The value as a person can read it in one line, unprintable characters escaped."""
    text = value if isinstance(value, str) else repr(value)
    plain = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
    return plain if len(plain) <= SHOWN_LENGTH else plain[:SHOWN_LENGTH] + "…"
