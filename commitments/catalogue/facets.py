"""The filter form as readers see it: facets, their options, and how many rows each option would give."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeVar

from django.db.models import F, Value
from django.utils.translation import gettext as _

from commitments.catalogue.filters import CommitmentFilterSet, named_in_public
from commitments.catalogue.kept import Shelf, kept
from commitments.catalogue.listed import listed_documents, listed_proposals
from commitments.catalogue.listing import Listing
from commitments.catalogue.numbers import Numbers, numbers
from commitments.choices import (
    FURTHEST_FIRST,
    Band,
    Confidence,
    Kind,
    Momentum,
    Verifiability,
    Vocabulary,
)
from commitments.languages import active, choose
from commitments.models import Commitment, Party, Theme


@dataclass(frozen=True)
class Option:
    """`number`: rows that the other filters leave with this value; None where it is not counted."""

    value: str
    label: str
    checked: bool
    mark: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]

    @property
    def is_active(self) -> bool:
        return any(option.checked for option in self.options)


class Facets:
    """Three queries: documents, proposals, themes with parties; and the numbers (numbers.py)."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        cleaned, given = listing.form.cleaned_data, {*filter(None, listing.params.getlist("ancestor"))}
        chosen, above = cleaned.get("document") or [], chain.from_iterable(cleaned.get("ancestor") or ())
        self.documents = listed_documents(chosen)
        self.proposals = listed_proposals([row.pk for row in chosen], given, above)

    def __iter__(self) -> Iterator[Facet]:
        """Only facets that have something to choose from."""
        for facet in self._all():
            if len(facet.options) > 1 or facet.is_active:
                yield facet

    def _all(self) -> Iterator[Facet]:
        yield self._words("status", FURTHEST_FIRST, "status-")
        yield self._words("momentum", Momentum, "momentum-")
        yield self._words("kind", Kind)
        yield self._rows("ancestor", {row.natural_id: self._heading(row) for row in self.proposals})
        yield self._rows("document", {row.slug: row.words("short").text for row in self.documents.values()})
        filed = _filed_under(active())
        yield self._rows("theme", filed["theme"])
        yield self._rows("party", filed["party"])
        yield self._words("band", Band)
        yield self._words("confidence", Confidence)
        yield self._words("verifiability", Verifiability)

    def _words(self, name: str, words: Sequence[Vocabulary] | type[Vocabulary], mark: str = "") -> Facet:
        labels = {word.value: word.label for word in words}
        return self._rows(name, labels, mark)

    def _rows(self, name: str, labels: dict[str, str], mark: str = "") -> Facet:
        chosen = self.chosen.get(name, set())
        numbers = self.numbers.get(name)
        options = [
            Option(
                value,
                label,
                value in chosen,
                f"{mark}{value}" if mark else "",
                numbers[value] if numbers is not None else None,
            )
            for value, label in labels.items()
        ]
        return Facet(name, str(CommitmentFilterSet.base_filters[name].label), options)

    def _heading(self, row: Commitment) -> str:
        return _("%(code)s. %(title)s") % {"code": row.code, "title": row.words("title")}

    @cached_property
    def chosen(self) -> dict[str, set[str]]:
        params = self.listing.params
        found = {name: {value for value in params.getlist(name) if value} for name in params}
        if "ancestor" in found:  # a code alone means the same as document/code
            found["ancestor"] |= {row.natural_id for row in self.proposals if row.code in found["ancestor"]}
        return found

    @cached_property
    def numbers(self) -> Numbers:
        """By facet and value; facets whose numbers would take too long to count are missing."""
        if not self.listing.is_valid:
            return {}
        return numbers(self.listing, self.documents, self.proposals)


T = TypeVar("T")
LARGE = 40  # questions whose form is kept: each takes some tens of kilobytes
_facets: Shelf[tuple[Facet, ...]] = Shelf(LARGE)


def facets_of(listing: Listing) -> tuple[Facet, ...]:
    return keep_for_question(_facets, listing, lambda: tuple(Facets(listing)))


def keep_for_question(shelf: Shelf[T], listing: Listing, make: Callable[[], T]) -> T:
    """What is the same wherever in its list one is. What rests on the whole history is not kept."""
    if not listing.is_valid or listing.walk is None:
        return make()
    question = listing.query(only=tuple(CommitmentFilterSet.base_filters))
    return shelf.get((active(), question), make)


@kept
def _filed_under(language: str) -> dict[str, dict[str, str]]:
    """Labels of the themes and parties that a public commitment names, by code; one query."""
    columns = ("facet", "value", "name_zh", "name_en", "pk")
    themes, parties = named_in_public(Theme), named_in_public(Party)
    rows = (
        themes.annotate(facet=Value("theme"), value=F("slug"))
        .order_by()
        .values(*columns)
        .union(parties.annotate(facet=Value("party"), value=F("code")).order_by().values(*columns))
        .order_by("pk")
    )
    found: dict[str, dict[str, str]] = {"theme": {}, "party": {}}
    for row in rows:
        found[row["facet"]][row["value"]] = choose({"zh": row["name_zh"], "en": row["name_en"]}).text
    return found


@dataclass(frozen=True)
class Chip:
    """An active filter in words, with the query that drops it."""

    label: str
    value: str
    without: str


def chips(listing: Listing, facets: Sequence[Facet]) -> list[Chip]:
    """What is asked for, in the order of the parameters; dates and words included."""
    labels = {(facet.name, option.value): option.label for facet in facets for option in facet.options}
    labels |= {("evidence", "any"): _("with evidence"), ("evidence", "none"): _("without evidence")}
    found = []
    for name, filter_ in CommitmentFilterSet.base_filters.items():
        values = [value for value in listing.params.getlist(name) if value.strip()]
        for value in dict.fromkeys(values):
            rest = [other for other in values if other != value]
            label = labels.get((name, value), value)
            found.append(Chip(str(filter_.label), label, listing.query(keep={name: rest})))
    return found
