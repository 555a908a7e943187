"""The update sheet as a file: text cells that nothing mistakes for a formula, lists to choose from, and a legend."""

import io

import openpyxl
import pytest
from django.utils import translation

from commitments.choices import Confidence, Momentum, Status
from commitments.reports.update_columns import MEANINGS, YES, Column
from commitments.reports.update_sheet import Line, workbook
from commitments.tables.reader import read_table

HOSTILE = "=HYPERLINK(\"http://x\",\"y\")", "+1", "@SUM(A1)", "坏\x07字", "'已加引号"  # fmt: skip
LINES = [
    Line("xian-2023/4.2", "建立机制", "实施中", 7),
    *(Line(f"x/{n}", title, "已完成", n) for n, title in enumerate(HOSTILE, 1)),
]
LANGUAGES = ["zh-hans", "en"]


def made(language: str = "zh-hans", lines: list[Line] = LINES) -> openpyxl.Workbook:
    with translation.override(language), workbook(lines, language) as file:
        return openpyxl.load_workbook(io.BytesIO(file.read()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_in_the_language_of_the_page_and_stay_in_sight(language):
    sheet = made(language).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.labels[language[:2]] for column in Column]
    assert sheet.freeze_panes == "C2"
    assert all(sheet.column_dimensions[cell.column_letter].width >= 8 for cell in sheet[1])


def test_no_cell_is_a_formula_and_each_text_comes_back_as_it_was():
    book = made()
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}
    titles = [cell.value for cell in book.worksheets[0]["B"][1:]]
    assert titles == ["建立机制", *HOSTILE[:3], "坏\ufffd字", HOSTILE[4]]


def test_what_is_typed_into_a_text_column_stays_text_and_the_day_is_a_date():
    sheet = made().worksheets[0]
    formats = {}
    for each in sheet.column_dimensions.values():  # neighbours that are alike share one entry
        formats |= {list(Column)[n - 1]: each.number_format for n in range(each.min, each.max + 1)}
    assert {formats[column] for column in Column if column != Column.AS_OF} == {"@"}
    assert formats[Column.AS_OF] == "yyyy-mm-dd"
    assert isinstance(sheet.cell(2, 15).value, int)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_offer_the_words_of_the_language(language):
    book = made(language)
    sheet, legend = book.worksheets
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        first, last = rule.formula1.replace("$", "").partition("!")[2].split(":")
        column = list(Column)[next(iter(rule.sqref.ranges)).min_col - 1]
        offered[column] = [row[0].value for row in legend[first:last]]
        assert str(rule.sqref).endswith(str(len(LINES) + 1))
    short = language[:2]
    assert offered == {
        Column.STATUS: [status.labels[short] for status in Status],
        Column.MOMENTUM: [Momentum(value).labels[short] for value, _label in Momentum.judged()],
        Column.CONFIDENCE: [word.labels[short] for word in Confidence],
        Column.CHECKED: [YES[short]],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_sheet_explains_every_column_and_every_word_in_both_languages(language):
    legend = {cell.value for row in made(language).worksheets[1].iter_rows() for cell in row}
    for column in Column:
        assert {*column.labels.values(), column.value, MEANINGS[column][language[:2]]} <= legend
    for status in Status:
        assert {*status.labels.values(), status.value} <= legend


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_reader_takes_it(language):
    with workbook(LINES, language) as file:
        table = read_table(file.read(), "a.xlsx")
    assert table.heading == tuple(column.labels[language[:2]] for column in Column)
    assert table.rows[0].cells[0] == "xian-2023/4.2"
    assert table.rows[0].cells[-1] == "7"


def test_a_sheet_without_rows_is_still_a_sheet():
    assert made(lines=[]).worksheets[0].max_row == 1
