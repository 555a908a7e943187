"""The documents and proposals that filters list: the first ones, which all readers see, and those that are chosen."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from commitments.catalogue.kept import kept
from commitments.choices import Kind
from commitments.languages import codes, suffix
from commitments.models import Commitment, SourceDocument

MOST_LISTED = 40  # documents or proposals; the others are reached by the page of documents, or by their address


def listed_documents(chosen: Iterable[SourceDocument]) -> dict[int, SourceDocument]:
    """By id the first ones, and those that are chosen."""
    first = first_documents()
    return first | {row.pk: row for row in chosen if row.pk not in first}


@kept
def first_documents() -> dict[int, SourceDocument]:
    rows = SourceDocument.objects.published().only("slug", *(f"short_{suffix(code)}" for code in codes()))
    return {row.pk: row for row in rows[:MOST_LISTED]}


def listed_proposals(
    documents: Collection[int], names: Collection[str], chosen: Iterable[Commitment]
) -> list[Commitment]:
    """Those of the documents that are chosen, else the first ones; and those that are chosen, by these names."""
    found = [*_proposals(documents)] if documents else first_proposals()
    listed = {name for row in found for name in (row.code, row.natural_id)}
    if listed.issuperset(names):
        return found
    present = {row.pk for row in found}
    return found + [row for row in chosen if row.kind == Kind.PROPOSAL and row.pk not in present]


@kept
def first_proposals() -> list[Commitment]:
    return [*_proposals([])]


def _proposals(documents: Collection[int]) -> QuerySet[Commitment]:
    titles = [f"title_{suffix(code)}" for code in codes()]
    rows = Commitment.objects.published().filter(kind=Kind.PROPOSAL).in_tree_order().select_related("document")
    rows = rows.only("code", "path", "document__slug", *titles)
    return (rows.filter(document_id__in=documents) if documents else rows)[:MOST_LISTED]
