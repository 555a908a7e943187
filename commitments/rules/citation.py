"""One piece of evidence as an assessment cites it: what it can carry, and in words why it cannot."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from commitments.choices import Bearing, EvidenceKind, Voice
from commitments.rules.sentences import listed

CARRYING = frozenset({Bearing.COMPLETION, Bearing.PROGRESS})


@dataclass(frozen=True)
class Cited:
    """`bears`: on the commitment itself; `bears_below`: on its descendants."""

    code: str
    kind: EvidenceKind
    origin: str
    voice: Voice
    published_on: date | None
    is_summit_text: bool
    is_source_document: bool
    bears: frozenset[Bearing]
    bears_below: frozenset[Bearing]

    @property
    def is_stray(self) -> bool:
        return not self.bears and not self.bears_below

    @property
    def is_carrying(self) -> bool:
        """Does it count towards initiated, underway and substantial?"""
        return bool((self.bears | self.bears_below) & CARRYING)

    def is_strong(self, document_date: date) -> bool:
        """Does it count towards completed and sustained?"""
        return not weaknesses(self, document_date)


def bearing_only(cited: Cited) -> str:
    """Says of evidence that carries nothing how it does bear."""
    both = cited.bears | cited.bears_below
    return _("bears only as %(bearings)s") % {"bearings": listed(b.label for b in Bearing if b in both)}


def weaknesses(cited: Cited, document_date: date) -> list[str]:
    """Every reason why it cannot carry completed or sustained; empty when it can."""
    reasons = []
    if not cited.is_carrying:
        reasons.append(bearing_only(cited))
    elif not cited.bears & CARRYING:
        reasons.append(_("shows progress or completion only of a part"))
    if cited.published_on is None:
        reasons.append(_("undated"))
    elif cited.published_on <= document_date:
        reasons.append(_("dated %(day)s, not after the document") % {"day": cited.published_on})
    if cited.is_summit_text:
        reasons.append(_("a summit's own text"))
    if cited.is_source_document:
        reasons.append(_("the source document itself"))
    return reasons
