"""The evidence that the public may read: query parameters -> its rows, and one page with all that rests on it."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from commitments.catalogue import standing
from commitments.catalogue.clock import Clock
from commitments.catalogue.filters import named_in_public
from commitments.catalogue.listing import stand
from commitments.choices import Publication, Voice
from commitments.languages import Words, active, html_lang
from commitments.models import Assessment, Commitment, Evidence, EvidenceLink, LinkHealth, Party, Snapshot
from commitments.models.commitment import is_public
from commitments.rules.changes import is_known
from commitments.rules.uploads import WORD_OF

QUOTED = 200  # characters of a page that others wrote
PUBLIC_ARCHIVE = "https://web.archive.org/save/"


class Gone(Exception):
    """The evidence was withdrawn; the reason stays public, the content does not."""

    def __init__(self, row: Evidence) -> None:
        self.row = row


def find(code: str) -> Evidence | None:
    """The published row; None where there never was one; raises Gone for a withdrawn one."""
    row = Evidence.objects.select_related("publisher", "link_health").filter(code=code).first()
    if row is None or row.publication == Publication.DRAFT:
        return None
    if row.publication == Publication.WITHDRAWN:
        raise Gone(row)
    return row


def public_links() -> QuerySet[EvidenceLink]:
    """How evidence bears on commitments that readers may see, in the order of their documents."""
    rows = EvidenceLink.objects.filter(is_public("commitment"))
    return rows.order_by("commitment__document_id", "commitment__path")


def with_links(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Each row with its publisher, `.public_links` and the day of its `.captured_at`: one query more."""
    newest = Snapshot.objects.filter(evidence=OuterRef("pk")).values("captured_at")[:1]
    rows = rows.select_related("publisher", "link_health").annotate(captured_at=Subquery(newest))
    links = public_links().select_related("commitment__document").defer("commitment__document__text")
    return rows.prefetch_related(Prefetch("links", links, to_attr="public_links"))


@dataclass(frozen=True)
class Cited:
    """A judgement that rests on the evidence, and what became of it."""

    assessment: Assessment
    is_withdrawn: bool
    is_corrected: bool


class EvidenceDetail:
    """One piece of evidence at a clock; each part is read when it is asked for, once."""

    def __init__(self, row: Evidence, clock: Clock) -> None:
        self.row, self.clock = row, clock

    @property
    def is_promising_side(self) -> bool:
        return self.row.publisher.voice == Voice.PROMISING_SIDE

    @property
    def publisher_as_given(self) -> str:
        """The publisher's name on the page itself, where it is another."""
        given = self.row.publisher_as_given
        return given if given != self.row.publisher.name else ""

    @property
    def health(self) -> LinkHealth | None:
        return getattr(self.row, "link_health", None)

    @cached_property
    def copy(self) -> Snapshot | None:
        """The newest copy that we keep of the page; its text is for the desk alone."""
        return self.row.snapshots.first()

    @property
    def quote(self) -> str:
        """How the page begins."""
        text = " ".join(self.copy.text.split()) if self.copy else ""
        return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"

    @property
    def save_elsewhere(self) -> str:
        """Where a reader has a public archive keep the page."""
        return PUBLIC_ARCHIVE + self.row.url if self.row.url.startswith(("http://", "https://")) else ""

    @property
    def file_word(self) -> str:
        return WORD_OF.get(self.row.file_type, "") if self.row.file else ""

    @cached_property
    def countries(self) -> list[Words]:
        """As given, by the name of the party where a public commitment has one with this code."""
        given = [str(code) for code in self.row.countries] if isinstance(self.row.countries, list) else []
        names = {row.code: row.words("name") for row in named_in_public(Party).filter(code__in=given)}
        return [names.get(code) or Words(code, html_lang(active()), False) for code in given]

    @cached_property
    def links(self) -> list[EvidenceLink]:
        """Public commitments that it bears on; `link.commitment.standing` as of the clock."""
        links = list(public_links().filter(evidence=self.row))
        rows = Commitment.objects.published().filter(pk__in=[link.commitment_id for link in links])
        found = standing.with_standing(rows, self.clock).with_document()
        standing_by_id = {row.pk: row for row in stand(list(found), self.clock)}
        for link in links:
            link.commitment = standing_by_id[link.commitment_id]
        return links

    @cached_property
    def cited_by(self) -> list[Cited]:
        """Judgements of public commitments, published by the reader's day; the newest first."""
        end = self.clock.end_of_known
        public = Assessment.objects.published().filter(
            is_public("commitment"), published_at__lt=end, party__isnull=True
        )
        corrections = Assessment.objects.published().filter(published_at__lt=end)
        rows = public.filter(citations__evidence=self.row).select_related("commitment__document")
        rows = rows.prefetch_related(Prefetch("corrected_by", corrections)).defer("commitment__document__text")
        return [
            Cited(
                row,
                is_withdrawn=not is_known(row, end),
                is_corrected=any(is_known(one, end) for one in row.corrected_by.all()),
            )
            for row in rows.order_by("-as_of", "-published_at", "-id")
        ]
