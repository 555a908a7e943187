"""The report as one CSV: every table of it in the columns of all, each line with the table that it is of."""

import csv
from collections.abc import Iterator

from commitments.reports.cells import guarded
from commitments.reports.content import Report
from commitments.reports.report_tables import Table, tables
from commitments.reports.table_csv import Echo

CONTENT_TYPE = "text/csv; charset=utf-8"
TABLE = "table"


def lines(report: Report) -> Iterator[str]:
    found = tables(report)
    names = list(dict.fromkeys(column.name for table in found for column in table.columns))
    writer = csv.writer(Echo(), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield "\ufeff" + writer.writerow([TABLE, *names])
    for table in found:
        yield from (writer.writerow([guarded(cell) for cell in cells]) for cells in _rows(table, names))


def _rows(table: Table, names: list[str]) -> Iterator[list[object]]:
    own = [column.name for column in table.columns]
    for values in table.values():
        by_name = dict(zip(own, values, strict=True))
        yield [table.name, *(by_name.get(name) for name in names)]
