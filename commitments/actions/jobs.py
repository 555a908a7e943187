"""Jobs: asked for within the caller's transaction, rung for when it commits, rung for again until they are done."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.doorbell import ring, ring_on_commit
from commitments.actions.job_runs import MOST_ATTEMPTS
from commitments.actions.roles import User
from commitments.actions.rows import check_role
from commitments.choices import JobState
from commitments.models import Job
from commitments.rules.refusal import Refused
from commitments.rules.review import Role

RINGS_AT_ONCE = 20  # each worker that finds more to do rings again, so that a few wake them all
KEPT = timedelta(days=90)
FORGOTTEN_AT_ONCE = 1000


@transaction.atomic
def ask_for(
    kind: str, subject: str = "", *, by: User | None = None, key: str = "", due_at: datetime | None = None
) -> Job:
    """The same key names the same job, whatever has become of it; without a key each call asks for a new one.

    `by`: the person who waits for it, none for what the site does by itself. `due_at`: not before then.
    """
    job, is_new = Job.objects.get_or_create(
        key=key or f"{kind}/{subject}"[:150] + f"/{token_hex(8)}",
        defaults={"kind": kind, "subject": subject, "requested_by": by, "due_at": due_at or timezone.now()},
    )
    if is_new:
        ring_on_commit()
    return job


@transaction.atomic
def retry(job: Job, *, by: User) -> None:
    """A person has looked: five new attempts."""
    check_role(by, Role.ANALYST)
    ended = Job.objects.filter(pk=job.pk, state__in=[JobState.NEEDS_PERSON, JobState.FAILED])
    again = ended.update(
        state=JobState.QUEUED, due_at=timezone.now(), attempts=0, finished_at=None, requested_by=by, message=""
    )
    if not again:
        raise Refused(_("This job is not waiting for a person."))
    ring_on_commit()


@dataclass(frozen=True)
class Swept:
    """Counts of one round."""

    taken_back: int
    given_up: int
    waiting: int
    forgotten: int


def sweep() -> Swept:
    """Takes back what dead workers held, rings for what waits, forgets what was done long ago."""
    now = timezone.now()
    forsaken = Job.objects.forsaken(now)
    ended = {"holder": "", "lease_until": None}
    given_up = forsaken.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=JobState.NEEDS_PERSON,
        finished_at=now,
        message=_("Its worker died at each of %(count)d attempts.") % {"count": MOST_ATTEMPTS},
        **ended,
    )
    taken_back = forsaken.update(
        state=JobState.QUEUED, due_at=now, message=_("Its worker died; it is tried again."), **ended
    )
    waiting = Job.objects.due(now).count()
    ring(min(waiting, RINGS_AT_ONCE))
    return Swept(taken_back, given_up, waiting, _forget(now - KEPT))


def _forget(before: datetime) -> int:
    old = Job.objects.filter(state=JobState.DONE, finished_at__lt=before).values("pk")[:FORGOTTEN_AT_ONCE]
    return Job.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]
