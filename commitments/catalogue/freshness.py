"""When the public last saw each published row change: for the sitemap and for machines that keep copies."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet

from commitments.choices import Publication
from commitments.models import Assessment, Check, Commitment, Evidence, Note, SourceDocument

Moments = dict[int, datetime]


def commitments() -> list[Commitment]:
    """Every published commitment with `.changed_at`: its wording, its judgements, checks and public notes."""
    rows = list(
        Commitment.objects.published()
        .select_related("document")
        .only("code", "published_at", "document__slug")
        .in_tree_order()
    )
    judged = Assessment.objects.published().order_by()
    later = [
        _edited(Commitment),
        _latest(judged, "commitment", "published_at"),
        _latest(judged, "commitment", "withdrawn_at"),
        _latest(Check.objects.order_by(), "commitment", "recorded_at"),
        _latest(Note.objects.published().order_by(), "commitment", "created_at"),
    ]
    return _marked(rows, later)


def documents(rows: Iterable[Commitment]) -> list[SourceDocument]:
    """Every published document with `.changed_at`; its reader shows the status of each of its commitments."""
    inside: Moments = {}
    for row in rows:
        if row.changed_at:
            inside[row.document_id] = max(row.changed_at, inside.get(row.document_id, row.changed_at))
    found = list(SourceDocument.objects.published().only("slug", "published_at"))
    return _marked(found, [_edited(SourceDocument), inside])


def evidence() -> list[Evidence]:
    """Every published piece of evidence with `.changed_at`."""
    return _marked(list(Evidence.objects.published().only("code", "published_at")), [_edited(Evidence)])


def register_changed_at() -> datetime | None:
    """The newest publication, correction or withdrawal of a judgement; None before the first."""
    moments = Assessment.objects.published().aggregate(one=Max("published_at"), other=Max("withdrawn_at"))
    return max((moment for moment in moments.values() if moment), default=None)


def _edited(model: Any) -> Moments:
    """The last time that a public row was saved."""
    return _latest(model.history.filter(publication=Publication.PUBLISHED).order_by(), "id", "history_date")


def _latest(rows: QuerySet, of: str, field: str) -> Moments:
    found = rows.filter(**{f"{field}__isnull": False}).values_list(of).annotate(newest=Max(field))
    return dict(found.values_list(of, "newest"))


def _marked(rows: list[Any], later: list[Moments]) -> list[Any]:
    for row in rows:
        row.changed_at = max([row.published_at, *(moments[row.pk] for moments in later if row.pk in moments)])
    return rows
