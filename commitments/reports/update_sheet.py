"""The weekly update sheet: rows of commitments in, an XLSX file out that explains itself and holds no formula."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

import xlsxwriter

from commitments.choices import STATUS_GLOSSES, Bearing, Confidence, Momentum, Status, Vocabulary
from commitments.languages import choose, suffix
from commitments.reports.cells import plain
from commitments.reports.explained_sheet import Explained, Word, explain, lay_out, looks_of, offer
from commitments.reports.table_xlsx import CONTENT_TYPE, xml_safe
from commitments.reports.update_columns import GIVEN, MEANINGS, YES, Column

NAMES = {"zh": ("更新", "说明"), "en": ("Update", "Explanation")}
WIDTHS = {
    **{Column.ID: 16, Column.TITLE: 50, Column.CURRENT: 24, Column.STATUS: 24, Column.AS_OF: 12, Column.VERSION: 8},
    **{Column.MOMENTUM: 12, Column.CONFIDENCE: 10, Column.CHECKED: 13, Column.LOOKED: 24, Column.EVIDENCE: 34},
}
BROAD = 40


class Line(NamedTuple):
    """One commitment as the sheet shows it."""

    id: str
    title: str
    current_status: str
    version: int


def workbook(lines: Iterable[Line], language: str) -> IO[bytes]:
    """Open at its start; the temporary file goes when it is closed."""
    file = TemporaryFile()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False})
    names = NAMES.get(suffix(language), NAMES["en"])
    sheet, words = (book.add_worksheet(name) for name in names)
    looks = looks_of(book)
    last = _write_lines(sheet, lines, looks, language)
    ranges = explain(words, looks, [_explained(column, language) for column in Column], language)
    ranges.pop(Column.EVIDENCE)
    offer(sheet, list(Column), ranges, names[1], last)
    book.close()
    file.seek(0)
    return file


def _write_lines(sheet: Any, lines: Iterable[Line], looks: dict[str, Any], language: str) -> int:
    """Returns the last row that is filled, counted from 0."""
    lay_out(sheet, 2)
    for number, column in enumerate(Column):
        kind = "day" if column == Column.AS_OF else "text"
        sheet.set_column(number, number, WIDTHS.get(column, BROAD), looks[kind])
        sheet.write_string(0, number, choose(column.labels, language).text, looks["heading"])
    last = 0
    for last, line in enumerate(lines, 1):
        for number, column in enumerate(Column):
            if column == Column.VERSION:
                sheet.write_number(last, number, line.version, looks["number"])
            elif column in GIVEN:
                sheet.write_string(last, number, xml_safe(plain(getattr(line, column.value))), looks["given"])
    sheet.autofilter(0, 0, last, len(Column) - 1)
    return last


def _explained(column: Column, language: str) -> Explained:
    words = _vocabularies(language).get(column, [])
    return Explained(column.value, column.labels, MEANINGS[column], words)


def _vocabularies(language: str) -> dict[Column, list[Word]]:
    def of(words: Iterable[Vocabulary]) -> list[Word]:
        return [Word(word.labels, word.value) for word in words]

    return {
        Column.STATUS: [Word(each.labels, each.value, choose(STATUS_GLOSSES[each], language).text) for each in Status],
        Column.MOMENTUM: of(Momentum(value) for value, _label in Momentum.judged()),
        Column.CONFIDENCE: of(Confidence),
        Column.CHECKED: [Word(YES, "yes")],
        Column.EVIDENCE: of(Bearing),
    }


__all__ = ["CONTENT_TYPE", "Line", "workbook"]
