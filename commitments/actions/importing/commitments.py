"""A row of the table of commitments, with the words of the source in which it was first stated."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from commitments.actions.commitments import save_commitment
from commitments.actions.importing.importer import UNKNOWN, Importer, Values
from commitments.actions.importing.lines import Line
from commitments.actions.importing.named import Named, checked_id
from commitments.actions.importing.turns import Turns
from commitments.actions.passages import save_passage
from commitments.actions.roles import User
from commitments.actions.versions import take_turn
from commitments.catalogue import records
from commitments.catalogue.listing import standing_now
from commitments.models import Commitment, Passage, SourceDocument
from commitments.reports.import_columns import COMMITMENTS, Column, Use
from commitments.rules.refusal import Refused

REFERENCES = ("parent", "successor")


class Commitments(Importer[Commitment]):
    sheet = COMMITMENTS

    def __init__(self, by: User, why: str, turns: Turns, named: Named) -> None:
        super().__init__(by, why, turns)
        self.named = named
        self._public: dict[int, dict[str, Any]] = {}

    def prepare(self, lines: list[Line]) -> None:
        ids = [name for line in lines if (name := _id_or_nothing(line))]
        self.named.load(ids)
        if lines and any(column.use == Use.READ and lines[0].has(column.name) for column in self.sheet.columns):
            keys = [row.pk for name in ids if (row := self.named.get(name))]
            self._public = {row.pk: records.commitment(row) for row in standing_now(keys)}

    def in_order(self, lines: list[Line]) -> list[Line]:
        """What a line names comes before it, where the file has both."""
        by_id = {name: line for line in lines if (name := _id_or_nothing(line))}
        placed: dict[int, Line] = {}

        for line in lines:
            waiting, path = [line], set()
            while waiting:
                here = waiting[-1]
                before = [by_id[name] for name in self._references(here) if name in by_id]
                before = [each for each in before if each.number not in placed and each.number not in path]
                path.add(here.number)
                if before:
                    waiting += before
                else:
                    placed.setdefault(waiting.pop().number, here)
        return list(placed.values())

    def _references(self, line: Line) -> list[str]:
        return [_whole(line.shown(name), _id_or_nothing(line)) for name in REFERENCES if line.shown(name)]

    def id_of(self, line: Line) -> str:
        name = line.text(self.sheet.column("id"))
        document, code = (line.text(self.sheet.column(each)) for each in ("document", "code"))
        if not name:
            return checked_id(f"{document}/{code}", self.sheet.column("id"))
        its_document, _slash, its_code = checked_id(name, self.sheet.column("id")).partition("/")
        if document not in ("", its_document) or code and not _is_same_code(code, its_code):
            sentence = _("The identifier “%(id)s” and the document and code (%(document)s, %(code)s) disagree.")
            raise Refused(sentence % {"id": name, "document": document, "code": code}, "id")
        return name

    def find(self, line: Line) -> Commitment | None:
        return self.named.get(self.id_of(line))

    def new(self, line: Line) -> Commitment:
        slug, _slash, code = self.id_of(line).partition("/")
        document = SourceDocument.objects.filter(slug=slug).first()
        if document is None:
            sentence = _("There is no source “%(slug)s”; enter it first.")
            raise Refused(sentence % {"slug": slug[:60]}, "document")
        return Commitment(document=document, code=code)

    def stored(self, row: Commitment, name: str) -> Any:
        if name in REFERENCES:
            other = getattr(row, name)
            return other.natural_id if other else ""
        return _quote(row) if name == "quote" else getattr(row, name)

    def is_same(self, row: Commitment, line: Line, column: Column) -> bool:
        """A public file names no parent that is a draft; a quote is not taken away by a table."""
        if not line.shown(column.name):
            if column.name == "quote" or column.name == "parent" and row.parent and not row.parent.is_published:
                return True
        return super().is_same(row, line, column)

    def parsed(self, line: Line, column: Column, row: Commitment | None) -> Any:
        if column.name in REFERENCES:
            typed = line.text(column)
            return checked_id(_whole(typed, self.id_of(line)), column) if typed else ""
        return super().parsed(line, column, row)

    def put(self, row: Commitment, name: str, value: Any) -> None:
        if name in REFERENCES:
            setattr(row, name, self.named.one(value, self.sheet.column(name)) if value else None)
        elif name != "quote":
            setattr(row, name, value)

    def save(self, row: Commitment, line: Line, given: Values, expected: int | None) -> str:
        if row.pk is None or given.keys() - {"quote"}:
            save_commitment(row, by=self.by, expected_version=expected, why=self.why)
        else:
            take_turn(row, expected)
        if given.get("quote"):
            self._anchor(row, given["quote"])
        self.named.add(row)
        return ""

    def _anchor(self, row: Commitment, quote: str) -> None:
        passages = getattr(row, "primary_passages", [])
        passage = passages[0] if passages else Passage(commitment=row, document=row.document)
        passage.commitment, passage.quote = row, quote
        save_passage(passage, by=self.by, why=self.why)
        row.primary_passages = [passage]

    def seen(self, row: Commitment, name: str) -> Any:
        """As today's file has it; a row that is not public is in none."""
        return self._public[row.pk][name] if row.pk in self._public else UNKNOWN

    def key(self, row: Commitment) -> str:
        return row.natural_id

    def key_cell(self, row: Commitment, name: str) -> str:
        return {"id": row.natural_id, "document": row.document.slug, "code": row.code}[name]

    def title(self, row: Commitment) -> str:
        return row.words("title").text

    def current(self, most: int) -> list[Commitment]:
        return self.named.take(Commitment.objects.in_tree_order()[:most])


def _quote(row: Commitment) -> str:
    passages = getattr(row, "primary_passages", [])
    return passages[0].quote if passages else ""


def _id_or_nothing(line: Line) -> str:
    return line.shown("id") or f"{line.shown('document')}/{line.shown('code')}"


def _whole(typed: str, own: str) -> str:
    """A code alone is of the same document."""
    return typed if "/" in typed or not typed else f"{own.partition('/')[0]}/{typed}"


def _is_same_code(code: str, other: str) -> bool:
    """Spreadsheet programs take 4.10 for the number 4.1; the identifier beside it is not touched."""
    try:
        return code == other or Decimal(code) == Decimal(other)
    except InvalidOperation:
        return False
