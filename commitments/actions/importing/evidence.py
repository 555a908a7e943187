"""A row of the table of evidence, with the commitments that it bears on."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from commitments.actions.evidence import known_page, link_evidence, save_evidence
from commitments.actions.importing.importer import UNKNOWN, Importer, Values
from commitments.actions.importing.lines import Line
from commitments.actions.importing.named import Named, checked_id
from commitments.actions.importing.turns import Turns
from commitments.actions.roles import User
from commitments.actions.sheets.words import word, wrong
from commitments.actions.versions import take_turn
from commitments.choices import Bearing
from commitments.models import Evidence, EvidenceLink, Publisher
from commitments.reports.import_columns import EVIDENCE, Column
from commitments.rules.refusal import Refused

COUNTRY = re.compile("[A-Z]{2}")
LINKS = Prefetch(
    "links", EvidenceLink.objects.select_related("commitment__document").defer("commitment__document__text")
)
OF_THE_PUBLISHER = ("origin", "voice")


class EvidenceRows(Importer[Evidence]):
    """Known by its code, or by its address where the line has no code."""

    sheet = EVIDENCE

    def __init__(self, by: User, why: str, turns: Turns, named: Named) -> None:
        super().__init__(by, why, turns)
        self.named = named
        self._known: dict[str, Evidence] = {}

    def prepare(self, lines: list[Line]) -> None:
        codes = {line.shown("code") for line in lines} - {""}
        self._load(Evidence.objects.filter(code__in=codes))

    def _load(self, rows: QuerySet[Evidence]) -> list[Evidence]:
        found = list(rows.select_related("publisher").prefetch_related(LINKS))
        for row in found:
            self._known[row.code] = row
            self.turns.remember(row, row.version)
        return found

    def id_of(self, line: Line) -> str:
        return line.text(self.sheet.column("code"))

    def find(self, line: Line) -> Evidence | None:
        if code := self.id_of(line):
            return self._known.get(code)
        page = known_page(line.text(self.sheet.column("url")))
        if page and page.code not in self._known:
            self._load(Evidence.objects.filter(pk=page.pk))
        return self._known[page.code] if page else None

    def new(self, line: Line) -> Evidence:
        return Evidence(code=self.id_of(line))

    def stored(self, row: Evidence, name: str) -> Any:
        if name == "commitments":
            return _links(row)
        return getattr(row, name)

    def exported(self, row: Evidence, name: str) -> Any:
        if name == "publisher":
            return row.publisher.name
        return self.stored(row, name)

    def is_same(self, row: Evidence, line: Line, column: Column) -> bool:
        if column.name == "publisher" and line.says("publisher", row.publisher.slug):
            return True
        return super().is_same(row, line, column)

    def parsed(self, line: Line, column: Column, row: Evidence | None) -> Any:
        value = super().parsed(line, column, row)
        if column.name == "publisher":
            return _publisher(value, column) if value else ""
        if column.name == "countries":
            if bad := [each for each in value if not COUNTRY.fullmatch(each)]:
                raise wrong(column, bad[0], _("two capital letters such as KZ"))
        if column.name == "commitments":
            named = list(_bearings(value, column))
            _check_one_way(named, column)
            return _together(row, named)
        return value

    def put(self, row: Evidence, name: str, value: Any) -> None:
        if name != "commitments":
            setattr(row, name, value)

    def save(self, row: Evidence, line: Line, given: Values, expected: int | None) -> str:
        links = given.get("commitments", [])
        before = _links(row)
        if row.pk is None or given.keys() - {"commitments"}:
            save_evidence(row, by=self.by, expected_version=expected, why=self.why)
        else:
            take_turn(row, expected)
        for link in links:
            if link not in before:
                name, bears = link.split(" ", 1)
                commitment = self.named.one(name, self.sheet.column("commitments"))
                link_evidence(row, commitment, bears, by=self.by, why=self.why)
        self._known[row.code] = row
        return ""

    def seen(self, row: Evidence, name: str) -> Any:
        return getattr(row.publisher, name) if name in OF_THE_PUBLISHER else UNKNOWN

    def key(self, row: Evidence) -> str:
        return row.code

    def current(self, most: int) -> list[Evidence]:
        return self._load(Evidence.objects.order_by("code")[:most])


def _links(row: Evidence) -> list[str]:
    """`document/code word`, in the order of their codes."""
    if row.pk is None:
        return []
    return sorted(f"{link.commitment.natural_id} {link.bears}" for link in row.links.all())


def _bearings(typed: str, column: Column) -> Iterable[tuple[str, str]]:
    for piece in re.split(r"[|\n;；]", typed):
        if piece.strip():
            name, *bears = piece.split(None, 1)
            found = word(bears[0], column, Bearing) if bears else None
            if found is None:
                sentence = _("%(column)s: say too how it bears, like: %(id)s %(bears)s.")
                words = {"column": column.label, "id": name[:60], "bears": Bearing.PROGRESS.label}
                raise Refused(sentence % words, str(column))
            yield checked_id(name, column), found.value


def _check_one_way(named: list[tuple[str, str]], column: Column) -> None:
    """Evidence bears on a commitment in one way; of two that are named, one would be lost."""
    for name, times in Counter(name for name, _bears in set(named)).items():
        if times > 1:
            sentence = _("%(column)s: “%(id)s” stands there in two ways; say one.")
            raise Refused(sentence % {"column": column.label, "id": name}, str(column))


def _together(row: Evidence | None, named: list[tuple[str, str]]) -> list[str]:
    """What is linked, with what is named; a link that is not named stays."""
    links = dict(link.split(" ", 1) for link in _links(row)) if row else {}
    return sorted(f"{name} {bears}" for name, bears in {**links, **dict(named)}.items())


def _publisher(typed: str, column: Column) -> Publisher:
    if found := Publisher.objects.filter(slug=typed).first():
        return found
    named = list(Publisher.objects.filter(name=typed)[:2])
    if len(named) > 1:
        raise wrong(column, typed, _("its slug, since several publishers have this name"))
    if not named:
        sentence = _("%(column)s: the register has no publisher “%(name)s”; add it to the table of publishers first.")
        raise Refused(sentence % {"column": column.label, "name": typed[:60]}, str(column))
    return named[0]
