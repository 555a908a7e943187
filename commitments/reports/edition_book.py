"""XLSX of an edition: a cover, then one sheet for each table; the same edition gives the same bytes."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import xlsxwriter

from commitments.catalogue.edition_rows import Row
from commitments.catalogue.edition_tables import TABLES, Table
from commitments.languages import codes, suffix
from commitments.reports.release import Release
from commitments.reports.table_xlsx import add_table
from commitments.reports.zipped import restored


def workbook(release: Release) -> bytes:
    made, frozen = io.BytesIO(), release.frozen
    book = xlsxwriter.Workbook(made, {"constant_memory": True})
    book.set_properties({"created": datetime.combine(frozen.day, datetime.min.time()), "author": ""})
    _add_cover(book, release)
    languages = [suffix(code) for code in codes()]
    for table in TABLES:
        add_table(book, table.name, list(table.fields), _typed(table, frozen.tables[table.name]), languages)
    book.close()
    return restored(made.getvalue(), frozen.day)


def _add_cover(book: Any, release: Release) -> None:
    frozen = release.frozen
    sheet, bold = book.add_worksheet("cover"), book.add_format({"bold": True})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60)
    lines = [
        *((name, "") for name in release.names.values()),
        ("edition", str(frozen.number)),
        ("as_of", frozen.day.isoformat()),
        ("provisional", "true" if frozen.is_provisional else "false"),
        ("sha256 (edition.json)", frozen.sha256),
        ("licence", "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"),
        *((table.name, " / ".join(table.labels.values())) for table in TABLES),
    ]
    for number, (name, said) in enumerate(lines):
        sheet.write_string(number, 0, name, bold)
        if said:
            sheet.write_string(number, 1, said)


def _typed(table: Table, rows: list[Row]) -> Iterator[Row]:
    """Days are dates again."""
    days = {field.name for field in table.fields if field.datatype == "date"}
    for row in rows:
        yield {
            name: date.fromisoformat(value) if name in days and value is not None else value
            for name, value in row.items()
        }
