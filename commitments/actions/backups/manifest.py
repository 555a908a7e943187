"""What a backup holds, as JSON: versions, migrations, rows and hash per table, size and SHA-256 per member and file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from commitments.actions.backups.problems import damaged, foreign, newer

FORMAT = 1
# People log in again after a restore: a session key is as good as a password until it ends.
LEFT_OUT = ("django_session",)


@dataclass(frozen=True)
class Item:
    size: int
    sha256: str


@dataclass(frozen=True)
class Table:
    rows: int
    sha256: str
    columns: list[str]


@dataclass
class Database:
    """`members`: its parts of the archive; `counters`: table -> column, last value, whether that was used."""

    vendor: str
    migrations: list[tuple[str, str]]
    tables: dict[str, Table]
    members: dict[str, Item]
    counters: dict[str, tuple[str, int, bool]] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)  # tables there that are not ours, and not inside

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


@dataclass
class Manifest:
    made_at: str
    versions: dict[str, str]
    database: Database
    files: dict[str, Item]

    @property
    def file_bytes(self) -> int:
        return sum(item.size for item in self.files.values())

    def as_json(self) -> bytes:
        data = {"format": FORMAT, **asdict(self), "left_out": LEFT_OUT}
        return json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True).encode()


def read_manifest(content: bytes) -> Manifest:
    """Every value is checked for its type: what comes out is safe to compare and to count with."""
    try:
        data = json.loads(content)
        if not isinstance(data, dict) or _number(data["format"]) < 1:
            raise ValueError("format")
    except (ValueError, KeyError, RecursionError) as error:
        raise foreign("manifest.json") from error
    if data["format"] > FORMAT:
        raise newer(f"format {data['format']}")
    try:
        database = _database(data["database"])
        versions = {_text(name): _text(value) for name, value in data["versions"].items()}
        return Manifest(_text(data["made_at"]), versions, database, _items(data["files"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged("manifest.json") from error


def _database(data: Mapping[str, Any]) -> Database:
    return Database(
        vendor=_text(data["vendor"]),
        migrations=[(_text(app), _text(name)) for app, name in data["migrations"]],
        tables={
            _text(name): Table(_number(of["rows"]), _digest(of["sha256"]), [_text(each) for each in of["columns"]])
            for name, of in data["tables"].items()
        },
        members=_items(data["members"]),
        counters={
            _text(table): (_text(column), _number(value), bool(used))
            for table, (column, value, used) in data["counters"].items()
        },
        strangers=[_text(name) for name in data["strangers"]],
    )


def _items(data: Mapping[str, Any]) -> dict[str, Item]:
    return {_text(name): Item(_number(of["size"]), _digest(of["sha256"])) for name, of in data.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("text")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("number")
    return value


def _digest(value: Any) -> str:
    if len(_text(value)) != 64 or set(value) - set("0123456789abcdef"):
        raise ValueError("digest")
    return value
