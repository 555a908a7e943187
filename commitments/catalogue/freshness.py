"""When the public last saw each published row change: for the sitemap and for machines that keep copies."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from commitments.choices import Publication
from commitments.models import Assessment, Check, Commitment, Evidence, Note, SourceDocument

Moments = dict[int, datetime]


ALL = range(2**62)
MOMENTS = ("published_at", "withdrawn_at")


def commitments(ids: range = ALL) -> list[Commitment]:
    """Published commitments with `.changed_at`: their wording, their judgements, checks and public notes."""
    rows = list(
        Commitment.objects.published()
        .filter(_within("pk", ids))
        .select_related("document")
        .only("code", "published_at", "document__slug")
        .in_tree_order()
    )
    of = _within("commitment", ids)
    judged = Assessment.objects.published().filter(of).order_by()
    later = [
        _edited(Commitment, ids),
        _latest(judged, "commitment", "published_at"),
        _latest(judged, "commitment", "withdrawn_at"),
        _latest(Check.objects.filter(of).order_by(), "commitment", "recorded_at"),
        _latest(Note.objects.published().filter(of).order_by(), "commitment", "created_at"),
    ]
    return _marked(rows, later)


def _within(field: str, ids: range) -> Q:
    return Q() if ids == ALL else Q(**{f"{field}__gte": ids.start, f"{field}__lt": ids.stop})


def documents(rows: Iterable[Commitment]) -> list[SourceDocument]:
    """Every published document with `.changed_at`; its reader shows the status of each of these commitments."""
    inside: Moments = {}
    for row in rows:
        if row.changed_at:
            inside[row.document_id] = max(row.changed_at, inside.get(row.document_id, row.changed_at))
    found = list(SourceDocument.objects.published().only("slug", "published_at"))
    return _marked(found, [_edited(SourceDocument), inside])


def evidence(ids: range = ALL) -> list[Evidence]:
    """Published pieces of evidence with `.changed_at`."""
    rows = Evidence.objects.published().filter(_within("pk", ids)).only("code", "published_at")
    return _marked(list(rows), [_edited(Evidence, ids)])


def last_id(model: type[Commitment] | type[Evidence]) -> int:
    return model._base_manager.aggregate(last=Max("pk"))["last"] or 0


def register_changed_at() -> datetime | None:
    """The newest publication, correction or withdrawal of a judgement; None before the first."""
    rows = Assessment.objects.published().order_by()
    newest = [rows.filter(**{f"{field}__isnull": False}).aggregate(last=Max(field))["last"] for field in MOMENTS]
    return max((moment for moment in newest if moment), default=None)


def _edited(model: Any, ids: range = ALL) -> Moments:
    """The last time that a public row was saved."""
    rows = model.history.filter(_within("id", ids), publication=Publication.PUBLISHED)
    return _latest(rows.order_by(), "id", "history_date")


def _latest(rows: QuerySet, of: str, field: str) -> Moments:
    found = rows.filter(**{f"{field}__isnull": False}).values_list(of).annotate(newest=Max(field))
    return dict(found.values_list(of, "newest"))


def _marked(rows: list[Any], later: list[Moments]) -> list[Any]:
    for row in rows:
        row.changed_at = max([row.published_at, *(moments[row.pk] for moments in later if row.pk in moments)])
    return rows
