"""The report as a workbook: a cover and one sheet for each table, with real dates, frozen heads and no formulas."""

from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from commitments.reports.cells import plain
from commitments.reports.content import Report
from commitments.reports.report_tables import Table, tables
from commitments.reports.table_xlsx import CONTENT_TYPE as CONTENT_TYPE
from commitments.reports.table_xlsx import xml_safe

FONT = "等线"
WIDE, NARROW, DAY = 60, 16, 12


def workbook(report: Report) -> IO[bytes]:
    """Open at its start; the temporary file goes when it is closed."""
    file = TemporaryFile()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False})
    made = datetime.combine(report.made_on, datetime.min.time())
    book.set_properties({"title": xml_safe(report.title), "author": xml_safe(report.site.name), "created": made})
    formats = _formats(book)
    found = tables(report)
    _cover(book, report, found, formats)
    for table in found:
        _sheet(book, table, formats)
    book.close()
    file.seek(0)
    return file


def _formats(book: Any) -> dict[str, Any]:
    body = {"font_name": FONT, "font_size": 10, "valign": "top"}
    return {
        "title": book.add_format({**body, "font_size": 18, "bold": True}),
        "plain": book.add_format(body),
        "text": book.add_format({**body, "text_wrap": True}),
        "head": book.add_format({**body, "bold": True, "text_wrap": True, "bottom": 2}),
        "day": book.add_format({**body, "num_format": "yyyy-mm-dd", "align": "left"}),
        "label": book.add_format({**body, "font_color": "#5f6c75"}),
        "link": book.add_format({**body, "font_color": "#0b4f6c", "underline": 1}),
    }


def _cover(book: Any, report: Report, found: list[Table], formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(_("Cover"))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    sheet.write_string(1, 0, xml_safe(report.title), formats["title"])
    row = 3
    for label, value in _facts(report):
        sheet.write_string(row, 0, label, formats["label"])
        if isinstance(value, date):
            sheet.write_datetime(row, 1, value, formats["day"])
        else:
            sheet.write_string(row, 1, xml_safe(value), formats["text"])
        row += 1
    for table in found:
        row += 1
        sheet.write_url(row, 0, f"internal:'{_name(table)}'!A1", formats["link"], string=_name(table))
        sheet.write_number(row, 1, len(table.rows), formats["plain"])
    _printed(sheet, landscape=False)


def _facts(report: Report) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [
        (_("Site"), report.site.name),
        (_("From"), report.period.start),
        (_("To"), report.period.end),
        (_("As this site knew on"), report.clock.known_on),
        *([("", report.basis)] if report.basis else ()),
        *((label, value) for label, value in report.filters),
    ]
    if report.is_unchecked:
        found.append(("", _("The assessments are a machine-assisted first review, not yet checked by a person.")))
    return found


def _name(table: Table) -> str:
    """What Excel allows as the name of a sheet."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in table.title)[:31]


def _sheet(book: Any, table: Table, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(_name(table))
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(table.columns):
        width = WIDE if column.is_wide else DAY if column.name.endswith("_on") or column.name == "as_of" else NARROW
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, column.label, formats["head"])
    for row, values in enumerate(table.values(), 1):
        for number, value in enumerate(values):
            _write(sheet, row, number, value, formats, is_wide=table.columns[number].is_wide)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(0)
    _printed(sheet, landscape=True)


def _write(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any], *, is_wide: bool) -> None:
    """Text is written as text: nothing in a cell becomes a formula or a link."""
    if value is None or value == "" or value == []:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["day"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, formats["plain"])
    else:
        sheet.write_string(row, column, xml_safe(plain(value)), formats["text" if is_wide else "plain"])


def _printed(sheet: Any, *, landscape: bool) -> None:
    sheet.set_paper(9)  # A4
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")
