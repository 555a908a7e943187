"""What differs between two editions: the rows of both -> one line for each row or value that is not the same."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from commitments.catalogue.edition_rows import Row, Rows
from commitments.catalogue.edition_tables import TABLES, Table
from commitments.catalogue.records import Field
from commitments.choices import Difference


class Change(NamedTuple):
    """`field`, `before` and `after` only where a row stands in both."""

    table: str
    id: str
    what: Difference
    field: str | None = None
    before: Any = None
    after: Any = None


CHANGE: tuple[Field, ...] = (
    Field("table", "string", {"zh": "数据表", "en": "Table"}, lambda c: c.table),
    Field("id", "string", {"zh": "行的标识", "en": "Identifier of the row"}, lambda c: c.id),
    Field("what", "string", {"zh": "变化", "en": "What changed"}, lambda c: c.what, Difference),
    Field("field", "string", {"zh": "字段", "en": "Field"}, lambda c: c.field),
    Field("before", "string", {"zh": "此前", "en": "Before"}, lambda c: c.before),
    Field("after", "string", {"zh": "此后", "en": "After"}, lambda c: c.after),
)


def changes(before: Rows, after: Rows) -> list[Change]:
    """In the order of the tables, then of the rows; a row without a name of its own is only there or not."""
    return [
        change for table in TABLES for change in _of_table(table, before.get(table.name, []), after.get(table.name, []))
    ]


def _of_table(table: Table, before: list[Row], after: list[Row]) -> Iterator[Change]:
    names = table.key or tuple(field.name for field in table.fields)
    old, new = _by_name(before, names), _by_name(after, names)
    yield from (Change(table.name, name, Difference.REMOVED) for name in old if name not in new)
    for name, row in new.items():
        if name not in old:
            yield Change(table.name, name, Difference.ADDED)
        else:
            yield from _of_row(table, name, old[name], row)


def _of_row(table: Table, name: str, old: Row, new: Row) -> Iterator[Change]:
    for field in table.fields:
        if old.get(field.name) != new.get(field.name):
            yield Change(table.name, name, Difference.CHANGED, field.name, old.get(field.name), new.get(field.name))


def _by_name(rows: Iterable[Row], names: Iterable[str]) -> dict[str, Row]:
    return {"|".join(_word(row.get(name)) for name in names): row for row in rows}


def _word(value: Any) -> str:
    return "" if value is None else str(value)
