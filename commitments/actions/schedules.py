"""The schedules that ship, kept by django-celery-beat: made once, then the analysts' to change."""

import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask, PeriodicTasks

from commitments.choices import JobKind
from commitments.today import ZONE

SWEEP = "sweep"


@dataclass(frozen=True)
class Daily:
    """A job of this kind every day at this hour and minute of Asia/Shanghai."""

    kind: JobKind
    hour: int
    minute: int


# Others add their line here.
DAILY = (
    Daily(JobKind.VERIFY, hour=3, minute=20),
    Daily(JobKind.CHECK_LINKS, hour=2, minute=5),
    Daily(JobKind.RELATE, hour=2, minute=40),
)


def ensure_schedules(using: str = "default") -> None:
    """Idempotent; a schedule that was changed or switched off stays so.

    Written in bulk: the library's own `save` reads and writes the default database, whichever is asked for.
    """
    known = set(PeriodicTask.objects.using(using).values_list("name", flat=True))
    with transaction.atomic(using=using):
        missing = [_every_half_minute(using)] if SWEEP not in known else []
        missing += [_daily(each, using) for each in DAILY if each.kind.value not in known]
        PeriodicTask.objects.using(using).bulk_create(missing)
        if missing:
            PeriodicTasks.objects.using(using).update_or_create(ident=1, defaults={"last_update": timezone.now()})


def save_schedule(row: PeriodicTask) -> None:
    """The library's own save tells beat, which reads the schedules again within seconds."""
    row.save()


def _every_half_minute(using: str) -> PeriodicTask:
    interval = _same(IntervalSchedule(every=30, period=IntervalSchedule.SECONDS), using, "every", "period")
    # Rounds that no worker had time for are not caught up with.
    return PeriodicTask(name=SWEEP, task="commitments.sweep", interval=interval, expire_seconds=30)


def _daily(each: Daily, using: str) -> PeriodicTask:
    wanted = CrontabSchedule(minute=str(each.minute), hour=str(each.hour), timezone=ZONE)
    days = ("day_of_week", "day_of_month", "month_of_year")
    crontab = _same(wanted, using, "minute", "hour", "timezone", *days)
    arguments = json.dumps([each.kind.value])
    return PeriodicTask(name=each.kind.value, task="commitments.ask_daily", crontab=crontab, args=arguments)


def _same(wanted: Model, using: str, *fields: str) -> Model:
    """The row that says the same, or this one stored."""
    rows = type(wanted)._default_manager.using(using)
    said = {field: getattr(wanted, field) for field in fields}
    return rows.filter(**said).first() or rows.bulk_create([wanted])[0]
