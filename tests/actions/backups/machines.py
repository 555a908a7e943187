"""Machines of a test: each has a database and a folder of files of its own, on the kind of database the run is for.

`machine.at("old")` is a register with its seed, `machine.at("new")` a machine where nothing exists yet.
"""

import copy
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.actions.seeded import FIXTURES

ROOT = Path(__file__).resolve().parents[3]
PREFIX = f"tracker_backup_test_{os.getpid()}_"
MIGRATED = "migrated.sqlite3"
Rows = dict[str, list[tuple]]


@contextmanager
def connected(name: str, folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """The default connection goes to this database meanwhile."""
    usual = connections["default"]
    other = usual.copy()
    other.settings_dict = copy.deepcopy(usual.settings_dict)
    other.settings_dict["NAME"] = str(folder / f"{name}.sqlite3") if usual.vendor == "sqlite" else PREFIX + name
    connections["default"] = other
    try:
        yield other
    finally:
        other.close()
        connections["default"] = usual


def on_server(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[Path]:
    """A migrated and seeded database, which machines are copies of; a SQLite file that is only migrated beside it."""
    folder = tmp_path_factory.mktemp("filled")
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":  # the one of the tests, which is migrated already
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(folder / MIGRATED)])
            shutil.copy(folder / MIGRATED, folder / "filled.sqlite3")
    with django_db_blocker.unblock(), connected("filled", folder) as there:
        if there.vendor == "postgresql":
            # Each file that imports this fixture makes it for itself.
            on_server(
                f"DROP DATABASE IF EXISTS {PREFIX}filled WITH (FORCE)",
                f"CREATE DATABASE {PREFIX}filled ENCODING 'UTF8' TEMPLATE template0",
            )
            call_command("migrate", verbosity=0)
        call_command("seed", fixtures=FIXTURES, stdout=io.StringIO())
        there.close()
    yield folder  # other tests of the session have their own database back
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            on_server(f"DROP DATABASE IF EXISTS {PREFIX}filled WITH (FORCE)")


class Machine:
    def __init__(self, folder: Path, filled: Path, settings: Any) -> None:
        self.folder, self._filled, self._settings = folder, filled, settings
        self._made: set[str] = set()

    def at(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = str(self.folder / f"{name}.sqlite3") if self.is_sqlite else PREFIX + name
        storages = {**self._settings.STORAGES}
        storages["files"] = {**storages["files"], "OPTIONS": {"location": self.files(name)}}
        self._settings.STORAGES = storages
        if name not in self._made and name != "new":
            self._fill(name)
        self._made.add(name)

    def _fill(self, name: str) -> None:
        if self.is_sqlite:
            shutil.copy(self._filled / "filled.sqlite3", self.database)
        else:
            on_server(f"CREATE DATABASE {PREFIX}{name} TEMPLATE {PREFIX}filled")

    def migrate(self) -> None:
        """Of a database that has no tables yet."""
        if self.is_sqlite:
            shutil.copy(self._filled / MIGRATED, self.database)
        else:
            call_command("migrate", verbosity=0)

    def leave(self) -> None:
        connection.close()
        if not self.is_sqlite:
            on_server(*(f"DROP DATABASE IF EXISTS {PREFIX}{name} WITH (FORCE)" for name in self._made))

    @property
    def is_sqlite(self) -> bool:
        return connection.vendor == "sqlite"

    @property
    def database(self) -> Path:
        return Path(connection.settings_dict["NAME"])

    @property
    def url(self) -> str:
        """For a process of its own."""
        its = connection.settings_dict
        if self.is_sqlite:
            return f"sqlite:///{its['NAME']}"
        return f"postgres://{its['USER']}:{its['PASSWORD']}@{its['HOST']}:{its['PORT'] or 5432}/{its['NAME']}"

    def files(self, name: str) -> Path:
        return self.folder / f"{name}-files"

    def environment(self, name: str) -> dict[str, str]:
        return {**os.environ, "DATABASE_URL": self.url, "TRACKER_FILES": str(self.files(name)), "PYTHONUTF8": "1"}


@pytest.fixture
def machine(tmp_path: Path, filled: Path, settings: Any, django_db_blocker: Any) -> Iterator[Machine]:
    with django_db_blocker.unblock(), connected("new", tmp_path):
        made = Machine(tmp_path, filled, settings)
        made.at("old")
        yield made
        made.leave()


def run(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


VIRTUAL = {"commitments_searchwords"}  # on SQLite it keeps its rows in tables beside it, and is not read itself


def rows() -> Rows:
    """Every row of every table there is, read without any code of the backup."""
    tables = set(connection.introspection.table_names()) - VIRTUAL
    return {name: sorted(run(f'SELECT * FROM "{name}"'), key=repr) for name in tables}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
