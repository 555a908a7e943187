"""The orders that lists offer: a name -> the columns it sorts by, ties in tree order."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from commitments.catalogue.cursor import Key
from commitments.catalogue.fields import EARLIEST, LATEST
from commitments.models import CommitmentQuerySet

TREE = (Key("document_id", int), Key("path", str))
DATES = {"as_of": "status_as_of", "last_checked_on": "last_checked_on", "due_on": "due_on"}
LABELS = {
    "code": _("document order"),
    "as_of": _("status as of"),
    "last_checked_on": _("last checked"),
    "due_on": _("due date"),
    "relevance": _("relevance"),
}
NAMES = list(LABELS) + [f"-{name}" for name in LABELS]


def sort(rows: CommitmentQuerySet, order: str, q: str) -> tuple[CommitmentQuerySet, Sequence[Key]]:
    """Annotate what the order needs; rows without a date come last in either direction."""
    descending = order.startswith("-")
    name = order.lstrip("-")
    if name in DATES:
        last = EARLIEST if descending else LATEST
        rows = rows.annotate(order_date=Coalesce(F(DATES[name]), Value(last)))
        return rows, (Key("order_date", date, descending), *TREE)
    if name == "relevance":
        return rows.annotate(rank=_rank(q)), (Key("rank", int, descending), *TREE)
    return rows, tuple(key.reversed() for key in TREE) if descending else TREE


def _rank(q: str) -> Case:
    """0 the code itself, 1 in the title, 2 elsewhere; the smaller the nearer."""
    return Case(
        When(code__iexact=q, then=Value(0)),
        When(title_zh__icontains=q, then=Value(1)),
        When(title_en__icontains=q, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
