"""Uploaded spreadsheets: honest ones come back as they were written, hostile ones as one named sentence, quickly."""

import resource
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from commitments.catalogue.records import Field
from commitments.reports import table_xlsx
from commitments.tables.reader import PROBLEMS, Limits, UnreadableTable, read_table, read_tables
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


def each(names):
    """Those that use up what they are allowed among the slow tests."""
    costly = ("million rows", "empty cells far out")
    return [pytest.param(name, marks=pytest.mark.slow) if name in costly else name for name in names]


@pytest.mark.parametrize("name", each(HOSTILE))
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


# Several tables in one file


def test_every_sheet_of_a_workbook_and_every_csv_file_of_an_archive():
    book = openpyxl.Workbook()
    book.active.title = "一"
    book.active.append(["id"])
    book.create_sheet("空")
    book.create_sheet("二").append(["code"])
    tables = read_tables(forged.saved(book), "a.xlsx", MANY)
    assert [(table.name, table.heading, table.encoding) for table in tables] == [
        ("一", ("id",), ""),
        ("二", ("code",), ""),
    ]
    packed = forged.archive(
        a_DOT_csv="编号,题\n1,二".encode("gbk"), note_DOT_txt=b"x", book_DOT_xlsx=forged.xlsx(("x",))
    )
    (table,) = read_tables(packed, "a.zip", MANY)
    assert (table.name, table.encoding, table.rows[0].cells) == ("a.csv", "GBK", ("1", "二"))


def test_one_table_is_all_that_is_read_where_one_is_asked_for():
    assert read_table(forged.many_sheets(3), "a.xlsx").heading == ("id",)
    assert refused(forged.archive(a_DOT_csv=b"id"), "a.xlsx") == "not_a_table"
    assert refused(forged.archive(a_DOT_csv=b"id"), "a.zip") == "extension"


def test_what_is_wrong_in_one_of_several_says_in_which():
    with pytest.raises(UnreadableTable, match=r"b\.csv"):
        read_tables(forged.archive(a_DOT_csv=b"id", b_DOT_csv=b"," * 100 + b"x"), "a.zip", MANY)


@pytest.mark.parametrize(
    ("text", "stored"),
    [("_x000D_", "_x000D_"), ("_x0041_", "_x0041_"), ("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("_x41_", "_x41_")],
)
def test_what_a_workbook_spells_otherwise_comes_back(text, stored):
    with table_xlsx.workbook([Field("id", "string", {}, str)], [{"id": text}], "zh") as file:
        assert read_table(file.read(), "a.xlsx").rows[-1].cells == (stored,)


MANY = Limits(file_bytes=10_000_000, tables=40)
HOSTILE_MANY = {
    "archives in archives": (forged.nested_archives, {"not_a_table", "ratio"}),
    "a CSV text that inflates": (lambda: forged.archive(a_DOT_csv=b"a" * 40_000_000), {"ratio"}),
    "CSV texts that inflate beyond all": (
        lambda: forged.archive(a_DOT_csv=b"a" * 40_000_000, b_DOT_csv=b"b" * 40_000_000),
        {"inflated"},
    ),
    "many tables": (lambda: forged.many_sheets(41), {"tables"}),
    "many files": (lambda: forged.archive(**{f"{n}_DOT_csv": b"id" for n in range(41)}), {"tables"}),
    "thousands of files": (lambda: forged.archive(**{f"{n}_DOT_csv": b"id" for n in range(2_100)}), {"entries"}),
    "too many rows in the second": (
        lambda: forged.archive(a_DOT_csv=b"id\n1", b_DOT_csv=b"".join(b"%d\n" % n for n in range(6_000))),
        {"rows"},
    ),
    "a picture in an archive": (lambda: forged.archive(a_DOT_png=b"\x89PNG"), {"not_a_table"}),
    "a picture called a table": (lambda: forged.archive(a_DOT_csv=b"\x89PNG\r\n\x1a\n\x00"), {"not_a_table"}),
    "an archive with a macro": (lambda: forged.archive(a_DOT_csv=b"id", vbaProject_DOT_bin=b"x"), {"macros"}),
    "an archive with an entity": (
        lambda: forged.archive(a_DOT_csv=b"id", b_DOT_xml=b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x/>'),
        {"doctype"},
    ),
    "a long CSV text": (lambda: b"a,b\n" * 2_400_000, {"rows"}),
    "a file too big": (lambda: b"a,b\n" * 2_600_000, {"too_big"}),
}  # fmt: skip


@pytest.mark.parametrize("name", each(HOSTILE_MANY))
def test_a_hostile_file_of_several_tables_is_refused_by_name_and_costs_little(name):
    make, expected = HOSTILE_MANY[name]
    content = make()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with translation.override("en"), pytest.raises(UnreadableTable) as caught:
        read_tables(content, "a.zip", MANY)
    assert caught.value.problem in expected
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= 10
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
    met = {problem for _make, problems in [*HOSTILE.values(), *HOSTILE_MANY.values()] for problem in problems}
    assert met | {"extension"} >= set(PROBLEMS) - {"inflated"}
    assert refused(forged.many_rows(4_000), inflated_bytes=10_000) == "inflated"


@pytest.mark.parametrize("most", [100, 5_000])
def test_as_many_rows_as_are_allowed_are_read(most):
    assert len(read_table(forged.many_rows(most), "a.xlsx", Limits(rows=most)).rows) == most
