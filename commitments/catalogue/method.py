"""What the methodology page says, read off the rules themselves: choices, gates, scores and data -> lines of text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from commitments.catalogue.glossary import meaning
from commitments.choices import (
    BAND_OF,
    JUDGED_MOMENTA,
    MOVING,
    NOT_ASSESSABLE_LABELS,
    STATUS_GLOSSES,
    Band,
    Bearing,
    CheckOutcome,
    Confidence,
    EvidenceKind,
    Momentum,
    Rule,
    Status,
    Verifiability,
    Vocabulary,
    Voice,
)
from commitments.languages import active, choose, codes, html_lang, suffix
from commitments.models import Commitment, Exclusion, Provenance, SourceDocument
from commitments.rules.citation import CARRYING, Cited
from commitments.rules.gates import CODEBOOK_VERSION, TARGETS_OF, Claim, can_meet, check_gate
from commitments.rules.momentum import EXPIRES_AFTER_MONTHS
from commitments.rules.rollup import LEVEL
from commitments.rules.scores import g20, ogp
from commitments.rules.sentences import listed

# The first that applies is shown; tests hold this against rules/momentum.py.
MOMENTUM_ORDER: tuple[Momentum, ...] = (Momentum.OVERDUE, *JUDGED_MOMENTA, Momentum.QUIET, Momentum.UNCHECKED)
# Two days by which the gates are asked; which ones they are makes no difference.
DOCUMENT_DATE = date(2000, 1, 1)
LATER = DOCUMENT_DATE + timedelta(days=1)


class StatusLine(NamedTuple):
    """`labels` has a second one for what cannot be assessed; `targets` is empty where any target may have it."""

    status: Status
    labels: list[str]
    gloss: str
    targets: str
    minimum: str
    band: Band


class BandLine(NamedTuple):
    band: Band
    statuses: list[Status]


class MomentumLine(NamedTuple):
    momentum: Momentum
    meaning: str
    is_judged: bool


class ScoreLine(NamedTuple):
    status: Status
    ogp: str
    g20: str


class Word(NamedTuple):
    label: str
    meaning: str


class Review(NamedTuple):
    """`limits` are in `limits_lang`: the reader's language where the register has them in it."""

    document: SourceDocument
    provenance: Provenance
    limits: list[str]
    limits_lang: str


class LeftOut(NamedTuple):
    """What was left out of one document."""

    document: SourceDocument
    exclusions: list[Exclusion]


def statuses() -> list[StatusLine]:
    return [_status_line(status) for status in Status]


def _status_line(status: Status) -> StatusLine:
    labels = [status.label]
    if status == Status.NOT_ASSESSED:
        labels.append(choose(NOT_ASSESSABLE_LABELS).text)
    targets = listed(target.label for target in TARGETS_OF.get(status, ()))
    return StatusLine(status, labels, choose(STATUS_GLOSSES[status]).text, targets, minimum(status), BAND_OF[status])


def minimum(status: Status) -> str:
    """What the gate itself lets pass when it is asked with more and more evidence."""
    claims = list(_claims(status))
    met = {check_gate(claim) for claim in claims if can_meet(claim)}
    first, *others = [rule.label for rule in Rule if rule in met]
    conditions = [_(", or ").join([first, *(label[0].lower() + label[1:] for label in others)])]
    if not any(can_meet(replace(claim, has_successor=False)) for claim in claims):
        conditions.append(_("a link to the commitment that takes over"))
    if not any(can_meet(claim) for claim in claims if not _shows_completion(claim)):
        conditions.append(_("at least one of them shows completion"))
    return _("; ").join(conditions)


def _shows_completion(claim: Claim) -> bool:
    return any(Bearing.COMPLETION in cited.bears for cited in claim.cited)


def _claims(status: Status) -> Iterator[Claim]:
    """From nothing cited to the strongest evidence, with all that is no evidence in place."""
    progress = _cited("E1", Bearing.PROGRESS)
    context = _cited("E1", Bearing.CONTEXT)
    steps: list[tuple[Cited, ...]] = [(), (context,), (progress,), (progress, replace(progress, code="E2"))]
    for bears in (Bearing.PROGRESS, Bearing.COMPLETION):
        media = _cited("E1", bears, on=LATER)
        steps.append((replace(media, kind=EvidenceKind.OFFICIAL),))
        steps.append((media, replace(media, code="E2", origin="another")))
    for cited in steps:
        yield Claim(status, None, cited, DOCUMENT_DATE, has_check=True, has_successor=True, momentum=None)


def _undated(status: Status) -> Iterator[Claim]:
    return (claim for claim in _claims(status) if all(cited.published_on is None for cited in claim.cited))


def _cited(code: str, bears: Bearing, on: date | None = None) -> Cited:
    return Cited(
        code=code,
        kind=EvidenceKind.MEDIA,
        origin="one",
        voice=Voice.UNCLEAR,
        published_on=on,
        is_summit_text=False,
        is_source_document=False,
        bears=frozenset({bears}),
        bears_below=frozenset(),
    )


def bands() -> list[BandLine]:
    return [BandLine(band, [status for status in Status if BAND_OF[status] == band]) for band in Band]


def levels() -> list[list[Status]]:
    """The scale of the computed status, from the bottom up; statuses that share a level stand together."""
    return [[status for status in LEVEL if LEVEL[status] == level] for level in sorted(set(LEVEL.values()))]


def momenta() -> list[MomentumLine]:
    return [MomentumLine(each, meaning(each), each in JUDGED_MOMENTA) for each in MOMENTUM_ORDER]


def scores() -> list[ScoreLine]:
    return [ScoreLine(status, _ogp(status), _g20(status)) for status in Status]


def _ogp(status: Status) -> str:
    alone, with_parts = ogp(status), ogp(status, (Status.SUBSTANTIAL,))
    if alone is None:
        return "–"
    if with_parts is None or with_parts == alone:
        return alone.label
    sentence = _("%(score)s; %(better)s when at least half of its parts are “%(status)s” or better")
    return sentence % {"score": alone.label, "better": with_parts.label, "status": Status.SUBSTANTIAL.label}


def _g20(status: Status) -> str:
    during, after = (g20(status, follow_up_until=until, on=LATER) for until in (None, DOCUMENT_DATE))
    if during is not None:
        return _signed(during)
    if after is None:
        return "–"
    return _("%(score)s once the document is no longer followed up, until then none") % {"score": _signed(after)}


def _signed(score: int) -> str:
    return {1: "+1", 0: "0", -1: "−1"}[score]


def words(vocabulary: type[Vocabulary]) -> list[Word]:
    return [Word(each.label, meaning(each)) for each in vocabulary]


def _review(document: SourceDocument, provenance: Provenance) -> Review:
    for code in (active(), *codes()):
        if limits := getattr(provenance, f"limits_{suffix(code)}", None):
            return Review(document, provenance, limits, html_lang(code))
    return Review(document, provenance, [], html_lang(active()))


@dataclass(frozen=True)
class Method:
    """All that the page shows; reads once, lazily, in three queries."""

    codebook_version: int = CODEBOOK_VERSION
    months: int = EXPIRES_AFTER_MONTHS

    statuses = staticmethod(statuses)
    bands = staticmethod(bands)
    levels = staticmethod(levels)
    momenta = staticmethod(momenta)
    scores = staticmethod(scores)

    @property
    def labels(self) -> dict[str, str]:
        return {status.value: status.label for status in Status}

    @property
    def moving(self) -> str:
        return listed(f"“{status.label}”" for status in MOVING)

    @property
    def carrying(self) -> str:
        return listed(f"“{bearing.label}”" for bearing in Bearing if bearing in CARRYING)

    @property
    def dated(self) -> str:
        """The statuses that no undated evidence carries."""
        return listed(f"“{status.label}”" for status in Status if not any(map(can_meet, _undated(status))))

    @property
    def vocabularies(self) -> dict[str, list[Word]]:
        return {
            "bearings": words(Bearing),
            "kinds": words(EvidenceKind),
            "voices": words(Voice),
            "confidence": words(Confidence),
            "verifiability": words(Verifiability),
            "outcomes": words(CheckOutcome),
        }

    @cached_property
    def _documents(self) -> list[SourceDocument]:
        return list(SourceDocument.objects.published().select_related("provenance").defer("text"))

    @property
    def reviews(self) -> list[Review]:
        """Who made the register of each public document, and whether a person has checked it."""
        found = ((row, getattr(row, "provenance", None)) for row in self._documents)
        return [_review(row, provenance) for row, provenance in found if provenance]

    @cached_property
    def left_out(self) -> list[LeftOut]:
        covering = Commitment.objects.published().with_document().in_tree_order()
        rows = Exclusion.objects.filter(document__in=self._documents).order_by("start", "-end")
        by_document: dict[int, list[Exclusion]] = {}
        for row in rows.prefetch_related(Prefetch("covered_by", covering)):
            by_document.setdefault(row.document_id, []).append(row)
        return [LeftOut(row, by_document[row.pk]) for row in self._documents if row.pk in by_document]

    @property
    def left_out_count(self) -> int:
        return sum(len(group.exclusions) for group in self.left_out)
