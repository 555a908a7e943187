"""What the database holds, read past the models: quick enough to be compared before and after each request."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

DERIVED = frozenset(
    f"commitments_{name}"
    for name in ("stale", "currentstanding", "posting", "tally", "searchrow", "searchindex", "searchterm")
)
# A visit may renew a session; whoever comes next may bring up to date what was written past the actions.
NOT_TOLD = DERIVED | {"django_session"}


def stored() -> dict[type[models.Model], list[tuple]]:
    """Every row of every model, history and many-to-many tables included: the values of its concrete fields."""
    with connection.cursor() as cursor:
        return {model: _rows(cursor, statement) for model, statement in _selects().items()}


def _rows(cursor: Any, statement: str) -> list[tuple]:
    cursor.execute(statement)
    return cursor.fetchall()


@cache
def _selects() -> dict[type[models.Model], str]:
    found = {}
    for model in apps.get_models(include_auto_created=True):
        its = model._meta
        columns = ", ".join(f'"{field.column}"' for field in its.concrete_fields)
        if its.db_table not in NOT_TOLD:
            found[model] = f'SELECT {columns} FROM "{its.db_table}" ORDER BY "{its.pk.column}"'
    return found
