"""The orders that lists offer: a name -> the columns it sorts by, ties in tree order."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from commitments.catalogue import cursor as keyset
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


def keys_of(order: str) -> Sequence[Key]:
    descending = order.startswith("-")
    name = order.lstrip("-")
    if name in DATES:
        return Key("order_date", date, descending), *TREE
    if name == "relevance":
        return Key("rank", int, descending), *TREE
    return tuple(key.reversed() for key in TREE) if descending else TREE


class Sorted:
    """Rows that the database sorts by one of these orders; those without a date come last in either direction."""

    def __init__(self, rows: CommitmentQuerySet, order: str) -> None:
        name, last = order.lstrip("-"), EARLIEST if order.startswith("-") else LATEST
        self.rows = rows.annotate(order_date=Coalesce(F(DATES[name]), Value(last))) if name in DATES else rows
        self.keys = keys_of(order)

    def after(self, values: Sequence[Any] | None, size: int, *, backwards: bool = False) -> list[Any]:
        """In the direction of travel."""
        keys = [key.reversed() for key in self.keys] if backwards else self.keys
        rows = self.rows.filter(keyset.after(keys, values)) if values else self.rows
        return list(rows.order_by(*keyset.order_by(keys))[:size])
