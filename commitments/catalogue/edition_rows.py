"""What an edition freezes: every row that the public may read on a day, as plain values in an order of their own.

No primary key and no order of the database gets in, so that the same register gives the same rows everywhere.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict

from commitments.catalogue import judgements, standing
from commitments.catalogue.clock import Clock
from commitments.catalogue.edition_tables import TABLES
from commitments.catalogue.listing import Listing
from commitments.choices import Vocabulary
from commitments.models import (
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
    judged = judgements.described(standing.assessments_of(judgements.known(clock)), commitments, clock)
    return {**found, "assessments": judged}


def _given(row: Any, commitment: Commitment) -> Any:
    row.commitment = commitment
    return row
