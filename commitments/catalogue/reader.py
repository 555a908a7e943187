"""A source document as the public may read it at a clock: text with every commitment marked, index, exclusions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from commitments.catalogue.clock import Clock
from commitments.catalogue.listing import stand
from commitments.catalogue.reading import Paragraph, Span, Step, gather, paragraphs, steps, withheld
from commitments.catalogue.standing import Standing, with_standing
from commitments.choices import JUDGED_MOMENTA, Kind, Momentum, PassageRole, Publication, Status
from commitments.languages import choose
from commitments.models import Commitment, Exclusion, Passage, SourceDocument
from commitments.models.commitment import is_public
from commitments.rules.rollup import LEVEL
from commitments.text.numerals import chinese

OUTLINE_HEIGHT = 48
UNREAD = ("document__text", "document__sections", "document__kind_labels")
LARGE = (Kind.PRINCIPLE, Kind.PROPOSAL, Kind.COMPONENT)  # drawn beside the text or with their measure
CHAPTERS = (Kind.PRINCIPLE, Kind.PROPOSAL, Kind.OUTCOME, Kind.PRESS)
TOGETHER = (Kind.PRINCIPLE, Kind.MEASURE, Kind.OUTCOME, Kind.PRESS)


@dataclass(frozen=True)
class Shown:
    row: Commitment

    @property
    def standing(self) -> Standing:
        return self.row.standing

    @property
    def label(self) -> str:
        return spoken(self.row)


@dataclass(frozen=True)
class Entry(Shown):
    """A commitment at a place of the text; `code` as it is written there, shorter beside its parent's."""

    start: int
    end: int
    is_restated: bool
    code: str

    @property
    def look(self) -> str:
        """How its phrase is drawn: by status, quietly where it only repeats, not at all around other phrases."""
        if self.row.kind in (Kind.PROPOSAL, Kind.PRINCIPLE):
            return "group"
        return "restated" if self.is_restated else self.standing.status.value

    @property
    def momentum(self) -> Momentum | None:
        """Only what somebody judged stands in the margin."""
        return self.standing.momentum if self.standing.momentum in JUDGED_MOMENTA else None


@dataclass(frozen=True)
class Note:
    """A line beside the text, with the parts that stand in the same paragraph."""

    entry: Entry
    parts: list[Entry]


@dataclass(frozen=True)
class Place:
    """A paragraph as it is shown: heads of its brackets, text, notes."""

    paragraph: Paragraph
    heads: list[Entry]
    notes: list[Note]
    is_restated: bool
    has_indent: bool

    @property
    def steps(self) -> Iterator[Step]:
        return steps(self.paragraph.nodes)


@dataclass(frozen=True)
class Ring(Shown):
    """A commitment in a strip, with its place in the text where it has one."""

    anchor: str


@dataclass(frozen=True)
class Group:
    """A line of the index: a proposal with its measures, or the commitments of another kind."""

    head: Commitment | None
    label: str
    anchor: str
    items: list[Ring]

    @property
    def numeral(self) -> str:
        code = self.head.code if self.head else ""
        return choose({"zh": chinese(int(code)) if code.isdigit() else code, "en": code}).text


@dataclass(frozen=True)
class Bar:
    """One commitment in the outline of the text, in SVG lengths."""

    x: str
    width: str
    y: int
    height: int
    status: Status


def find(slug: str, *, with_text: bool = True) -> SourceDocument | None:
    """Published or withdrawn; None for what never was public."""
    rows = SourceDocument.objects.exclude(publication=Publication.DRAFT).select_related("provenance")
    rows = rows if with_text else rows.defer("text")
    return rows.filter(slug=slug).first()


class Reader:
    """Commitments, passages and exclusions of one published document: the same queries whatever their number."""

    def __init__(self, document: SourceDocument, clock: Clock) -> None:
        self.document = document
        self.clock = clock

    @cached_property
    def rows(self) -> dict[int, Commitment]:
        """The document's own commitments in tree order, then those of other documents that it restates."""
        # One set of ids: of “its own, or quoted here” PostgreSQL reads every commitment.
        own = Commitment.objects.filter(document=self.document).order_by().values("pk")
        here = own.union(Passage.objects.filter(document=self.document).order_by().values("commitment"))
        public = Commitment.objects.published().filter(pk__in=here)
        found = with_standing(public, self.clock).select_related("document").defer(*UNREAD)
        rows = stand(list(found.in_tree_order()), self.clock)
        rows.sort(key=lambda row: row.document_id != self.document.pk)
        return {row.pk: row for row in rows}

    @cached_property
    def entries(self) -> list[Entry]:
        """In the order in which codes stand before a phrase: first statements, then tree order."""
        passages = list(self._passages())
        spans = {(passage.start, passage.end, passage.commitment_id) for passage in passages}
        order = {pk: place for place, pk in enumerate(self.rows)}
        passages.sort(key=lambda passage: (passage.role != PassageRole.PRIMARY, order[passage.commitment_id]))
        return [self._entry(passage, spans) for passage in passages]

    def _passages(self) -> QuerySet[Passage]:
        return Passage.objects.filter(is_public("commitment"), document=self.document)

    def _entry(self, passage: Passage, spans: set[tuple[int, int, int]]) -> Entry:
        row = self.rows[passage.commitment_id]
        code = row.code if row.document_id == self.document.pk else row.natural_id
        parent = self.rows.get(row.parent_id) if row.parent_id else None
        if parent and (passage.start, passage.end, parent.pk) in spans and code.startswith(f"{parent.code}."):
            code = code.removeprefix(parent.code)
        return Entry(row, passage.start, passage.end, passage.role != PassageRole.PRIMARY, code)

    @cached_property
    def spans(self) -> list[Span]:
        return gather(self.entries, self.exclusions if self.document.full_text_public else ())

    @cached_property
    def places(self) -> list[Place]:
        """The paragraphs that the public may read; without the full text only what is quoted."""
        found = paragraphs(self.document.text, self.spans)
        if self.document.full_text_public:
            return [_place(paragraph) for paragraph in found if paragraph.text.strip()]
        return [_place(withheld(paragraph)) for paragraph in found if paragraph.is_marked]

    @cached_property
    def groups(self) -> list[Group]:
        """Proposals with their measures, then the other kinds, each in tree order."""
        anchors = {entry.row.pk: f"at-{entry.start}" for entry in self.entries if not entry.is_restated}
        own = [row for row in self.rows.values() if row.document_id == self.document.pk]
        proposals = [row for row in own if row.kind == Kind.PROPOSAL]
        found = []
        for head in proposals:
            items = [Ring(row, anchors.get(row.pk, "")) for row in own if row.parent_id == head.pk]
            found.append(Group(head, head.words("title").text, anchors.get(head.pk, ""), items))
        under = {row.pk for row in proposals}
        for kind in TOGETHER:
            loose = [row for row in own if row.kind == kind and row.parent_id not in under]
            if items := [Ring(row, anchors.get(row.pk, "")) for row in loose]:
                found.append(Group(None, self.document.kind_label(kind), items[0].anchor, items))
        return found

    @cached_property
    def legend(self) -> list[tuple[Status, str]]:
        """The statuses of the phrases marked here, in the order of the codebook."""
        words: dict[Status, dict[str, None]] = {}
        for entry in self.entries:
            if entry.row.kind != Kind.PROPOSAL:
                words.setdefault(entry.standing.status, {})[entry.standing.label] = None
        return [(status, " / ".join(words[status])) for status in Status if status in words]

    @property
    def has_restated(self) -> bool:
        return any(entry.is_restated for entry in self.entries)

    @cached_property
    def has_blocks(self) -> bool:
        return any(place.paragraph.blocks for place in self.places)

    @cached_property
    def outline(self) -> list[Bar]:
        """The text from beginning to end, one bar for each phrase; nothing where few characters are public."""
        if not self.document.full_text_public:
            return []
        shown = [entry for entry in self.entries if not entry.is_restated and entry.row.kind not in LARGE]
        return [self._bar(entry) for entry in shown]

    def _bar(self, entry: Entry) -> Bar:
        height = 3 + 6 * LEVEL.get(entry.standing.status, 0)
        width = self._share(entry.end - entry.start)
        return Bar(self._share(entry.start), width, OUTLINE_HEIGHT - height, height, entry.standing.status)

    def _share(self, characters: int) -> str:
        return f"{100 * characters / len(self.document.text):.3f}%"

    @cached_property
    def chapters(self) -> list[tuple[str, str]]:
        """Where each kind of commitment begins in the outline."""
        found = []
        for kind in CHAPTERS:
            if starts := [entry.start for entry in self.entries if entry.row.kind == kind and not entry.is_restated]:
                found.append((self._share(min(starts)), self.document.kind_label(kind)))
        return found

    @cached_property
    def exclusions(self) -> list[Exclusion]:
        """What was left out of the register, why, and the public commitments that cover it."""
        covering = (
            Commitment.objects.published().in_tree_order().select_related("document").only("code", "document__slug")
        )
        rows = Exclusion.objects.filter(document=self.document).order_by("start", "-end")
        return list(rows.prefetch_related(Prefetch("covered_by", covering.only("code", "document__slug"))))


def spoken(row: Commitment) -> str:
    """What a mark that stands alone says: code, title, status, movement."""
    shown: Standing = row.standing
    momentum = [shown.momentum.label] if shown.momentum else []
    return " · ".join([f"{row.code} {row.words('title')}", shown.label, *momentum])


def _place(paragraph: Paragraph) -> Place:
    heads = [entry for block in paragraph.blocks if block.is_first for entry in block.span.passages]
    return Place(
        paragraph,
        heads,
        _notes(entry for span in paragraph.spans for entry in span.passages),
        is_restated=bool(paragraph.blocks) and all(e.is_restated for b in paragraph.blocks for e in b.span.passages),
        has_indent=paragraph.text[:1].isspace(),
    )


def _notes(entries: Iterable[Entry]) -> list[Note]:
    """Parts go with their measure where it has a line in the same paragraph."""
    lines: dict[int, Note] = {}
    found: list[Note] = []
    for entry in entries:
        above = lines.get(entry.row.parent_id) if entry.row.parent_id else None
        if entry.row.kind == Kind.COMPONENT and above:
            above.parts.append(entry)
            continue
        note = Note(entry, [])
        lines.setdefault(entry.row.pk, note)
        found.append(note)
    return found
