"""The two lists of changes for programs, each a page with its places: what happened, and what was entered."""

from dataclasses import dataclass
from typing import Any

from commitments.catalogue.changes import Entry, Step, Stream
from commitments.catalogue.entered import Event, Rank
from commitments.catalogue.paging import Count, Page


@dataclass(frozen=True)
class Lines:
    """`place` is the parameter that leads through this list and leaves the other where it is."""

    stream: Stream
    place: str
    page: Page[Any]
    counted: Count
    rows: list[Entry]

    @property
    def count(self) -> int:
        return self.counted.number

    @property
    def count_is_exact(self) -> bool:
        return self.counted.is_exact

    @property
    def next_query(self) -> str | None:
        return self.stream.query_at(self.place, self.page.next)

    @property
    def previous_query(self) -> str | None:
        return self.stream.query_at(self.place, self.page.previous)


def happened(stream: Stream) -> Lines:
    rows = [_as_entry(step) for step in stream.happened]
    return Lines(stream, "cursor", stream.happened_page, stream.happened_counted, rows)


def entered(stream: Stream) -> Lines:
    return Lines(stream, "entered_cursor", stream.entered_page, stream.entered_counted, stream.entered)


def _as_entry(step: Step) -> Entry:
    assert step.assessment.published_at is not None
    return Entry(Event(step.assessment.published_at, Rank.JUDGED, step.assessment.pk), step)
