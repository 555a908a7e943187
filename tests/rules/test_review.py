"""Review: every pair of states under every set of roles."""

from itertools import chain, combinations, product

import pytest
from django.utils.translation import override

from commitments.choices import ReviewState
from commitments.rules.refusal import Refused
from commitments.rules.review import (
    ANALYST,
    PUBLISHER,
    REVIEWER,
    STEPS,
    Role,
    can_transition,
    check_transition,
    needs_reason,
    transitions_from,
)

ROLE_SETS = [frozenset(c) for c in chain.from_iterable(combinations(Role, size) for size in range(4))]
WITH_REASON = {("in_review", "returned"), ("approved", "returned"), ("published", "withdrawn")}
PAIRS = list(product(ReviewState, ReviewState))


def is_allowed(state: str, to: str, roles: frozenset[str]) -> bool:
    """The review, told once more as one question per step."""
    match state, to:
        case ("draft" | "returned", "in_review"):
            return "analyst" in roles
        case ("in_review", "approved" | "returned"):
            return "reviewer" in roles
        case ("approved", "returned"):
            return bool(roles & {"reviewer", "publisher"})
        case ("approved", "published") | ("published", "withdrawn"):
            return "publisher" in roles
        case ("draft" | "in_review" | "returned", "published"):
            return roles == {"analyst", "reviewer", "publisher"}
    return False


@pytest.mark.parametrize(("state", "to"), PAIRS)
def test_every_step_under_every_set_of_roles(state, to):
    for roles in ROLE_SETS:
        allowed = is_allowed(state.value, to.value, frozenset(role.value for role in roles))
        assert can_transition(state, to, roles) == allowed, roles
        if allowed:
            check_transition(state, to, roles, reason="Source corrected")
        else:
            with pytest.raises(Refused) as caught:
                check_transition(state, to, roles, reason="Source corrected")
            assert caught.value.field == "review_state"


@pytest.mark.parametrize("reason", ["", " \n\u3000"])
@pytest.mark.parametrize(("state", "to"), list(STEPS))
def test_returning_and_withdrawing_need_a_reason(state, to, reason):
    expected = (state.value, to.value) in WITH_REASON
    assert needs_reason(state, to) == expected
    if not expected:
        check_transition(state, to, frozenset(Role), reason)
        return
    with pytest.raises(Refused) as caught:
        check_transition(state, to, frozenset(Role), reason)
    assert caught.value.field == "reason"


def test_a_step_that_does_not_exist_needs_no_reason():
    assert not needs_reason(ReviewState.DRAFT, ReviewState.WITHDRAWN)


@pytest.mark.parametrize("roles", ROLE_SETS, ids=lambda roles: "+".join(sorted(roles)) or "nobody")
@pytest.mark.parametrize("state", ReviewState)
def test_the_steps_from_a_state_are_those_that_can_be_taken(state, roles):
    words = frozenset(role.value for role in roles)
    assert transitions_from(state, roles) == tuple(to for to in ReviewState if is_allowed(state, to, words))


def test_role_names_are_the_words_of_the_groups():
    assert (ANALYST, REVIEWER, PUBLISHER) == ("analyst", "reviewer", "publisher")


STATES = ReviewState
SENTENCES = [
    (STATES.DRAFT, STATES.WITHDRAWN, Role, "“Draft” cannot become “Withdrawn”; it can become: In review, Published."),
    (STATES.WITHDRAWN, STATES.PUBLISHED, Role, "“Withdrawn” is final and cannot become “Published”."),
    (
        STATES.APPROVED,
        STATES.RETURNED,
        [ANALYST],
        "A change to “Returned” needs the role: reviewer or publisher. Held here: analyst.",
    ),
    (
        STATES.DRAFT,
        STATES.PUBLISHED,
        [PUBLISHER, ANALYST],
        "A change to “Published” needs the role: analyst and reviewer and publisher. Held here: analyst, publisher.",
    ),
    (STATES.DRAFT, STATES.IN_REVIEW, [], "A change to “In review” needs the role: analyst. Held here: none."),
    (STATES.PUBLISHED, STATES.WITHDRAWN, Role, "A change to “Withdrawn” needs a reason; none is given."),
]


@pytest.mark.parametrize(("state", "to", "roles", "sentence"), SENTENCES)
@override("en")
def test_a_refusal_says_what_is_allowed(state, to, roles, sentence):
    with pytest.raises(Refused) as caught:
        check_transition(state, to, frozenset(roles))
    assert str(caught.value) == sentence
