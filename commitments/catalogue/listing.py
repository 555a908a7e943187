"""The heart of the catalogue: query parameters -> the public rows they name, on every page, file and feed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import QueryDict

from commitments.catalogue import cursor as keyset
from commitments.catalogue import orders, parameters, present, standing, tallies
from commitments.catalogue.clock import Clock
from commitments.catalogue.filters import PARAMETERS, REPEATABLE, USUAL_PAGE, CommitmentFilterSet, Form
from commitments.catalogue.kept import Shelf
from commitments.catalogue.paging import COUNTED, Counted, Page, Paged, cursor_of, page_of
from commitments.catalogue.relevance import Nearest
from commitments.catalogue.renamed import params_today
from commitments.catalogue.walk import Place, Walk
from commitments.catalogue.wishes import Wish, wishes
from commitments.choices import Kind, PassageRole, Publication, Status
from commitments.models import Commitment, CommitmentQuerySet, Passage
from commitments.search.find import Found

CHUNK = 500
_counts: Shelf[int] = Shelf()


class Listing(Paged, Counted):
    """Reads once, lazily. With errors it has no rows: pages show the errors, the other surfaces answer 400."""

    def __init__(self, params: QueryDict) -> None:
        self.params = params = params_today(params)
        self.form = Form(params)
        self.form.is_valid()
        self.errors = parameters.refusals(params, PARAMETERS, REPEATABLE, self.form)
        text = None if self.errors else self.form.cleaned_data.get("cursor")
        self._cursor = cursor_of(text, self.order, self._keys, self.errors)

    @cached_property
    def clock(self) -> Clock:
        return self.form.clock()

    @property
    def q(self) -> str:
        return self.form.cleaned_data.get("q") or ""

    @cached_property
    def found(self) -> Found | None:
        """How the words were read and what they name, read once for all that is asked; None without words."""
        return Found(self.q) if self.is_valid and self.q else None

    @property
    def relaxed(self) -> bool:
        """All of the words found too little: these are the best matches with at least half of their weight."""
        return bool(self.found and self.found.is_relaxed)

    @property
    def order(self) -> str:
        asked = self.form.cleaned_data.get("order") or ("relevance" if self.q else "code")
        return asked if self.q or asked.lstrip("-") != "relevance" else "code"  # without words all are equally near

    @property
    def page_size(self) -> int:
        return self.form.cleaned_data.get("page_size") or USUAL_PAGE

    @cached_property
    def is_present(self) -> bool:
        """Today's lists come from what is kept ready, those of other days from the whole history."""
        return self.clock.is_now and present.is_kept()

    @cached_property
    def wishes(self) -> list[Wish]:
        return wishes(self.form.cleaned_data)

    @cached_property
    def walk(self) -> Walk | None:
        """How the rows are found without reading them all; with words, the search finds them."""
        return Walk(self.wishes, self.order, tallies.number_of) if self.is_present and not self.q else None

    @cached_property
    def computed(self) -> dict[Status, list[int]]:
        return standing.computed_proposals(self.clock)

    @cached_property
    def _filtered(self) -> CommitmentQuerySet:
        return self.filtered()

    def filtered(self, skip: Collection[str] = ()) -> Any:
        """All rows of the question, unsorted; with some of its filters left out."""
        if self.errors:
            return Commitment.objects.none()
        wanted = self.form.cleaned_data
        is_by_status = any(wanted.get(name) for name in ("status", "band") if name not in skip)
        rows = CommitmentFilterSet.apply(self._standing(is_by_status), wanted, (*skip, "q"))
        return rows.filter(self.found.condition) if self.found and "q" not in skip else rows

    def _standing(self, with_shown: bool) -> CommitmentQuerySet:
        if self.is_present:
            return Commitment.objects.with_present()
        rows = standing.with_standing(Commitment.objects.published(), self.clock)
        return standing.with_shown_status(rows, self.computed) if with_shown else rows

    @cached_property
    def _way(self) -> Nearest | Walk | orders.Sorted:
        """How the rows are found in their order."""
        if self.found and self.order.lstrip("-") == "relevance":
            return Nearest(with_place(self.filtered(skip=("q",))), self.found, descending=self.order.startswith("-"))
        return self.walk or orders.Sorted(with_place(self._filtered), self.order)

    @property
    def _keys(self) -> Sequence[keyset.Key]:
        return orders.keys_of(self.order)

    @cached_property
    def _counted(self) -> int:
        if self.errors:
            return 0
        if self.has_words_alone():
            return self.number_found(COUNTED + 1)
        if self.walk is None:
            return self._filtered.order_by().values("pk")[: COUNTED + 1].count()
        if tallies.can_count(self.wishes):
            return tallies.count(self.wishes)
        walk, question = self.walk, self.query(only=tuple(CommitmentFilterSet.base_filters))
        return _counts.get(question, lambda: walk.number(COUNTED + 1))

    def has_words_alone(self, skip: Collection[str] = ()) -> bool:
        """With some of the filters left out, the search alone says which rows these are."""
        given = self.form.cleaned_data
        asked = {name for name in CommitmentFilterSet.base_filters if given.get(name)}
        return self.found is not None and asked - {*skip} == {"q"}

    def number_found(self, most: int) -> int:
        return self.found.number(most) if self.found else 0

    @cached_property
    def _page(self) -> Page[Any]:
        """Of a walk the places of its rows."""
        if self.errors:
            return Page([])
        size = self.page_size
        return page_of(self._after, self._keys, self._place, cursor=self._cursor, order=self.order, size=size)

    def _after(self, _keys: Sequence[keyset.Key], values: Sequence[Any] | None, limit: int) -> list[Any]:
        """The way knows its keys itself."""
        return self._way.after(values, limit, backwards=bool(self._cursor and self._cursor.backwards))

    @property
    def places(self) -> list[Place]:
        """Of this page's rows, where there is a walk."""
        assert self.walk is not None
        return self._page.rows

    def _read(self, found: list[Any]) -> list[Commitment]:
        """What the way has found, as commitments that stand as they do at the clock."""
        return stand(found if self.walk is None else self._at(found), self.clock)

    def _at(self, places: list[Place]) -> list[Commitment]:
        rows = with_place(Commitment.objects.with_present().filter(pk__in=[place.pk for place in places]))
        found = {row.pk: row for row in rows}
        for place in places:
            found[place.pk].order_date = place.day
        return [found[place.pk] for place in places]

    @cached_property
    def rows(self) -> list[Commitment]:
        """This page's commitments; each has `.standing`, and `.head` where a new proposal begins in document order."""
        return with_heads(self._read(self._page.rows), self.order) if self.is_valid else []

    @cached_property
    def quoted(self) -> list[Commitment]:
        """The same rows with their primary passages."""
        prefetch_related_objects(self.rows, PRIMARY)
        return self.rows

    def __iter__(self) -> Iterator[Commitment]:
        """All rows, some at a time, whatever page was asked for: for files."""
        found = [] if self.errors else self._way.after(None, CHUNK)
        while found:
            rows = self._read(found)
            prefetch_related_objects(rows, PRIMARY)
            yield from rows
            found = self._way.after(self._place(found[-1]), CHUNK) if len(found) == CHUNK else []

    def _place(self, row: Any) -> tuple[Any, ...]:
        return row.values if isinstance(row, Place) else tuple(getattr(row, key.name) for key in self._keys)

    @cached_property
    def canonical(self) -> str:
        """The same question in one spelling: known parameters that say something, in a fixed order, no place."""
        return self.query()

    def query(
        self, *, only: Collection[str] = PARAMETERS, keep: Mapping[str, list[str]] | None = None, cursor: str = ""
    ) -> str:
        """The canonical query string, or some of its parameters; `keep` replaces the values of some."""
        found = QueryDict(mutable=True)
        replaced = {"cursor": [cursor], **(keep or {})}
        for name in PARAMETERS:
            values = replaced.get(name, self.params.getlist(name)) if name in only else []
            if values := sorted({value.strip() for value in values if value.strip()}):
                found.setlist(name, values)
        return found.urlencode()


PRIMARY = Prefetch(
    "passages",
    Passage.objects.filter(role=PassageRole.PRIMARY, document__publication=Publication.PUBLISHED),
    to_attr="primary_passages",
)


def with_place(rows: CommitmentQuerySet) -> CommitmentQuerySet:
    """What a row shows of where it stands: its document and what it is part of."""
    return rows.with_document().select_related("parent__parent")


def standing_now(keys: Collection[int]) -> list[Commitment]:
    """The public ones among these as a file of today has them, for whoever compares."""
    clock = Clock.now()
    rows = standing.with_standing(Commitment.objects.published().filter(pk__in=keys), clock)
    return stand(list(with_place(rows).prefetch_related(PRIMARY)), clock)


def with_heads(rows: list[Commitment], order: str) -> list[Commitment]:
    present = None
    for row in rows:
        proposal = proposal_of(row) if order in ("code", "-code") else None
        begins = proposal is not None and proposal.pk != present and proposal.pk != row.pk
        row.head = proposal if begins else None
        present = proposal.pk if proposal else None
    return rows


def proposal_of(row: Commitment) -> Commitment | None:
    """The public proposal that the row belongs to, if any; for rows that went through with_place."""
    above: Commitment | None = row
    while above is not None:
        if above.kind == Kind.PROPOSAL:
            return above if above.is_published else None
        above = above.parent
    return None


def stand(rows: list[Commitment], clock: Clock) -> list[Commitment]:
    """Give each row its `.standing`."""
    found = standing.standings(rows, clock)
    for row in rows:
        row.standing = found[row.pk]
    return rows
