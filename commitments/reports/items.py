"""One commitment in a report, and the groups that a document's commitments stand in: rows of a Listing -> Chapters."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from commitments.catalogue.listing import proposal_of
from commitments.catalogue.standing import Standing
from commitments.choices import FURTHEST_FIRST, Kind, Status
from commitments.languages import Words, choose
from commitments.models import Commitment, Note, Party, SourceDocument
from commitments.reports.source_notes import Source
from commitments.rules.sentences import listed
from commitments.text.numerals import chinese


@dataclass(frozen=True, eq=False)
class Item:
    """How it stands at the end of the period. `related` is on record and not cited by the status."""

    row: Commitment
    before: Status
    leads: tuple[Party, ...]
    cited: tuple[Source, ...]
    related: tuple[Source, ...]
    notes: tuple[Note, ...] = ()

    @property
    def standing(self) -> Standing:
        return self.row.standing

    @property
    def title(self) -> Words:
        return self.row.words("title")

    @property
    def rationale(self) -> Words:
        assessment = self.standing.assessment
        return assessment.words("rationale") if assessment else Words("", "", False)

    @property
    def lead(self) -> str:
        """Who leads it; that nobody has said so is said too."""
        return listed(party.words("name").text for party in self.leads) or _("not made public")

    @property
    def quote(self) -> str:
        return self.row.primary_passages[0].quote if self.row.primary_passages else ""

    @property
    def kind_label(self) -> str:
        return self.row.document.kind_label(Kind(self.row.kind))

    @property
    def is_part(self) -> bool:
        return self.row.kind == Kind.COMPONENT

    @property
    def is_proposal(self) -> bool:
        return self.row.kind == Kind.PROPOSAL

    @property
    def anchor(self) -> str:
        return f"{self.row.document.slug}-{self.row.code}"

    @property
    def has_moved(self) -> bool:
        return self.before != Status(self.row.status)


@dataclass(frozen=True, eq=False)
class Group:
    """A proposal with what belongs to it; or what a document says of one kind outside any proposal.

    `own` is the proposal's entry where the selection has it; `items` are the others, in the order of the document.
    """

    head: Commitment | None
    own: Item | None
    items: tuple[Item, ...]

    @property
    def title(self) -> Words:
        if self.head:
            return self.head.words("title")
        return Words(self.items[0].kind_label, "", False)

    @property
    def numeral(self) -> str:
        if not self.head:
            return self.items[0].row.code.rstrip("0123456789.")
        code = self.head.code
        return choose({"zh": chinese(int(code)) if code.isdigit() else code, "en": code}).text

    @property
    def measures(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.row.kind == Kind.MEASURE)

    @property
    def numbers(self) -> dict[Status, int]:
        """Of the measures; every status, furthest along first."""
        found = Counter(item.standing.status for item in self.measures)
        return {status: found[status] for status in FURTHEST_FIRST}


@dataclass(frozen=True, eq=False)
class Chapter:
    document: SourceDocument
    groups: tuple[Group, ...]

    @property
    def items(self) -> Iterator[Item]:
        for group in self.groups:
            yield from (group.own, *group.items) if group.own else group.items


def chapters(items: Iterable[Item]) -> tuple[Chapter, ...]:
    """Items in the order of their documents."""
    return tuple(
        Chapter(rows[0].row.document, _groups(rows))
        for rows in (list(found) for _pk, found in groupby(items, key=lambda item: item.row.document_id))
    )


def _groups(items: list[Item]) -> tuple[Group, ...]:
    """Proposals in their order, then the rest kind by kind; a part stands with the kind that it is a part of."""
    heads: dict[tuple[int, str], Commitment | None] = {}
    found: dict[tuple[int, str], list[Item]] = {}
    for item in items:
        proposal = proposal_of(item.row)
        key = (proposal.pk, "") if proposal else (0, _outermost(item.row).kind)
        heads.setdefault(key, proposal)
        found.setdefault(key, []).append(item)
    keys = sorted(found, key=lambda key: (not key[0], list(Kind).index(Kind(key[1])) if key[1] else 0))
    return tuple(_group(heads[key], found[key]) for key in keys)


def _group(head: Commitment | None, items: list[Item]) -> Group:
    own = next((item for item in items if item.is_proposal), None)
    return Group(head, own, tuple(item for item in items if item is not own))


def _outermost(row: Commitment) -> Commitment:
    return _outermost(row.parent) if row.parent and row.parent.is_published else row
