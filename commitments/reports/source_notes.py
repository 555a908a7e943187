"""The sources of a report as numbered notes: evidence in the order in which it is first named -> Source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commitments.models import Evidence


@dataclass(frozen=True)
class Source:
    """`captured_on` is the day of our own copy; None while there is none."""

    number: int
    evidence: Evidence
    captured_on: date | None = None


class SourceNotes:
    """Each piece of evidence gets one number, however often it is named."""

    def __init__(self) -> None:
        self._by_id: dict[int, Source] = {}

    def of(self, evidence: Iterable[Evidence]) -> tuple[Source, ...]:
        return tuple(self._note(row) for row in evidence)

    def _note(self, row: Evidence) -> Source:
        if row.pk not in self._by_id:
            self._by_id[row.pk] = Source(len(self._by_id) + 1, row)
        return self._by_id[row.pk]

    @property
    def all(self) -> tuple[Source, ...]:
        return tuple(self._by_id.values())
