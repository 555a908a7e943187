"""The rows of an update sheet -> what each one asks for; a sheet that is none is refused whole."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from commitments.actions.sheets.mentions import Mention, mentions_of
from commitments.actions.sheets.words import alike, day, number, text, word, wrong, yes
from commitments.choices import JUDGED_MOMENTA, NOT_ASSESSABLE_LABELS, Confidence, Momentum, Status
from commitments.reports.update_columns import GIVEN, NEEDED, Column
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed
from commitments.tables.reader import Row, Table, Value

NOT_ASSESSABLE = dict.fromkeys(NOT_ASSESSABLE_LABELS.values(), Status.NOT_ASSESSED)
ASKING = tuple(column for column in Column if column not in GIVEN)


@dataclass(frozen=True)
class Entry:
    """`version` is the one that the analyst saw; what is empty was left empty."""

    version: int
    status: Status | None
    as_of: date | None
    momentum: Momentum | None
    confidence: Confidence | None
    rationale_zh: str
    rationale_en: str
    note_zh: str
    note_en: str
    mentions: tuple[Mention, ...]
    checked: bool
    looked: str


@dataclass(frozen=True)
class Line:
    """One row of the spreadsheet, not understood yet."""

    number: int
    cells: dict[Column, Value]

    @property
    def id(self) -> str:
        return self._shown(Column.ID)

    @property
    def is_touched(self) -> bool:
        return any(self._shown(column) for column in ASKING)

    def typed(self) -> list[tuple[str, str]]:
        """Heading and text of what the analyst filled in."""
        return [(column.label, shown) for column in ASKING if (shown := self._shown(column))]

    def _shown(self, column: Column) -> str:
        value = self.cells.get(column, "")
        return (value.isoformat() if isinstance(value, date) else value).strip()

    def entry(self) -> Entry:
        cells = {column: self.cells.get(column, "") for column in Column}
        version = number(cells[Column.VERSION], Column.VERSION)
        if version is None:
            raise wrong(Column.VERSION, "", _("the number that the sheet came with"))
        return Entry(
            version=version,
            status=word(cells[Column.STATUS], Column.STATUS, Status, NOT_ASSESSABLE),
            as_of=day(cells[Column.AS_OF], Column.AS_OF),
            momentum=word(cells[Column.MOMENTUM], Column.MOMENTUM, JUDGED_MOMENTA),
            confidence=word(cells[Column.CONFIDENCE], Column.CONFIDENCE, Confidence),
            rationale_zh=text(cells[Column.RATIONALE_ZH], Column.RATIONALE_ZH),
            rationale_en=text(cells[Column.RATIONALE_EN], Column.RATIONALE_EN),
            note_zh=text(cells[Column.NOTE_ZH], Column.NOTE_ZH),
            note_en=text(cells[Column.NOTE_EN], Column.NOTE_EN),
            mentions=tuple(mentions_of(text(cells[Column.EVIDENCE], Column.EVIDENCE), Column.EVIDENCE)),
            checked=yes(cells[Column.CHECKED], Column.CHECKED),
            looked=text(cells[Column.LOOKED], Column.LOOKED),
        )


def lines_of(table: Table) -> list[Line]:
    columns = _columns(table.heading)
    return [_line(row, columns) for row in table.rows]


def ids_given_twice(lines: list[Line]) -> set[str]:
    counted = Counter(line.id for line in lines if line.id)
    return {each for each, count in counted.items() if count > 1}


def _line(row: Row, columns: list[Column]) -> Line:
    if len(row.cells) > len(columns):
        sentence = _("Row %(row)d has more cells than there are headings.")
        raise Refused(sentence % {"row": row.number})
    return Line(row.number, dict(zip(columns, row.cells, strict=False)))


def _columns(heading: tuple[str, ...]) -> list[Column]:
    known = {alike(name): column for column in Column for name in (column.value, *column.labels.values())}
    found = [known.get(alike(name)) for name in heading]
    names = listed(column.label for column in Column)
    for name, column in zip(heading, found, strict=True):
        if column is None:
            sentence = _("“%(heading)s” is no column of an update sheet; known are: %(names)s.")
            raise Refused(sentence % {"heading": name[:60], "names": names})
    columns = [column for column in found if column]
    if twice := [column.label for column, count in Counter(columns).items() if count > 1]:
        raise Refused(_("The same heading stands twice: %(names)s.") % {"names": listed(twice)})
    if missing := [column.label for column in NEEDED if column not in columns]:
        sentence = _("These columns are missing: %(names)s. Download the update sheet anew and fill that in.")
        raise Refused(sentence % {"names": listed(missing)})
    return columns
