"""The status gates of the codebook: a claimed status with its evidence -> the rule it met, or a refusal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from commitments.choices import Bearing, EvidenceKind, Momentum, Rule, Status, Target, Voice
from commitments.rules import shortfall
from commitments.rules.citation import Cited
from commitments.rules.momentum import check_judged
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed

CODEBOOK_VERSION = 1

TARGETS_OF = {
    Status.COMPLETED: (Target.ONE_OFF, Target.QUANTIFIED),
    Status.SUSTAINED: (Target.CONTINUING,),
}


@dataclass(frozen=True)
class Claim:
    """A status that someone wants to publish, with all that its gate looks at."""

    status: Status
    target: Target | None
    cited: tuple[Cited, ...]
    document_date: date
    has_check: bool
    has_successor: bool
    momentum: Momentum | None


def check_gate(claim: Claim) -> Rule:
    _check_target(claim)
    _check_relevance(claim)
    rule = GATES[claim.status](claim)
    check_judged(claim.status, claim.momentum)
    return rule


def can_meet(claim: Claim) -> bool:
    try:
        check_gate(claim)
    except Refused:
        return False
    return True


def only_promising_side(cited: Iterable[Cited]) -> bool:
    return {c.voice for c in cited} == {Voice.PROMISING_SIDE}


def _check_target(claim: Claim) -> None:
    allowed = TARGETS_OF.get(claim.status)
    if allowed and claim.target and claim.target not in allowed:
        sentence = _("%(status)s is for these types of target: %(allowed)s. The target here is %(target)s.")
        words = {"allowed": listed(t.label for t in allowed), "target": claim.target.label}
        raise Refused(sentence % {"status": claim.status.label, **words}, "status")


def _check_relevance(claim: Claim) -> None:
    if any(c.is_stray for c in claim.cited):
        raise Refused(shortfall.stray(claim.cited), "evidence")


def _none_needed(claim: Claim) -> Rule:
    return Rule.NONE_NEEDED


def _checked(claim: Claim) -> Rule:
    if not claim.has_check:
        sentence = _("%(status)s needs a check that says where and when someone looked; none is on record.")
        raise Refused(sentence % {"status": claim.status.label}, "status")
    return Rule.CHECKED


def _one_source(claim: Claim) -> Rule:
    if not claim.cited:
        sentence = _("%(status)s needs at least 1 piece of evidence of any bearing; none is cited.")
        raise Refused(sentence % {"status": claim.status.label}, "evidence")
    return Rule.ONE_SOURCE


def _succeeded(claim: Claim) -> Rule:
    if not claim.has_successor:
        sentence = _("%(status)s needs a link to the commitment that takes over; none is set.")
        raise Refused(sentence % {"status": claim.status.label}, "status")
    return _one_source(claim)


def _one_carrying(claim: Claim) -> Rule:
    _check_carrying(claim, need=1)
    return Rule.ONE_CARRYING


def _two_carrying(claim: Claim) -> Rule:
    _check_carrying(claim, need=2)
    return Rule.TWO_CARRYING


def _check_carrying(claim: Claim, need: int) -> None:
    have = len({c.code for c in claim.cited if c.is_carrying})
    if have < need:
        raise Refused(shortfall.too_few_carrying(claim.status, claim.cited, have, need), "evidence")


def _sustained(claim: Claim) -> Rule:
    strong = [c for c in claim.cited if c.is_strong(claim.document_date)]
    if any(c.kind == EvidenceKind.OFFICIAL for c in strong):
        return Rule.OFFICIAL_SOURCE
    # A source of unknown origin cannot be shown to be a second one.
    if len({c.origin for c in strong if c.origin}) >= 2:
        return Rule.TWO_ORIGINS
    raise Refused(shortfall.too_weak(claim.status, claim.cited, claim.document_date), "evidence")


def _completed(claim: Claim) -> Rule:
    rule = _sustained(claim)
    if any(Bearing.COMPLETION in c.bears and c.is_strong(claim.document_date) for c in claim.cited):
        return rule
    raise Refused(shortfall.not_shown_complete(claim.status, claim.cited, claim.document_date), "evidence")


GATES: dict[Status, Callable[[Claim], Rule]] = {
    Status.NOT_ASSESSED: _none_needed,
    Status.NO_EVIDENCE: _checked,
    Status.NOT_STARTED: _one_source,
    Status.INITIATED: _one_carrying,
    Status.UNDERWAY: _one_carrying,
    Status.SUBSTANTIAL: _two_carrying,
    Status.COMPLETED: _completed,
    Status.SUSTAINED: _sustained,
    Status.SUPERSEDED: _succeeded,
    Status.DROPPED: _one_source,
}
