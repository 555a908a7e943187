"""What a progress report says, in no language and no format yet: one Listing and a period -> Report."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from commitments.catalogue.changes import Step
from commitments.catalogue.clock import Clock
from commitments.catalogue.entered import Batch
from commitments.catalogue.listing import Listing
from commitments.catalogue.period import Period
from commitments.catalogue.site import Site, facts
from commitments.choices import Kind, PartyRole, ReportLength, Status
from commitments.models import Commitment, CommitmentParty, Note, Party, Provenance
from commitments.reports.attention import Concern, concerns
from commitments.reports.histories import Entered, Histories, Withdrawn, day_before
from commitments.reports.items import Chapter, Item, chapters
from commitments.reports.numbers import Numbers, numbers
from commitments.reports.source_notes import Shelf, Source, SourceNotes, in_chunks
from commitments.rules.gates import CODEBOOK_VERSION

TOLD_IN_BRIEF = 3


@dataclass(frozen=True, eq=False)
class Report:
    """`site_url` leads to this site, without a slash at its end; empty where nobody said how it is reached."""

    period: Period
    clock: Clock
    length: ReportLength
    site: Site
    site_url: str
    query: str
    filters: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    numbers: Numbers
    happened: tuple[Step, ...]
    earlier: tuple[Entered, ...]
    batches: tuple[Batch, ...]
    corrections: tuple[Entered, ...]
    withdrawn: tuple[Withdrawn, ...]
    concerns: tuple[Concern, ...]
    sources: tuple[Source, ...]  # of what its pages tell: in brief a few
    every_source: tuple[Source, ...]
    provenances: tuple[Provenance, ...]
    told: tuple[Step, ...]
    cited_by: dict[int, tuple[Source, ...]] = field(repr=False)
    codebook_version: int = CODEBOOK_VERSION
    foreword: str = ""  # the author's own words, paragraphs apart by line breaks
    edition: int | None = None  # on whose day of knowledge it is based

    @property
    def foreword_paragraphs(self) -> list[str]:
        return [line.strip() for line in self.foreword.splitlines() if line.strip()]

    @property
    def items(self) -> list[Item]:
        return [item for chapter in self.chapters for item in chapter.items]

    @property
    def subject(self) -> str:
        if len(self.chapters) == 1:
            return self.chapters[0].document.words("short").text
        return self.site.name

    @property
    def title(self) -> str:
        return _("%(subject)s: progress report") % {"subject": self.subject}

    @property
    def made_on(self) -> date:
        """The day of the knowledge that it rests on, whenever it is written."""
        return self.clock.known_on

    @property
    def basis(self) -> str:
        """For the cover; empty unless it is of an edition."""
        words = {"number": self.edition, "day": self.made_on}
        return _("based on edition %(number)d of %(day)s") % words if self.edition else ""

    @property
    def day_before(self) -> date:
        return day_before(self.period.start)

    @property
    def is_brief(self) -> bool:
        return self.length == ReportLength.BRIEF

    @property
    def is_unchecked(self) -> bool:
        """No person has checked the register of one of its documents."""
        return any(not row.checked_by_person for row in self.provenances)

    @property
    def newest_evidence_on(self) -> date | None:
        """The newest dated page behind any status of the report."""
        return max((item.row.newest_evidence_on for item in self.items if item.row.newest_evidence_on), default=None)

    def sources_of(self, step: Step) -> tuple[Source, ...]:
        return self.cited_by[step.assessment.pk]


def make(
    listing: Listing,
    period: Period,
    length: ReportLength = ReportLength.FULL,
    *,
    filters: Iterable[tuple[str, str]] = (),
    is_filtered: bool = False,
    site_url: str = "",
    foreword: str = "",
    edition: int | None = None,
) -> Report:
    """Reads everything at once; the listing is for the last day of the period."""
    rows = list(listing)
    histories = Histories(rows, period, listing.clock)
    judged = [row.standing.assessment.pk for row in rows if row.standing.assessment]
    cited = list({*judged, *histories.shown_ids})
    shelf = Shelf([row.pk for row in rows], cited, period.end, listing.clock.end_of_known)
    notes = SourceNotes()
    told = _told(histories, length)
    cited_by = {step.assessment.pk: notes.of(shelf.cited(step.assessment.pk)) for step in told}
    in_brief = notes.all
    items = _items(rows, histories, shelf, notes)
    ordered = chapters(items)
    documents = [chapter.document.pk for chapter in ordered]
    entered = [entry.step for entry in (*histories.earlier, *histories.corrections)]
    for step in (*entered, *histories.happened):
        cited_by.setdefault(step.assessment.pk, notes.of(shelf.cited(step.assessment.pk)))
    return Report(
        period=period,
        clock=listing.clock,
        length=length,
        site=facts(),
        site_url=site_url.rstrip("/"),
        query=listing.canonical,
        filters=tuple(filters),
        chapters=ordered,
        numbers=numbers(items),
        happened=histories.happened,
        earlier=histories.earlier,
        batches=histories.batches,
        corrections=histories.corrections,
        withdrawn=() if is_filtered else histories.withdrawn,
        concerns=concerns(items, period.start),
        sources=in_brief if length == ReportLength.BRIEF else notes.all,
        every_source=notes.all,
        told=told,
        provenances=tuple(Provenance.objects.filter(document__in=documents).order_by("document")),
        cited_by=cited_by,
        foreword=foreword,
        edition=edition,
    )


def _told(histories: Histories, length: ReportLength) -> tuple[Step, ...]:
    """What happened, line by line; in brief a few."""
    if length == ReportLength.FULL:
        return histories.happened
    chosen = sorted(histories.happened, key=_weight)[:TOLD_IN_BRIEF]
    return tuple(step for step in histories.happened if step in chosen)


def _weight(step: Step) -> tuple[bool, bool, bool]:
    """Steps that rest on evidence first, then changes of a status, then whole commitments before parts."""
    is_silent = step.change.to_status in (Status.NO_EVIDENCE, Status.NOT_ASSESSED)
    return is_silent, not step.change.status_changes, _is_part(step)


def _is_part(step: Step) -> bool:
    return step.commitment.kind == Kind.COMPONENT


def _items(rows: Sequence[Commitment], histories: Histories, shelf: Shelf, notes: SourceNotes) -> list[Item]:
    leads, said = _leads(rows), _notes(rows, histories.period.end)
    before = day_before(histories.period.start)
    found = []
    for row in rows:
        cited = notes.of(shelf.cited(row.standing.assessment.pk)) if row.standing.assessment else ()
        related = tuple(source for source in notes.of(shelf.linked(row.pk)) if source not in cited)
        status = histories.status_on(row.pk, before)
        found.append(Item(row, status, tuple(leads.get(row.pk, ())), cited, related, tuple(said.get(row.pk, ()))))
    return found


def _leads(rows: Sequence[Commitment]) -> dict[int, list[Party]]:
    """The bodies that lead a commitment, where that is public."""
    found: dict[int, list[Party]] = defaultdict(list)
    for some in in_chunks([row.pk for row in rows]):
        links = CommitmentParty.objects.filter(commitment__in=some, role=PartyRole.LEAD).select_related("party")
        for link in links:
            found[link.commitment_id].append(link.party)
    return found


def _notes(rows: Sequence[Commitment], until: date) -> dict[int, list[Note]]:
    """Public remarks, the oldest first."""
    found: dict[int, list[Note]] = defaultdict(list)
    for some in in_chunks([row.pk for row in rows]):
        for note in Note.objects.published().filter(commitment__in=some, dated__lte=until).order_by("dated", "id"):
            found[note.commitment_id].append(note)
    return found
