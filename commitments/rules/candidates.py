"""Candidates of a draft register, from plain values: which code each gets, where one is cut, what may follow what."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from commitments.choices import CandidateDecision, Kind
from commitments.rules.refusal import Refused

# What stands before the number of a commitment at the top of its document.
PREFIX = {Kind.PRINCIPLE: "P", Kind.PROPOSAL: "", Kind.MEASURE: "M", Kind.OUTCOME: "S", Kind.PRESS: "J"}
SEPARATORS = re.compile(r"[、，,；;。]|\band\b|和|并")
EDGES = " \t\n\u3000、，,；;。"
MOST_CUTS = 60


def propose_code(kind: Kind, parent_code: str, taken: Iterable[str]) -> str:
    """The next free one: 4.2 under 4, P3 for a principle, M1 for a measure that stands alone."""
    before = f"{parent_code}." if parent_code else PREFIX.get(kind, "M")
    used = set(taken)
    number = 1
    while f"{before}{number}" in used:
        number += 1
    return f"{before}{number}"


def cuts(quote: str) -> list[int]:
    """Where a quote can be cut in two: after a mark that separates, before a word that joins."""
    found = []
    for mark in SEPARATORS.finditer(quote):
        place = mark.start() if mark.group() in ("and", "和", "并") else mark.end()
        if quote[:place].strip(EDGES) and quote[place:].strip(EDGES):
            found.append(place)
    return sorted(set(found))[:MOST_CUTS]


def halves(start: int, quote: str, cut: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The spans on both sides of a cut, without the marks and spaces at their edges."""
    if not 0 < cut < len(quote):
        sentence = _("“%(cut)s” is no place within the quote; allowed are 1 to %(most)d.")
        raise Refused(sentence % {"cut": cut, "most": len(quote) - 1}, "cut")
    first, second = _trimmed(start, quote[:cut]), _trimmed(start + cut, quote[cut:])
    if first is None or second is None:
        raise Refused(_("Nothing would be left on one side of the cut."), "cut")
    return first, second


def _trimmed(start: int, part: str) -> tuple[int, int] | None:
    left = len(part) - len(part.lstrip(EDGES))
    text = part.strip(EDGES)
    return (start + left, start + left + len(text)) if text else None


def check_open(decision: CandidateDecision, name: str) -> None:
    """Everything but undoing is done to what is still open."""
    if decision != CandidateDecision.OPEN:
        words = {"name": name, "decision": decision.label}
        raise Refused(_("“%(name)s” is decided already: %(decision)s. Undo that first.") % words, "decision")


def check_decided(decision: CandidateDecision, name: str) -> None:
    if decision == CandidateDecision.OPEN:
        raise Refused(_("“%(name)s” is open; there is nothing to undo.") % {"name": name}, "decision")


def check_joinable(kinds: set[Kind], parents: set[int | None], count: int) -> None:
    """Only what is of one kind and stands under one proposal becomes one."""
    if count < 2:
        raise Refused(_("Merging takes two candidates or more; ticked here: %(count)d.") % {"count": count}, "rows")
    if len(kinds) > 1:
        raise Refused(_("Only candidates of one kind can be merged."), "rows")
    if len(parents) > 1:
        raise Refused(_("Only candidates under the same proposal can be merged."), "rows")
