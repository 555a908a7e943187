"""The PostgreSQL tables in a backup: taken by COPY in one read-only snapshot, given back in one transaction.

COPY stands in every server, so neither side needs pg_dump; tables are built by our own migrations, so that a backup
holds rows and no statements that a restore would have to trust.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from commitments.actions.backups.archive import CHUNK, Archive, Writer
from commitments.actions.backups.manifest import LEFT_OUT, Database, Item, Table
from commitments.actions.backups.problems import BackupRefused, damaged
from commitments.actions.backups.stages import build_tables
from commitments.models.guards import install_guards

PATIENCE = 60  # seconds until others must have let go of the tables
# What a value looks like as text must not depend on the server, the role or the session.
PLAIN_TEXT = (
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
HERE = "relnamespace = current_schema()::text::regnamespace"


def version() -> str:
    with connection.cursor() as cursor:
        return _one(cursor, "SHOW server_version")


def exists() -> bool:
    try:
        connection.ensure_connection()
    except OperationalError:
        if _is_on_server():
            raise
        return False
    with connection.cursor() as cursor:
        return "django_migrations" in _tables(cursor)


def _is_on_server() -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [connection.settings_dict["NAME"]])
        return cursor.fetchone() is not None


def take(writer: Writer, folder: Path) -> Database:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _set(cursor, PLAIN_TEXT)
        ours, strangers = _ours(cursor)
        tables: dict[str, Table] = {}
        members: dict[str, Item] = {}
        for name in ours:
            columns = _columns(cursor, name)
            counted = _Counted(_copied(cursor, name, columns, empty=name in LEFT_OUT))
            item = members[_member(name)] = writer.add(_member(name), counted)
            tables[name] = Table(counted.rows, item.sha256, columns)
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return Database("postgresql", cursor.fetchall(), tables, members, _counters(cursor), strangers)


def holds_rows(tables: tuple[str, ...], prefix: str, but: str) -> bool:
    if not exists():
        return False
    with connection.cursor() as cursor:
        asked = [
            name for name in _tables(cursor) if name in tables or (name.startswith(prefix) and not name.startswith(but))
        ]
        return any(_one(cursor, f"SELECT EXISTS (SELECT 1 FROM {_quoted(name)})") for name in asked)


def space_needed(database: Database) -> tuple[Path, int]:
    """The server's disk is the server's to watch: a transaction that finds it full is rolled back."""
    return Path.cwd(), 0


def give(archive: Archive, before_switch: Callable[[], None]) -> None:
    """Old tables go and new ones come, filled and verified, in one transaction: killed half-way, nothing happened."""
    expected = archive.manifest.database
    if set(expected.members) != {_member(name) for name in expected.tables}:
        raise damaged("tables")
    if not exists() and not _is_on_server():
        _create()
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            _set(cursor, [*PLAIN_TEXT, f"SET LOCAL lock_timeout = '{PATIENCE}s'", "SET CONSTRAINTS ALL IMMEDIATE"])
            _drop(cursor)
            build_tables(expected.migrations)
            _fill(cursor, archive)
            install_guards()
            _verify(cursor, expected)
            before_switch()
    except DatabaseError as error:
        sentence = _("The database cannot be replaced: %(reason)s. Stop the site and its workers, and try again.")
        raise BackupRefused(sentence % {"reason": str(error).strip().partition("\n")[0]}) from error


def _create() -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            f"CREATE DATABASE {_quoted(connection.settings_dict['NAME'])} ENCODING 'UTF8' TEMPLATE template0"
        )


def _drop(cursor: CursorWrapper) -> None:
    """Our tables, with the functions behind their triggers, which do not go with a table."""
    ours, _strangers = _ours(cursor)
    cursor.execute(
        "SELECT DISTINCT p.oid::regprocedure::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        f"JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND c.{HERE} AND c.relname = ANY(%s)",
        [ours],
    )
    functions = [name for (name,) in cursor.fetchall()]
    if ours:
        cursor.execute(f"DROP TABLE {', '.join(map(_quoted, ours))} CASCADE")
    for name in functions:
        cursor.execute(f"DROP FUNCTION {name}")


def _fill(cursor: CursorWrapper, archive: Archive) -> None:
    """Without triggers, which would compute again what the rows hold already; foreign keys are checked at the end."""
    expected = archive.manifest.database
    built = {name: _columns(cursor, name) for name in _tables(cursor)}
    for name, table in expected.tables.items():
        if sorted(built.get(name, [])) != sorted(table.columns):
            raise damaged(name)
    ours, _strangers = _ours(cursor)
    cursor.execute(f"TRUNCATE {', '.join(map(_quoted, ours))}")  # migrations bring rows of their own
    _set(cursor, [f"ALTER TABLE {_quoted(name)} DISABLE TRIGGER USER" for name in ours])
    _set(cursor, ["SET CONSTRAINTS ALL DEFERRED"])
    for name, table in expected.tables.items():
        with cursor.copy(f"COPY {_quoted(name)} ({_listed(table.columns)}) FROM STDIN") as copy:
            for chunk in archive.read(_member(name)):
                copy.write(chunk)
    _set(cursor, ["SET CONSTRAINTS ALL IMMEDIATE"])
    _set(cursor, [f"ALTER TABLE {_quoted(name)} ENABLE TRIGGER USER" for name in ours])
    for name, (column, value, used) in expected.counters.items():
        if column not in built.get(name, []):
            raise damaged(name)
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [_quoted(name), column, value, used])


def _verify(cursor: CursorWrapper, expected: Database) -> None:
    wrong = [name for name, table in expected.tables.items() if _hashed(cursor, name, table.columns) != table]
    if wrong:
        raise damaged(", ".join(wrong[:3]))


def _hashed(cursor: CursorWrapper, name: str, columns: list[str]) -> Table:
    counted, digest = _Counted(_copied(cursor, name, columns)), hashlib.sha256()
    for chunk in counted:
        digest.update(chunk)
    return Table(counted.rows, digest.hexdigest(), columns)


class _Counted:
    """Chunks of COPY text as they pass: a row is a line, since a line end inside a value is escaped."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.rows = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.rows += chunk.count(b"\n")
            yield chunk


def _copied(cursor: CursorWrapper, name: str, columns: list[str], empty: bool = False) -> Iterator[bytes]:
    """The rows as COPY text in the order of the primary key, wherever and with whatever collation it lies."""
    order = ", ".join(_order(cursor, name)) or f'{_quoted(name)}::text COLLATE "C"'
    rows = f"SELECT {_listed(columns)} FROM {_quoted(name)} {'WHERE false' if empty else ''} ORDER BY {order}"
    gathered = bytearray()
    with cursor.copy(f"COPY ({rows}) TO STDOUT") as copy:
        for row in copy:
            gathered += row
            if len(gathered) >= CHUNK:
                yield bytes(gathered)
                gathered.clear()
    yield bytes(gathered)


def _order(cursor: CursorWrapper, name: str) -> list[str]:
    cursor.execute(
        "SELECT a.attname, t.typcategory = 'S' FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
        "AND a.attnum = ANY(i.indkey) JOIN pg_type t ON t.oid = a.atttypid "
        "WHERE i.indisprimary AND i.indrelid = %s::regclass ORDER BY array_position(i.indkey::int2[], a.attnum)",
        [_quoted(name)],
    )
    return [_quoted(column) + (' COLLATE "C"' if is_text else "") for column, is_text in cursor.fetchall()]


def _columns(cursor: CursorWrapper, name: str) -> list[str]:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "AND attgenerated = '' ORDER BY attnum",
        [_quoted(name)],
    )
    return [column for (column,) in cursor.fetchall()]


def _counters(cursor: CursorWrapper) -> dict[str, tuple[str, int, bool]]:
    cursor.execute(
        "SELECT c.relname, a.attname, d.objid::regclass::text FROM pg_depend d "
        "JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_class c ON c.oid = d.refobjid "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid "
        f"WHERE d.deptype IN ('a', 'i') AND c.{HERE}"
    )
    found: dict[str, tuple[str, int, bool]] = {}
    for table, column, counter in cursor.fetchall():
        cursor.execute(f"SELECT last_value, is_called FROM {counter}")
        found[table] = (column, *cursor.fetchone())
    return found


def _tables(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        f"SELECT relname FROM pg_class WHERE {HERE} AND relkind IN ('r', 'p') ORDER BY relname COLLATE \"C\""
    )
    return [name for (name,) in cursor.fetchall()]


def _ours(cursor: CursorWrapper) -> tuple[list[str], list[str]]:
    """Tables of the installed applications, and those that share the schema with them."""
    labels = tuple(f"{app.label}_" for app in apps.get_app_configs()) + ("django_",)
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    tables = _tables(cursor)
    ours = [name for name in tables if name in known or name.startswith(labels)]
    return ours, [name for name in tables if name not in ours]


def _set(cursor: CursorWrapper, statements: Iterable[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def _one(cursor: CursorWrapper, statement: str) -> str:
    cursor.execute(statement)
    return cursor.fetchone()[0]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _member(table: str) -> str:
    return f"tables/{table}.copy"
