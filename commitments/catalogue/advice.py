"""What to ask instead where nothing is found: other questions, each with how many entries it finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.http import QueryDict
from django.utils.translation import gettext as _

from commitments.catalogue.filters import CommitmentFilterSet
from commitments.catalogue.listing import Listing
from commitments.search import synonyms
from commitments.search.find import Found

MOST = 6
MOST_TRIED = 10
QUOTES = str.maketrans("", "", '"“”「」『』')


@dataclass(frozen=True)
class Advice:
    """`query` is that of a list."""

    label: str
    words: str
    query: str
    count: int
    count_is_exact: bool


def advice(listing: Listing) -> list[Advice]:
    """Only where words were given and nothing is found; each at least one entry."""
    if not listing.found or listing.count:
        return []
    found: dict[str, Advice] = {}
    for tried, (label, words, query) in enumerate(_others(listing)):
        if tried >= MOST_TRIED or len(found) >= MOST:
            break
        other = Listing(QueryDict(query))
        if query not in found and other.is_valid and other.count:
            found[query] = Advice(label, words, query, other.count, other.count_is_exact)
    return list(found.values())


def _others(listing: Listing) -> Iterator[tuple[str, str, str]]:
    q = listing.q
    if any(listing.params.get(name) for name in CommitmentFilterSet.base_filters if name != "q"):
        yield _("Without the other filters"), q, listing.query(only=("q", "as_of", "known_on"))
    if (plain := " ".join(q.translate(QUOTES).split())) != q and plain:
        yield _("Not as one phrase"), plain, listing.query(keep={"q": [plain]})
    terms = q.split()
    for at in range(len(terms)) if len(terms) > 1 else ():
        fewer = " ".join(terms[:at] + terms[at + 1 :])
        yield _("With one word less"), fewer, listing.query(keep={"q": [fewer]})
    for phrase in _related(listing.found):
        yield _("Of near meaning"), phrase, listing.query(keep={"q": [phrase]})


def _related(found: Found | None) -> Iterator[str]:
    wanted = found.question.wanted if found else ()
    others = dict.fromkeys(other for phrase in wanted for other in synonyms.of(phrase))
    for other in islice(others, MOST_TRIED):
        if found and found.shelf.ids([other], limit=1):
            yield synonyms.written(other)
