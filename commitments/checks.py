"""System checks of this project; ids commitments.E0xx and W0xx, each with a hint that says how to mend it."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.db import OperationalError, ProgrammingError, connections

from commitments.choices import BAND_OF, STATUS_GLOSSES, Status
from commitments.models import SearchIndex
from commitments.models.guards import missing_guards
from commitments.search import index


@register()
def every_status_has_band_and_gloss(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    missing = [status.value for status in Status if status not in BAND_OF or status not in STATUS_GLOSSES]
    if not missing:
        return []
    hint = "Add it to BAND_OF and STATUS_GLOSSES in commitments/choices.py."
    return [Error(f"No band or gloss for the status: {', '.join(missing)}.", hint=hint, id="commitments.E001")]


@register()
def times_of_jobs_fit(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """A job must have ended before its lease does, and long before Redis hands its ring to another worker."""
    hard = settings.CELERY_TASK_TIME_LIMIT
    messages: list[CheckMessage] = []
    if not settings.CELERY_TASK_SOFT_TIME_LIMIT < hard < settings.JOB_LEASE:
        hint = "Keep CELERY_TASK_SOFT_TIME_LIMIT < CELERY_TASK_TIME_LIMIT < JOB_LEASE in tracker/settings.py."
        messages.append(Error("A job may still run when its lease ends.", hint=hint, id="commitments.E003"))
    visible = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout")
    if visible is not None and visible <= 2 * hard:
        hint = "Raise visible_after in tracker/settings.py above twice CELERY_TASK_TIME_LIMIT."
        messages.append(Error("Redis delivers rings again while jobs run.", hint=hint, id="commitments.E004"))
    return messages


@register(Tags.database)
def guards_are_in_place(databases: Sequence[str] | None, **_: Any) -> list[CheckMessage]:
    """A table rebuilt outside `migrate` loses its triggers silently. A warning, since `migrate` must still run."""
    messages: list[CheckMessage] = []
    for using in databases or []:
        try:
            if "commitments_assessment" not in connections[using].introspection.table_names():
                continue  # not migrated yet
            missing = missing_guards(using)
        except (OperationalError, ProgrammingError):
            continue  # Django's own checks speak of a database that does not answer
        if missing:
            hint = "Run `python3 dev.py migrate`, which ends by installing them."
            text = f"{len(missing)} guards are missing in the database {using!r}: {', '.join(missing[:5])}."
            messages.append(checks.Warning(text, hint=hint, id="commitments.W002"))
    return messages


@register(Tags.database)
def index_of_words_fits_the_code(databases: Sequence[str] | None, **_: Any) -> list[CheckMessage]:
    """Made by other code, it would be asked for tokens that it does not hold."""
    messages: list[CheckMessage] = []
    for using in databases or []:
        try:
            tables = connections[using].introspection.table_names()
            if SearchIndex._meta.db_table not in tables or not index.is_behind(using):
                continue
        except (OperationalError, ProgrammingError):
            continue  # as above
        hint = "Run `python3 dev.py rebuild_search_index`."
        text = f"The index of words in the database {using!r} was not made by this code."
        messages.append(checks.Warning(text, hint=hint, id="commitments.W003"))
    return messages


@register(Tags.database)
def sqlite_has_the_wal_fix(databases: Sequence[str] | None, **_: Any) -> list[CheckMessage]:
    """SQLite before 3.51.3 (and the back-ports 3.44.6 and 3.50.7) could corrupt a file when a WAL was reset."""
    old = [
        using
        for using in databases or []
        if connections[using].vendor == "sqlite" and not _is_fixed(sqlite3.sqlite_version_info)
    ]
    if not old:
        return []
    hint = "Rare, and only under several writing processes: keep backups, or use PostgreSQL (DATABASE_URL)."
    return [Info("This SQLite lacks the fix of its WAL reset (3.51.3).", hint=hint, id="commitments.I001")]


def _is_fixed(version: tuple[int, ...]) -> bool:
    mended_in = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}.get((version[0], version[1]), (3, 51, 3))
    return version >= mended_in
