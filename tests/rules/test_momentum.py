"""Recent movement: nine months counted by the calendar, and which word comes first."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.choices import CheckOutcome, Momentum, Status
from commitments.rules.momentum import check_judged, cutoff, months_before, shown_momentum, turns_on
from commitments.rules.refusal import Refused

ON = date(2026, 3, 31)
RECENT, OLD = date(2025, 6, 30), date(2025, 6, 29)
DAY = timedelta(days=1)


def shown(**over) -> Momentum | None:
    values = {
        "status": Status.UNDERWAY,
        "judged": None,
        "newest_evidence_on": None,
        "assessed_as_of": OLD,
        "due_on": None,
        "latest_check": None,
        "on": ON,
    }
    return shown_momentum(**{**values, **over})


@pytest.mark.parametrize(
    ("day", "n", "before"),
    [
        (date(2026, 3, 31), 9, date(2025, 6, 30)),
        (date(2026, 10, 15), 9, date(2026, 1, 15)),
        (date(2026, 9, 15), 9, date(2025, 12, 15)),
        (date(2024, 11, 30), 9, date(2024, 2, 29)),
        (date(2025, 11, 30), 9, date(2025, 2, 28)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(2026, 5, 5), 24, date(2024, 5, 5)),
        (date(1, 9, 30), 9, date.min),
        (date(1, 10, 30), 9, date(1, 1, 30)),
    ],
)
def test_months_before_keeps_the_day_or_ends_the_month(day, n, before):
    assert months_before(day, n) == before


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1)), st.integers(0, 60))
def test_months_before_is_in_the_right_month_and_in_order(day, n):
    before = months_before(day, n)
    assert (day.year - before.year) * 12 + day.month - before.month == n
    assert before.day == day.day or (before + DAY).day == 1 and before.day < day.day
    assert before <= months_before(day + DAY, n)


def test_the_cutoff_is_nine_months():
    assert cutoff(ON) == RECENT


@pytest.mark.parametrize("status", Status)
def test_movement_is_shown_for_three_statuses_only(status):
    moves = status.value in {"initiated", "underway", "substantial"}
    for over in ({}, {"due_on": OLD}, {"judged": Momentum.STALLED, "newest_evidence_on": ON}):
        assert (shown(status=status, **over) is not None) == moves


@pytest.mark.parametrize(("due_on", "overdue"), [(None, False), (ON - DAY, True), (ON, False), (ON + DAY, False)])
def test_overdue_comes_first_once_the_day_has_passed(due_on, overdue):
    judged = shown(due_on=due_on, judged=Momentum.ADVANCING, newest_evidence_on=ON)
    assert judged == (Momentum.OVERDUE if overdue else Momentum.ADVANCING)


@pytest.mark.parametrize("judged", [Momentum.ADVANCING, Momentum.STALLED, Momentum.REVERSING])
@pytest.mark.parametrize(
    ("newest", "as_of", "stands"),
    [
        (RECENT, OLD, True),
        (OLD, RECENT, False),
        (None, RECENT, True),
        (None, OLD, False),
    ],
    ids=["recent evidence", "old evidence, recent as_of", "undated, recent as_of", "undated, old as_of"],
)
def test_the_judged_word_expires_with_its_newest_evidence(judged, newest, as_of, stands):
    seen = shown(judged=judged, newest_evidence_on=newest, assessed_as_of=as_of)
    assert seen == (judged if stands else Momentum.UNCHECKED)


@pytest.mark.parametrize("outcome", CheckOutcome)
@pytest.mark.parametrize("checked_on", [RECENT, OLD, ON])
def test_quiet_needs_a_recent_check_that_found_nothing(outcome, checked_on):
    quiet = outcome.value in {"nothing", "nothing_new"} and checked_on != OLD
    expected = Momentum.QUIET if quiet else Momentum.UNCHECKED
    assert shown(latest_check=(checked_on, outcome)) == expected
    assert shown(latest_check=(checked_on, outcome), judged=Momentum.ADVANCING, newest_evidence_on=OLD) == expected


def test_the_judged_word_comes_before_quiet():
    check = (ON, CheckOutcome.NOTHING_NEW)
    assert shown(latest_check=check, judged=Momentum.ADVANCING, newest_evidence_on=RECENT) == Momentum.ADVANCING


def test_an_assessment_is_not_a_check():
    assert shown(assessed_as_of=ON) == Momentum.UNCHECKED


def test_only_judged_words_are_entered_and_only_where_something_moves():
    moves = {"initiated", "underway", "substantial", "completed", "sustained"}
    judged = {None, "advancing", "stalled", "reversing"}
    for status, momentum in product(Status, [*Momentum, None]):
        allowed = momentum is None or (momentum in judged and status in moves)
        if allowed:
            check_judged(status, momentum)
        else:
            with pytest.raises(Refused) as caught:
                check_judged(status, momentum)
            assert caught.value.field == "momentum"


def test_a_check_before_the_newest_evidence_does_not_say_that_nothing_newer_was_found():
    looked = {"status": Status.UNDERWAY, "judged": None, "assessed_as_of": date(2024, 6, 1), "due_on": None}
    before = (date(2024, 5, 1), CheckOutcome.NOTHING_NEW)
    after = (date(2024, 6, 1), CheckOutcome.NOTHING_NEW)
    newest = date(2024, 6, 1)
    on = date(2024, 7, 1)
    shown = [
        shown_momentum(**looked, newest_evidence_on=newest, latest_check=check, on=on) for check in (before, after)
    ]
    assert shown == [Momentum.UNCHECKED, Momentum.QUIET]
    undated = [
        shown_momentum(**looked, newest_evidence_on=None, latest_check=check, on=on) for check in (before, after)
    ]
    assert undated == [Momentum.UNCHECKED, Momentum.QUIET]


DAYS = st.dates(date(2024, 6, 1), date(2026, 12, 31))


@settings(deadline=None, max_examples=300)
@given(
    status=st.sampled_from(list(Status)),
    judged=st.none() | st.just(Momentum.ADVANCING),
    newest=st.none() | DAYS,
    assessed=DAYS,
    due_on=st.none() | DAYS,
    check=st.none() | st.tuples(DAYS, st.sampled_from(list(CheckOutcome))),
    on=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
)
def test_the_word_stays_until_the_day_on_which_it_turns(status, judged, newest, assessed, due_on, check, on):
    """Days of an as-of list: what is dated later than the day does not count on it."""
    newest, check = newest and min(newest, on), check and (min(check[0], on), check[1])
    facts = {"status": status, "newest_evidence_on": newest, "due_on": due_on}
    turning = turns_on(**facts, assessed_as_of=min(assessed, on), checked_on=check and check[0], on=on)
    words = {"judged": judged, "assessed_as_of": min(assessed, on), "latest_check": check, **facts}
    last = min(turning, on + 800 * DAY) if turning else on + 800 * DAY
    assert {shown_momentum(**words, on=on + n * DAY) for n in range((last - on).days)} == {
        shown_momentum(**words, on=on)
    }
