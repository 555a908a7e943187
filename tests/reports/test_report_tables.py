"""The report as CSV and as a workbook: the same tables, no formulas, real dates, numbers that agree with the site's."""

import csv
import io
from collections import Counter
from datetime import date, datetime

import openpyxl
import pytest
from django.utils.translation import override

from commitments.catalogue import summary
from commitments.catalogue.clock import Clock
from commitments.models import Commitment
from commitments.reports import report_csv, report_tables, report_xlsx
from commitments.reports.cells import plain_text
from commitments.reports.content import Report
from tests.actions.seeded import first_run, seeded
from tests.factories import make_commitment, make_judged
from tests.reports.asking import YEAR, report
from tests.reports.shipped import LANGUAGES, shipped, written

__all__ = ["first_run", "seeded"]
LENGTHS = ("brief", "full")
EVIL = '=HYPERLINK("http://evil.example","a")'


def lines(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def of(row: Commitment) -> Report:
    return report(f"{YEAR}&document={row.document.slug}")


def commitments(found: Report) -> list[dict[str, str]]:
    return [row for row in lines("".join(report_csv.lines(found)).encode()) if row["table"] == "commitments"]


@pytest.mark.usefixtures("seeded")
class TestShipped:
    @pytest.mark.parametrize("length", LENGTHS)
    def test_the_csv_has_every_row_of_every_table_once(self, length: str) -> None:
        rows = lines(written("csv", length))
        found = shipped(length)
        assert Counter(row["table"] for row in rows) == {
            table.name: len(table.rows) for table in report_tables.tables(found)
        }
        ids = [row["id"] for row in rows if row["table"] == "commitments"]
        assert len(ids) == len(set(ids)) == 85
        sources = [row["code"] for row in rows if row["table"] == "evidence"]
        assert len(sources) == len(set(sources)) == len(shipped().sources)
        numbers = {row["number"] for row in rows if row["table"] == "evidence"}
        assert {number for row in rows for number in row["sources"].split(", ") if number} < numbers

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_brief_workbook_has_as_many_rows_as_a_full_one(self, language: str) -> None:
        brief, full = (openpyxl.load_workbook(io.BytesIO(written("xlsx", length, language))) for length in LENGTHS)
        rows = [[sheet.max_row for sheet in book] for book in (brief, full)]
        assert rows[0][:-1] == rows[1][:-1]  # the method is told in fewer words

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_numbers_are_those_of_the_site(self, language: str) -> None:
        with override(language):
            headline = summary.headline_at(Clock(date(2025, 12, 31), date(2026, 12, 1)))
            found = shipped(language=language)
            assert found.numbers.headline == headline
            counts = [row for row in lines(written("csv", language=language)) if row["table"] == "summary"]
            wanted = [n for row in (headline.one_off, headline.continuing) for n in (*row.by_band.values(), row.total)]
        assert [int(row["number"]) for row in counts[: len(wanted)]] == wanted

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_workbook_opens_with_its_sheets_and_real_dates(self, language: str) -> None:
        book = openpyxl.load_workbook(io.BytesIO(written("xlsx", language=language)))
        assert len(book.sheetnames) == 6
        _cover, numbers, changes, commitments, evidence, _method = book.worksheets
        assert [sheet.freeze_panes for sheet in book.worksheets[1:]] == ["A2"] * 5
        assert (commitments.max_row, evidence.max_row) == (86, len(shipped().sources) + 1)
        assert changes.max_row == 59 and numbers.max_row == 36
        days = [cell.value for row in changes.iter_rows(min_row=2) for cell in row if cell.is_date]
        assert len(days) == 58 and all(isinstance(day, datetime) for day in days)
        assert {day.year for day in days} == {2025}

    def test_the_same_question_gives_the_same_bytes(self) -> None:
        for name in ("csv", "xlsx"):
            assert written(name) == written(name), name


@pytest.mark.django_db
def test_nothing_in_a_cell_can_run() -> None:
    row = make_commitment(title_zh=EVIL)
    make_judged(row, rationale_zh="@SUM(1)")
    found = of(row)
    (line,) = commitments(found)
    assert line["title"] == "'" + EVIL and plain_text(line["rationale"]) == "@SUM(1)"
    with report_xlsx.workbook(found) as file:
        book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line]
    assert EVIL in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


@pytest.mark.django_db
def test_an_entry_that_needs_attention_says_why() -> None:
    row = make_commitment()
    with override("en"):
        (line,) = commitments(of(row))
    assert line["attention"] == "No check on record in the period"
    assert line["lead"] == "not made public"
