"""What is derived from commitments and kept beside them (how they stand, the words by which they are found).

Triggers mark every commitment that a write concerns (models/stale.py). Whoever writes through `writing` brings the
derived rows up to date in the same transaction; what is written past it waits, marked, for the next writer or the job.
Readers never depend on that: while marks stand, they ask the rows themselves.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from django.utils.translation import gettext as _

from commitments.actions import standings
from commitments.actions.job_runs import Outcome, Run
from commitments.actions.jobs import ask_for
from commitments.choices import JobKind
from commitments.models import Job, Stale
from commitments.models.job import OPEN
from commitments.search import index

Follower = Callable[[set[int]], None]

# Each brings its own rows up to date for commitments that may have changed, moved, been withdrawn or removed.
FOLLOWERS: tuple[Follower, ...] = (standings.refresh, index.refresh)
MOST = 2_000  # commitments in one transaction of a writer; what a bulk load leaves is the job's
MARKS_READ = 50_000
LOCK = 0x5374616C65  # any number that is ours alone

_depth: ContextVar[int] = ContextVar("how many writings are open", default=0)


@contextmanager
def writing() -> Iterator[None]:
    """A writing transaction: all or nothing, and what is derived follows at its end. May stand within another."""
    with transaction.atomic():
        _depth.set(_depth.get() + 1)
        try:
            yield
        finally:
            _depth.set(_depth.get() - 1)
        if not _depth.get() and not transaction.get_rollback():
            refresh()


@transaction.atomic
def refresh(most: int = MOST) -> int:
    """Bring up to date what is marked, the newest marks first; says how many commitments that were.

    Two writers on PostgreSQL do this one after the other, so that neither misses the other's rows.
    """
    if not Stale.objects.exists():
        return 0
    _alone()
    marks = list(Stale.objects.order_by("-pk").values_list("pk", "commitment_id")[:MARKS_READ])
    stale = set(list(dict.fromkeys(commitment for _mark, commitment in marks))[:most])
    _remove(mark for mark, commitment in marks if commitment in stale)
    for follow in FOLLOWERS:
        follow(stale)
    return len(stale)


@transaction.atomic
def turn(most: int = MOST) -> int:
    """The same for what changes by itself when a day begins."""
    if not standings.turned(1):
        return 0
    _alone()
    ids = standings.turned(most)
    for follow in FOLLOWERS:
        follow(ids)
    return len(ids)


def _alone() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _remove(marks: Iterable[int]) -> None:
    Stale.objects.filter(pk__in=list(marks)).delete()


def ask_where_marked() -> None:
    """What was written past `writing` (a bulk load, a restored backup, a new kind of derived row) becomes a job."""
    asked = Job.objects.filter(kind=JobKind.CATCH_UP, state__in=OPEN)
    if (Stale.objects.exists() or standings.turned(1)) and not asked.exists():
        ask_for(JobKind.CATCH_UP)


def catch_up(run: Run) -> Outcome:
    """The job: some commitments in each transaction, until no mark is left and nothing has turned."""
    done = 0
    run.expect(Stale.objects.values("commitment_id").distinct().count())
    while some := refresh() or turn():
        done += some
        run.step(some)
    return Outcome({"commitments": done}, _("%(count)d commitments brought up to date.") % {"count": done})
