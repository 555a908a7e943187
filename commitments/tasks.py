"""What workers are told to do by name; each is a shell over an action."""

from celery import shared_task

from commitments.actions import derived, doorbell, jobs, related, report_files, working
from commitments.today import today


@shared_task(name=doorbell.WORK)
def work() -> None:
    """One ring, one job, so that the limits of time are those of a job; whoever finds more waiting rings again."""
    if working.work_off_one():
        doorbell.ring()


@shared_task(name="commitments.sweep")
def sweep() -> None:
    derived.ask_where_marked()
    related.ask_where_changed()
    jobs.sweep()
    report_files.remove_expired()


@shared_task(name="commitments.ask_daily")
def ask_daily(kind: str) -> None:
    """For schedules: at most one job of this kind a day, however often it is asked."""
    jobs.ask_for(kind, key=f"{kind}/{today().isoformat()}")
