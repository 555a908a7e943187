"""The filter form as readers see it: facets, their options, and how many rows each option would give."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, F, Value
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from commitments.catalogue import standing
from commitments.catalogue.filters import CommitmentFilterSet
from commitments.catalogue.listing import Listing
from commitments.choices import (
    BAND_OF,
    FURTHEST_FIRST,
    Band,
    Confidence,
    Kind,
    Momentum,
    Status,
    Verifiability,
    Vocabulary,
)
from commitments.languages import choose
from commitments.models import Commitment, Party, SourceDocument, Theme
from commitments.models.commitment import STEP

# Facets whose options are counted: each is one side of the cube below.
COUNTED = ("status", "band", "momentum", "kind", "ancestor", "document", "confidence", "verifiability")
MOST_ANCESTORS = 100


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


class Cell:
    """Rows that share all the counted values; `values` is what each facet would match."""

    def __init__(self, row: dict, slugs: dict[int, str], tops: dict[tuple[int, str], str]) -> None:
        self.number: int = row["number"]
        self.values = {
            "status": row["shown_status"],
            "band": BAND_OF[Status(row["shown_status"])].value,
            "momentum": row["momentum"],
            "kind": row["kind"],
            "document": slugs.get(row["document_id"], ""),
            "confidence": row["confidence"],
            "verifiability": row["verifiability"],
            "ancestor": "" if row["kind"] == Kind.PROPOSAL else tops.get((row["document_id"], row["top"]), ""),
        }


class Facets:
    """Five queries: documents, proposals, themes with parties, and the cube of counts (two)."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.documents = {row.pk: row for row in SourceDocument.objects.published().defer("text")}
        proposals = Commitment.objects.published().filter(kind=Kind.PROPOSAL).in_tree_order()
        self.proposals: list[Commitment] = list(proposals[:MOST_ANCESTORS])
        for row in self.proposals:
            row.document = self.documents[row.document_id]

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
        named = _named()
        yield self._rows("theme", named["theme"])
        yield self._rows("party", named["party"])
        yield self._words("band", Band)
        yield self._words("confidence", Confidence)
        yield self._words("verifiability", Verifiability)

    def _words(self, name: str, words: Sequence[Vocabulary] | type[Vocabulary], mark: str = "") -> Facet:
        labels = {word.value: word.label for word in words}
        return self._rows(name, labels, mark)

    def _rows(self, name: str, labels: dict[str, str], mark: str = "") -> Facet:
        chosen = self.chosen.get(name, set())
        numbers = self._numbers(name) if name in COUNTED and self.cells is not None else None
        options = [
            Option(value, label, value in chosen, f"{mark}{value}" if mark else "", numbers[value] if numbers else None)
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
    def cells(self) -> list[Cell] | None:
        """All counted facets at once: one grouped query over what the other filters leave."""
        if not self.listing.is_valid:
            return None
        rows = standing.with_shown_status(self.listing.filtered(skip=COUNTED), self.listing.computed)
        sides = ("shown_status", "momentum", "kind", "document_id", "confidence", "verifiability", "top")
        counted = rows.annotate(top=Substr("path", 1, STEP)).order_by().values(*sides).annotate(number=Count("pk"))
        slugs = {pk: row.slug for pk, row in self.documents.items()}
        tops = {(row.document_id, row.path): row.natural_id for row in self.proposals}
        return [Cell(row, slugs, tops) for row in counted]

    def _numbers(self, name: str) -> Counter[str]:
        """Counts for one facet: its own choice left out, those of the others applied."""
        others = {side: self.chosen[side] for side in COUNTED if side != name and self.chosen.get(side)}
        numbers: Counter[str] = Counter()
        for cell in self.cells or []:
            if all(cell.values[side] in wanted for side, wanted in others.items()):
                numbers[cell.values[name]] += cell.number
        return numbers


def _named() -> dict[str, dict[str, str]]:
    """Labels of the themes and parties that a public commitment names, by code; one query."""
    public = Commitment.objects.published()
    columns = ("facet", "value", "name_zh", "name_en", "pk")
    themes = Theme.objects.filter(commitment_links__commitment__in=public).distinct()
    parties = Party.objects.filter(commitment_links__commitment__in=public).distinct()
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
