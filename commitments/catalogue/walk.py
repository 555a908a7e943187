"""Walks the present standings in order: wishes, an order and a place -> the next rows, at the same cost at any depth.

Where one wish is made, its index is walked in the order of the list; an index per option, merged. Of several wishes
the rarest is walked and the others are looked at row by row.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from commitments.catalogue.fields import EARLIEST, LATEST
from commitments.catalogue.orders import DATES
from commitments.catalogue.tallies import GATHERED
from commitments.catalogue.wishes import Wish, fitting
from commitments.models import CurrentStanding, Posting
from commitments.models.unindexed import Unindexed

THROUGH_POSTINGS = "commitment__now__"


class Place(NamedTuple):
    """Where a row stands in the list; `day` only where the list is ordered by one, with its stand-in for none."""

    pk: int
    document_id: int
    path: str
    day: date | None = None

    @property
    def values(self) -> tuple[Any, ...]:
        """As a cursor holds them."""
        return (self.day, self.document_id, self.path) if self.day else (self.document_id, self.path)


class Leg(NamedTuple):
    """A part of the way: conditions, and the columns that order it."""

    only: dict[str, Any]
    order: tuple[str, ...]


@dataclass(frozen=True)
class Walk:
    """`number_of`: about how many rows a wish allows, GATHERED and a few where it is many."""

    wishes: Sequence[Wish]
    order: str
    number_of: Callable[[Wish], int]

    def after(self, values: Sequence[Any] | None, size: int, *, backwards: bool = False) -> list[Place]:
        """In the direction of travel."""
        legs = list(_legs(self.order, values, backwards))
        streams = self._streams()
        found = {place.pk: place for stream in streams for place in self._along(stream, legs, size)}
        if len(streams) < 2:
            return [*found.values()]
        descends = self.order.startswith("-") != backwards  # several streams are walked in tree order only
        return sorted(found.values(), key=lambda place: place[1:3], reverse=descends)[:size]

    def number(self, most: int) -> int:
        """How many rows there are, counted so far; `document_id` is in every index, so that no row is read."""
        if len(self.wishes) == 1 and len(self.wishes[0].words) == 1:
            return Posting.objects.filter(word=self.wishes[0].words[0]).order_by().values("document_id")[:most].count()
        return self.rows().values("document_id")[:most].count()

    def rows(self) -> QuerySet[Any]:
        """All of them, in no order: for counting. The rarest wish brings them."""
        rarest, others = self._rarest(self.wishes)
        rows = CurrentStanding.objects.order_by()
        return fitting(rows.filter(rarest.alone) if rarest else rows, others)

    def _rarest(self, among: Sequence[Wish]) -> tuple[Wish | None, list[Wish]]:
        rarest = min(among, key=self.number_of) if len(among) > 1 else next(iter(among), None)
        return rarest, [wish for wish in self.wishes if wish is not rarest]

    def _streams(self) -> "list[Stream]":
        if self._day:
            return [self._gathered() or self._filtered()]
        walking = [wish for wish in self.wishes if wish.walks]
        if not walking:
            return [self._gathered() or self._filtered()]
        rarest, others = self._rarest(walking)
        assert rarest is not None
        through = [
            Stream(fitting(Posting.objects.filter(word=word), others, THROUGH_POSTINGS)) for word in rarest.words
        ]
        options = [Stream(fitting(CurrentStanding.objects.filter(**option), others)) for option in rarest.options]
        return through + options

    def _gathered(self) -> "Stream | None":
        """Few enough to be sorted at once."""
        rarest, others = self._rarest(self.wishes)
        if rarest is None or self.number_of(rarest) > GATHERED:
            return None
        return Stream(fitting(CurrentStanding.objects.filter(rarest.alone), others), is_sorted=True)

    def _filtered(self) -> "Stream":
        by_leg = self._by_leg
        return Stream(fitting(CurrentStanding.objects.all(), [wish for wish in self.wishes if wish is not by_leg]))

    @property
    def _by_leg(self) -> Wish | None:
        """“Before a day, or never”, of the day by which the list is ordered: each leg has rows of one sort alone."""
        return next((wish for wish in self.wishes if wish.or_never and wish.or_never == self._day), None)

    def _on(self, leg: Leg) -> Q:
        by_leg = self._by_leg
        return Q() if by_leg is None or leg.only.get(f"{self._day}__isnull") else Q(**by_leg.options[0])

    def _along(self, stream: "Stream", legs: Sequence[Leg], size: int) -> Iterator[Place]:
        left = size
        columns = ["commitment_id", "document_id", "path", *([self._day] if self._day else [])]
        for leg in legs:
            rows = stream.rows.filter(**leg.only).filter(self._on(leg))
            for pk, document, path, *day in rows.order_by(*stream.ordered(leg.order)).values_list(*columns)[:left]:
                left -= 1
                yield Place(pk, document, path, (day[0] or _last(self.order)) if day else None)
            if not left:
                return

    @property
    def _day(self) -> str | None:
        """The column by which the list is ordered, if it is a date."""
        return DATES.get(self.order.lstrip("-"))


@dataclass(frozen=True)
class Stream:
    """Rows that an index brings in order, or that are few enough to be sorted."""

    rows: QuerySet[Any]
    is_sorted: bool = False

    def ordered(self, columns: Sequence[str]) -> list[Any]:
        if not self.is_sorted:
            return list(columns)
        apart = [(Unindexed(F(column.lstrip("-"))), column.startswith("-")) for column in columns]
        return [expression.desc() if descends else expression.asc() for expression, descends in apart]


def _last(order: str) -> date:
    """Stands for no date, which comes last in either direction."""
    return EARLIEST if order.startswith("-") else LATEST


def _legs(order: str, values: Sequence[Any] | None, backwards: bool) -> Iterator[Leg]:
    descends = order.startswith("-")
    name = DATES.get(order.lstrip("-"))
    if name is None:
        tree = _tree(descends != backwards)
        yield from (Leg(only, tree) for only in _beyond(values, descends != backwards))
        return
    tree = _tree(backwards)
    by_day = (("-" if descends != backwards else "") + name, *tree)
    dated, undated = {f"{name}__isnull": False}, {f"{name}__isnull": True}
    day, *place = values or (None,)
    if day is None:
        yield from (Leg(dated, by_day), Leg(undated, tree))
        return
    is_dated = day != _last(order)
    yield from (Leg({**({name: day} if is_dated else undated), **only}, tree) for only in _beyond(place, backwards))
    if is_dated:
        yield Leg({f"{name}__{'lt' if descends != backwards else 'gt'}": day}, by_day)
    if is_dated != backwards:
        yield Leg(undated, tree) if is_dated else Leg(dated, by_day)


def _tree(descends: bool) -> tuple[str, ...]:
    return ("-document_id", "-path") if descends else ("document_id", "path")


def _beyond(place: Sequence[Any] | None, descends: bool) -> Iterator[dict[str, Any]]:
    """Rows after a place in the tree: the rest of its document, then all others."""
    if not place:
        yield {}
        return
    compared = "lt" if descends else "gt"
    yield {"document_id": place[0], f"path__{compared}": place[1]}
    yield {f"document_id__{compared}": place[0]}
