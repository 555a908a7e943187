"""XLSX: one table on one sheet with a frozen header, real dates and no formulas; records in, a file out."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from commitments.catalogue.records import Field
from commitments.reports.cells import plain
from commitments.today import today

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # UTF-16 units in one cell
ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WIDE = ("title", "quote", "criterion", "rationale")


def workbook(fields: Iterable[Field], rows: Iterable[dict[str, Any]], language: str) -> IO[bytes]:
    """Open at its start; the temporary file goes when it is closed. Memory does not grow with the rows."""
    fields = list(fields)
    file = TemporaryFile()
    # Text is written as text: nothing in a cell becomes a formula, a number or a link.
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False})
    book.set_properties({"created": _midnight(), "author": ""})
    add_table(book, "commitments", fields, rows, [language])
    book.close()
    file.seek(0)
    return file


def add_table(
    book: Any, name: str, fields: list[Field], rows: Iterable[dict[str, Any]], languages: Sequence[str]
) -> None:
    """A sheet with the names of the columns, below them what they mean in each language, then the rows."""
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1 + len(languages), 0)
    for column, field in enumerate(fields):
        sheet.set_column(column, column, 40 if field.name.startswith(WIDE) else 14)
        sheet.write_string(0, column, field.name, bold)
    for line, language in enumerate(languages, 1):
        for column, field in enumerate(fields):
            sheet.write_string(line, column, field.labels.get(language, field.name))
    for number, row in enumerate(rows, 1 + len(languages)):
        for column, field in enumerate(fields):
            _write(sheet, number, column, row[field.name], day)


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    else:
        sheet.write_string(row, column, xml_safe(plain(value)))


def xml_safe(text: str) -> str:
    """Without what XML forbids; a text too long for a cell is cut and says so."""
    text = ILLEGAL_IN_XML.sub("\ufffd", text)
    if len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    return text.encode("utf-16-le")[: (LONGEST - 2) * 2].decode("utf-16-le", "ignore") + "…"


def _midnight() -> datetime:
    """The same rows give the same bytes all day."""
    return datetime.combine(today(), datetime.min.time())
