"""The sources of a report as numbered notes: evidence in the order in which it is first named -> Source."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from typing import TypeVar

from django.db.models import OuterRef, Subquery, Value

from commitments.models import Citation, Evidence, EvidenceLink, Snapshot
from commitments.today import ZONE

CHUNK = 500  # ids named in one query
T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """`captured_on` is the day of our own copy; None while there is none."""

    number: int
    evidence: Evidence
    captured_on: date | None = None


class Shelf:
    """Public evidence by what cites it and by what it bears on; each piece is read once, however often it is named."""

    def __init__(
        self, commitments: Sequence[int], assessments: Sequence[int], until: date, known_before: datetime
    ) -> None:
        self.until = until
        self._cited: dict[int, list[int]] = defaultdict(list)
        self._linked: dict[int, list[int]] = defaultdict(list)
        for some, others in zip_longest(in_chunks(assessments), in_chunks(commitments), fillvalue=()):
            self._note_pairs(some, others)
        ids = {pk for found in (self._cited, self._linked) for pks in found.values() for pk in pks}
        self._evidence: dict[int, Evidence] = {}
        copies = Snapshot.objects.filter(evidence=OuterRef("pk"), captured_at__lt=known_before)
        newest = Subquery(copies.order_by("-captured_at").values("captured_at")[:1])
        for some in in_chunks(sorted(ids)):
            rows = Evidence.objects.published().select_related("publisher").annotate(captured_at=newest)
            self._evidence |= rows.in_bulk(some)

    def _note_pairs(self, assessments: Sequence[int], commitments: Sequence[int]) -> None:
        """One query for both tables."""
        cited = Citation.objects.filter(assessment__in=assessments).order_by()
        linked = EvidenceLink.objects.filter(commitment__in=commitments).order_by()
        pairs = cited.values_list(Value(1), "assessment_id", "evidence_id").union(
            linked.values_list(Value(0), "commitment_id", "evidence_id"), all=True
        )
        for is_cited, key, evidence in pairs:
            (self._cited if is_cited else self._linked)[key].append(evidence)

    def cited(self, assessment: int) -> list[Evidence]:
        return self._rows(self._cited.get(assessment, ()))

    def linked(self, commitment: int) -> list[Evidence]:
        """What is dated after the period is not of it."""
        rows = self._rows(self._linked.get(commitment, ()))
        return [row for row in rows if row.published_on is None or row.published_on <= self.until]

    def _rows(self, ids: Iterable[int]) -> list[Evidence]:
        found = (self._evidence[pk] for pk in ids if pk in self._evidence)
        return sorted(found, key=lambda row: row.code)


class SourceNotes:
    """Each piece of evidence gets one number."""

    def __init__(self) -> None:
        self._by_id: dict[int, Source] = {}

    def of(self, evidence: Iterable[Evidence]) -> tuple[Source, ...]:
        return tuple(self._note(row) for row in evidence)

    def _note(self, row: Evidence) -> Source:
        if row.pk not in self._by_id:
            captured_at = getattr(row, "captured_at", None)
            captured_on = captured_at.astimezone(ZONE).date() if captured_at else None
            self._by_id[row.pk] = Source(len(self._by_id) + 1, row, captured_on)
        return self._by_id[row.pk]

    @property
    def all(self) -> tuple[Source, ...]:
        return tuple(self._by_id.values())


def in_chunks(found: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(found), CHUNK):
        yield found[start : start + CHUNK]
