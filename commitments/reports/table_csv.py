"""CSV for spreadsheets: UTF-8 with BOM, CRLF, every cell quoted; records in, lines out."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from commitments.reports.cells import guarded

CONTENT_TYPE = "text/csv; charset=utf-8"


class Named(Protocol):
    @property
    def name(self) -> str: ...


class Echo:
    """csv.writer hands each finished line to write(); this one hands it on."""

    def write(self, line: str) -> str:
        return line


def lines(fields: Iterable[Named], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    names = [field.name for field in fields]
    writer = csv.writer(Echo(), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(names)
    for row in rows:
        yield writer.writerow([guarded(row[name]) for name in names])
