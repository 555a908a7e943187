"""An uploaded file -> the cells of its tables as text and dates, or a sentence that says why it is not read.

The file is parsed in a process of its own, bound in time and memory: a forged one costs little and harms nothing.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CHILD = Path(__file__).with_name("child.py")
Value = str | date


@dataclass(frozen=True)
class Limits:
    """Data rows, columns, bytes; a caller with bigger files says so by name."""

    file_bytes: int = 5_000_000
    rows: int = 5_000
    columns: int = 60
    cell_bytes: int = 10_000
    text_bytes: int = 8_000_000
    entries: int = 2_000
    inflated_bytes: int = 50 * 1_048_576
    ratio: int = 100
    cpu_seconds: int = 8
    memory: int = 240 * 1_048_576
    tables: int = 1
    seconds: int = 40  # on the clock, where the machine is busy


@dataclass(frozen=True)
class Row:
    """`number` is that of the spreadsheet; cells beyond the last one that is filled are missing."""

    number: int
    cells: tuple[Value, ...]


@dataclass(frozen=True)
class Table:
    """`encoding` names that of a CSV file, and is empty for XLSX; `name` is that of the sheet, or of the CSV file."""

    heading: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    name: str = ""


class UnreadableTable(ValueError):
    """`str()` is a whole sentence in the reader's language; `problem` names it for programs."""

    def __init__(self, problem: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = problem


PROBLEMS: dict[str, Promise] = {
    "too_big": gettext_lazy("The file is larger than %(most)d MB, the most that is read."),
    "extension": gettext_lazy(
        "“%(name)s” is no XLSX or CSV file; files with macros (.xlsm) and old ones (.xls) are not read."
    ),
    "empty": gettext_lazy("The file holds no rows."),
    "old_office": gettext_lazy("This is an old (.xls) or encrypted workbook; save it as XLSX without a password."),
    "not_a_table": gettext_lazy("This is neither an XLSX workbook nor a CSV text."),
    "damaged": gettext_lazy("The workbook is damaged and cannot be read; open it, save it as XLSX and try again."),
    "entries": gettext_lazy("The workbook has more than %(most)d parts inside."),
    "duplicate_entries": gettext_lazy(
        "The workbook holds two parts of the same name; it was not made by a spreadsheet program."
    ),
    "overlapping_entries": gettext_lazy("Parts of the workbook overlap; it was not made by a spreadsheet program."),
    "encrypted": gettext_lazy("The workbook is encrypted; save it without a password."),
    "macros": gettext_lazy("The workbook holds macros; save it as XLSX without macros."),
    "inflated": gettext_lazy("Unpacked, the workbook is larger than is read; copy the rows into a fresh sheet."),
    "ratio": gettext_lazy(
        "The workbook unpacks to more than %(most)d times its size; copy the rows into a fresh sheet."
    ),
    "doctype": gettext_lazy("The workbook contains a document type declaration (DTD), which no spreadsheet needs."),
    "tables": gettext_lazy("The file holds more than %(most)d tables."),
    "rows": gettext_lazy("There are more than %(most)d rows; split the file."),
    "columns": gettext_lazy("There are more than %(most)d columns (see cell %(cell)s)."),
    "cell": gettext_lazy("Cell %(cell)s holds more than %(most)d bytes of text."),
    "text": gettext_lazy("The cells hold more than %(most)d MB of text together; split the file."),
    "formula": gettext_lazy("Cell %(cell)s contains a formula; paste its value instead."),
    "error_value": gettext_lazy("Cell %(cell)s contains the error %(value)s."),
    "encoding": gettext_lazy("The text is neither UTF-8 nor GBK; save it as “CSV UTF-8” or as XLSX."),
    "csv": gettext_lazy("The quotation marks of the CSV text do not match; save it as XLSX."),
    "memory": gettext_lazy("Reading the file takes more memory than is allowed; split it or save it anew."),
    "time": gettext_lazy("Reading the file takes longer than is allowed; split it or save it anew."),
}


def read_table(content: bytes, name: str, limits: Limits = Limits()) -> Table:
    """The first sheet. `name` is the uploaded file's, only for its ending."""
    return _read(content, name, limits, (".xlsx", ".csv"))[0]


def read_tables(content: bytes, name: str, limits: Limits) -> list[Table]:
    """Every sheet, or every CSV file of a ZIP, that holds anything; at most `limits.tables`."""
    return _read(content, name, limits, (".xlsx", ".csv", ".zip"))


def _read(content: bytes, name: str, limits: Limits, endings: tuple[str, ...]) -> list[Table]:
    if len(content) > limits.file_bytes:
        raise unreadable("too_big", most=limits.file_bytes // 1_000_000)
    if not name.lower().endswith(endings):
        raise unreadable("extension", name=name[-80:])
    answer = _ask_child(content, limits)
    if "problem" in answer:
        raise unreadable(answer["problem"], table=answer.get("table", ""), **answer["words"])
    found = [_table(each, each["name"] or name) for each in answer["tables"] if each["rows"]]
    if not found:
        raise unreadable("empty")
    return found


def _table(answer: dict, name: str) -> Table:
    rows = [Row(number, tuple(_value(cell) for cell in cells)) for number, cells in answer["rows"]]
    heading = tuple(str(cell).strip() for cell in rows[0].cells)
    return Table(heading, tuple(rows[1:]), answer["encoding"], name)


def unreadable(problem: str, *, table: str = "", **words: object) -> UnreadableTable:
    """`table`: in which of several."""
    sentence = str(PROBLEMS[problem]) % words
    if table:
        sentence = _("%(table)s: %(sentence)s") % {"table": table[-80:], "sentence": sentence}
    return UnreadableTable(problem, sentence)


def _ask_child(content: bytes, limits: Limits) -> dict:
    command = [sys.executable, "-I", str(CHILD), json.dumps(asdict(limits))]
    # Without lxml openpyxl reads with the parser of defusedxml.
    kept = {key: value for key, value in os.environ.items() if key in ("SYSTEMROOT", "PATH")}
    kept["OPENPYXL_LXML"] = "False"
    try:
        done = subprocess.run(command, input=content, capture_output=True, env=kept, timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        raise unreadable("time") from None
    if done.returncode < 0:  # ended by the limit on its time
        raise unreadable("time")
    if done.returncode or not done.stdout:
        raise unreadable("memory")
    return json.loads(done.stdout)


def _value(cell: str | dict) -> Value:
    return cell if isinstance(cell, str) else date.fromisoformat(cell["date"])


__all__ = ["Limits", "Row", "Table", "UnreadableTable", "Value", "read_table", "read_tables", "unreadable"]
