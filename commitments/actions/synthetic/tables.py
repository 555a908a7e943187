"""Fast rows: tuples in the order of some columns -> a table, with the model's defaults in all other columns."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max, Model


class Table:
    """`constants`: columns with the same value in every row. Ids are given, so that rows can name one another."""

    def __init__(self, model: type[Model], varying: Sequence[str], **constants: Any) -> None:
        self.model, self.rows = model, []  # type: type[Model], list[tuple[Any, ...]]
        self.columns = ("id", *varying)
        rest = {
            field.attname: field.get_db_prep_save(constants.pop(field.attname, field.get_default()), connection)
            for field in model._meta.concrete_fields
            if field.attname not in self.columns
        }
        if constants:
            raise ValueError(f"{model.__name__} has no {', '.join(constants)}")
        column_of = {field.attname: field.column for field in model._meta.concrete_fields}
        self._names = [column_of[name] or name for name in (*self.columns, *rest)]
        self._rest = tuple(rest.values())
        self.next_id = (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        self.first_of_chunk = self.next_id

    def add(self, *values: Any) -> int:
        """The new row's id."""
        number = self.next_id
        self.next_id = number + 1
        self.rows.append((number, *values, *self._rest))
        return number

    def write(self) -> None:
        rows, self.rows = self.rows, []
        self.first_of_chunk = rows[0][0] if rows else self.next_id
        quoted = ", ".join(connection.ops.quote_name(name) for name in self._names)
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(self._names))
                cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)


def next_ids_follow(tables: Iterable[Table]) -> None:
    """PostgreSQL's sequences do not see ids that were given."""
    with connection.cursor() as cursor:
        for line in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(line)
