"""An edition as its pages show it: frozen rows with the words of their codes, numbers, what differs from another."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from commitments.catalogue import edition_changes, editions
from commitments.catalogue.edition_changes import Change
from commitments.catalogue.edition_rows import Row
from commitments.catalogue.edition_tables import TABLES, Table
from commitments.catalogue.records import Field
from commitments.catalogue.renamed import slug_today
from commitments.choices import (
    NOT_ASSESSABLE_LABELS,
    STATUS_GLOSSES,
    Bearing,
    Difference,
    Kind,
    Status,
    Target,
)
from commitments.languages import Bilingual, choose
from commitments.models import Commitment, Edition
from commitments.rules.bands import Headline, headline

SHOWN = 400  # commitments, or lines of a comparison, on one page; the files have all
FIELDS = {table.name: {field.name: field for field in table.fields} for table in TABLES}


def title_of(edition: Edition) -> str:
    words = {"number": edition.number}
    return (_("Edition %(number)d (provisional)") if edition.is_provisional else _("Edition %(number)d")) % words


class FrozenRow(Bilingual):
    """A row as it was frozen, with its columns as attributes; codes are words again and days are days."""

    def __init__(self, row: Row, table: str = "commitments") -> None:
        for name, value in row.items():
            setattr(self, name, _read(FIELDS[table].get(name), value))

    def __getattr__(self, name: str) -> Any:
        """An older edition may lack a column that newer pages ask for."""
        if name.startswith("__"):
            raise AttributeError(name)
        return None

    @property
    def label(self) -> str:
        """Of the status."""
        if self.status == Status.NOT_ASSESSED and self.verifiability == "not_verifiable":
            return choose(NOT_ASSESSABLE_LABELS).text
        return Status(self.status).label

    @property
    def gloss(self) -> str:
        return choose(STATUS_GLOSSES[self.status]).text


def _read(field: Field | None, value: Any) -> Any:
    """A column that today's tables lack stays as it was written."""
    if value is None or field is None:
        return value
    if field.words:
        return field.words(value)
    return date.fromisoformat(value) if field.datatype == "date" else value


class Step(NamedTuple):
    row: FrozenRow
    before: FrozenRow


class Line(NamedTuple):
    """One value of a commitment that is not the same, in words."""

    id: str
    label: str
    before: str
    after: str


def _shown(field: Field, value: Any) -> str:
    if value is None or value == []:
        return "–"
    if field.words:
        return field.words(value).label
    return ", ".join(value) if isinstance(value, list) else str(value)


@dataclass(frozen=True)
class EditionDetail:
    edition: Edition

    @cached_property
    def frozen(self) -> editions.Frozen:
        return editions.frozen(self.edition)

    @property
    def title(self) -> str:
        return title_of(self.edition)

    @cached_property
    def rows(self) -> list[FrozenRow]:
        return [FrozenRow(row) for row in self.frozen.tables["commitments"][:SHOWN]]

    @property
    def count(self) -> int:
        return len(self.frozen.tables["commitments"])

    @property
    def tables(self) -> list[tuple[Table, str, int]]:
        """Those that hold anything, with the number of their rows."""
        counted = ((table, len(self.frozen.tables.get(table.name, []))) for table in TABLES)
        return [(table, choose(table.labels).text, number) for table, number in counted if number]

    @property
    def headline(self) -> Headline:
        """Measures, outcomes and press statements as they stood."""
        counted = (Kind.MEASURE, Kind.OUTCOME, Kind.PRESS)
        rows = (row for row in self.frozen.tables["commitments"] if row["kind"] in counted)
        return headline(
            (Kind(row["kind"]), Target(row["target"]) if row["target"] else None, Status(row["status"])) for row in rows
        )


@dataclass(frozen=True)
class FrozenCommitment:
    """One commitment in an edition, with all that the edition says of it."""

    edition: Edition
    row: FrozenRow

    @cached_property
    def _tables(self) -> dict[str, list[Row]]:
        return editions.frozen(self.edition).tables

    def _own(self, table: str) -> list[FrozenRow]:
        return [FrozenRow(row, table) for row in self._tables[table] if row["commitment"] == self.row.id]

    @property
    def passages(self) -> list[FrozenRow]:
        return sorted(self._own("passages"), key=lambda row: row.role != "primary")

    @property
    def history(self) -> list[FrozenRow]:
        """Newest first."""
        return sorted(self._own("assessments"), key=lambda row: (row.as_of, row.published_at), reverse=True)

    @property
    def corrected(self) -> set[str]:
        return {row.corrects for row in self.history if row.corrects and not row.withdrawn_at}

    @property
    def evidence(self) -> list[tuple[Bearing, FrozenRow]]:
        pages = {row["code"]: row for row in self._tables["evidence"]}
        return [(link.bears, FrozenRow(pages[link.evidence], "evidence")) for link in self._own("evidence-links")]

    @property
    def notes(self) -> list[FrozenRow]:
        return self._own("notes")

    @cached_property
    def today(self) -> Commitment | None:
        """The row as it is now; it may have been withdrawn since, which its own page and this one tell."""
        rows = Commitment.objects.with_document()
        rows = rows.filter(code=self.row.code)
        found = rows.filter(document__slug=self.row.document).first()
        renamed = None if found else slug_today(self.row.document)
        return rows.filter(document__slug=renamed).first() if renamed else found


def commitment_in(edition: Edition, document: str, code: str) -> FrozenCommitment | None:
    row = editions.frozen(edition).commitments.get(f"{document}/{code}")
    return FrozenCommitment(edition, FrozenRow(row)) if row else None


@dataclass(frozen=True)
class Comparison:
    """What is not the same in two editions, the first of them read as the earlier one."""

    before: EditionDetail
    after: EditionDetail

    @cached_property
    def changes(self) -> list[Change]:
        return edition_changes.changes(self.before.frozen.tables, self.after.frozen.tables)

    @property
    def _of_commitments(self) -> list[Change]:
        return [change for change in self.changes if change.table == "commitments"]

    @cached_property
    def steps(self) -> list[Step]:
        """Commitments whose status is another one."""
        old, new = self.before.frozen.commitments, self.after.frozen.commitments
        found = [one.id for one in self._of_commitments if one.field == "status"][:SHOWN]
        return [Step(FrozenRow(new[name]), FrozenRow(old[name])) for name in found]

    @cached_property
    def added(self) -> list[FrozenRow]:
        found = [one.id for one in self._of_commitments if one.what == Difference.ADDED][:SHOWN]
        return [FrozenRow(self.after.frozen.commitments[name]) for name in found]

    @cached_property
    def removed(self) -> list[FrozenRow]:
        found = [one.id for one in self._of_commitments if one.what == Difference.REMOVED][:SHOWN]
        return [FrozenRow(self.before.frozen.commitments[name]) for name in found]

    @cached_property
    def lines(self) -> list[Line]:
        fields = FIELDS["commitments"]
        found = [(one, fields[one.field]) for one in self._of_commitments if one.field and one.field != "status"]
        return [
            Line(one.id, choose(field.labels).text, _shown(field, one.before), _shown(field, one.after))
            for one, field in found[:SHOWN]
        ]

    @cached_property
    def counts(self) -> list[tuple[str, dict[Difference, int]]]:
        """Table by table how many rows came, went or changed; only tables in which any did."""
        rows = Counter((one.table, one.what) for one in {change._replace(**_BARE) for change in self.changes})
        found = [(choose(table.labels).text, {what: rows[table.name, what] for what in Difference}) for table in TABLES]
        return [(label, numbers) for label, numbers in found if any(numbers.values())]


_BARE: dict[str, Any] = {"field": None, "before": None, "after": None}


def compared(edition: Edition) -> Comparison | None:
    """With the one before it; None for the first."""
    before = editions.find(edition.number - 1)
    return Comparison(EditionDetail(before), EditionDetail(edition)) if before else None
