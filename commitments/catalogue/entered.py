"""What was entered: all that was published, corrected or withdrawn, newest first, from one query over all tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from commitments.catalogue import cursor as keyset
from commitments.catalogue.period import public_judgements
from commitments.choices import Publication
from commitments.models import Assessment, Commitment, Evidence, EvidenceLink, SourceDocument
from commitments.models.commitment import is_public

BATCH = 20  # more seeded judgements than this, published at one moment, are one entry
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEYS = (keyset.Key("at", int, True), keyset.Key("rank", int, True), keyset.Key("row", int, True))


class Rank(IntEnum):
    """What an event is; at one moment the greater comes first."""

    DOCUMENT_WITHDRAWN = 1
    EVIDENCE_WITHDRAWN = 2
    COMMITMENT_WITHDRAWN = 3
    JUDGEMENT_WITHDRAWN = 4
    JUDGED = 5
    BATCH = 6


class Event(NamedTuple):
    """`row` is the primary key in the table that the rank names, of a batch its document's."""

    at: datetime
    rank: int
    row: int
    document: str = ""
    code: str = ""
    reason_zh: str = ""
    reason_en: str = ""

    @property
    def place(self) -> tuple[int, int, int]:
        return (self.at - EPOCH) // timedelta(microseconds=1), self.rank, self.row


@dataclass(frozen=True)
class Batch:
    """Judgements of one source that a shipped register brought at one moment."""

    at: datetime
    document: int
    number: int
    commitments: int
    first: date
    last: date


@dataclass(frozen=True)
class Scope:
    """Which events: from a moment on and before another, of some sources, or of one commitment and all below it."""

    begins_at: datetime
    ends_before: datetime
    documents: Sequence[SourceDocument] = ()
    commitment: Commitment | None = None

    def family(self, of: str = "") -> Q:
        """The commitment and all below it, or rows of these; everything where none is named."""
        if self.commitment is None:
            return Q()
        place = {"document": self.commitment.document_id, "path__startswith": self.commitment.path}
        return Q(**{f"{of}{name}": value for name, value in place.items()})

    def within(self, field: str) -> Q:
        return Q(**{f"{field}__gte": self.begins_at, f"{field}__lt": self.ends_before})


def judgements(scope: Scope) -> QuerySet[Assessment]:
    rows = public_judgements().filter(scope.family("commitment__"))
    return rows.filter(commitment__document__in=[row.pk for row in scope.documents]) if scope.documents else rows


def batches(scope: Scope) -> list[Batch]:
    """One entry for each great batch; none in the history of a commitment and its parts."""
    if scope.commitment:
        return []
    rows: Any = (
        judgements(scope)
        .filter(scope.within("published_at"), seed_key__isnull=False, corrects__isnull=True)
        .values("published_at", "commitment__document")
        .annotate(n=Count("pk"), of=Count("commitment", distinct=True), first=Min("as_of"), last=Max("as_of"))
        .filter(n__gt=BATCH)
        .values_list("published_at", "commitment__document", "n", "of", "first", "last")
    )
    return [Batch(*row) for row in rows]


class Events:
    """Two queries: the number of events, and a page of them."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.batches = {(batch.at, batch.document): batch for batch in batches(scope)}
        self._grouped = [Event(batch.at, Rank.BATCH, batch.document) for batch in self.batches.values()]

    def count(self, most: int) -> int:
        return min(self._union(lambda field: Q())[:most].count() + len(self._grouped), most)

    def read(self, keys: Sequence[keyset.Key], values: Sequence[Any] | None, limit: int) -> list[Event]:
        descending = keys[0].descending
        place = (moment(values[0]), *values[1:]) if values else None
        rows = self._union(lambda field: _beyond(field, place, descending))
        found = [Event(*row) for row in rows.order_by(*keyset.order_by(keys))[:limit]]
        found += [one for one in self._grouped if place is None or (one[:3] < place if descending else one[:3] > place)]
        return sorted(found, key=lambda event: event[:3], reverse=descending)[:limit]

    def _union(self, beyond: Any) -> QuerySet:
        first, *others = [
            _columns(rows.filter(self.scope.within(field)), rank, field, **columns).filter(beyond(field))
            for rank, rows, field, columns in self._sources()
        ]
        return first.union(*others, all=True)

    def _sources(self) -> list[tuple[Rank, QuerySet, str, dict[str, str]]]:
        judged, scope = judgements(self.scope).filter(is_editorial=False), self.scope  # mended words are no news
        sources: list[tuple[Rank, QuerySet, str, dict[str, str]]] = [
            (Rank.JUDGED, judged.exclude(self._is_grouped()), "published_at", {}),
            (Rank.JUDGEMENT_WITHDRAWN, judged, "withdrawn_at", {"reason": "withdrawn_reason"}),
        ]
        gone = Q(publication=Publication.WITHDRAWN)
        commitments = Commitment.objects.filter(gone, scope.family(), document__publication=Publication.PUBLISHED)
        evidence = Evidence.objects.filter(gone)
        texts = SourceDocument.objects.filter(gone)
        if scope.documents or scope.commitment:
            links = EvidenceLink.objects.filter(is_public("commitment"), scope.family("commitment__"))
            if scope.documents:
                commitments = commitments.filter(document__in=[row.pk for row in scope.documents])
                links = links.filter(commitment__document__in=list(scope.documents))
            evidence, texts = evidence.filter(pk__in=links.values("evidence")), texts.none()
        coded = {"code": "code", "reason": "withdrawn_reason"}
        return [
            *sources,
            (Rank.COMMITMENT_WITHDRAWN, commitments, "withdrawn_at", {"document": "document__slug", **coded}),
            (Rank.EVIDENCE_WITHDRAWN, evidence, "withdrawn_at", coded),
            (Rank.DOCUMENT_WITHDRAWN, texts, "withdrawn_at", {"document": "slug", "reason": "withdrawn_reason"}),
        ]

    def _is_grouped(self) -> Q:
        grouped = Q(pk__in=[])
        for at, document in self.batches:
            grouped |= Q(published_at=at, commitment__document=document)
        return grouped & Q(seed_key__isnull=False, corrects__isnull=True)


def moment(microseconds: int) -> datetime:
    """Raises BadCursor outside the calendar."""
    try:
        return EPOCH + timedelta(microseconds=microseconds)
    except OverflowError as error:
        raise keyset.BadCursor from error


def _beyond(field: str, place: tuple[Any, ...] | None, descending: bool) -> Q:
    return keyset.after([keyset.Key(name, int, descending) for name in (field, "rank", "pk")], place) if place else Q()


def _columns(rows: QuerySet, rank: Rank, at: str, *, document: str = "", code: str = "", reason: str = "") -> QuerySet:
    def text(name: str) -> Any:
        return Cast(F(name), TextField()) if name else Value("", TextField())

    return (
        rows.order_by()
        .annotate(at=F(at), rank=Value(rank.value), row=F("pk"), of_document=text(document), public_code=text(code))
        .annotate(zh=text(reason and f"{reason}_zh"), en=text(reason and f"{reason}_en"))
        .values_list("at", "rank", "row", "of_document", "public_code", "zh", "en")
    )
