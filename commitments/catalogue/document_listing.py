"""The list of source documents: query parameters -> a page of the published ones, each with its numbers."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Count, Sum
from django.http import QueryDict

from commitments.catalogue import cursor as keyset
from commitments.catalogue import parameters, present
from commitments.catalogue.clock import Clock, ClockForm
from commitments.catalogue.filters import USUAL_PAGE, ListingForm
from commitments.catalogue.paging import Page, Paged, cursor_of, page_of, spelled
from commitments.catalogue.period import CLOCK
from commitments.choices import Kind
from commitments.models import Commitment, SourceDocument, Tally

ORDER = "documents"
KEYS = (keyset.Key("issued_on", keyset.date), keyset.Key("id", int))
PARAMETERS = (*CLOCK, "cursor", "page_size")


class DocumentForm(ClockForm):
    cursor = ListingForm.base_fields["cursor"]
    page_size = ListingForm.base_fields["page_size"]


class DocumentListing(Paged):
    """Reads once, lazily. With errors it has no rows."""

    count_is_exact = True

    def __init__(self, params: QueryDict) -> None:
        self.params = params
        self.form = DocumentForm(params)
        self.form.is_valid()
        self.errors = parameters.refusals(params, PARAMETERS, (), self.form)
        self._cursor = cursor_of(self.form.cleaned_data.get("cursor"), ORDER, KEYS, self.errors)

    @cached_property
    def clock(self) -> Clock:
        """Numbers are today's; the reader's dates lead on to the documents."""
        return self.form.clock() if self.is_valid else Clock.now()

    @cached_property
    def _page(self) -> Page[SourceDocument]:
        if self.errors:
            return Page([])
        size = self.form.cleaned_data.get("page_size") or USUAL_PAGE
        return page_of(self._read, KEYS, _place_of, cursor=self._cursor, order=ORDER, size=size)

    def _read(self, keys: Sequence[keyset.Key], values: Sequence[Any] | None, limit: int) -> list[SourceDocument]:
        rows = SourceDocument.objects.published().select_related("provenance").defer("text")
        rows = rows.filter(keyset.after(keys, values)) if values else rows
        return list(rows.order_by(*keyset.order_by(keys))[:limit])

    @cached_property
    def rows(self) -> list[Any]:
        """This page's, each with `.counts`: its commitments by kind, under the document's own names."""
        rows: list[Any] = self._page.rows
        found = _numbers([row.pk for row in rows])
        for row in rows:
            row.counts = [(row.kind_label(kind), found[row.pk, kind]) for kind in Kind if (row.pk, kind) in found]
        return rows

    @property
    def count(self) -> int:
        return 0 if self.errors else SourceDocument.objects.published().count()

    def query(self, *, cursor: str | None) -> str:
        return spelled(self.params, PARAMETERS, cursor=cursor)


def _place_of(row: SourceDocument) -> tuple[Any, ...]:
    return row.issued_on, row.pk


def _numbers(documents: list[int]) -> dict[tuple[int, Kind], int]:
    """Kept ones, or counted while something written waits to be taken in."""
    if present.is_kept():
        rows: Any = Tally.objects.filter(document_id__in=documents).order_by().values_list("document_id", "kind")
        rows = rows.annotate(n=Sum("number"))
    else:
        rows = Commitment.objects.published().filter(document__in=documents).order_by()
        rows = rows.values_list("document_id", "kind").annotate(n=Count("pk"))
    return {(document, Kind(kind)): number for document, kind, number in rows if number}
