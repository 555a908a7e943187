"""What a line of the list shows of a commitment, and no more: a Listing -> Lines, as light as can be read."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from commitments.catalogue.listing import Listing
from commitments.choices import Confidence, Kind, Momentum, Publication, Status
from commitments.languages import Words, choose, codes, suffix
from commitments.models import Commitment, CurrentStanding

SUFFIXES = tuple(suffix(code) for code in codes())


class Head(NamedTuple):
    """The proposal under which a line stands."""

    code: str
    title: Words


class Line(NamedTuple):
    """`cited` is None without a judgement; `parts` are the statuses of a measure's parts."""

    pk: int
    slug: str
    code: str
    kind: str
    title: Words
    status: Status
    is_assessable: bool
    is_computed: bool
    momentum: Momentum | None
    confidence: Confidence | None
    as_of: str  # ISO, empty without a judgement
    cited: int | None
    parts: tuple[Status, ...]
    head: Head | None


def lines(listing: Listing) -> list[Line]:
    if not listing.is_valid:
        return []
    return list(_kept(listing)) if listing.walk is not None else [_line(row) for row in listing.rows]


def _line(row: Commitment) -> Line:
    found = row.standing
    return Line(
        pk=row.pk,
        slug=row.document.slug,
        code=row.code,
        kind=row.kind,
        title=row.words("title"),
        status=found.status,
        is_assessable=found.assessable,
        is_computed=found.basis == "computed",
        momentum=found.momentum,
        confidence=found.confidence,
        as_of=found.as_of.isoformat() if found.as_of else "",
        cited=len(found.assessment.evidence.all()) if found.assessment else None,
        parts=found.parts if row.kind == Kind.MEASURE else (),
        head=Head(row.head.code, row.head.words("title")) if row.head else None,
    )


OWN = (
    *("commitment_id", "document__slug", "commitment__code", "kind", "shown_status", "verifiability", "in_force_id"),
    *("momentum", "confidence", "status_as_of", "cited", "parts"),
)
TITLES = tuple(f"title_{each}" for each in SUFFIXES)
# Of the row itself and of the two above it, as the tree is three deep.
TREE = ("pk", "kind", "code", "publication", *TITLES)
COLUMNS = (
    *OWN,
    *(f"commitment__{above}{name}" for above in ("", "parent__", "parent__parent__") for name in TREE),
)


def _kept(listing: Listing) -> Iterable[Line]:
    places = listing.places
    if not places:
        return
    with connection.cursor() as cursor:
        cursor.execute(_question(len(places)), [place.pk for place in places])
        found = {row[0]: row for row in cursor.fetchall()}
    has_heads = listing.order.lstrip("-") == "code"
    present = None
    for place in places:
        row = found[place.pk]
        proposal = _proposal(row[len(OWN) :]) if has_heads else None
        begins = proposal is not None and proposal[0] not in (present, place.pk)
        present = proposal[0] if proposal else None
        yield _of_values(row, Head(proposal[2], _title(proposal[4:])) if proposal and begins else None)


@lru_cache(128)
def _question(number: int) -> str:
    """SQL for so many rows: to write it anew would take longer than to ask it."""
    rows = CurrentStanding.objects.filter(pk__in=range(number)).values_list(*COLUMNS)
    sql, _parameters = rows.query.sql_with_params()
    return sql


def _of_values(row: Sequence[Any], head: Head | None) -> Line:
    pk, slug, code, kind, status, verifiability, in_force, momentum, confidence, as_of, cited, parts = row[: len(OWN)]
    own = row[len(OWN) :]
    return Line(
        pk=pk,
        slug=slug,
        code=code,
        kind=kind,
        title=_title(own[4 : 4 + len(TITLES)]),
        status=Status(status),
        is_assessable=verifiability != "not_verifiable",
        is_computed=kind == Kind.PROPOSAL and in_force is None,
        momentum=Momentum(momentum) if momentum else None,
        confidence=Confidence(confidence) if confidence else None,
        as_of=str(as_of or ""),
        cited=cited if in_force else None,
        parts=tuple(Status(one) for one in parts.split()) if kind == Kind.MEASURE else (),
        head=head,
    )


def _proposal(tree: Sequence[Any]) -> Sequence[Any] | None:
    """The public proposal that the row belongs to, if any."""
    size = len(TREE)
    for start in range(0, 3 * size, size):
        level = tree[start : start + size]
        if level[1] == Kind.PROPOSAL:
            return level if level[3] == Publication.PUBLISHED else None
    return None


def _title(titles: Sequence[str]) -> Words:
    return choose(dict(zip(SUFFIXES, titles, strict=False)))
