"""Which module takes and gives back the database that is configured."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, cast

from django.db import connection

from commitments.actions.backups import postgresql, sqlite
from commitments.actions.backups.archive import Archive, Writer
from commitments.actions.backups.manifest import Database


class Engine(Protocol):
    def version(self) -> str: ...
    def exists(self) -> bool:
        """Whether there is a database with tables."""

    def take(self, writer: Writer, folder: Path) -> Database:
        """All rows of one moment into the archive."""

    def holds_rows(self, tables: tuple[str, ...], prefix: str, but: str) -> bool: ...
    def space_needed(self, database: Database) -> tuple[Path, int]: ...
    def give(self, archive: Archive, before_switch: Callable[[], None]) -> None:
        """The archive's rows instead of what is there, all or nothing; the call comes once they are verified."""


ENGINES = cast(Mapping[str, Engine], {"sqlite": sqlite, "postgresql": postgresql})


def engine() -> Engine:
    return ENGINES[connection.vendor]
