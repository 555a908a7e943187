"""The state of the register as one short text: it changes with every write, so that caches know when to forget."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import Model

from commitments.choices import Publication, ReviewState
from commitments.models import CurrentStanding

# PostgreSQL: a transaction may take its numbers first and commit last. Until then it holds a lock that any other sees.
IN_FLIGHT = {
    "postgresql": """, (
        SELECT string_agg(DISTINCT l.virtualtransaction, ' ')
        FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
        WHERE l.mode = 'RowExclusiveLock' AND c.relname LIKE 'commitments%'
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )"""
}


# Tables that no page shows: a visitor's job must not make every cached page anew.
BEHIND = (
    "stale",
    "posting",
    "tally",
    "searchrow",
    "searchindex",
    "searchterm",
    "job",
    "reportfile",
    "reportdefinition",
    "historicalreportdefinition",
)
# What a report does not tell. Citations stand still from the publication of their assessment on.
NOT_TOLD = (
    *BEHIND,
    "currentstanding",
    "linkcheck",
    "linkhealth",
    "host",
    "formeraddress",
    "citation",
    "historicalcitation",
)
STILL_HIDDEN = {
    "publication": f"publication <> '{Publication.DRAFT}'",
    "review_state": f"review_state IN ('{ReviewState.PUBLISHED}', '{ReviewState.WITHDRAWN}')",
}


def _models(without: tuple[str, ...]) -> list[type[Model]]:
    found = apps.get_app_config("commitments").get_models()
    shown = (model for model in found if model._meta.model_name not in without)
    return sorted(shown, key=lambda model: model._meta.db_table)


@cache
def _question() -> str:
    """The newest row of every table and of its history: index look-ups, in one query."""
    return "SELECT " + ", ".join(
        [
            f"(SELECT MIN(turns_on) FROM {CurrentStanding._meta.db_table} WHERE turns_on IS NOT NULL)",
            *(
                f"(SELECT MAX({model._meta.pk.column}) FROM {model._meta.db_table})"
                for model in _models(without=BEHIND)
            ),
        ]
    )


def content_version() -> str:
    """Every write counts, and the day's round over what changes by itself."""
    with connection.cursor() as cursor:
        cursor.execute(_question() + IN_FLIGHT.get(connection.vendor, ""))
        return hashlib.sha256(repr(cursor.fetchone()).encode()).hexdigest()[:16]


_seen: ContextVar[str] = ContextVar("seen")


@contextmanager
def seen(version: str) -> Iterator[None]:
    """While a page is made of the register in this version: what it is made of may be looked up by it."""
    token = _seen.set(version)
    try:
        yield
    finally:
        _seen.reset(token)


def is_seen() -> bool:
    return _seen.get(None) is not None


def seen_version() -> str:
    return _seen.get(None) or content_version()


@cache
def _public_question() -> str:
    parts = []
    for model in _models(without=NOT_TOLD):
        columns = {field.name for field in model._meta.concrete_fields}
        only = " AND ".join(sql for column, sql in STILL_HIDDEN.items() if column in columns)
        where = f" WHERE {only}" if only else ""
        parts += [f"(SELECT {what} FROM {model._meta.db_table}{where})" for what in _counted(model)]
    return f"SELECT {', '.join(parts)}"


def _counted(model: type[Model]) -> tuple[str, str]:
    """Counted too, as a transaction may commit after another that took later numbers."""
    return "COUNT(*)", f"MAX({model._meta.pk.column})"


def public_version() -> str:
    """The state of what readers may see: work on drafts leaves it alone. Reads whole indexes; not for every page."""
    with connection.cursor() as cursor:
        cursor.execute(_public_question())
        return hashlib.sha256(repr(cursor.fetchone()).encode()).hexdigest()[:16]
