"""Uploaded spreadsheets: honest ones come back as they were written, hostile ones as one named sentence, quickly."""

import resource
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from commitments.tables.reader import PROBLEMS, Limits, UnreadableTable, read_table
from tests.tables import forged

ROWS = (("id", "备注"), ("xian-2023/4.2", "换行\n后"))


def refused(content: bytes, name: str = "sheet.xlsx", **limits: Any) -> str:
    with translation.override("en"), pytest.raises(UnreadableTable) as caught:
        read_table(content, name, Limits(**limits))
    assert len(str(caught.value)) > 20
    assert "%(" not in str(caught.value)
    return caught.value.problem


def test_text_numbers_and_dates_of_a_workbook():
    table = read_table(
        forged.xlsx(
            ("id", "day", "n", "share", "moment", "yes", None),
            ("4.10", date(2026, 11, 20), 7, 0.5, datetime(2026, 1, 2, 3, 4), True, None),
        ),
        "a.xlsx",
    )
    assert table.heading == ("id", "day", "n", "share", "moment", "yes")
    assert table.rows[0].cells == ("4.10", date(2026, 11, 20), "7", "0.5", date(2026, 1, 2), "TRUE")
    assert (table.rows[0].number, table.encoding) == (2, "")


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers():
    table = read_table(forged.xlsx(("id",), (None,), ("", ""), ("x/1",)), "a.XLSX")
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("x/1",))]


def test_text_that_looks_like_a_formula_is_text():
    book = openpyxl.Workbook()
    book.active.append(["id"])
    cell = book.active.cell(2, 1, "x")
    cell.value, cell.data_type = "=1+1", "s"
    assert read_table(forged.saved(book), "a.xlsx").rows[0].cells == ("=1+1",)


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gbk", "GBK"), ("gb18030", "GBK"), ("utf-16", "UTF-16")],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_text_is_read_in_the_encodings_that_spreadsheet_programs_write(codec, name, separator):
    quoted = [tuple(f'"{cell}"' for cell in row) for row in ROWS]
    table = read_table(forged.csv_text(*quoted, codec=codec, separator=separator), "表.csv")
    assert (table.heading, table.rows[0].cells, table.encoding) == (*ROWS, name)


def test_a_last_row_far_below_is_read_and_not_lost():
    assert read_table(forged.one_late_row(), "a.xlsx").rows[0].number == 1_048_576


HOSTILE = {
    "million rows": (forged.million_rows, {"ratio", "inflated", "rows", "time"}),
    "a row too many": (lambda: forged.many_rows(5_001), {"rows"}),
    "a column too many": (lambda: forged.xlsx(range(61)), {"columns"}),
    "the last column": (lambda: forged.with_sheet(f'<row r="1">{forged.text_cell("XFD1", "x")}</row>'), {"columns"}),
    "a long cell": (lambda: forged.xlsx(("长" * 3_400,)), {"cell"}),
    "one text many times": (lambda: forged.shared_text_many_times(4_000), {"text", "ratio"}),
    "empty cells far out": (lambda: forged.styled_empty_cells(300_000), {"ratio", "time", "memory"}),
    "a formula": (lambda: forged.xlsx(("id",), ('=HYPERLINK("http://x","y")',)), {"formula"}),
    "an error": (lambda: forged.xlsx(("id",), ("#REF!",)), {"error_value"}),
    "macros": (forged.macros, {"macros"}),
    "a macro content type": (forged.macro_content_type, {"macros"}),
    "an external entity": (forged.external_entity, {"doctype"}),
    "an external entity in UTF-16": (forged.external_entity_in_utf16, {"doctype"}),
    "a billion laughs": (forged.laughs, {"doctype"}),
    "thousands of parts": (forged.many_entries, {"entries"}),
    "a part twice": (forged.repeated_entry, {"duplicate_entries"}),
    "overlapping parts": (forged.overlapping_entries, {"overlapping_entries"}),
    "an encrypted part": (forged.encrypted_entry, {"encrypted"}),
    "a false size": (forged.lying_about_its_size, {"damaged", "ratio", "inflated"}),
    "a file cut off": (forged.cut_off, {"damaged"}),
    "another archive": (lambda: forged.with_parts()[:0] + b"PK\x05\x06" + b"\x00" * 18, {"not_a_table"}),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, {"old_office"}),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", {"not_a_table"}),
    "an empty file": (lambda: b"", {"empty"}),
    "no known encoding": (lambda: b"id,\xff\xff\x81", {"encoding"}),
    "open quotation marks": (lambda: b'id,"a\r\nb,c', {"csv"}),
    "millions of CSV rows": (lambda: b"a,b\n" * 1_200_000, {"rows"}),
    "one endless CSV cell": (lambda: b"a" * 4_900_000, {"cell"}),
    "thousands of CSV columns": (lambda: b"," * 400_000 + b"x", {"columns"}),
    "a file too big": (lambda: b"a,b\n" * 1_300_000, {"too_big"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name_and_costs_little(name):
    make, expected = HOSTILE[name]
    content = make()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert refused(content) in expected
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= 10
    # A child begins as a copy of this process, and those of other tests may have been bigger.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after.ru_maxrss <= max(before.ru_maxrss, own, 256 * 1024)


def test_the_limit_on_time_ends_the_reading():
    content = forged.styled_empty_cells(20_000)
    assert refused(content, cpu_seconds=1, ratio=10_000) == "time"


def test_the_limit_on_memory_ends_the_reading():
    assert refused(forged.many_rows(4_000), memory=24 * 1_048_576) == "memory"


@pytest.mark.parametrize("name", ["a.xlsm", "a.xls", "a.ods", "xlsx", "a.xlsx.exe"])
def test_other_endings_are_refused(name):
    assert refused(forged.xlsx(("id",)), name) == "extension"


def test_every_problem_has_a_case_here():
    met = {problem for _make, problems in HOSTILE.values() for problem in problems}
    assert met | {"extension"} >= set(PROBLEMS) - {"inflated"}
    assert refused(forged.many_rows(4_000), inflated_bytes=10_000) == "inflated"


@pytest.mark.parametrize("most", [100, 5_000])
def test_as_many_rows_as_are_allowed_are_read(most):
    assert len(read_table(forged.many_rows(most), "a.xlsx", Limits(rows=most)).rows) == most
