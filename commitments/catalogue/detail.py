"""One commitment as the public may read it at a clock: the row and everything on its page, in eleven queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, Subquery

from commitments.catalogue import standing
from commitments.catalogue.clock import Clock
from commitments.catalogue.related import Kin, kin
from commitments.catalogue.standing import Standing
from commitments.choices import Bearing, Kind, PassageRole, Publication, Status, Target, Voice
from commitments.languages import Words, active, codes
from commitments.models import (
    Assessment,
    Check,
    Commitment,
    CommitmentParty,
    Evidence,
    EvidenceLink,
    Note,
    Passage,
    Provenance,
)
from commitments.rules.sentences import listed
from commitments.today import ZONE

LADDER = (Status.NOT_STARTED, Status.INITIATED, Status.UNDERWAY, Status.SUBSTANTIAL)


@dataclass(frozen=True)
class Step:
    """One line of the history, newest first."""

    assessment: Assessment
    is_withdrawn: bool
    is_corrected: bool
    is_in_force: bool


@dataclass(frozen=True)
class Rung:
    status: Status
    is_present: bool
    is_passed: bool


class Gone(Exception):
    """The commitment was withdrawn; the reason stays public, the content does not."""

    def __init__(self, row: Commitment) -> None:
        self.row = row.document if row.publication == Publication.PUBLISHED else row


def find(document: str, code: str, clock: Clock) -> Commitment | None:
    """The published row; None where there never was one; raises Gone for a withdrawn one (or its document)."""
    rows = Commitment.objects.filter(document__slug=document, code=code)
    row = (
        standing.with_standing(rows, clock)
        .select_related("document__provenance", "successor__document")
        .defer("document__text", "successor__document__text")
        .first()
    )
    if row is None or Publication.DRAFT in (row.publication, row.document.publication):
        return None
    if Publication.WITHDRAWN in (row.publication, row.document.publication):
        raise Gone(row)
    return row


class Detail:
    """Each part is read when it is asked for, once."""

    def __init__(self, row: Commitment, clock: Clock) -> None:
        self.row = row
        self.clock = clock

    @property
    def standing(self) -> Standing:
        return self._standings[self.row.pk]

    @cached_property
    def _family(self) -> list[Commitment]:
        """Parent, children and the neighbours in the document, in tree order."""
        public = Commitment.objects.published()
        inside = public.filter(document=self.row.document)
        before = inside.filter(path__lt=self.row.path).order_by("-path").values("pk")[:1]
        after = inside.filter(path__gt=self.row.path).order_by("path").values("pk")[:1]
        near = Q(parent=self.row) | Q(pk=Subquery(before)) | Q(pk=Subquery(after))
        if self.row.parent_id:  # asked for nothing, SQLite would look at every row for it
            near |= Q(pk=self.row.parent_id)
        rows = list(standing.with_standing(public.filter(near), self.clock).in_tree_order())
        for row in rows:
            row.document = self.row.document
        return rows

    @cached_property
    def _assessments(self) -> list[Assessment]:
        """What is in force in the family, and all of this commitment that was public by known_on."""
        ids = [row.in_force_id for row in (self.row, *self._family) if row.in_force_id]
        own = Q(commitment=self.row, published_at__lt=self.clock.end_of_known, party__isnull=True)
        return standing.assessments_of(Q(pk__in=ids) | own)

    @cached_property
    def _standings(self) -> dict[int, Standing]:
        rows = [self.row, *self._family]
        parts = standing.parts_of(rows, self.clock)
        found = standing.assembled(rows, parts, {row.pk: row for row in self._assessments})
        for row in rows:
            row.standing = found[row.pk]
        return found

    @cached_property
    def kin(self) -> Kin:
        return kin(self.row)

    def _near(self) -> list[Commitment]:
        """The family, each with its `.standing`."""
        return self._family if self._standings else []

    @cached_property
    def parent(self) -> Commitment | None:
        return next((row for row in self._near() if row.pk == self.row.parent_id), None)

    @cached_property
    def children(self) -> list[Commitment]:
        return [row for row in self._near() if row.parent_id == self.row.pk]

    @cached_property
    def beside(self) -> tuple[Commitment | None, Commitment | None]:
        """The commitments before and after in the document."""
        before = [row for row in self._near() if row.path < self.row.path]
        after = [row for row in self._near() if row.path > self.row.path]
        return (before[-1] if before else None), (after[0] if after else None)

    @property
    def successor(self) -> Commitment | None:
        row = self.row.successor
        return row if row and row.is_published and row.document.is_published else None

    @cached_property
    def passages(self) -> list[Passage]:
        """The first statement, then restatements; only of documents that are public."""
        rows = self.row.passages.filter(document__publication=Publication.PUBLISHED).select_related("document")
        return sorted(
            rows, key=lambda passage: (passage.role != PassageRole.PRIMARY, passage.document_id, passage.start)
        )

    @property
    def first_statement(self) -> Passage | None:
        return next((passage for passage in self.passages if passage.role == PassageRole.PRIMARY), None)

    @property
    def parent_differs(self) -> bool:
        """The measure above is judged, and its parts (this one among them) add up to another level."""
        parent = self.parent
        return bool(parent and parent.kind == Kind.MEASURE and parent.standing.differs)

    @cached_property
    def history(self) -> list[Step]:
        """Everything published by known_on about a time up to as_of; withdrawn and corrected ones stay, marked."""
        end = self.clock.end_of_known
        own = [row for row in self._assessments if row.commitment_id == self.row.pk and row.party_id is None]
        withdrawn = {row.pk for row in own if row.withdrawn_at is not None and row.withdrawn_at < end}
        corrected = {row.corrects_id for row in own if row.pk not in withdrawn}
        current = self.standing.assessment
        return [
            Step(row, row.pk in withdrawn, row.pk in corrected, current is not None and row.pk == current.pk)
            for row in own
            if row.as_of <= self.clock.as_of
        ]

    @property
    def counted_steps(self) -> list[Assessment]:
        """The steps that make up the course of the status, oldest first."""
        return [step.assessment for step in self.history if not step.is_withdrawn and not step.is_corrected][::-1]

    @cached_property
    def _links(self) -> list[EvidenceLink]:
        """Public evidence of the commitment and of what is below it."""
        family = Q(commitment__document=self.row.document, commitment__path__startswith=self.row.path)
        links = EvidenceLink.objects.filter(family, evidence__publication=Publication.PUBLISHED)
        links = links.select_related("evidence__publisher", "commitment")
        return list(links.order_by("-evidence__published_on", "evidence__code"))

    @cached_property
    def evidence(self) -> list[tuple[Bearing, list[EvidenceLink]]]:
        """Grouped by how it bears on this commitment, the newest first, undated last."""
        groups: dict[Bearing, list[EvidenceLink]] = defaultdict(list)
        for link in self._links:
            if link.commitment_id == self.row.pk:
                groups[Bearing(link.bears)].append(link)
        for group in groups.values():
            group.sort(key=lambda link: link.evidence.published_on is None)
        return [(bearing, groups[bearing]) for bearing in Bearing if bearing in groups]

    @cached_property
    def evidence_of_parts(self) -> list[tuple[Evidence, str]]:
        """Pages that bear only on what is below, each with the codes and how it bears there."""
        own = {link.evidence_id for link in self._links if link.commitment_id == self.row.pk}
        found: dict[int, tuple[Evidence, list[str]]] = {}
        for link in self._links:
            if link.evidence_id not in own and link.commitment.is_published:
                words = f"{link.commitment.code} {Bearing(link.bears).label}"
                found.setdefault(link.evidence_id, (link.evidence, []))[1].append(words)
        return [(evidence, listed(codes)) for evidence, codes in found.values()]

    @property
    def evidence_count(self) -> int:
        return sum(len(links) for _bearing, links in self.evidence)

    @property
    def only_promising_side(self) -> bool:
        """Every source that the status rests on speaks for the promising side."""
        assessment = self.standing.assessment
        voices = {row.publisher.voice for row in assessment.evidence.all()} if assessment else set()
        return voices == {Voice.PROMISING_SIDE}

    @property
    def found_nothing(self) -> bool:
        return self.standing.status == Status.NO_EVIDENCE

    @property
    def ladder(self) -> list[Rung]:
        """The rungs for this target with the present one; none for a status that is off the scale."""
        top = Status.SUSTAINED if self.row.target == Target.CONTINUING else Status.COMPLETED
        rungs = (*LADDER, top)
        present = self.standing.status
        if present not in rungs or not self.standing.assessment:
            return []
        at = rungs.index(present)
        return [Rung(status, n == at, n < at) for n, status in enumerate(rungs)]

    @property
    def next_rung(self) -> Status | None:
        """The status above the present one."""
        rungs = self.ladder
        return next((above.status for rung, above in zip(rungs, rungs[1:], strict=False) if rung.is_present), None)

    @cached_property
    def parties(self) -> list[CommitmentParty]:
        return list(self.row.party_links.select_related("party"))

    @cached_property
    def notes(self) -> list[Note]:
        return list(Note.objects.published().filter(commitment=self.row))

    @cached_property
    def checks(self) -> list[Check]:
        end = self.clock.end_of_known
        return list(self.row.checks.filter(checked_on__lte=self.clock.as_of, recorded_at__lt=end))

    @property
    def unchecked_since(self) -> date | None:
        """Day of the first judgement, for a commitment that nobody has looked at again."""
        assessment = self.standing.assessment
        if assessment and assessment.published_at and not self.standing.last_checked_on:
            return assessment.published_at.astimezone(ZONE).date()
        return None

    @property
    def kind_label(self) -> str:
        return self.row.document.kind_label(Kind(self.row.kind))

    @property
    def provenance(self) -> Provenance | None:
        return getattr(self.row.document, "provenance", None)

    @property
    def title(self) -> Words:
        return self.row.words("title")

    @property
    def criterion(self) -> Words:
        return self.row.words("criterion")

    @property
    def other_title(self) -> Words | None:
        """The title in the authoritative language for readers of another, and in the second one for the rest."""
        other = codes()[1] if active() == codes()[0] else codes()[0]
        found = self.row.words("title", other)
        return found if found.text and not found.pending and found.text != self.title.text else None
