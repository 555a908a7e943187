"""Roll-up: every multiset of up to four statuses, and some larger ones, against an oracle told another way."""

from collections import Counter
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.choices import Status
from commitments.rules.rollup import LEVEL, computed_status, differs

STEPS = [["no_evidence", "not_started"], ["initiated"], ["underway"], ["substantial"], ["completed", "sustained"]]
UNJUDGED = ["not_assessed", "superseded", "dropped"]


def oracle(words):
    """Sort the judged from best to worst: the one in the middle stands where at least half have arrived."""
    place = {word: n for n, step in enumerate(STEPS) for word in step}
    judged = sorted((place[word] for word in words if word not in UNJUDGED), reverse=True)
    if len(judged) == 0 or len(judged) < len(words) - len(judged):
        return None
    middle = STEPS[judged[(len(judged) + 1) // 2 - 1]]
    if middle == STEPS[0]:
        return "not_started" if words.count("not_started") > words.count("no_evidence") else "no_evidence"
    if middle == STEPS[-1]:
        top = [word for word in words if word in middle]
        return "sustained" if top.count("sustained") * 2 > len(top) else "completed"
    return middle[0]


@pytest.mark.parametrize("size", range(5))
def test_every_small_combination(size):
    for statuses in combinations_with_replacement(Status, size):
        computed = computed_status(statuses)
        assert (computed and computed.value) == oracle([s.value for s in statuses]), statuses


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(Status), max_size=15))
def test_larger_combinations(statuses):
    computed = computed_status(iter(statuses))
    assert (computed and computed.value) == oracle([s.value for s in statuses])
    assert computed_status(reversed(statuses)) == computed


S = Status
CASES = [
    ("nothing to roll up", [], None),
    ("nobody judged any", [S.NOT_ASSESSED, S.DROPPED, S.SUPERSEDED], None),
    ("exactly half are judged", [S.UNDERWAY, S.NOT_ASSESSED], S.UNDERWAY),
    ("fewer than half are judged", [S.UNDERWAY, S.NOT_ASSESSED, S.DROPPED], None),
    ("exactly half have reached it", [S.COMPLETED, S.NO_EVIDENCE], S.COMPLETED),
    ("one of three has reached it", [S.COMPLETED, S.INITIATED, S.INITIATED], S.INITIATED),
    ("the level need not be anyone's majority", [S.COMPLETED, S.UNDERWAY, S.NO_EVIDENCE], S.UNDERWAY),
    ("at the bottom a tie is no_evidence", [S.NOT_STARTED, S.NO_EVIDENCE], S.NO_EVIDENCE),
    ("at the bottom the more frequent", [S.NOT_STARTED, S.NOT_STARTED, S.NO_EVIDENCE], S.NOT_STARTED),
    ("at the top a tie is completed", [S.SUSTAINED, S.COMPLETED], S.COMPLETED),
    ("at the top most are sustained", [S.SUSTAINED, S.SUSTAINED, S.COMPLETED], S.SUSTAINED),
    ("both words reach the top together", [S.SUSTAINED, S.COMPLETED, S.INITIATED, S.INITIATED], S.COMPLETED),
]


@pytest.mark.parametrize(("statuses", "computed"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_edges_of_the_rule(statuses, computed):
    assert computed_status(statuses) == computed


def test_levels_are_those_of_the_codebook():
    assert {s.value: n for s, n in LEVEL.items()} == {word: n for n, step in enumerate(STEPS) for word in step}


def test_every_status_has_a_level_or_is_unjudged():
    assert Counter(s.value for s in Status) == Counter(UNJUDGED + [s.value for s in LEVEL])


def test_differing_is_a_difference_of_levels():
    for assessed, computed in product(Status, [*Status, None]):
        steps = [next((n for n, step in enumerate(STEPS) if word in step), None) for word in (assessed, computed)]
        assert differs(assessed, computed) == (None not in steps and steps[0] != steps[1]), (assessed, computed)
