"""What changed, in two lists that never mix: what happened in a period, and what was entered in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.http import QueryDict

from commitments.catalogue import cursor as keyset
from commitments.catalogue import parameters, period
from commitments.catalogue.clock import Clock
from commitments.catalogue.entered import KEYS, Batch, Event, Events, Rank, Scope, judgements, moment
from commitments.catalogue.filters import USUAL_PAGE
from commitments.catalogue.listed import listed_documents
from commitments.catalogue.paging import COUNTED, Count, Page, cursor_of, page_of, spelled
from commitments.catalogue.renamed import params_today
from commitments.choices import NOT_ASSESSABLE_LABELS, Status, Verifiability
from commitments.languages import Words, choose
from commitments.models import Assessment, Commitment, Evidence, SourceDocument, clocks
from commitments.rules.changes import Change, chain, change_at, is_known
from commitments.today import ZONE

HAPPENED = (
    keyset.Key("as_of", date, True),
    keyset.Key("commitment__document_id", int),
    keyset.Key("commitment__path", str),
)
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Step:
    """A judgement with its commitment and the public evidence that it cites, and what it changed."""

    assessment: Assessment
    change: Change[Any]

    @property
    def commitment(self) -> Commitment:
        return self.assessment.commitment

    @property
    def from_label(self) -> str:
        return self._label(self.change.from_status)

    @property
    def to_label(self) -> str:
        return self._label(self.change.to_status)

    def _label(self, status: Status) -> str:
        if status == Status.NOT_ASSESSED and self.commitment.verifiability == Verifiability.NOT_VERIFIABLE:
            return choose(NOT_ASSESSABLE_LABELS).text
        return status.label


@dataclass(frozen=True)
class Entry:
    """One line of what was entered. A withdrawn commitment, page or source shows its code and the reason, no more."""

    event: Event
    step: Step | None = None
    batch: Batch | None = None
    document: SourceDocument | None = None
    is_first_of_document: bool = False
    later_withdrawn: bool = False
    later_corrected: bool = False

    @property
    def at(self) -> datetime:
        return self.event.at

    @property
    def day(self) -> date:
        return self.at.astimezone(ZONE).date()

    @property
    def kind(self) -> str:
        if self.event.rank == Rank.JUDGED and self.step and self.step.assessment.corrects_id:
            return "corrected"
        return Rank(self.event.rank).name.lower()

    def words(self, name: str) -> Words:
        """Of a withdrawal: the reason, for readers of any language."""
        return choose({"zh": getattr(self.event, f"{name}_zh"), "en": getattr(self.event, f"{name}_en")})


class Stream:
    """Nine queries for both lists, whatever their length. With errors both are empty.

    A feed takes only what was entered, from the beginning unless it is asked for a period; it may be of one commitment
    and all below it, or of one document.
    """

    def __init__(
        self,
        params: QueryDict,
        *,
        commitment: Commitment | None = None,
        document: SourceDocument | None = None,
        for_feed: bool = False,
    ) -> None:
        self.params = params = params_today(params)
        self.commitment, self.for_feed = commitment, for_feed
        self._only = document
        self._is_of_one = bool(commitment or document)
        known = [name for name in period.PARAMETERS if name != "document" or not self._is_of_one]
        self.form = period.PeriodForm(params)
        self.form.is_valid()
        self.errors = parameters.refusals(params, known, period.REPEATABLE, self.form)
        given = self.form.cleaned_data
        self._cursors = {
            "cursor": cursor_of(given.get("cursor"), "cursor", HAPPENED, self.errors),
            "entered_cursor": cursor_of(
                given.get("entered_cursor"),
                "entered_cursor",
                KEYS,
                self.errors,
                name="entered_cursor",
                check=lambda at, *_rest: moment(at),
            ),
        }
        self.period = self.form.period(None if for_feed else period.USUAL_MONTHS) if self.is_valid else None

    @property
    def is_valid(self) -> bool:
        return not self.errors

    @cached_property
    def clock(self) -> Clock:
        return self.form.clock()

    @property
    def chosen(self) -> list[SourceDocument]:
        if self._is_of_one:
            return [self._only] if self._only else []
        return self.form.cleaned_data.get("document") or []

    @cached_property
    def documents(self) -> list[SourceDocument]:
        """To choose from: the first ones, and those that are chosen."""
        return list(listed_documents(self.chosen).values())

    @property
    def page_size(self) -> int:
        return self.form.cleaned_data.get("page_size") or USUAL_PAGE

    @cached_property
    def _happened(self) -> Any:
        """The judgements of the period that are in force on their own day, as known on the reader's.

        That nobody judges a commitment is no event: without a judgement before it that is left out.
        """
        assert self.period is not None
        scope = Scope(self.period.begins_at, self.period.ends_before, self.chosen, self.commitment)
        its_day: Any = OuterRef("as_of")
        own_day = clocks.in_force(its_day, self.clock.known_on, commitment="commitment")
        last = min(self.period.end, self.clock.as_of)
        rows = judgements(scope).filter(as_of__gte=self.period.start, as_of__lte=last)
        earlier = Exists(own_day.filter(as_of__lt=OuterRef("as_of")))
        return rows.filter(~Q(status=Status.NOT_ASSESSED) | earlier, pk=Subquery(own_day.values("pk")[:1]))

    @property
    def happened_count(self) -> int:
        return self.happened_counted.number

    @cached_property
    def happened_counted(self) -> Count:
        return Count.of(self._happened.values("pk")[: COUNTED + 1].count() if self.is_valid else 0)

    @cached_property
    def happened_page(self) -> Page[tuple[Any, ...]]:
        if not self.is_valid or self.for_feed:
            return Page([])

        def read(keys: Sequence[keyset.Key], values: Sequence[Any] | None, limit: int) -> list[tuple[Any, ...]]:
            rows = self._happened.filter(keyset.after(keys, values)) if values else self._happened
            names = [key.name for key in HAPPENED]
            return list(rows.order_by(*keyset.order_by(keys)).values_list(*names, "pk", "commitment")[:limit])

        cursor = self._cursors["cursor"]
        return page_of(read, HAPPENED, lambda row: row[:3], cursor=cursor, order="cursor", size=self.page_size)

    @cached_property
    def _events(self) -> Events:
        assert self.period is not None
        ends = min(self.period.ends_before, self.clock.end_of_known)
        return Events(Scope(self.period.begins_at, ends, self.chosen, self.commitment))

    @property
    def entered_count(self) -> int:
        return self.entered_counted.number

    @cached_property
    def entered_counted(self) -> Count:
        return Count.of(self._events.count(COUNTED + 1) if self.is_valid else 0)

    @cached_property
    def entered_page(self) -> Page[Event]:
        if not self.is_valid:
            return Page([])
        cursor, read = self._cursors["entered_cursor"], self._events.read
        return page_of(
            read, KEYS, lambda event: event.place, cursor=cursor, order="entered_cursor", size=self.page_size
        )

    @cached_property
    def _judgements(self) -> dict[int, Assessment]:
        """Of both lists, with what their lines show."""
        ids = [row[3] for row in self.happened_page.rows]
        ids += [event.row for event in self.entered_page.rows if event.rank in (Rank.JUDGED, Rank.JUDGEMENT_WITHDRAWN)]
        cited = Prefetch("evidence", Evidence.objects.published().only("code").order_by("code"))
        rows = Assessment.objects.published().select_related("commitment__document", "corrects")
        return rows.defer("commitment__document__text").prefetch_related(cited).in_bulk(ids)

    @cached_property
    def _histories(self) -> dict[int, list[Assessment]]:
        """Every published judgement of the commitments on the page, without its text."""
        of = {row.commitment_id for row in self._judgements.values()}
        fields = ("commitment_id", "party_id", "corrects_id", "is_editorial", "as_of", "published_at", "withdrawn_at")
        rows = Assessment.objects.published().filter(commitment__in=of).order_by()
        found: dict[int, list[Assessment]] = defaultdict(list)
        for row in rows.only(*fields, "status", "momentum", "confidence"):
            found[row.commitment_id].append(row)
        return found

    @cached_property
    def happened(self) -> list[Step]:
        rows = [self._judgements[row[3]] for row in self.happened_page.rows]
        return [Step(row, change_at(row, self._chain(row, self.clock.end_of_known))) for row in rows]

    @cached_property
    def entered(self) -> list[Entry]:
        return [self._entry(event) for event in self.entered_page.rows]

    @cached_property
    def _entered_together(self) -> dict[int, tuple[SourceDocument, datetime | None]]:
        """Sources of the batches on the page, with the moment of their first judgement."""
        of = [event.row for event in self.entered_page.rows if event.rank == Rank.BATCH]
        first = period.first_judgements(of) if of else {}
        rows = SourceDocument.objects.defer("text").in_bulk(of)
        return {pk: (row, first.get(pk)) for pk, row in rows.items()}

    def _entry(self, event: Event) -> Entry:
        if event.rank == Rank.BATCH:
            of, first = self._entered_together[event.row]
            batch = self._events.batches[event.at, event.row]
            return Entry(event, None, batch, of, is_first_of_document=first == event.at)
        row = self._judgements.get(event.row) if event.rank >= Rank.JUDGEMENT_WITHDRAWN else None
        if row is None:
            return Entry(event)
        end = self.clock.end_of_known
        known = [one for one in self._histories[row.commitment_id] if is_known(one, end)]
        correctors = {one.corrects_id for one in known if not one.is_editorial}
        return Entry(
            event,
            Step(row, self._change_as_entered(row)),
            later_withdrawn=event.rank == Rank.JUDGED and not is_known(row, end),
            later_corrected=event.rank == Rank.JUDGED and row.pk in correctors,
        )

    def _change_as_entered(self, row: Assessment) -> Change[Any]:
        """Beside what it corrects, else beside what this site said of the time before it when it was published."""
        if row.corrects_id:
            return Change(row.corrects, row)
        assert row.published_at is not None
        return change_at(row, self._chain(row, row.published_at + MOMENT))

    def _chain(self, row: Assessment, known_before: datetime) -> list[Assessment]:
        return chain(self._histories[row.commitment_id], known_before)

    def query(self, names: Iterable[str] = period.PARAMETERS, **replace: str | None) -> str:
        """The question in one spelling, or a part of it."""
        return spelled(self.params, tuple(names), **replace)

    def query_at(self, name: str, place: str | None) -> str | None:
        return self.query(**{name: place}) if place else None

    @cached_property
    def years(self) -> list[period.Period]:
        return period.years(self.clock) if self.is_valid else []
