"""A row of the table of assessments: drafts come in and are changed, what was published is only compared.

A correction of a published one is a new row that names it in `corrects`; it arrives as a draft.
"""

import re
from collections import defaultdict
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from commitments.actions.assessments import lacking, save_draft
from commitments.actions.evidence import known_page, link_evidence
from commitments.actions.importing.importer import UNKNOWN, Importer, Values
from commitments.actions.importing.lines import Line
from commitments.actions.importing.named import Named, checked_id
from commitments.actions.importing.outcomes import Wrong
from commitments.actions.importing.turns import Turns
from commitments.actions.roles import User
from commitments.actions.sheets.mentions import mentions_of, named
from commitments.actions.sheets.words import wrong
from commitments.actions.versions import take_turn
from commitments.catalogue.edition_tables import moment
from commitments.catalogue.judgements import judgement_ids
from commitments.choices import NOT_ASSESSABLE_LABELS, ReviewState, Status, Vocabulary
from commitments.models import Assessment, Commitment, Evidence
from commitments.models.assessment import PUBLIC_STATES
from commitments.reports.import_columns import ASSESSMENTS, Column
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed
from commitments.today import today

DRAFT = re.compile("(.+)/draft-([0-9]{1,18})")
MOMENTS = ("published_at", "withdrawn_at")


class Assessments(Importer[Assessment]):
    """Judgements of one party are left to the desk."""

    sheet = ASSESSMENTS
    words_also: dict[str, Vocabulary] = dict.fromkeys(NOT_ASSESSABLE_LABELS.values(), Status.NOT_ASSESSED)

    def __init__(self, by: User, why: str, turns: Turns, commitments: Named) -> None:
        super().__init__(by, why, turns)
        self.commitments = commitments
        self._known: dict[str, Assessment] = {}
        self._ids: dict[int, str] = {}
        self._of: dict[int, list[Assessment]] = defaultdict(list)

    def prepare(self, lines: list[Line]) -> None:
        names = {self._commitment_named(line) for line in lines}
        self.commitments.load(names)
        keys = [row.pk for name in names if (row := self.commitments.get(name))]
        self._load(Assessment.objects.filter(commitment__in=keys, party=None))

    def _load(self, rows: QuerySet[Assessment]) -> list[Assessment]:
        cited = Prefetch("evidence", Evidence.objects.order_by("code"))
        found = list(
            rows.select_related("commitment__document", "corrects")
            .defer("commitment__document__text")
            .prefetch_related(cited)
        )
        whole = {row.commitment_id: row.commitment for row in found}
        self._ids.update(judgement_ids([row for row in found if row.published_at], whole))
        for row in found:
            self._ids.setdefault(row.pk, f"{row.commitment.natural_id}/draft-{row.pk}")
            self._known[self._ids[row.pk]] = row
            self._of[row.commitment_id].append(row)
            self.turns.remember(row.commitment, row.commitment.version)
        return found

    def _commitment_named(self, line: Line) -> str:
        if line.shown("commitment"):
            return line.shown("commitment")
        name = line.shown("id")
        found = DRAFT.fullmatch(name)
        return found[1] if found else name.partition("@")[0]

    def id_of(self, line: Line) -> str:
        return line.text(self.sheet.column("id"))

    def find(self, line: Line) -> Assessment | None:
        """By its identifier; without one, the one that says the same, so that a file that comes twice adds nothing."""
        if name := self.id_of(line):
            if row := self._known.get(name) or self._published_since(name):
                return row
            raise wrong(
                self.sheet.column("id"), name, _("that of an assessment that is there, or nothing for a new one")
            )
        commitment = self.commitments.get(self._commitment_named(line))
        alike = [row for row in self._of[commitment.pk] if self._says_the_same(line, row)] if commitment else []
        return alike[0] if alike else None

    def _published_since(self, name: str) -> Assessment | None:
        """A draft of the file that has been published meanwhile keeps its number."""
        found = DRAFT.fullmatch(name)
        rows = self._known.values()
        return next((row for row in rows if found and row.pk == int(found[2]) and _is_of(row, found[1])), None)

    def _says_the_same(self, line: Line, row: Assessment) -> bool:
        if row.review_state == ReviewState.WITHDRAWN:
            return False
        try:
            return not self._read(line, row)
        except (Refused, Wrong):  # said when the line is carried out
            return False

    def new(self, line: Line) -> Assessment:
        column = self.sheet.column("commitment")
        commitment = self.commitments.one(checked_id(line.text(column), column), column)
        return Assessment(commitment=commitment, assessed_on=today())

    def stored(self, row: Assessment, name: str) -> Any:
        if name == "commitment":
            return row.commitment.natural_id
        if name == "corrects":
            return self._ids.get(row.corrects_id or 0, "")
        return [each.code for each in row.evidence.all()] if name == "evidence" else getattr(row, name)

    def is_same(self, row: Assessment, line: Line, column: Column) -> bool:
        """An empty day of judgement stands for the one that there is."""
        return column.name == "assessed_on" and not line.shown(column.name) or super().is_same(row, line, column)

    def parsed(self, line: Line, column: Column, row: Assessment | None) -> Any:
        value = super().parsed(line, column, row)
        if column.name == "evidence":
            return [_code(mention.name) for mention in mentions_of(value, column)]
        if column.name == "corrects" and value and value not in self._known:
            raise wrong(column, value, _("the identifier of a published assessment of the same commitment"))
        return value

    def check(self, row: Assessment, given: Values) -> None:
        if row.review_state in PUBLIC_STATES:
            sentence = _(
                "Published, and does not change; otherwise here: %(columns)s. To correct it, leave “%(id)s” empty and "
                "write its identifier into “%(corrects)s”: the correction arrives as a draft."
            )
            words = {name: self.sheet.column(name).label for name in ("id", "corrects")}
            columns = listed(self.sheet.column(name).label for name in given)
            raise Refused(sentence % {"columns": columns, **words}, "review_state")

    def put(self, row: Assessment, name: str, value: Any) -> None:
        if name == "corrects":
            row.corrects = self._known[value] if value else None
        elif name == "assessed_on":
            row.assessed_on = value or today()
        elif name not in ("evidence", "commitment"):
            setattr(row, name, value)

    def save(self, row: Assessment, line: Line, given: Values, expected: int | None) -> str:
        if row.corrects and row.corrects.commitment_id != row.commitment_id:
            raise wrong(
                self.sheet.column("corrects"),
                line.shown("corrects"),
                _("the identifier of a published assessment of the same commitment"),
            )
        if row.is_editorial and not row.corrects:
            sentence = _("“%(editorial)s” is said of a correction; “%(corrects)s” is empty.")
            words = {"editorial": self.sheet.column("is_editorial").label}
            raise Refused(sentence % {**words, "corrects": self.sheet.column("corrects").label}, "is_editorial")
        take_turn(row.commitment, expected)
        cited = self._cited(row, line) if "evidence" in given else list(row.evidence.all()) if row.pk else []
        save_draft(row, by=self.by, evidence=cited, why=self.why)
        self._ids[row.pk] = f"{row.commitment.natural_id}/draft-{row.pk}"
        if row not in self._of[row.commitment_id]:
            self._of[row.commitment_id].append(row)
        reason = lacking(row)
        return _("Cannot be submitted yet: %(reason)s") % {"reason": reason} if reason else ""

    def _cited(self, row: Assessment, line: Line) -> list[Evidence]:
        column = self.sheet.column("evidence")
        found = named(tuple(mentions_of(line.text(column), column)), row.commitment)
        for each in found:
            if each.bears:
                link_evidence(each.evidence, row.commitment, each.bears, by=self.by, why=self.why)
        return [each.evidence for each in found]

    def seen(self, row: Assessment, name: str) -> Any:
        if name == "in_force":
            return UNKNOWN
        value = getattr(row, name)
        return moment(value) if name in MOMENTS else value

    def locked(self, row: Assessment) -> Commitment:
        return row.commitment

    def version(self, row: Assessment) -> int | None:
        return self.turns.seen(row.commitment)

    def key(self, row: Assessment) -> str:
        return self._ids.get(row.pk, "")

    def title(self, row: Assessment) -> str:
        return str(row)

    def current(self, most: int) -> list[Assessment]:
        rows = Assessment.objects.filter(party=None).exclude(review_state=ReviewState.WITHDRAWN)
        return self._load(rows.order_by("commitment__document_id", "commitment__path", "as_of", "id")[:most])


def _code(name: str) -> str:
    """Of evidence by its address, or in another spelling; what is not known is told by the action."""
    page = known_page(name) if "://" in name else Evidence.objects.filter(code__iexact=name).first()
    return page.code if page else name


def _is_of(row: Assessment, name: str) -> bool:
    return row.commitment.natural_id == name
