"""Carries out jobs, in a worker or here and now: takes one, does its work, writes what came of it."""

import structlog
from django.db import transaction
from django.utils import timezone

from commitments.actions.job_kinds import WORK
from commitments.actions.job_runs import (
    LeaseLost,
    NotNow,
    NoUse,
    Run,
    Tell,
    claim,
    claim_next,
    fail,
    finish,
    refuse,
    release,
)
from commitments.actions.jobs import ask_for
from commitments.actions.roles import User
from commitments.models import Job

log = structlog.get_logger(__name__)


def work_off_one() -> bool:
    """Does the next job that waits; says whether more are waiting."""
    run = claim_next(WORK)
    if run:
        carry_out(run)
    return run is not None and Job.objects.due(timezone.now()).filter(kind__in=[*WORK]).exists()


def run_here(kind: str, subject: str = "", *, by: User | None = None, tell: Tell | None = None) -> Job:
    """Asks for a job and does it in this process: commands need no worker. What came of it stands in the job."""
    with transaction.atomic():  # no worker sees it waiting
        job = ask_for(kind, subject, by=by)
        run = claim(job.pk)
    if run:
        run.tell = tell
        carry_out(run)
    job.refresh_from_db()
    return job


def carry_out(run: Run) -> None:
    job = run.job
    with structlog.contextvars.bound_contextvars(job=job.pk, kind=job.kind, attempt=job.attempts):
        log.info("job_started")
        try:
            _do(run)
        except LeaseLost:
            log.warning("job_lease_lost")  # whoever holds it now writes what comes of it


def _do(run: Run) -> None:
    try:
        finish(run, WORK[run.job.kind](run))
    except LeaseLost:
        raise
    except Exception as error:
        _write_what_went_wrong(run, error)
    except BaseException:  # the process is asked to end
        release(run)
        log.info("job_released")
        raise
    else:
        log.info("job_finished")


def _write_what_went_wrong(run: Run, error: Exception) -> None:
    match error:
        case NotNow():
            release(run, seconds=error.seconds, message=str(error))
            log.info("job_postponed", seconds=error.seconds)
        case NoUse():
            refuse(run, str(error))
            log.warning("job_refused")
        case _:
            fail(run, f"{type(error).__name__}: {error}")
            log.exception("job_failed")
