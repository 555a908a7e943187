"""What the pages of changes may be asked: query parameters -> the clocks, a period, sources, places in two lists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.catalogue.clock import Clock, ClockForm
from commitments.catalogue.fields import EARLIEST, IsoDateField, RowsField
from commitments.catalogue.filters import ListingForm, documents
from commitments.models import Assessment, Commitment, SourceDocument
from commitments.models.commitment import is_public
from commitments.rules.clocks import end_of_day
from commitments.rules.momentum import months_before

USUAL_MONTHS = 12
CLOCK = ("as_of", "known_on")
PARAMETERS = ("document", "from", "to", *CLOCK, "cursor", "entered_cursor", "page_size")
REPEATABLE = ("document",)


@dataclass(frozen=True)
class Period:
    """Both days are in it."""

    start: date
    end: date

    @property
    def begins_at(self) -> datetime:
        return end_of_day(self.start - timedelta(days=1))

    @property
    def ends_before(self) -> datetime:
        return end_of_day(self.end)


class PeriodForm(ClockForm):
    cursor = forms.CharField(required=False, max_length=600)
    entered_cursor = forms.CharField(required=False, max_length=600)
    page_size = ListingForm.base_fields["page_size"]

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["from"] = IsoDateField(required=False, allow_future=False, label=gettext_lazy("From"))
        self.fields["to"] = IsoDateField(required=False, allow_future=False, label=gettext_lazy("To"))
        self.fields["document"] = RowsField(rows=documents, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and found.get("from") and self.period(None).start > self.period(None).end:
            words = {"end": self.period(None).end.isoformat()}
            self.add_error("from", ValidationError(_("The period begins after its end, %(end)s.") % words))
        return found

    def period(self, usual_months: int | None = USUAL_MONTHS) -> Period:
        """To the reader's day unless said otherwise, from twelve months before; with None from the beginning."""
        end = self.cleaned_data.get("to") or self.clock().as_of
        start = self.cleaned_data.get("from")
        return Period(start or (EARLIEST if usual_months is None else year_before(end, usual_months)), end)


def year_before(end: date, months: int = USUAL_MONTHS) -> date:
    """The first day of a period of so many months that ends on this day."""
    return max(months_before(end, months) + timedelta(days=1), EARLIEST)


def first_judgements(documents: Collection[int]) -> dict[int, datetime]:
    """By source: the moment at which the first judgement of any of its public commitments was published."""
    judged = public_judgements().filter(commitment__document=OuterRef("pk"))
    first = judged.order_by("published_at").values("published_at")[:1]
    rows = SourceDocument.objects.filter(pk__in=documents).annotate(first=Subquery(first))
    return dict(rows.filter(first__isnull=False).order_by().values_list("pk", "first"))


def public_judgements() -> QuerySet[Assessment]:
    """Of public commitments as a whole, whenever they were entered; drafts never."""
    return Assessment.objects.published().filter(is_public("commitment"), party__isnull=True).order_by()


def first_judged(field: str) -> Any:
    """The least of all public judgements: from the beginning of an index, looking at each whether it is public."""
    public = Commitment.objects.published().filter(pk=OuterRef("commitment_id"))
    rows = Assessment.objects.published().filter(Exists(public), party__isnull=True)
    return rows.order_by(field).values_list(field, flat=True).first()


def years(clock: Clock) -> list[Period]:
    """Calendar years with something to show, the latest first; the one under way ends on the reader's day."""
    first = first_judged("as_of")
    if first is None:
        return []
    last = clock.as_of.year
    return [
        Period(date(year, 1, 1), min(date(year, 12, 31), clock.as_of))
        for year in range(last, max(first.year, last - 30) - 1, -1)
    ]
