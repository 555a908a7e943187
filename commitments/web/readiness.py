"""What the site needs to do its work, point by point; each says yes or no and a figure that tells nothing secret."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from commitments.actions.doorbell import broker_answers
from commitments.models import Job

LONGEST_WAIT = 3600  # seconds that a job may wait after its time has come
LEAST_FREE = 200  # MB


class Point(NamedTuple):
    name: str
    is_ok: bool
    figure: Any = None


def points() -> Iterator[Point]:
    """A database that does not answer is asked nothing more."""
    try:
        missing = len(_written() - set(MigrationRecorder(connection).applied_migrations()))
        yield Point("database", True)
        yield Point("migrations", missing == 0, missing)
        if not missing:
            yield _oldest_job()
    except DatabaseError:
        yield Point("database", False)
    yield Point("broker", broker_answers())
    free = min(shutil.disk_usage(folder).free for folder in _folders()) // 2**20
    yield Point("disk", free >= LEAST_FREE, free)


@cache
def _written() -> frozenset[tuple[str, str]]:
    """Every migration of this code; it does not change while the process lives."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _oldest_job() -> Point:
    now = timezone.now()
    due_at = Job.objects.due(now).values_list("due_at", flat=True).first()
    waited = round((now - due_at).total_seconds()) if due_at else 0
    return Point("oldest_job", waited <= LONGEST_WAIT, waited)


def _folders() -> Iterator[Path]:
    """Where files are written on this machine, or the nearest folder above that exists."""
    wanted = [settings.VAR_DIR, settings.TRACKER_FILES]
    if connection.vendor == "sqlite":
        wanted.append(Path(str(connection.settings_dict["NAME"])))
    for folder in wanted:
        yield next(each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir())
