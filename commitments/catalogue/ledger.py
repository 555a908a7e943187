"""The front page's ledger: a document's commitments in groups, each with its strip of statuses."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from commitments.catalogue import standing
from commitments.catalogue.clock import Clock
from commitments.catalogue.listing import stand
from commitments.choices import FURTHEST_FIRST, Kind, Momentum, Status
from commitments.languages import choose
from commitments.models import Commitment, Note, SourceDocument
from commitments.text.numerals import chinese

LARGEST = 400  # commitments of a document that are drawn one by one
ATTENTION = (Momentum.STALLED, Momentum.REVERSING, Momentum.OVERDUE)


@dataclass(frozen=True)
class Line:
    """A proposal with its measures, or all commitments of another kind together."""

    head: Commitment | None
    label: str
    items: list[Commitment]
    note: Note | None = None

    @property
    def numeral(self) -> str:
        if self.head:
            code = self.head.code
            return choose({"zh": chinese(int(code)) if code.isdigit() else code, "en": code}).text
        return self.items[0].code.rstrip("0123456789.")

    @property
    def distribution(self) -> list[tuple[Status, int]]:
        """Furthest along first; only the statuses that occur."""
        found = Counter(item.standing.status for item in self.items)
        return [(status, found[status]) for status in FURTHEST_FIRST if found[status]]

    @property
    def last_step(self) -> Commitment | None:
        """The commitment whose status is the newest; one that rests on no dated evidence is no step."""
        silent = (Status.NO_EVIDENCE, Status.NOT_ASSESSED)
        dated = [item for item in self.items if item.standing.as_of and item.standing.status not in silent]
        return max(dated, key=lambda item: item.standing.as_of, default=None)


class Ledger:
    """Four queries for a document of any number of proposals."""

    def __init__(self, document: SourceDocument, clock: Clock) -> None:
        self.document = document
        rows = Commitment.objects.published().filter(document=document).in_tree_order()
        self.rows = stand(list(standing.with_standing(rows, clock)[:LARGEST]), clock)
        for row in self.rows:
            row.document = document
        self.parts: dict[int, list[Commitment]] = {}
        for row in self.rows:
            if row.parent_id:
                self.parts.setdefault(row.parent_id, []).append(row)
        for row in self.rows:
            row.parts = self.parts.get(row.pk, [])

    def of(self, *kinds: Kind) -> list[Commitment]:
        return [row for row in self.rows if row.kind in kinds]

    @cached_property
    def lines(self) -> list[Line]:
        proposals = self.of(Kind.PROPOSAL)
        notes: dict[int, Note] = {}
        for note in (
            Note.objects.published().filter(commitment__in=[row.pk for row in proposals]).order_by("dated", "id")
        ):
            notes[note.commitment_id] = note
        found = [Line(row, row.words("title").text, self.parts.get(row.pk, []), notes.get(row.pk)) for row in proposals]
        loose = [row for row in self.of(Kind.MEASURE) if not row.parent_id]
        if loose:
            found.append(Line(None, self.document.kind_label(Kind.MEASURE), loose))
        for kind in (Kind.OUTCOME, Kind.PRESS, Kind.PRINCIPLE):
            if items := self.of(kind):
                found.append(Line(None, self.document.kind_label(kind), items))
        return found

    @property
    def measures(self) -> dict[Status, list[Commitment]]:
        """One ring per measure, by status, furthest along first; statuses without one stay, empty."""
        return {
            status: [row for row in self.of(Kind.MEASURE) if row.standing.status == status] for status in FURTHEST_FIRST
        }

    @property
    def stalled(self) -> list[Commitment]:
        return [row for row in self.rows if row.standing.momentum in ATTENTION and row.kind != Kind.COMPONENT]

    @property
    def nothing_found(self) -> list[Commitment]:
        return [row for row in self.rows if row.standing.status == Status.NO_EVIDENCE and row.kind != Kind.PROPOSAL]

    @property
    def newest_evidence_on(self) -> date | None:
        """The newest dated evidence behind any status in force."""
        return max((row.newest_evidence_on for row in self.rows if row.newest_evidence_on), default=None)
