"""The kept numbers: how many published commitments share which values, everywhere or in some documents."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from sys import intern
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum

from commitments.catalogue.kept import Shelf, kept
from commitments.catalogue.present import EVERYWHERE
from commitments.catalogue.wishes import TALLIED, Wish
from commitments.choices import Kind, Status, Target
from commitments.models import CurrentStanding, Posting, Tally

GATHERED = 4_000  # rows that are rather sorted than looked for along another index
SIDES = ("document_id", "kind", "shown_status", "momentum", "confidence", "verifiability")


class Cell(NamedTuple):
    """So many rows share these values; the document is 0 where the numbers are of the whole register."""

    document_id: int
    kind: str
    shown_status: str
    momentum: str
    confidence: str
    verifiability: str
    number: int


Allowed = tuple[str, frozenset[str]]  # a column, and the values that will do
_cells: Shelf[tuple[Cell, ...]] = Shelf(40)  # a document has a hundred of them


@kept
def everywhere() -> tuple[Cell, ...]:
    return _read([EVERYWHERE])


def within(documents: tuple[int, ...]) -> tuple[Cell, ...]:
    return _cells.get(documents, lambda: _read(documents))


@kept
def totals(column: str) -> Counter[Any]:
    """Of each value of a column, in the whole register."""
    found: Counter[Any] = Counter()
    for cell in everywhere():
        found[getattr(cell, column)] += cell.number
    return found


def by_document(documents: tuple[int, ...], allowed: tuple[Allowed, ...] = ()) -> Counter[int]:
    """So many rows has each of them with these values. Of one, whose cells will be asked for, too, from these."""
    if len(documents) == 1:
        cells = (cell for cell in within(documents) if all(getattr(cell, name) in values for name, values in allowed))
        return Counter({documents[0]: sum(cell.number for cell in cells)})
    return _by_document(documents, allowed)


@kept
def _by_document(documents: tuple[int, ...], allowed: tuple[Allowed, ...]) -> Counter[int]:
    rows = narrowed(Tally.objects.filter(document_id__in=documents), allowed)
    numbers = rows.order_by().values_list("document_id").annotate(total=Sum("number"))
    return Counter(dict(numbers))


def narrowed(rows: QuerySet[Any], allowed: Iterable[Allowed]) -> QuerySet[Any]:
    for name, values in allowed:  # two of them may be about one column, as status and band are
        rows = rows.filter(**{f"{name}__in": sorted(values)})
    return rows


@kept
def by_status() -> tuple[tuple[Kind, Target | None, Status, int], ...]:
    """Everywhere: kind, target and status."""
    rows = Tally.objects.filter(document_id=EVERYWHERE).order_by().values_list("kind", "target", "shown_status")
    return tuple(
        (Kind(kind), Target(target) if target else None, Status(status), number)
        for kind, target, status, number in rows.annotate(total=Sum("number"))
        if number
    )


def _read(documents: Sequence[int]) -> tuple[Cell, ...]:
    rows = Tally.objects.filter(document_id__in=documents).order_by().values_list(*SIDES)
    found = rows.annotate(total=Sum("number"))
    return tuple(Cell._make((of, *map(intern, words), number)) for of, *words, number in found if number)


def can_count(wishes: Iterable[Wish]) -> bool:
    return all(wish.name in TALLIED for wish in wishes)


def cells_for(wishes: Iterable[Wish]) -> tuple[Cell, ...]:
    """Those of the documents that are asked for, else of the whole register."""
    documents = next((wish for wish in wishes if wish.name == "document"), None)
    return within(tuple(sorted(values(documents)))) if documents else everywhere()


def count(wishes: Collection[Wish]) -> int:
    """Of rows that all of these wishes allow; each is one that can_count."""
    if not wishes:
        return sum(totals("kind").values())
    if len(wishes) == 1:
        wish = next(iter(wishes))
        numbers = by_document(tuple(sorted(values(wish)))) if wish.name == "document" else totals(TALLIED[wish.name])
        return sum(numbers[value] for value in values(wish))
    asked = [(SIDES.index(TALLIED[wish.name]), values(wish)) for wish in wishes if wish.name != "document"]
    return sum(cell.number for cell in cells_for(wishes) if all(cell[side] in allowed for side, allowed in asked))


_numbers: Shelf[int] = Shelf()


def number_of(wish: Wish) -> int:
    """About how many rows it allows: exact where it is tallied, else up to a few more than are sorted at once."""
    if wish.name == "ancestor":
        return 0  # the range of one tree: always the best beginning
    if wish.name in TALLIED:
        return count([wish])
    rows: QuerySet[Any] = (
        Posting.objects.filter(word__in=wish.words) if wish.words else CurrentStanding.objects.filter(wish.alone)
    )
    return _numbers.get(repr(wish), lambda: rows.order_by().values("document_id")[: GATHERED + 1].count())


def values(wish: Wish) -> set[Any]:
    return {value for option in wish.options for value in option.values()}
