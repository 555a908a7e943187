"""How many rows each option of a filter would give: kept numbers where they tell, a count of few rows where not.

The number beside an option leaves out the other choices of its own filter and applies those of all others. Where more
than MOST_READ rows would have to be read, a filter has no numbers.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from commitments.catalogue import standing, tallies
from commitments.catalogue.kept import kept
from commitments.catalogue.listed import first_documents, first_proposals
from commitments.catalogue.listing import Listing
from commitments.catalogue.paging import COUNTED as MOST
from commitments.catalogue.walk import Walk
from commitments.catalogue.wishes import TALLIED, wishes
from commitments.choices import BAND_OF, Kind, Status
from commitments.models import Commitment, CurrentStanding, SourceDocument
from commitments.models.commitment import STEP

WORDS = ("status", "band", "momentum", "kind", "confidence", "verifiability")
COUNTED = (*WORDS, "ancestor", "document")
SIDES = ("document_id", "kind", "shown_status", "momentum", "confidence", "verifiability")
ANCESTOR = ("ancestor",)
MOST_READ = 2_000  # rows, for one question's numbers

Numbers = dict[str, Counter[str]]
# Facet -> rows of each value of its column.
Raw = dict[str, Counter[Any]]
# A cell is the values of SIDES, its number, and where it matters the top of its tree.
Cells = Iterable[tuple[Any, ...]]
KIND, NUMBER, TOP = 1, len(SIDES), len(SIDES) + 1


class Choice(NamedTuple):
    """Of a filter: the side that it is about, and the values that it allows."""

    name: str
    side: int
    allowed: frozenset[Any]


def numbers(listing: Listing, documents: dict[int, SourceDocument], proposals: Sequence[Commitment]) -> Numbers:
    choices = tuple(_choices(listing))
    found = _raw(listing, choices, documents, proposals)
    named = {name: found[name] for name in WORDS if name in found}
    if "status" in found:
        named["band"] = Counter()
        for status, number in found["band"].items():
            named["band"][BAND_OF[Status(status)].value] += number
    if "document" in found:
        named["document"] = Counter({row.slug: found["document"][pk] for pk, row in documents.items()})
    if "ancestor" in found:
        tops = {row.natural_id: (row.document_id, row.path) for row in proposals}
        named["ancestor"] = Counter({name: found["ancestor"][top] for name, top in tops.items()})
    return named


def _choices(listing: Listing) -> Iterable[Choice]:
    for wish in wishes(listing.form.cleaned_data):
        if wish.name in TALLIED:
            yield Choice(wish.name, SIDES.index(TALLIED[wish.name]), frozenset(tallies.values(wish)))


def _raw(
    listing: Listing,
    choices: tuple[Choice, ...],
    documents: Collection[int],
    proposals: Sequence[Commitment],
) -> Raw:
    asked = {wish.name for wish in wishes(listing.form.cleaned_data)}
    if listing.walk is None or asked - {*COUNTED}:
        return _of_rows(listing, choices, COUNTED)
    found: Raw = {}
    if proposals:
        near = {row.document_id for row in proposals}
        parts = [_by_top(some, choices) for some in _parts(near, {row.document_id for row in first_proposals()})]
        found = {} if None in parts else {"ancestor": _sum(parts)}
    if "ancestor" in asked:
        return _of_rows(listing, choices, (*WORDS, "document")) | found
    chosen = next((choice.allowed for choice in choices if choice.name == "document"), None)
    found |= _of_tally(tuple(sorted(chosen)) if chosen else None, choices)
    return found | {"document": _by_document({*documents}, choices)}


def _parts(documents: set[int], first: set[int]) -> Iterable[tuple[int, ...]]:
    """Those that are listed for every reader in one go, so that the answer is kept for all; others by themselves."""
    whole = first if first <= documents else set()
    return (*([tuple(sorted(whole))] if whole else []), *((pk,) for pk in sorted(documents - whole)))


def _sum(parts: Iterable[Counter[Any] | None]) -> Counter[Any]:
    """Of different documents: no key stands in two of them."""
    found: Counter[Any] = Counter()
    for part in parts:
        found |= part or {}
    return found


def _by_document(listed: set[int], choices: tuple[Choice, ...]) -> Counter[int]:
    allowed = tuple((SIDES[choice.side], choice.allowed) for choice in choices if choice.name != "document")
    return _sum(tallies.by_document(some, allowed) for some in _parts(listed, {*first_documents()}))


@kept
def _of_tally(documents: tuple[int, ...] | None, choices: tuple[Choice, ...]) -> Raw:
    cells = tallies.everywhere() if documents is None else tallies.within(documents)
    return _counted(cells, [choice for choice in choices if choice.name != "document" or documents is not None], WORDS)


@kept
def _by_top(documents: tuple[int, ...], choices: tuple[Choice, ...]) -> Counter[Any] | None:
    """By document and top of the tree, what belongs to each; None where that is too much to read."""
    if sum(tallies.by_document(documents).values()) > MOST:
        return None
    rows = CurrentStanding.objects.filter(document_id__in=documents).exclude(kind=Kind.PROPOSAL)
    rows = tallies.narrowed(rows, ((SIDES[choice.side], choice.allowed) for choice in choices))
    tops = rows.order_by().annotate(top=Substr("path", 1, STEP)).values_list("document_id", "top")
    return Counter({(of, top): number for of, top, number in tops.annotate(number=Count("pk"))})


def _of_rows(listing: Listing, choices: Sequence[Choice], facets: tuple[str, ...]) -> Raw:
    """Of what the filters without kept numbers leave; nothing where that is too much to read."""
    if not listing.form.cleaned_data.get("ancestor"):
        return _grouped(listing, COUNTED, choices, facets)
    skipped = [name for name in COUNTED if name != "ancestor"]
    found = _grouped(listing, skipped, choices, [name for name in facets if name != "ancestor"])
    if "ancestor" in facets:
        found |= _grouped(listing, COUNTED, choices, ANCESTOR)
    return found


def _grouped(listing: Listing, skip: Collection[str], choices: Sequence[Choice], facets: Sequence[str]) -> Raw:
    if listing.has_words_alone(skip) and listing.number_found(MOST_READ + 1) > MOST_READ:
        return {}
    if listing.walk is not None:
        left = [wish for wish in listing.wishes if wish.name not in skip]
        if len(left) == 1 and tallies.number_of(left[0]) > MOST_READ:
            return {}
        rows: Any = Walk(left, "code", tallies.number_of).rows()
    else:
        rows = listing.filtered(skip=skip)
    if not listing.is_present:
        rows = standing.with_shown_status(rows, listing.computed)
    cells = _cells(rows, MOST_READ + 1)
    return _counted(cells, choices, facets) if len(cells) <= MOST_READ else {}


def _cells(rows: QuerySet[Any], most: int | None = None) -> list[tuple[Any, ...]]:
    """One for each row."""
    sides = rows.order_by().annotate(top=Substr("path", 1, STEP)).values_list(*SIDES, "top")[:most]
    return [(*values, 1, top) for *values, top in sides]


def _counted(cells: Cells, choices: Sequence[Choice], facets: Sequence[str]) -> Raw:
    """A cell that one filter alone refuses counts for that filter's own options."""
    found: Raw = {name: Counter() for name in facets}
    side_of = {name: SIDES.index(TALLIED[name]) for name in facets if name in TALLIED}
    for cell in cells:
        refusing = [name for name, side, allowed in choices if cell[side] not in allowed]
        if len(refusing) > 1:
            continue
        for name in refusing or facets:
            if name in side_of:
                found[name][cell[side_of[name]]] += cell[NUMBER]
            elif name in found and cell[KIND] != Kind.PROPOSAL:
                found[name][(cell[0], cell[TOP])] += cell[NUMBER]
    return found
