"""What an edition freezes: every row that the public may read on a day, as plain values in an order of their own.

No primary key and no order of the database gets in, so that the same register gives the same rows everywhere.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.http import QueryDict

from commitments.catalogue import standing
from commitments.catalogue.clock import Clock
from commitments.catalogue.edition_tables import TABLES, moment
from commitments.catalogue.listing import Listing
from commitments.choices import Vocabulary
from commitments.models import (
    Assessment,
    Check,
    Commitment,
    CommitmentParty,
    CommitmentTheme,
    Evidence,
    EvidenceLink,
    Exclusion,
    Note,
    Passage,
    SourceDocument,
)

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def frozen_rows(day: date) -> Rows:
    """Table -> rows. The register as of that day, as known at its end."""
    clock = Clock(day, day)
    params = QueryDict(f"as_of={day.isoformat()}&known_on={day.isoformat()}")
    commitments = {row.pk: row for row in Listing(params)}
    found = {"commitments": list(commitments.values()), **_hanging_on(commitments, clock), **_around()}
    return {table.name: _plain_rows(table, found[table.name]) for table in TABLES}


def _plain_rows(table: Any, rows: Iterable[Any]) -> list[Row]:
    """Commitments keep the order of their documents; the others are sorted by what they say."""
    plain = [{field.name: _plain(field.value(row)) for field in table.fields} for row in rows]
    if table.name == "commitments":
        return sorted(plain, key=lambda row: row["document"])
    return sorted(plain, key=lambda row: [(row[field.name] is not None, row[field.name]) for field in table.fields])


def _plain(value: Any) -> Any:
    if isinstance(value, Vocabulary):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, list) else value


def _around() -> dict[str, Iterable[Any]]:
    """Evidence and sources, each with what was left out of it."""
    documents = SourceDocument.objects.published()
    exclusions = list(
        Exclusion.objects.filter(document__in=documents.values("pk"))
        .select_related("document")
        .defer("document__text")
        .prefetch_related(Prefetch("covered_by", Commitment.objects.published().select_related("document")))
    )
    for row in exclusions:
        row.codes = [one.natural_id for one in row.covered_by.all()]  # type: ignore[attr-defined]
    return {
        "evidence": Evidence.objects.published().select_related("publisher"),
        "documents": documents.defer("text"),
        "exclusions": exclusions,
    }


def _hanging_on(commitments: dict[int, Commitment], clock: Clock) -> dict[str, Iterable[Any]]:
    """What belongs to a commitment; each row is given the one at hand."""
    end = clock.end_of_known
    evidence, documents = (model.objects.published().values("pk") for model in (Evidence, SourceDocument))
    read: dict[str, Any] = {
        "evidence-links": EvidenceLink.objects.filter(evidence__in=evidence).select_related("evidence"),
        "passages": Passage.objects.filter(document__in=documents).select_related("document").defer("document__text"),
        "parties": CommitmentParty.objects.select_related("party"),
        "themes": CommitmentTheme.objects.select_related("theme"),
        "checks": Check.objects.filter(checked_on__lte=clock.as_of, recorded_at__lt=end),
        "notes": Note.objects.published(),
    }
    found: dict[str, Iterable[Any]] = {}
    for name, rows in read.items():
        found[name] = [_given(row, commitments[row.commitment_id]) for row in rows if row.commitment_id in commitments]
    return {**found, "assessments": _judgements(commitments, clock)}


def _given(row: Any, commitment: Commitment) -> Any:
    row.commitment = commitment
    return row


def _judgements(commitments: dict[int, Commitment], clock: Clock) -> list[Any]:
    end = clock.end_of_known
    known = Q(published_at__lt=end, as_of__lte=clock.as_of, party__isnull=True)
    rows = [row for row in standing.assessments_of(known) if row.commitment_id in commitments]
    in_force = {row.in_force_id for row in commitments.values()}
    named = _named(rows, commitments)
    for row in rows:
        given: Any = _given(row, commitments[row.commitment_id])
        given.natural_id, given.natural_corrected = named[row.pk], named.get(row.corrects_id or 0)
        given.is_in_force = row.pk in in_force
        given.codes = [evidence.code for evidence in row.evidence.all()]
        if row.withdrawn_at and row.withdrawn_at >= end:
            given.withdrawn_at, given.withdrawn_reason_zh, given.withdrawn_reason_en = None, "", ""
    return rows


def _named(rows: list[Assessment], commitments: dict[int, Commitment]) -> dict[int, str]:
    """`document/code@day/moment of publication`: a later judgement never takes or moves the name of an earlier one."""
    names: dict[int, str] = {}
    taken: dict[str, int] = defaultdict(int)
    for row in sorted(rows, key=lambda row: (row.published_at, row.as_of, row.status, row.rationale_zh, row.pk)):
        name = f"{commitments[row.commitment_id].natural_id}@{row.as_of.isoformat()}/{moment(row.published_at)}"
        taken[name] += 1
        names[row.pk] = f"{name}-{taken[name]}" if taken[name] > 1 else name
    return names
