"""Update sheets as analysts fill them in, for the tests beside: tables without a file, or real files."""

import io
from datetime import date
from typing import Any

import openpyxl

from commitments.actions.update_sheet import Result, run
from commitments.choices import ReviewState, Status
from commitments.models import Commitment
from commitments.reports.update_columns import Column
from commitments.reports.update_sheet import Line, workbook
from commitments.tables.reader import Row, Table
from tests import people

STATED = {
    "new_status": "实施中",
    "rationale_zh": "公开材料显示已有交付。",
    "confidence": "中等",
    "as_of": date(2024, 5, 1),
}


def line_of(commitment: Commitment) -> Line:
    status = Status(getattr(commitment, "status", None) or Status.NOT_ASSESSED)
    return Line(commitment.natural_id, commitment.title_zh, status.label, commitment.version)


def filled(commitment: Commitment, **cells: Any) -> dict[str, Any]:
    """A row of the sheet as it was downloaded now, with these cells filled in."""
    version = Commitment.objects.values_list("version", flat=True).get(pk=commitment.pk)
    return {"id": commitment.natural_id, "title": commitment.title_zh, "version": str(version), **cells}


def table_of(*rows: dict[str, Any]) -> Table:
    names = [column.value for column in Column]
    return Table(
        tuple(names),
        tuple(Row(number, tuple(row.get(name, "") for name in names)) for number, row in enumerate(rows, 2)),
    )


def tried(*rows: dict[str, Any], by: Any = None, then: ReviewState = ReviewState.DRAFT) -> Result:
    return run(table_of(*rows), by=by or people.analyst(), then=then, why="update sheet test", is_kept=False)


def applied(*rows: dict[str, Any], by: Any = None, then: ReviewState = ReviewState.DRAFT) -> Result:
    return run(table_of(*rows), by=by or people.analyst(), then=then, why="update sheet test", is_kept=True)


def downloaded(commitments: list[Commitment], language: str = "zh-hans") -> openpyxl.Workbook:
    with workbook((line_of(row) for row in commitments), language) as file:
        return openpyxl.load_workbook(io.BytesIO(file.read()))


def fill(book: openpyxl.Workbook, row: int, **cells: Any) -> None:
    """In the sheet's row of this number; the first commitment stands in row 2."""
    names = [column.value for column in Column]
    for name, value in cells.items():
        book.worksheets[0].cell(row, names.index(name) + 1).value = value


def bytes_of(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
