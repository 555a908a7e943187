"""Tables from outside -> which of our tables each one is, and its rows by the names of their columns."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from commitments.actions.sheets.words import alike, text
from commitments.reports.cells import plain, plain_text
from commitments.reports.import_columns import SHEETS, Column, Sheet, Use
from commitments.reports.import_template import description
from commitments.reports.table_xlsx import xml_safe
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed
from commitments.tables.reader import Row, Table, Value


@dataclass(frozen=True)
class Line:
    """One row of a file; columns that the file has not are missing."""

    number: int
    cells: dict[str, Value]
    is_csv: bool

    def has(self, name: str) -> bool:
        return name in self.cells

    def value(self, name: str) -> Value:
        return self.cells.get(name, "")

    def shown(self, name: str) -> str:
        """As it stands there, for messages and for comparison."""
        value = self.value(name)
        return (value.isoformat() if isinstance(value, date) else value).strip()

    def key(self, sheet: Sheet) -> str:
        """What it is called where it could not be read."""
        keys = [column.name for column in sheet.columns if column.use in (Use.KEY, Use.FIXED)]
        return next((shown for name in keys if (shown := self.shown(name))), "")[:60]

    def text(self, column: Column) -> str:
        return text(self.value(column.name), column)

    def says(self, name: str, stored: Any) -> bool:
        """Is this cell what a file of ours would show for the stored value? In a workbook nothing was escaped."""
        value = self.value(name)
        wanted = settled(plain(stored))
        if isinstance(value, date):
            return value.isoformat() == wanted
        return wanted == settled(plain_text(value)) or not self.is_csv and wanted == settled(value)


@dataclass(frozen=True)
class Part:
    """A table of the file that is one of ours."""

    sheet: Sheet
    columns: tuple[Column, ...]
    lines: list[Line]

    @property
    def ignored(self) -> list[Column]:
        return [column for column in self.columns if column.use == Use.READ]


def settled(shown: str) -> str:
    """A text as it comes back from a file of ours."""
    lines = shown.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", xml_safe(lines)).strip()


def parts_of(tables: list[Table], chosen: str = "") -> tuple[list[Part], list[str]]:
    """The tables that are ours, in the order in which they are written, and why the others were passed over.

    `chosen`: name of the table that the only one of the file is. Raises Refused.
    """
    found: list[Part] = []
    unread: list[str] = []
    for table in tables:
        named = chosen if chosen and len(tables) == 1 else _name_of(table)
        try:
            sheet = _recognised(table, named)
        except Refused as refused:
            if named or len(tables) == 1:
                raise Refused(f"{table.name}: {refused}" if len(tables) > 1 else str(refused)) from refused
            unread.append(f"{table.name} ({refused.field})" if refused.field and _is_nearly_one(table) else table.name)
        else:
            found.append(_part(sheet, table))
    if not found:
        raise Refused(_("No table of this file is one of the register's: %(names)s.") % {"names": listed(unread[:10])})
    if twice := [name for name, count in Counter(part.sheet.label for part in found).items() if count > 1]:
        raise Refused(_("The file holds this table more than once: %(names)s.") % {"names": listed(twice)})
    return sorted(found, key=lambda part: SHEETS.index(part.sheet)), unread


def _is_nearly_one(table: Table) -> bool:
    """Worth a word why it was not read."""
    return any(2 * len(_known(table, sheet)) > len(table.heading) for sheet in SHEETS)


def _name_of(table: Table) -> str:
    """Of ours, where the sheet or the file in a ZIP is called so."""
    stem = alike(table.name.rpartition("/")[2].removesuffix(".csv"))
    known = {alike(name): sheet.name for sheet in SHEETS for name in (sheet.name, *sheet.labels.values())}
    return known.get(stem, "")


def _recognised(table: Table, named: str) -> Sheet:
    """By its headings alone, unless it is named."""
    sheets = [sheet for sheet in SHEETS if named in ("", sheet.name)]
    best = max(sheets, key=lambda sheet: _fit(table, sheet))
    unknown = [name for name in table.heading if alike(name) not in _headings(best)]
    if not _known(table, best):
        raise Refused(_("Its first row has none of the headings of a register's table."))
    if unknown:
        sentence = _("“%(heading)s” is no column of the table “%(table)s”; known are: %(names)s.")
        names = listed(column.name for column in best.columns)
        raise Refused(sentence % {"heading": unknown[0][:60], "table": best.label, "names": names}, unknown[0][:60])
    as_good = [sheet for sheet in sheets if _fit(table, sheet) == _fit(table, best)]
    if len(as_good) > 1:
        sentence = _("The headings fit several tables: %(names)s. Choose which one it is.")
        raise Refused(sentence % {"names": listed(sheet.label for sheet in as_good)})
    return best


def _fit(table: Table, sheet: Sheet) -> tuple[int, int]:
    """How many headings are its columns, and how many of those it would read."""
    columns = [_headings(sheet)[alike(name)] for name in _known(table, sheet)]
    return len(columns), sum(column.use != Use.READ for column in columns)


def _headings(sheet: Sheet) -> dict[str, Column]:
    return {alike(heading): column for column in sheet.columns for heading in column.headings}


def _known(table: Table, sheet: Sheet) -> list[str]:
    return [name for name in table.heading if alike(name) in _headings(sheet)]


def _part(sheet: Sheet, table: Table) -> Part:
    known = _headings(sheet)
    columns = tuple(known[alike(name)] for name in table.heading)
    if twice := [column.label for column, count in Counter(columns).items() if count > 1]:
        raise Refused(_("The same heading stands twice: %(names)s.") % {"names": listed(twice)})
    return Part(sheet, columns, list(_lines(table, columns)))


def _lines(table: Table, columns: tuple[Column, ...]) -> Iterator[Line]:
    for row in table.rows:
        if len(row.cells) > len(columns):
            raise Refused(_("Row %(row)d has more cells than there are headings.") % {"row": row.number})
        if not _is_about_columns(row, columns):
            cells = [*row.cells, *[""] * (len(columns) - len(row.cells))]
            given = {column.name: cell for column, cell in zip(columns, cells, strict=True)}
            yield Line(row.number, given, bool(table.encoding))


def _is_about_columns(row: Row, columns: Iterable[Column]) -> bool:
    """Our files say below the names of the columns what they mean: labels alone, or a template's description."""
    filled = [(cell, column) for cell, column in zip(row.cells, columns, strict=False) if cell]
    if any(isinstance(cell, str) and plain_text(cell) == description(column) for cell, column in filled):
        return True
    return all(isinstance(cell, str) and alike(cell) in map(alike, column.headings) for cell, column in filled)
