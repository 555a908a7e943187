"""The SQLite file in a backup: taken by VACUUM INTO (one read transaction), given back by SQLite's online backup.

Both are SQLite's own: writers wait or go on, and a killed restore is rolled back by whoever opens the file next.
"""

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from commitments.actions.backups.archive import CHUNK, Archive, Writer
from commitments.actions.backups.manifest import LEFT_OUT, Database, Table
from commitments.actions.backups.problems import BackupRefused, damaged
from commitments.actions.backups.workspace import workspace

MEMBER = "database.sqlite3"
PATIENCE = 60  # seconds until other writers must have let go of the file
AS_LINE = json.JSONEncoder(default=bytes.hex).encode
BESIDE = ("-wal", "-shm", "-journal", "")


def place() -> Path:
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or name.startswith("file:"):
        raise BackupRefused(_("The database lies in memory: there is no file to back up or restore."))
    return Path(name).absolute()


def version() -> str:
    return sqlite3.sqlite_version


def exists() -> bool:
    return place().exists() and place().stat().st_size > 0


def take(writer: Writer, folder: Path) -> Database:
    copy = folder / MEMBER
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])  # without what was deleted long ago
    with closing(_opened(copy)) as database:
        database.execute("PRAGMA secure_delete=ON")
        for table in set(LEFT_OUT) & set(_tables(database)):
            database.execute(f"DELETE FROM {_quoted(table)}")
        _check_integrity(database)
        tables, migrations = hashed(database), _migrations(database)
    return Database("sqlite", migrations, tables, {MEMBER: writer.add(MEMBER, _chunks(copy))})


def holds_rows(tables: tuple[str, ...], prefix: str, but: str) -> bool:
    """Whether any of these tables, or of those with the prefix but not with the other, has a row.

    What cannot be read is not empty.
    """
    if not exists():
        return False
    try:
        with closing(_opened(place())) as database:
            asked = [
                name
                for name in _tables(database)
                if name in tables or (name.startswith(prefix) and not name.startswith(but))
            ]
            return any(database.execute(f"SELECT 1 FROM {_quoted(name)} LIMIT 1").fetchone() for name in asked)
    except sqlite3.OperationalError as error:
        raise BackupRefused(_("The database cannot be opened: %(reason)s.") % {"reason": error}) from error
    except sqlite3.DatabaseError:
        return True


def space_needed(database: Database) -> tuple[Path, int]:
    """The copy beside, and the pages on their way through the write-ahead log."""
    return place().parent, 3 * database.members[MEMBER].size if MEMBER in database.members else 0


def give(archive: Archive, before_switch: Callable[[], None]) -> None:
    """Built beside and verified; only then poured into the file, which other processes may have open."""
    target, database = place(), archive.manifest.database
    if set(database.members) != {MEMBER}:
        raise damaged(MEMBER)
    connection.close()
    target.parent.mkdir(parents=True, exist_ok=True)
    with workspace(target.parent) as folder:
        draft = folder / MEMBER
        archive.extract(MEMBER, draft)
        _verify(draft, database)
        before_switch()
        try:
            _pour(draft, target)
        except sqlite3.OperationalError as error:
            raise BackupRefused(_("The database cannot be replaced: %(reason)s.") % {"reason": error}) from error
        except sqlite3.DatabaseError:  # what stands there is not, or no longer, a database
            _set_aside(target)
            _pour(draft, target)


def _verify(draft: Path, expected: Database) -> None:
    try:
        with closing(_opened(draft)) as database:
            _check_integrity(database)
            found = hashed(database)
            wrong = [name for name in {*found, *expected.tables} if found.get(name) != expected.tables.get(name)]
            if wrong or sorted(_migrations(database)) != sorted(expected.migrations):
                raise damaged(", ".join(sorted(wrong)[:3]) or "migrations")
    except sqlite3.DatabaseError as error:
        raise damaged(str(error)) from error


def _pour(draft: Path, target: Path) -> None:
    deadline = time.monotonic() + PATIENCE

    def wait(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > deadline:
            raise BackupRefused(_("Others keep the database locked. Stop the site and its workers, and try again."))

    with closing(_opened(draft)) as source, closing(_opened(target)) as destination:
        destination.execute("PRAGMA synchronous=FULL")
        source.backup(destination, progress=wait)
        destination.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_aside(target: Path) -> None:
    """A write-ahead log goes with its own file, never with the new one."""
    mark = f".damaged-{datetime.now():%Y%m%d-%H%M%S}"
    for suffix in BESIDE:
        old = target.with_name(target.name + suffix)
        if old.exists():
            os.rename(old, target.with_name(target.name + mark + suffix))


def _opened(path: Path) -> sqlite3.Connection:
    """With the functions that Django adds, which constraints may use; bytes that are no UTF-8 are carried along."""
    other = connection.copy()
    other.settings_dict |= {"NAME": str(path), "OPTIONS": {"timeout": PATIENCE, "detect_types": 0}}
    other.connect()
    database: sqlite3.Connection = other.connection
    database.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    database.execute("PRAGMA cell_size_check=ON")
    return database


def _check_integrity(database: sqlite3.Connection) -> None:
    found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise BackupRefused(_("The database is damaged: %(reason)s") % {"reason": found})


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _tables(database: sqlite3.Connection) -> list[str]:
    """Those that hold rows themselves: a virtual table keeps its own in others, which are here."""
    listing = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    return [name for (name,) in database.execute(listing)]


def _migrations(database: sqlite3.Connection) -> list[tuple[str, str]]:
    return list(database.execute("SELECT app, name FROM django_migrations ORDER BY id"))


def hashed(database: sqlite3.Connection) -> dict[str, Table]:
    return {name: _hashed(database, name) for name in _tables(database)}


def _hashed(database: sqlite3.Connection, name: str) -> Table:
    """In the order of the primary key, each row as one line of JSON."""
    about = database.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
    columns = [column for _number, column, *_rest, hidden in about if not hidden]
    keys = [column for column, key in sorted(((row[1], row[5]) for row in about if row[5]), key=lambda pair: pair[1])]
    order = ", ".join(map(_quoted, keys)) or "rowid"
    digest, rows = hashlib.sha256(), 0
    for row in database.execute(f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(name)} ORDER BY {order}"):
        digest.update(AS_LINE(row).encode() + b"\n")
        rows += 1
    return Table(rows, digest.hexdigest(), columns)


def _chunks(path: Path) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
