"""How a row of any table is carried out: found or new, compared cell by cell, and written by the same action as a form.

A subclass knows one table: how its rows are found, read, changed and saved.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from commitments.actions.importing.lines import Line
from commitments.actions.importing.outcomes import Change, Outcome, Verdict, Wrong
from commitments.actions.importing.turns import Turns
from commitments.actions.roles import User
from commitments.actions.sheets.words import alike, day, number, word, wrong
from commitments.choices import Vocabulary
from commitments.languages import choose
from commitments.reports.cells import plain
from commitments.reports.import_columns import NO, YES, Column, Sheet, Takes, Use
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed

R = TypeVar("R", bound=Model)
UNKNOWN = object()  # a value of the register that is not compared
TRUE, FALSE = {*YES.values(), "true", "1", "x", "✓"}, {*NO.values(), "false", "0"}
Values = dict[str, Any]


class Importer(ABC, Generic[R]):
    """One for each run and table. `prepare` reads what the lines are about, before anything is written."""

    sheet: Sheet
    words_also: dict[str, Vocabulary] = {}

    def __init__(self, by: User, why: str, turns: Turns) -> None:
        self.by, self.why, self.turns = by, why, turns
        self._met: dict[int, int] = {}  # key of a row -> number of the line that is about it

    # What a table knows.
    @abstractmethod
    def prepare(self, lines: list[Line]) -> None: ...

    def in_order(self, lines: list[Line]) -> list[Line]:
        return lines

    @abstractmethod
    def id_of(self, line: Line) -> str: ...

    @abstractmethod
    def find(self, line: Line) -> R | None: ...

    @abstractmethod
    def new(self, line: Line) -> R: ...

    @abstractmethod
    def save(self, row: R, line: Line, given: Values, expected: int | None) -> str:
        """Returns a remark, or nothing."""

    @abstractmethod
    def current(self, most: int) -> list[R]:
        """The rows that stand, for whoever wants to edit them in a sheet."""

    def version(self, row: R) -> int | None:
        """As it stood before this run wrote anything; none for a row that is new."""
        return self.turns.seen(row)

    def locked(self, row: R) -> Model:
        """Whose version is compared."""
        return row

    def title(self, row: R) -> str:
        return str(row)

    @abstractmethod
    def key(self, row: R) -> str: ...

    def stored(self, row: R, name: str) -> Any:
        return getattr(row, name)

    def put(self, row: R, name: str, value: Any) -> None:
        setattr(row, name, value)

    def is_same(self, row: R, line: Line, column: Column) -> bool:
        """Does the cell say what is stored, as our own files say it?"""
        return line.says(column.name, self.exported(row, column.name))

    def exported(self, row: R, name: str) -> Any:
        return self.stored(row, name)

    def parsed(self, line: Line, column: Column, row: R | None) -> Any:
        return parsed(line, column, self.words_also)

    def seen(self, row: R, name: str) -> Any:
        """What the register has for a column that is not read."""
        return UNKNOWN

    def check(self, row: R, given: Values) -> None:
        """May these be changed at all?"""

    # What all of them do.
    def values(self, row: R) -> Values:
        """As a template is filled with them."""
        return {column.name: self._offered(row, column) for column in self.sheet.offered}

    def _offered(self, row: R, column: Column) -> Any:
        if column.use == Use.VERSION:
            return self.version(row)
        if column.use == Use.KEY:
            return self.key_cell(row, column.name)
        value = self.exported(row, column.name)
        return as_word(column, value)

    def key_cell(self, row: R, name: str) -> str:
        return self.key(row)

    def carry_out(self, line: Line) -> Outcome:
        """Raises Refused, Conflict and Wrong."""
        row = self.find(line)
        if row is None:
            return self._added(line)
        if (first := self._met.setdefault(row.pk, line.number)) != line.number:
            raise Refused(_("Row %(row)d is about the same.") % {"row": first})
        given = self._read(line, row)
        changes = self._changes(row, given)
        remarks = self._remarks(line, row)
        if not given:
            return self._outcome(line, row, Verdict.UNCHANGED, remarks=remarks)
        self.check(row, given)
        expected = self.turns.expected(self.locked(row), self._version_given(line))
        version = self.version(row)
        for name, value in given.items():
            self.put(row, name, value)
        remark = self.save(row, line, given, expected)
        return self._outcome(line, row, Verdict.CHANGED, changes, [remark, *remarks], version)

    def _added(self, line: Line) -> Outcome:
        given = {name: value for name, value in self._read(line, None).items() if value or value is False}
        self._check_whole(line, given)
        row = self.new(line)
        changes = [self._change(name, "", value) for name, value in given.items()]
        for name, value in given.items():
            self.put(row, name, value)
        expected = self._expected_of_new(row, line)
        remark = self.save(row, line, given, expected)
        self._met[row.pk] = line.number
        return self._outcome(line, row, Verdict.NEW, changes, [remark, *self._remarks(line, None)])

    def _check_whole(self, line: Line, given: Values) -> None:
        needed = [column for column in self.sheet.columns if column.is_needed and column.is_given]
        lacking = [column.label for column in needed if column.name not in given]
        if lacking:
            sentence = _("There is no row of this name yet, and a new one also needs: %(columns)s.")
            raise Refused(sentence % {"columns": listed(lacking)})

    def _expected_of_new(self, row: R, line: Line) -> int | None:
        """A part comes with the version of its whole."""
        version, whole = self._version_given(line), self.locked(row)
        if whole is not row:
            return self.turns.expected(whole, version)
        if version is not None:
            sentence = _("%(column)s: this row is not there any more; leave it empty to add it anew.")
            raise Refused(sentence % {"column": self.sheet.column("version").label}, "version")
        return None

    def _version_given(self, line: Line) -> int | None:
        return number(line.value("version"), self.sheet.column("version")) if line.has("version") else None

    def _read(self, line: Line, row: R | None) -> Values:
        """What the line says otherwise than the row; every cell that is wrong is told."""
        given: Values = {}
        sentences: list[str] = []
        for column in self.sheet.columns:
            if not column.is_given or not line.has(column.name) or row and self.is_same(row, line, column):
                continue
            try:
                value = self.parsed(line, column, row)
            except Refused as refused:
                sentences.append(str(refused))
                continue
            if row and is_equal(value, self.stored(row, column.name)):
                continue
            if row and column.use == Use.FIXED:
                sentences.append(self._fixed(row, column, line))
            given[column.name] = value
        if sentences:
            raise Wrong(sentences)
        return given

    def _fixed(self, row: R, column: Column, line: Line) -> str:
        sentence = _(
            "%(column)s: “%(value)s” is not allowed; it does not change once it is saved (it is “%(stored)s”)."
        )
        words = {"column": column.label, "value": line.shown(column.name)[:60]}
        return sentence % {**words, "stored": shown(as_word(column, self.stored(row, column.name)))}

    def _changes(self, row: R, given: Values) -> list[Change]:
        return [self._change(name, self.stored(row, name), value) for name, value in given.items()]

    def _change(self, name: str, before: Any, after: Any) -> Change:
        column = self.sheet.column(name)
        return Change(name, column.label, shown(as_word(column, before)), shown(after))

    def _remarks(self, line: Line, row: R | None) -> list[str]:
        """Columns that are the register's own are not read; where they say something else, that is told."""
        other = [
            column.label
            for column in self.sheet.columns
            if column.use == Use.READ and line.shown(column.name) and self._differs(line, row, column.name)
        ]
        if not other:
            return []
        sentence = _("Not read, and otherwise in the register: %(columns)s.")
        return [sentence % {"columns": listed(other)}]

    def _differs(self, line: Line, row: R | None, name: str) -> bool:
        if row is None:
            return True
        value = self.seen(row, name)
        if value is UNKNOWN:
            return False
        if isinstance(value, list):
            return not is_equal(line.shown(name).split("|"), [plain(each) for each in value])
        return not line.says(name, value)

    def _outcome(
        self,
        line: Line,
        row: R,
        verdict: Verdict,
        changes: Iterable[Change] = (),
        remarks: Iterable[str] = (),
        version: int | None = None,
    ) -> Outcome:
        name, title = self.id_of(line) or self.key(row), self.title(row)
        told = [remark for remark in remarks if remark]
        return Outcome(self.sheet.name, line.number, name, title, verdict, list(changes), [], told, version)


def parsed(line: Line, column: Column, also: dict[str, Vocabulary]) -> Any:
    value = line.value(column.name)
    if column.takes == Takes.WORD:
        return word(value, column, column.words, also) or ""
    if column.takes == Takes.DAY:
        return day(value, column)
    if column.takes == Takes.FLAG:
        return flag(line, column)
    if column.takes == Takes.LIST:
        return [each.strip() for each in line.text(column).split("|") if each.strip()]
    return line.text(column)


def is_equal(value: Any, stored: Any) -> bool:
    """Files differ in the order of a list."""
    if isinstance(value, list):
        return sorted(value) == sorted(stored)
    return value == stored


def flag(line: Line, column: Column) -> bool:
    typed = alike(line.text(column))
    if typed in TRUE:
        return True
    if typed and typed not in FALSE:
        raise wrong(column, line.shown(column.name), listed([*YES.values(), *NO.values()]))
    return False


def as_word(column: Column, value: Any) -> Any:
    """A stored code as the word that it is."""
    return type(column.words[0])(value) if column.takes == Takes.WORD and value else value


def shown(value: Any) -> str:
    """A value in the reader's language."""
    if isinstance(value, Vocabulary):
        return value.label
    if isinstance(value, bool):
        return choose(YES if value else NO).text
    if isinstance(value, Collection) and not isinstance(value, str):
        return listed(shown(each) for each in value)
    return value.isoformat() if isinstance(value, date) else plain(value)


__all__ = ["UNKNOWN", "Importer", "Values", "parsed", "shown"]
