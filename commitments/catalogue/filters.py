"""The one FilterSet: what readers may ask of the register, on every page, file and feed."""

from collections.abc import Collection
from functools import cache
from itertools import chain
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from commitments.catalogue import orders
from commitments.catalogue.clock import ClockForm
from commitments.catalogue.codes import few_named
from commitments.catalogue.fields import AllowedField, AllowedListField, IsoDateField, RowsField, WordsField
from commitments.catalogue.kept import kept
from commitments.choices import (
    BAND_OF,
    Band,
    Confidence,
    Kind,
    Momentum,
    Publication,
    Status,
    Verifiability,
    Vocabulary,
)
from commitments.models import (
    Citation,
    Commitment,
    CommitmentParty,
    CommitmentTheme,
    EvidenceLink,
    Party,
    SourceDocument,
    Theme,
)
from commitments.models.commitment import is_public

LARGEST_PAGE, USUAL_PAGE = 100, 20


class ListingForm(ClockForm):
    """What a list takes beside its filters: the clocks, the order, the place in it."""

    order = AllowedField(required=False, choices=[(name, name) for name in orders.NAMES], label=_("Order"))
    cursor = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)
    page_size = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_PAGE,
        label=_("Rows per page"),
        error_messages={
            "invalid": _("Write a whole number from 1 to 100."),
            "min_value": _("“%(show_value)s” is too small: from 1 to 100 are allowed."),
            "max_value": _("“%(show_value)s” is too large: from 1 to 100 are allowed."),
        },
    )


class WordsFilter(filters.Filter):
    field_class = WordsField


class DayFilter(filters.Filter):
    field_class = IsoDateField


class AllowedFilter(filters.Filter):
    field_class = AllowedField


class AllowedListFilter(filters.MultipleChoiceFilter):
    field_class = AllowedListField


class RowsFilter(filters.Filter):
    field_class = RowsField


def one_or_more(vocabulary: type[Vocabulary], label: Any, **kwargs: Any) -> AllowedListFilter:
    widget = forms.CheckboxSelectMultiple
    return AllowedListFilter(choices=vocabulary.choices, label=label, widget=widget, distinct=False, **kwargs)


def documents(slugs: Collection[str]) -> dict[str, SourceDocument]:
    """Public ones, without their texts."""
    return {row.slug: row for row in SourceDocument.objects.published().filter(slug__in=slugs).defer("text")}


def _parties(codes: list[str]) -> dict[str, Any]:
    """One that only drafts name answers like one that does not exist."""
    return {code: row for code, row in _public(Party, "code").items() if code in codes}


def _themes(slugs: list[str]) -> dict[str, Any]:
    return {slug: row for slug, row in _public(Theme, "slug").items() if slug in slugs}


@kept
def _public(model: type[Theme] | type[Party], code: str) -> dict[str, Any]:
    return {getattr(row, code): row for row in named_in_public(model)}


def named_in_public(model: type[Theme] | type[Party]) -> QuerySet[Any]:
    """Themes or parties that a public commitment names; stops at the first one of each.

    Asked whether there is one, not which, PostgreSQL would read them all.
    """
    link, name = (CommitmentTheme, "theme") if model is Theme else (CommitmentParty, "party")
    links = link._base_manager.filter(is_public("commitment"), **{name: OuterRef("pk")})
    return model._default_manager.alias(one=Subquery(links.values("pk")[:1])).filter(one__isnull=False)


class CommitmentFilterSet(filters.FilterSet):
    """Bind it to rows that went through standing.with_standing and with_shown_status (see listing.py)."""

    q = WordsFilter(label=_("Words"))  # the search answers it: `apply` is told to leave it out
    document = RowsFilter(rows=documents, method="by_document", label=_("Source"))
    kind = one_or_more(Kind, _("Kind"))
    ancestor = RowsFilter(rows=few_named, method="by_ancestor", label=_("Part of"))
    status = one_or_more(Status, _("Status"), field_name="shown_status")
    band = one_or_more(Band, _("Result so far"), method="by_band")
    momentum = one_or_more(Momentum, _("Recent movement"))
    theme = RowsFilter(rows=_themes, method="by_theme", label=_("Theme"))
    party = RowsFilter(rows=_parties, method="by_party", label=_("Party"))
    verifiability = one_or_more(Verifiability, _("Verifiability"))
    confidence = one_or_more(Confidence, _("Confidence"))
    evidence = AllowedFilter(
        choices=[("any", _("with evidence")), ("none", _("without evidence"))],
        method="by_evidence",
        label=_("Evidence"),
    )
    due_after = DayFilter(field_name="due_on", lookup_expr="gte", label=_("Due on or after"))
    due_before = DayFilter(field_name="due_on", lookup_expr="lte", label=_("Due on or before"))
    assessed_after = DayFilter(field_name="status_as_of", lookup_expr="gte", label=_("Status as of or after"))
    assessed_before = DayFilter(field_name="status_as_of", lookup_expr="lte", label=_("Status as of or before"))
    checked_before = DayFilter(method="by_check", label=_("Not checked since"))

    class Meta:
        model = Commitment
        fields: list[str] = []
        form = ListingForm

    @classmethod
    def apply(cls, rows: QuerySet, wanted: dict[str, Any], skip: Collection[str] = ()) -> QuerySet:
        """The filters without the form's other fields (the clocks, the order, the page)."""
        asked = cls(QueryDict(), queryset=rows)
        for name, value in wanted.items():
            if name in asked.filters and name not in skip:
                rows = asked.filters[name].filter(rows, value)
        return rows

    def by_document(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        return rows.filter(document__in=value) if value else rows

    def by_ancestor(self, rows: QuerySet, name: str, value: list[list[Commitment]]) -> QuerySet:
        wanted = Q()
        for ancestor in chain.from_iterable(value):
            wanted |= Q(document_id=ancestor.document_id, path__startswith=ancestor.path) & ~Q(pk=ancestor.pk)
        return rows.filter(wanted) if value else rows

    def by_band(self, rows: QuerySet, name: str, value: list[str]) -> QuerySet:
        wanted = [status for status, band in BAND_OF.items() if band in value]
        return rows.filter(shown_status__in=wanted) if value else rows

    def by_theme(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        links = CommitmentTheme.objects.filter(commitment=OuterRef("pk"), theme__in=value)
        return rows.filter(Exists(links)) if value else rows

    def by_party(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        links = CommitmentParty.objects.filter(commitment=OuterRef("pk"), party__in=value)
        return rows.filter(Exists(links)) if value else rows

    def by_evidence(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """None means: no link, no citation in force, and no descendant's link."""
        if not value:
            return rows
        if "has_evidence" in rows.query.annotations:
            return rows.filter(has_evidence=value == "any")
        linked = EvidenceLink.objects.filter(
            evidence__publication=Publication.PUBLISHED, commitment__publication=Publication.PUBLISHED
        )
        cited = Citation.objects.filter(evidence__publication=Publication.PUBLISHED, assessment=OuterRef("in_force_id"))
        has_any: Any = Exists(cited)
        # The tree is three deep (rules/structure.py): a commitment's own links, its parts' and their parts'.
        # Lists made once for all rows: to look from each row for links below it took half a minute at 10,000 rows.
        for family in ("commitment", "commitment__parent", "commitment__parent__parent"):
            has_any |= Q(pk__in=linked.filter(**{f"{family}__isnull": False}).values(family))
        return rows.filter(has_any if value == "any" else ~has_any)

    def by_check(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        return rows.filter(Q(last_checked_on__lt=value) | Q(last_checked_on__isnull=True))


class Form(ListingForm):
    """All that a list may be asked; of its many fields only those are made that the question has."""

    def __init__(self, params: QueryDict) -> None:
        self.__dict__["base_fields"] = {name: field for name, field in _fields().items() if name in params}
        super().__init__(params)


@cache
def _fields() -> dict[str, forms.Field]:
    return {**CommitmentFilterSet(QueryDict(), queryset=Commitment.objects.none()).form.fields}


REPEATABLE = (
    "document",
    "kind",
    "ancestor",
    "status",
    "band",
    "momentum",
    "theme",
    "party",
    "verifiability",
    "confidence",
)
PARAMETERS = tuple(CommitmentFilterSet.base_filters) + tuple(ListingForm.base_fields)
