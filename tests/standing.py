"""Worlds that stand for a whole module of tests: made once, and every test rolls back to them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings


@cache
def empty_copy() -> BaseDatabaseWrapper:
    """SQLite: the migrated database once more, in memory as long as this process lives.

    Taken before any world stands: a copy waits for ever for a transaction that its own process has open.
    """
    usual: Any = connections["default"]
    other = usual.copy()
    other.settings_dict = {**usual.settings_dict, "NAME": "file:register?mode=memory&cache=shared"}
    for each in (usual, other):
        each.ensure_connection()
    usual.connection.backup(other.connection)
    return other


@contextmanager
def standing(blocker: Any, folder: Path | None = None) -> Iterator[None]:
    """For a fixture of a module. One outer transaction, since what is published can never be deleted.

    `folder`: where its files go; a fixture of each test takes them over with `take_over`.
    """
    storages = {**settings.STORAGES}
    if folder:
        storages["files"] = {**storages["files"], "OPTIONS": {"location": folder}}
    with blocker.unblock():
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            empty_copy()
    with blocker.unblock(), override_settings(STORAGES=storages), transaction.atomic():
        yield
        transaction.set_rollback(True)


def take_over(folder: Path) -> None:
    """The files of the world as the test's own, to change as it likes."""
    shutil.copytree(folder, settings.STORAGES["files"]["OPTIONS"]["location"], dirs_exist_ok=True)
