"""The weekly update sheet: rows of commitments in, an XLSX file out that explains itself and holds no formula."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

import xlsxwriter
from django.conf import settings

from commitments.choices import STATUS_GLOSSES, Bearing, Confidence, Momentum, Status, Vocabulary
from commitments.languages import choose, codes, suffix
from commitments.reports.cells import plain
from commitments.reports.table_xlsx import CONTENT_TYPE, xml_safe
from commitments.reports.update_columns import GIVEN, MEANINGS, YES, Column

NAMES = {"zh": ("更新", "说明"), "en": ("Update", "Explanation")}
WORDS = {"zh": "可填的词", "en": "Words for"}
HEADS = {"zh": ("列", "代码", "说明"), "en": ("Column", "Code", "Meaning")}
WIDTHS = {
    **{Column.ID: 16, Column.TITLE: 50, Column.CURRENT: 24, Column.STATUS: 24, Column.AS_OF: 12, Column.VERSION: 8},
    **{Column.MOMENTUM: 12, Column.CONFIDENCE: 10, Column.CHECKED: 13, Column.LOOKED: 24, Column.EVIDENCE: 34},
}
BROAD = 40
HEADING_HEIGHT = 32  # points, for two lines


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
    formats = _formats(book)
    last = _write_lines(sheet, lines, formats, language)
    ranges = _write_words(words, formats, language)
    _write_lists(sheet, {column: f"='{names[1]}'!{cells}" for column, cells in ranges.items()}, last)
    book.close()
    file.seek(0)
    return file


def _formats(book: Any) -> dict[str, Any]:
    """Text cells are text whatever is typed into them; those that are ours stand on grey.

    Only what is typed is wrapped: not every program fits the height of a row to what it is given.
    """
    top, grey = {"valign": "top"}, {"bg_color": "#EEF1F3"}
    heading = {**top, "bold": True, "bottom": 1}
    return {
        "heading": book.add_format({**heading, "text_wrap": True}),
        "head": book.add_format(heading),
        "given": book.add_format({**top, **grey, "num_format": "@"}),
        "number": book.add_format({**top, **grey, "num_format": "0"}),
        "text": book.add_format({**top, "text_wrap": True, "num_format": "@"}),
        "word": book.add_format({**top, "num_format": "@"}),
        "day": book.add_format({**top, "num_format": "yyyy-mm-dd"}),
    }


def _write_lines(sheet: Any, lines: Iterable[Line], formats: dict[str, Any], language: str) -> int:
    """Returns the last row that is filled, counted from 0."""
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, HEADING_HEIGHT)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for number, column in enumerate(Column):
        kind = "day" if column == Column.AS_OF else "text"
        sheet.set_column(number, number, WIDTHS.get(column, BROAD), formats[kind])
        sheet.write_string(0, number, choose(column.labels, language).text, formats["heading"])
    last = 0
    for last, line in enumerate(lines, 1):
        for number, column in enumerate(Column):
            if column == Column.VERSION:
                sheet.write_number(last, number, line.version, formats["number"])
            elif column in GIVEN:
                sheet.write_string(last, number, xml_safe(plain(getattr(line, column.value))), formats["given"])
    sheet.autofilter(0, 0, last, len(Column) - 1)
    return last


def _vocabularies(language: str) -> dict[Column, list[tuple[dict[str, str], str, str]]]:
    """(labels, code, gloss) of the words that a column takes."""

    def of(words: Iterable[Vocabulary]) -> list[tuple[dict[str, str], str, str]]:
        return [(word.labels, word.value, "") for word in words]

    return {
        Column.STATUS: [(word.labels, word.value, choose(STATUS_GLOSSES[word], language).text) for word in Status],
        Column.MOMENTUM: of(Momentum(value) for value, _label in Momentum.judged()),
        Column.CONFIDENCE: of(Confidence),
        Column.CHECKED: [(YES, "yes", "")],
        Column.EVIDENCE: of(Bearing),
    }


def _write_words(sheet: Any, formats: dict[str, Any], language: str) -> dict[Column, str]:
    """The sheet that explains; returns where the words of each column stand."""
    languages = [language, *(code for code in codes() if suffix(code) != suffix(language))]
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for number, width in enumerate([26] * len(languages) + [18, 90]):
        sheet.set_column(number, number, width, formats["word"])
    row, ranges = 0, {}

    def write(texts: Iterable[str], look: str = "word") -> None:
        nonlocal row
        for number, text in enumerate(texts):
            sheet.write_string(row, number, text, formats[look])
        row += 1

    head, code, meaning = HEADS.get(suffix(language), HEADS["en"])
    write([head, *(str(dict(settings.LANGUAGES)[each]) for each in languages[1:]), code, meaning], "head")
    for column in Column:
        texts = [choose(column.labels, each).text for each in languages]
        write([*texts, column.value, choose(MEANINGS[column], language).text])
    for column, words in _vocabularies(language).items():
        row += 1
        write([f"{choose(WORDS, language).text} · {choose(column.labels, language).text}"], "head")
        ranges[column] = f"$A${row + 1}:$A${row + len(words)}"
        for labels, value, gloss in words:
            write([*(choose(labels, each).text for each in languages), value, gloss])
    return ranges


def _write_lists(sheet: Any, ranges: dict[Column, str], last: int) -> None:
    """Drop-down lists warn only: codes are as good as labels."""
    for number, column in enumerate(Column):
        if column in ranges and column != Column.EVIDENCE:
            rule = {"validate": "list", "source": ranges[column], "error_type": "warning"}
            sheet.data_validation(1, number, max(last, 1), number, rule)


__all__ = ["CONTENT_TYPE", "Line", "workbook"]
