"""One worker's turn at one job: claimed by compare-and-set, carried on under its lease, finished once.

Every write after the claim names the holder. A worker whose lease has gone to another one gets `LeaseLost`, and what
it would have written is rolled back.
"""

import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from commitments.choices import JobState
from commitments.models import Job

MOST_ATTEMPTS = 5
CANDIDATES = 8  # a worker that loses the race for one job tries the next
TOLD_EVERY = 1.0  # seconds between two writes of progress
LONGEST_MESSAGE = 2000

Tell = Callable[[int, int, str], None]


class LeaseLost(Exception):
    """Another worker holds the job now."""


class NoUse(Exception):
    """Raised by a job that would fail each time: it ends as failed, with this sentence."""


class NotNow(Exception):
    """Raised by a job whose time has not come (its host is busy): it waits, and the attempt does not count."""

    def __init__(self, seconds: float, sentence: str = "") -> None:
        super().__init__(sentence)
        self.seconds = seconds


@dataclass
class Outcome:
    """What a job leaves. `keep` writes its effect, in the transaction that finishes the job: both happen or neither."""

    result: dict[str, Any] = field(default_factory=dict)
    message: str = ""
    for_a_person: bool = False
    keep: Callable[[], None] | None = None


class Run:
    """What a job's work is given: the job, and a way to say how far it is, which renews the lease."""

    def __init__(self, job: Job, tell: Tell | None = None) -> None:
        self.job = job
        self.tell = tell
        self._told_at = 0.0

    def expect(self, total: int) -> None:
        self.job.total = total
        self._write()

    def step(self, count: int = 1, message: str = "") -> None:
        """Raises LeaseLost when the job is another worker's by now; written once a second at most."""
        self.job.done += count
        self.job.message = message or self.job.message
        if time.monotonic() - self._told_at >= TOLD_EVERY or self.job.done == self.job.total:
            self._write()

    def _write(self) -> None:
        self._told_at = time.monotonic()
        if self.tell:
            self.tell(self.job.done, self.job.total, self.job.message)
        change(self, done=self.job.done, total=self.job.total, message=self.job.message, lease_until=_lease())


def claim(pk: int) -> Run | None:
    """None when it is not waiting any more: whoever changes the row first has it."""
    now = timezone.now()
    won = Job.objects.filter(pk=pk, state=JobState.QUEUED, due_at__lte=now).update(
        state=JobState.RUNNING,
        holder=uuid.uuid4().hex,
        lease_until=_lease(),
        attempts=F("attempts") + 1,
        started_at=now,
        total=0,
        done=0,
    )
    return Run(Job.objects.get(pk=pk)) if won else None


def claim_next(kinds: Iterable[str]) -> Run | None:
    """What a person waits for goes first, then the oldest. Kinds unknown here are left to a newer worker."""
    due = Job.objects.due(timezone.now()).filter(kind__in=[*kinds])
    for waiting in (due.exclude(requested_by=None), due):
        for pk in waiting.values_list("pk", flat=True)[:CANDIDATES]:
            if run := claim(pk):
                return run
    return None


def change(run: Run, **values: Any) -> None:
    held = Job.objects.filter(pk=run.job.pk, state=JobState.RUNNING, holder=run.job.holder)
    if not held.update(**values):
        raise LeaseLost(f"job {run.job.pk}")


@transaction.atomic
def finish(run: Run, outcome: Outcome) -> None:
    """The row first: it stays locked until the effect is written with it."""
    state = JobState.NEEDS_PERSON if outcome.for_a_person else JobState.DONE
    _end(run, state, outcome.message, result=outcome.result, done=run.job.done, total=run.job.total)
    if outcome.keep:
        outcome.keep()


def refuse(run: Run, message: str) -> None:
    _end(run, JobState.FAILED, message)


def fail(run: Run, message: str) -> None:
    """Again later, each time after a longer wait; after the last attempt a person has to look."""
    if run.job.attempts >= MOST_ATTEMPTS:
        _end(run, JobState.NEEDS_PERSON, message)
    else:
        wait = timedelta(seconds=30 * 2 ** (run.job.attempts - 1))
        _wait(run, timezone.now() + wait, message=message[:LONGEST_MESSAGE])


def release(run: Run, *, seconds: float = 0, message: str = "") -> None:
    """Back to the waiting ones, as if it had not been tried."""
    due_at = timezone.now() + timedelta(seconds=seconds)
    _wait(run, due_at, message=message[:LONGEST_MESSAGE], attempts=run.job.attempts - 1)


def _end(run: Run, state: JobState, message: str, **values: Any) -> None:
    values |= {"state": state, "message": message[:LONGEST_MESSAGE], "finished_at": timezone.now()}
    change(run, **values, holder="", lease_until=None)


def _wait(run: Run, due_at: datetime, **values: Any) -> None:
    change(run, **values, state=JobState.QUEUED, due_at=due_at, holder="", lease_until=None)


def _lease() -> datetime:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE)
