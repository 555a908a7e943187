"""What was judged of the rows of a report, and when it was entered: commitments -> four lists of steps."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from commitments.catalogue.changes import MOMENT, Step
from commitments.catalogue.clock import Clock
from commitments.catalogue.entered import KEYS, Batch, Event, Events, Rank, Scope
from commitments.catalogue.period import Period
from commitments.choices import Status
from commitments.languages import Words, choose
from commitments.models import Assessment, Commitment
from commitments.reports.source_notes import in_chunks
from commitments.rules.changes import Change, chain, change_at
from commitments.rules.clocks import in_force
from commitments.today import ZONE

MOST = 100_000  # events of a period
WITHDRAWN = (Rank.COMMITMENT_WITHDRAWN, Rank.EVIDENCE_WITHDRAWN)


@dataclass(frozen=True)
class Entered:
    """A judgement, a correction or a withdrawal, on the day when this site published it."""

    at: datetime
    step: Step
    is_correction: bool = False
    is_withdrawal: bool = False

    @property
    def day(self) -> date:
        return self.at.astimezone(ZONE).date()

    @property
    def reason(self) -> Words:
        return self.step.assessment.words("withdrawn_reason" if self.is_withdrawal else "rationale")


@dataclass(frozen=True)
class Withdrawn:
    """A commitment or a piece of evidence that was taken back: its name and the reason, no more."""

    event: Event

    @property
    def day(self) -> date:
        return self.event.at.astimezone(ZONE).date()

    @property
    def is_evidence(self) -> bool:
        return self.event.rank == Rank.EVIDENCE_WITHDRAWN

    @property
    def name(self) -> str:
        return self.event.code if self.is_evidence else f"{self.event.document}/{self.event.code}"

    @property
    def reason(self) -> Words:
        return choose({"zh": self.event.reason_zh, "en": self.event.reason_en})


class Histories:
    """Reads the judgements of the rows once; what is shown of them follows from that."""

    def __init__(self, rows: Sequence[Commitment], period: Period, clock: Clock) -> None:
        self.rows = {row.pk: row for row in rows}
        self.period, self.clock = period, clock

    @cached_property
    def _judged(self) -> dict[int, list[Assessment]]:
        """Every published judgement by commitment."""
        found: dict[int, list[Assessment]] = defaultdict(list)
        for some in in_chunks(list(self.rows)):
            rows = Assessment.objects.published().filter(commitment__in=some, party__isnull=True).order_by()
            for row in rows:
                row.commitment = self.rows[row.commitment_id]
                found[row.commitment_id].append(row)
        return found

    @cached_property
    def _all(self) -> dict[int, Assessment]:
        return {row.pk: row for rows in self._judged.values() for row in rows}

    def status_on(self, commitment: int, day: date) -> Status:
        """As this site knows on the reader's day."""
        found = in_force(self._judged.get(commitment, []), day, self.clock.known_on)
        return Status(found.status) if found else Status.NOT_ASSESSED

    def _chain(self, row: Assessment, before: datetime) -> list[Assessment]:
        return chain(self._judged[row.commitment_id], before)

    @cached_property
    def _happened(self) -> list[Change[Any]]:
        """The newest first. That nobody judges a commitment is no event without a judgement before it."""
        found = []
        for rows in self._judged.values():
            links = chain(rows, self.clock.end_of_known)
            for row in links:
                change = change_at(row, links)
                if self.period.start <= row.as_of <= self.period.end and _says_something(change):
                    found.append(change)
        return sorted(found, key=lambda change: (-change.after.as_of.toordinal(), self._place(change.after)))

    def _place(self, row: Assessment) -> tuple[int, str]:
        return self.rows[row.commitment_id].document_id, self.rows[row.commitment_id].path

    @cached_property
    def _events(self) -> list[Event]:
        documents = {row.document_id: row.document for row in self.rows.values()}
        ends = min(self.period.ends_before, self.clock.end_of_known)
        self._batches = Events(Scope(self.period.begins_at, ends, list(documents.values()))) if documents else None
        return self._batches.read(KEYS, None, MOST) if self._batches else []

    @cached_property
    def _entered(self) -> list[tuple[Event, Assessment]]:
        """Judgements and withdrawals of these rows that were entered one by one."""
        return [
            (event, self._all[event.row])
            for event in self._events
            if event.rank in (Rank.JUDGED, Rank.JUDGEMENT_WITHDRAWN) and event.row in self._all
        ]

    def _is_earlier(self, row: Assessment) -> bool:
        return row.corrects_id is None and row.as_of < self.period.start

    @property
    def shown_ids(self) -> list[int]:
        """Of the judgements that any of the lists tells."""
        return [change.after.pk for change in self._happened] + [row.pk for _event, row in self._entered]

    @cached_property
    def happened(self) -> tuple[Step, ...]:
        return tuple(self._step(change) for change in self._happened)

    def _step(self, change: Change[Any]) -> Step:
        return Step(change.after, change)

    @cached_property
    def earlier(self) -> tuple[Entered, ...]:
        """Entered in the period, about the time before it."""
        rows = [(event, row) for event, row in self._entered if event.rank == Rank.JUDGED and self._is_earlier(row)]
        return tuple(Entered(event.at, self._step(self._as_entered(row))) for event, row in rows)

    @cached_property
    def corrections(self) -> tuple[Entered, ...]:
        return tuple(self._corrected())

    def _corrected(self) -> Iterator[Entered]:
        for event, row in self._entered:
            if event.rank == Rank.JUDGEMENT_WITHDRAWN:
                yield Entered(event.at, self._step(Change(None, row)), is_withdrawal=True)
            elif row.corrects_id:
                yield Entered(event.at, self._step(Change(self._all.get(row.corrects_id), row)), is_correction=True)

    def _as_entered(self, row: Assessment) -> Change[Any]:
        """Beside what this site said of the time before it when it was published."""
        assert row.published_at is not None
        return change_at(row, self._chain(row, row.published_at + MOMENT))

    @cached_property
    def batches(self) -> tuple[Batch, ...]:
        """What a shipped register brought at one moment about the time before the period, in numbers."""
        found: dict[tuple[datetime, int], list[Assessment]] = {}
        grouped = {(event.at, event.row) for event in self._events if event.rank == Rank.BATCH}
        for row in self._all.values():
            key = (row.published_at, self.rows[row.commitment_id].document_id)
            if key in grouped and row.seed_key is not None and self._is_earlier(row):
                found.setdefault(key, []).append(row)
        return tuple(_batch(*key, rows) for key, rows in sorted(found.items(), reverse=True))

    @cached_property
    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Of the documents of these rows, whatever the selection: what was withdrawn matches no filter any more."""
        return tuple(Withdrawn(event) for event in self._events if event.rank in WITHDRAWN)


def _says_something(change: Change[Any]) -> bool:
    return change.to_status != Status.NOT_ASSESSED or not change.is_first


def _batch(at: datetime, document: int, rows: list[Assessment]) -> Batch:
    days = [row.as_of for row in rows]
    return Batch(at, document, len(rows), len({row.commitment_id for row in rows}), min(days), max(days))


def day_before(day: date) -> date:
    return day - timedelta(days=1)
