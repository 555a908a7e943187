"""The review of an assessment: one table says who may take it from which state to which, and with what."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.choices import ReviewState
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed


class Role(StrEnum):
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"

    @property
    def label(self) -> str:
        return {
            Role.ANALYST: pgettext("role", "analyst"),
            Role.REVIEWER: pgettext("role", "reviewer"),
            Role.PUBLISHER: pgettext("role", "publisher"),
        }[self]


ANALYST, REVIEWER, PUBLISHER = Role


class Step(NamedTuple):
    """`needs`: sets of roles, one of which the person must hold whole."""

    needs: tuple[frozenset[Role], ...]
    with_reason: bool = False


BY_ANALYST = (frozenset({ANALYST}),)
BY_REVIEWER = (frozenset({REVIEWER}),)
BY_PUBLISHER = (frozenset({PUBLISHER}),)
BY_ONE_FOR_ALL = (frozenset(Role),)

STEPS: dict[tuple[ReviewState, ReviewState], Step] = {
    (ReviewState.DRAFT, ReviewState.IN_REVIEW): Step(BY_ANALYST),
    (ReviewState.DRAFT, ReviewState.PUBLISHED): Step(BY_ONE_FOR_ALL),
    (ReviewState.RETURNED, ReviewState.IN_REVIEW): Step(BY_ANALYST),
    (ReviewState.RETURNED, ReviewState.PUBLISHED): Step(BY_ONE_FOR_ALL),
    (ReviewState.IN_REVIEW, ReviewState.APPROVED): Step(BY_REVIEWER),
    (ReviewState.IN_REVIEW, ReviewState.RETURNED): Step(BY_REVIEWER, with_reason=True),
    (ReviewState.IN_REVIEW, ReviewState.PUBLISHED): Step(BY_ONE_FOR_ALL),
    (ReviewState.APPROVED, ReviewState.PUBLISHED): Step(BY_PUBLISHER),
    (ReviewState.APPROVED, ReviewState.RETURNED): Step(BY_REVIEWER + BY_PUBLISHER, with_reason=True),
    (ReviewState.PUBLISHED, ReviewState.WITHDRAWN): Step(BY_PUBLISHER, with_reason=True),
}


# What the two-person rule forbids to whoever wrote it.
BY_ANOTHER = (ReviewState.APPROVED, ReviewState.PUBLISHED)


def check_transition(
    state: ReviewState, to: ReviewState, roles: frozenset[Role], reason: str = "", *, alone: bool = False
) -> None:
    """`alone`: the person wrote it, where the two-person rule holds."""
    step = _check_step(state, to)
    _check_roles(step, to, roles)
    if alone and to in BY_ANOTHER:
        sentence = _("Two people are needed here: whoever wrote an assessment does not make it “%(to)s”.")
        raise Refused(sentence % {"to": to.label}, "review_state")
    if step.with_reason and not reason.strip():
        raise Refused(_("A change to “%(to)s” needs a reason; none is given.") % {"to": to.label}, "reason")


def can_transition(state: ReviewState, to: ReviewState, roles: frozenset[Role], *, alone: bool = False) -> bool:
    """May a person with these roles take the step, given a reason where it needs one?"""
    step = STEPS.get((state, to))
    return step is not None and _is_held(step, roles) and not (alone and to in BY_ANOTHER)


def transitions_from(state: ReviewState, roles: frozenset[Role], *, alone: bool = False) -> tuple[ReviewState, ...]:
    return tuple(to for to in ReviewState if can_transition(state, to, roles, alone=alone))


def needs_reason(state: ReviewState, to: ReviewState) -> bool:
    step = STEPS.get((state, to))
    return step is not None and step.with_reason


def _is_held(step: Step, roles: frozenset[Role]) -> bool:
    return any(needed <= roles for needed in step.needs)


def _check_step(state: ReviewState, to: ReviewState) -> Step:
    if step := STEPS.get((state, to)):
        return step
    words = {"state": state.label, "to": to.label}
    if allowed := listed(after.label for before, after in STEPS if before == state):
        sentence = _("“%(state)s” cannot become “%(to)s”; it can become: %(allowed)s.")
        raise Refused(sentence % {**words, "allowed": allowed}, "review_state")
    raise Refused(_("“%(state)s” is final and cannot become “%(to)s”.") % words, "review_state")


def _check_roles(step: Step, to: ReviewState, roles: frozenset[Role]) -> None:
    if _is_held(step, roles):
        return
    needs = _(" or ").join(_together(needed) for needed in step.needs)
    have = listed(role.label for role in Role if role in roles) or _("none")
    sentence = _("A change to “%(to)s” needs the role: %(needs)s. Held here: %(have)s.")
    raise Refused(sentence % {"to": to.label, "needs": needs, "have": have}, "review_state")


def _together(needed: Iterable[Role]) -> str:
    return _(" and ").join(role.label for role in Role if role in needed)
