"""The heart of the catalogue: query parameters -> the public rows they name, on every page, file and feed."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import QueryDict
from django.utils.translation import gettext as _

from commitments.catalogue import cursor as keyset
from commitments.catalogue import orders, parameters, standing
from commitments.catalogue.clock import Clock
from commitments.catalogue.filters import PARAMETERS, REPEATABLE, USUAL_PAGE, CommitmentFilterSet
from commitments.choices import Kind, PassageRole, Publication, Status
from commitments.models import Commitment, CommitmentQuerySet, Passage

COUNTED = 10_000
CHUNK = 500


class Listing:
    """Reads once, lazily. With errors it has no rows: pages show the errors, the other surfaces answer 400."""

    def __init__(self, params: QueryDict) -> None:
        self.params = params
        self.filterset = CommitmentFilterSet(params, queryset=Commitment.objects.published())
        self.form = self.filterset.form
        self.form.is_valid()
        self.errors = parameters.merged(
            parameters.unknown(params, PARAMETERS),
            parameters.repeated(params, REPEATABLE),
            {name: [str(sentence) for sentence in sentences] for name, sentences in self.form.errors.items()},
        )
        if not self.errors:
            self._check_place()

    def _check_place(self) -> None:
        _rows, keys = self._sorted
        text = self.form.cleaned_data["cursor"]
        self._cursor = None
        if text:
            try:
                self._cursor = keyset.decode(text, self.order, keys)
            except keyset.BadCursor:
                self.errors["cursor"] = [_("This is not a place in the list; start again without it.")]
                del self._sorted, self._filtered  # read before the refusal; a refused question has no rows

    @property
    def is_valid(self) -> bool:
        return not self.errors

    @cached_property
    def clock(self) -> Clock:
        return self.form.clock()

    @property
    def q(self) -> str:
        return self.form.cleaned_data.get("q") or ""

    @property
    def order(self) -> str:
        return self.form.cleaned_data.get("order") or ("relevance" if self.q else "code")

    @property
    def page_size(self) -> int:
        return self.form.cleaned_data.get("page_size") or USUAL_PAGE

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
        rows = standing.with_standing(Commitment.objects.published(), self.clock)
        wanted = self.form.cleaned_data
        if any(wanted.get(name) for name in ("status", "band") if name not in skip):
            rows = standing.with_shown_status(rows, self.computed)
        return self.filterset.apply(rows, skip)

    @cached_property
    def _sorted(self) -> tuple[CommitmentQuerySet, keyset.Sequence[keyset.Key]]:
        rows, keys = orders.sort(self._filtered, self.order, self.q)
        return rows.order_by(*keyset.order_by(keys)), keys

    @cached_property
    def _counted(self) -> int:
        return self._filtered.order_by().values("pk")[: COUNTED + 1].count()

    @property
    def count(self) -> int:
        return min(self._counted, COUNTED)

    @property
    def count_is_exact(self) -> bool:
        return self._counted <= COUNTED

    @cached_property
    def _page(self) -> tuple[list[Commitment], bool]:
        """The rows of this page in order, and whether there are more in the direction of travel."""
        if self.errors:
            return [], False
        rows, keys = self._sorted
        if self._cursor:
            keys = [key.reversed() for key in keys] if self._cursor.backwards else keys
            rows = rows.filter(keyset.after(keys, self._cursor.values)).order_by(*keyset.order_by(keys))
        found = list(with_place(rows)[: self.page_size + 1])
        page, more = found[: self.page_size], len(found) > self.page_size
        return (page[::-1] if self._cursor and self._cursor.backwards else page), more

    @cached_property
    def rows(self) -> list[Commitment]:
        """This page's commitments; each has `.standing`, and `.head` where a new proposal begins in document order."""
        return _with_heads(stand(self._page[0], self.clock), self.order) if self.is_valid else []

    @cached_property
    def quoted(self) -> list[Commitment]:
        """The same rows with their primary passages."""
        prefetch_related_objects(self.rows, PRIMARY)
        return self.rows

    def __iter__(self) -> Iterator[Commitment]:
        """All rows, page by page, whatever page was asked for: for files."""
        rows, keys = self._sorted
        page = list(with_place(rows).prefetch_related(PRIMARY)[:CHUNK])
        while page:
            yield from stand(page, self.clock)
            values = [getattr(page[-1], key.name) for key in keys]
            page = (
                list(with_place(rows.filter(keyset.after(keys, values))).prefetch_related(PRIMARY)[:CHUNK])
                if len(page) == CHUNK
                else []
            )

    @property
    def next_query(self) -> str | None:
        """Query string of the page after this one; None at the end."""
        backwards = bool(self.is_valid and self._cursor and self._cursor.backwards)
        return self._beside(-1, backwards=False) if self._page[0] and (backwards or self._page[1]) else None

    @property
    def previous_query(self) -> str | None:
        if not self.is_valid or not self._cursor or not self._page[0]:
            return None
        return self._beside(0, backwards=True) if self._page[1] or not self._cursor.backwards else None

    def _beside(self, position: int, *, backwards: bool) -> str:
        row = self._page[0][position]
        values = tuple(getattr(row, key.name) for key in self._sorted[1])
        return self.query(cursor=keyset.encode(keyset.Cursor(self.order, backwards, values)))

    @property
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
    return rows.select_related("document", "parent__parent").defer("document__text")


def _with_heads(rows: list[Commitment], order: str) -> list[Commitment]:
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
