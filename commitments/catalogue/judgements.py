"""Published judgements as rows of their own: their names for good, and the list of those of commitments."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from commitments.catalogue import cursor as keyset
from commitments.catalogue import parameters, standing
from commitments.catalogue.clock import Clock
from commitments.catalogue.edition_tables import moment
from commitments.catalogue.filters import PARAMETERS as OF_COMMITMENTS
from commitments.catalogue.filters import REPEATABLE
from commitments.catalogue.listing import Listing
from commitments.catalogue.paging import COUNTED, Counted, Page, Paged, cursor_of, page_of, spelled
from commitments.catalogue.renamed import params_today
from commitments.models import Assessment, Commitment
from commitments.models.commitment import is_public

ORDER = "judgements"
KEYS = (
    keyset.Key("commitment__document_id", int),
    keyset.Key("commitment__path", str),
    keyset.Key("as_of", keyset.date, True),
    keyset.Key("id", int, True),
)
PLACE = ("cursor", "page_size")
PARAMETERS = tuple(name for name in OF_COMMITMENTS if name != "order")  # it has one order


def known(clock: Clock) -> Q:
    """Of a commitment as a whole, public by the reader's day, about a time up to the reader's date."""
    return Q(published_at__lt=clock.end_of_known, as_of__lte=clock.as_of, party__isnull=True)


def described(rows: Iterable[Assessment], commitments: Mapping[int, Commitment], clock: Clock) -> list[Any]:
    """Those of the commitments given, each with its name, what it corrects and cites, and whether it is in force.

    Give all that are known at the clock of a commitment: names are told apart by those that went before.
    """
    end = clock.end_of_known
    found: list[Any] = [row for row in rows if row.commitment_id in commitments]
    in_force = {row.in_force_id for row in commitments.values()}
    named = judgement_ids(found, commitments)
    for row in found:
        row.commitment = commitments[row.commitment_id]
        row.natural_id, row.natural_corrected = named[row.pk], named.get(row.corrects_id or 0)
        row.is_in_force = row.pk in in_force
        row.codes = [evidence.code for evidence in row.evidence.all()]
        if row.withdrawn_at and row.withdrawn_at >= end:
            row.withdrawn_at, row.withdrawn_reason_zh, row.withdrawn_reason_en = None, "", ""
    return found


def judgement_ids(rows: Iterable[Assessment], commitments: Mapping[int, Commitment]) -> dict[int, str]:
    """`document/code@day/moment of publication`: a later judgement never takes or moves the name of an earlier one."""
    names: dict[int, str] = {}
    taken: dict[str, int] = defaultdict(int)
    for row in sorted(rows, key=lambda row: (row.published_at, row.as_of, row.status, row.rationale_zh, row.pk)):
        name = f"{commitments[row.commitment_id].natural_id}@{row.as_of.isoformat()}/{moment(row.published_at)}"
        taken[name] += 1
        names[row.pk] = f"{name}-{taken[name]}" if taken[name] > 1 else name
    return names


def history(row: Commitment, clock: Clock) -> list[Any]:
    """All judgements of a commitment that has its standing, described; the newest first."""
    return described(standing.assessments_of(known(clock) & Q(commitment=row)), {row.pk: row}, clock)


class Judgements(Paged, Counted):
    """The judgements of the commitments that a Listing finds, in its order of the sources, the newest first.

    Reads once, lazily; with errors it has no rows. The place and the size of the page are of judgements.
    """

    def __init__(self, params: QueryDict) -> None:
        self.params = params = params_today(params)
        asked = params.copy()
        for name in [*PLACE[:1], *(name for name in params if name not in PARAMETERS)]:
            asked.pop(name, None)
        self.listing = Listing(asked)
        self.errors = parameters.merged(
            parameters.unknown(params, PARAMETERS), parameters.repeated(params, REPEATABLE), self.listing.errors
        )
        self._cursor = cursor_of(params.get("cursor", "").strip(), ORDER, KEYS, self.errors)

    @cached_property
    def _filtered(self) -> QuerySet[Assessment]:
        rows = Assessment.objects.published().filter(known(self.listing.clock), is_public("commitment")).order_by()
        if not self._narrows:
            return rows
        return rows.filter(commitment__in=self.listing.filtered().order_by().values("pk"))

    @property
    def _narrows(self) -> bool:
        return bool(self.listing.query(only=[n for n in PARAMETERS if n not in ("as_of", "known_on", *PLACE)]))

    @cached_property
    def _counted(self) -> int:
        return self._filtered.values("pk")[: COUNTED + 1].count() if self.is_valid else 0

    def _read(self, keys: Sequence[keyset.Key], values: Sequence[Any] | None, limit: int) -> list[tuple[Any, ...]]:
        """Commitments first, in tree order: each of them has at least one of the judgements."""
        tree = [key._replace(name=name) for key, name in zip(keys, ("document_id", "path"), strict=False)]
        own = Assessment.objects.published().filter(known(self.listing.clock), commitment=OuterRef("pk"))
        of = self.listing.filtered().filter(Exists(own))
        if values:
            here = Q(document_id=values[0], path=values[1])
            of = of.filter(keyset.after(tree, values[:2]) | here)
        at_most = limit + 1  # all of the one at the place may have been shown
        ids = list(of.order_by(*keyset.order_by(tree)).values_list("pk", flat=True)[:at_most])
        rows = self._filtered.filter(commitment__in=ids)
        rows = rows.filter(keyset.after(keys, values)) if values else rows
        names = [key.name for key in KEYS]
        return list(rows.order_by(*keyset.order_by(keys)).values_list(*names, "commitment")[:limit])

    @cached_property
    def _page(self) -> Page[tuple[Any, ...]]:
        if not self.is_valid:
            return Page([])
        size = self.listing.page_size
        return page_of(self._read, KEYS, lambda row: row[:4], cursor=self._cursor, order=ORDER, size=size)

    @cached_property
    def rows(self) -> list[Any]:
        """This page's judgements, described."""
        clock, of = self.listing.clock, {row[4] for row in self._page.rows}
        commitments = Commitment.objects.filter(pk__in=of).with_assessment(clock.as_of, clock.known_on)
        public = {row.pk: row for row in commitments.with_document()}
        every = standing.assessments_of(known(clock) & Q(commitment__in=of))
        by_id = {row.pk: row for row in described(every, public, clock)}
        return [by_id[row[3]] for row in self._page.rows]

    def query(self, names: Collection[str] = PARAMETERS, **replace: str | None) -> str:
        return spelled(self.params, names, **replace)
