"""What a report is asked for: query parameters -> the rows of one Listing, a period and a length, or named errors."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.catalogue import filters, parameters
from commitments.catalogue.facets import Facets, chips
from commitments.catalogue.fields import AllowedField, EditionField, IsoDateField
from commitments.catalogue.listing import Listing
from commitments.catalogue.period import Period, year_before
from commitments.catalogue.renamed import params_today
from commitments.choices import ReportLength
from commitments.models import Edition
from commitments.reports.content import Report, make

OWN = ("from", "to", "length", "edition")
PARAMETERS = (*filters.PARAMETERS, *OWN)
REPEATABLE = filters.REPEATABLE
# What the list takes and a report passes over: it has every row, in the order of the documents.
PLACES = ("order", "cursor", "page_size")
CLOCK = ("as_of", "known_on")


class ReportForm(forms.Form):
    length = AllowedField(required=False, choices=ReportLength.choices, label=gettext_lazy("Length"))
    edition = EditionField(required=False, max_length=20, label=gettext_lazy("Edition"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["from"] = IsoDateField(required=False, allow_future=False, label=gettext_lazy("From"))
        self.fields["to"] = IsoDateField(required=False, allow_future=False, label=gettext_lazy("To"))


class Question:
    """With errors there is no listing. The report tells how things stood at the end of its period.

    Of an edition, it tells what the site knew on the day of that edition; wording, filters and what is public are
    today's, as for every day of knowledge.
    """

    def __init__(self, params: QueryDict) -> None:
        self.params = params = params_today(params)
        self._form = ReportForm(only(params, *OWN))
        self._form.is_valid()
        asked = only(params, *filters.PARAMETERS)
        if self.edition:
            asked.setdefault("known_on", self.edition.day.isoformat())
        self._asked = Listing(asked)
        self.errors = parameters.merged(
            parameters.unknown(params, PARAMETERS),
            parameters.repeated(only(params, *OWN), ()),
            self._asked.errors,
            parameters.said(self._form),
        )
        if self.is_valid:
            self._check_days()

    @property
    def is_valid(self) -> bool:
        return not self.errors

    @property
    def is_asked(self) -> bool:
        """A page without a period shows the form alone."""
        return any(self.params.get(name) for name in OWN)

    @property
    def edition(self) -> Edition | None:
        found: Edition | None = self._form.cleaned_data.get("edition")
        return found

    def _check_days(self) -> None:
        given = self._form.cleaned_data
        as_of = self._asked.form.cleaned_data.get("as_of")
        if self.edition:
            self._check_edition(self.edition)
        if as_of and given.get("to") and as_of != given["to"]:
            sentence = _("A report is of the end of its period: leave as_of out, or give it %(day)s.")
            self.errors["as_of"] = [sentence % {"day": given["to"]}]
        elif self.period.start > self.period.end:
            words = {"end": self.period.end.isoformat()}
            self.errors["from"] = [_("The period begins after its end, %(end)s.") % words]

    def _check_edition(self, edition: Edition) -> None:
        words = {"number": edition.number, "day": edition.day}
        if self._asked.clock.known_on != edition.day:
            sentence = _("Edition %(number)d knows what was known on %(day)s: leave known_on out.")
            self.errors["known_on"] = [sentence % words]
        elif self.period.end > edition.day:
            self.errors["to"] = [_("Edition %(number)d is of %(day)s; the period must end by then.") % words]

    @cached_property
    def period(self) -> Period:
        """To the day that the list is read for, from twelve months before, unless said otherwise."""
        given = self._form.cleaned_data
        end = given.get("to") or self._asked.clock.as_of
        return Period(given.get("from") or year_before(end), end)

    @property
    def length(self) -> ReportLength:
        return ReportLength(self._form.cleaned_data.get("length") or ReportLength.FULL)

    @property
    def is_filtered(self) -> bool:
        """By anything but the source: then what was withdrawn cannot be told to be in it or not."""
        return bool(only(self.params, *filters.CommitmentFilterSet.base_filters).keys() - {"document"})

    @cached_property
    def listing(self) -> Listing:
        """Every row of the question in the order of the documents, as it stood at the end of the period."""
        found = only(self.params, *(name for name in filters.PARAMETERS if name not in PLACES))
        found["order"] = "code"
        found["as_of"] = self.period.end.isoformat()
        found["known_on"] = self._asked.clock.known_on.isoformat()
        return Listing(found)

    def is_larger_than(self, number: int) -> bool:
        """Asked without reading more than one row beyond."""
        return self.listing.filtered().order_by().values("pk")[: number + 1].count() > number

    @property
    def filters(self) -> list[tuple[str, str]]:
        """What was chosen, in the reader's words; a single source is named by the title."""
        if not self.is_filtered and len(self.params.getlist("document")) <= 1:
            return []
        return [(chip.label, chip.value) for chip in chips(self._asked, list(Facets(self._asked)))]

    def report(self, site_url: str = "", foreword: str = "") -> Report:
        return make(
            self.listing,
            self.period,
            self.length,
            filters=self.filters,
            is_filtered=self.is_filtered,
            site_url=site_url,
            foreword=foreword,
            edition=self.edition.number if self.edition else None,
        )

    @property
    def lasting(self) -> str:
        """The whole question with its day of knowledge: tomorrow it asks for the same."""
        found = QueryDict(self.canonical, mutable=True)
        found["known_on"] = self.listing.clock.known_on.isoformat()
        return found.urlencode()

    @property
    def selection(self) -> str:
        """The filters in one spelling, as the list takes them."""
        return self._asked.query(only=[name for name in filters.PARAMETERS if name not in (*PLACES, *CLOCK)])

    @property
    def canonical(self) -> str:
        """The whole question in one spelling."""
        found = QueryDict(self.selection, mutable=True)
        found["from"], found["to"] = self.period.start.isoformat(), self.period.end.isoformat()
        found["length"] = self.length.value
        if self.edition:
            found["edition"] = str(self.edition.number)
        elif self.params.get("known_on"):
            found["known_on"] = self._asked.clock.known_on.isoformat()
        return found.urlencode()


def only(params: QueryDict, *names: str) -> QueryDict:
    """Some of the parameters, those that say something."""
    found = QueryDict(mutable=True)
    for name in params:
        if name in names and (values := [value for value in params.getlist(name) if value.strip()]):
            found.setlist(name, values)
    return found
