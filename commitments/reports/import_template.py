"""A table to fill in and send back, empty or with the rows that stand: XLSX with a page that explains it, or CSV."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from commitments.choices import Vocabulary
from commitments.languages import choose
from commitments.reports import table_csv
from commitments.reports.cells import plain
from commitments.reports.explained_sheet import Explained, Word, explain, lay_out, looks_of, offer
from commitments.reports.import_columns import NO, YES, Column, Sheet, Takes, Use, gloss
from commitments.reports.table_xlsx import CONTENT_TYPE, xml_safe

Rows = Iterable[dict[str, Any]]
PAGE = {"zh": "说明", "en": "Explanation"}
WIDTHS = {Takes.DAY: 12, Takes.FLAG: 8, Takes.NUMBER: 8, Takes.WORD: 18, Takes.LIST: 20, Takes.TEXT: 36}
NARROW = ("id", "code", "document", "parent", "successor", "commitment", "slug", "country", "language")
CSV_TYPE = table_csv.CONTENT_TYPE


def workbook(sheet: Sheet, rows: Rows, language: str) -> IO[bytes]:
    """Open at its start; the temporary file goes when it is closed. Columns that hold several words have no list."""
    file = TemporaryFile()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False})
    table, page = book.add_worksheet(choose(sheet.labels, language).text), choose(PAGE, language).text
    explanation = book.add_worksheet(page)
    looks = looks_of(book)
    last = _write_rows(table, sheet.offered, rows, looks, language)
    ranges = explain(explanation, looks, [_explained(column, language) for column in sheet.offered], language)
    single = {column.name for column in sheet.offered if column.takes != Takes.TEXT}
    lists = {name: cells for name, cells in ranges.items() if name in single}
    offer(table, [column.name for column in sheet.offered], lists, page, last)
    book.close()
    file.seek(0)
    return file


def _write_rows(sheet: Any, columns: Sequence[Column], rows: Rows, looks: dict[str, Any], language: str) -> int:
    """Returns the last row that is filled, counted from 0."""
    lay_out(sheet, 1)
    for number, column in enumerate(columns):
        width = 16 if column.name in NARROW else WIDTHS[column.takes]
        sheet.set_column(number, number, width, looks["day" if column.takes == Takes.DAY else "text"])
        sheet.write_string(0, number, choose(column.labels, language).text, looks["heading"])
    last = 0
    for last, row in enumerate(rows, 1):
        for number, column in enumerate(columns):
            _write(sheet, (last, number), column, row[column.name], looks, language)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    return last


def _write(
    sheet: Any, place: tuple[int, int], column: Column, value: Any, looks: dict[str, Any], language: str
) -> None:
    if value is None or value == "":
        return
    if column.use == Use.VERSION:
        sheet.write_number(*place, value, looks["number"])
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, looks["day"])
    else:
        look = "given" if column.use == Use.KEY else "text"
        sheet.write_string(*place, xml_safe(plain(_said(value, language))), looks[look])


def _said(value: Any, language: str) -> Any:
    if isinstance(value, bool):
        return choose(YES if value else NO, language).text
    return choose(value.labels, language).text if isinstance(value, Vocabulary) else value


def lines(sheet: Sheet, rows: Rows) -> Iterator[str]:
    """CSV: the names of the columns, below them what they mean in each language, then the rows."""
    described = {column.name: description(column) for column in sheet.offered}
    yield from table_csv.lines(sheet.offered, [described, *rows])


def description(column: Column) -> str:
    """What the second line of a CSV template says of a column; a line that still holds it is no row."""
    words = "; ".join(f"{word.value} {' '.join(word.labels.values())}" for word in column.words)
    needed = "*" if column.is_needed else ""
    return f"{needed}{' / '.join((*column.labels.values(), *column.meaning.values()))}" + (
        f" [{words}]" if words else ""
    )


def _explained(column: Column, language: str) -> Explained:
    words = [Word(word.labels, word.value, gloss(word, language)) for word in column.words]
    if column.takes == Takes.FLAG:
        words = [Word(YES, "yes"), Word(NO, "no")]
    needed = {"zh": "必填。", "en": "Needed. "}
    meaning = {key: (needed[key] if column.is_needed else "") + text for key, text in column.meaning.items()}
    return Explained(column.name, column.labels, meaning, words)


__all__ = ["CONTENT_TYPE", "CSV_TYPE", "description", "lines", "workbook"]
