"""The two clocks: each clause of "in force", the edges of the day, and generated histories against an oracle."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.rules.clocks import end_of_day, in_force

A, K = date(2024, 6, 30), date(2024, 7, 10)
NOON = datetime(2024, 7, 1, 4, tzinfo=UTC)
LAST_MOMENT = datetime(2024, 7, 10, 15, 59, 59, 999999, tzinfo=UTC)
MIDNIGHT = datetime(2024, 7, 10, 16, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    id: int = 1
    as_of: date = date(2024, 6, 1)
    published_at: datetime | None = NOON
    withdrawn_at: datetime | None = None
    corrects_id: int | None = None
    party_id: int | None = None


def test_the_day_ends_at_midnight_in_shanghai():
    assert end_of_day(K) == MIDNIGHT
    assert end_of_day(date(2024, 12, 31)) == datetime(2024, 12, 31, 16, tzinfo=UTC)
    assert end_of_day(K).tzinfo is not None


def test_nothing_is_in_force_without_assessments():
    assert in_force([], A, K) is None


@pytest.mark.parametrize(
    ("as_of", "counts"), [(A, True), (A + timedelta(days=1), False), (A - timedelta(days=1), True), (date.min, True)]
)
def test_it_holds_from_its_as_of_on(as_of, counts):
    row = Row(as_of=as_of)
    assert in_force([row], A, K) == (row if counts else None)


@pytest.mark.parametrize(("published_at", "counts"), [(None, False), (LAST_MOMENT, True), (MIDNIGHT, False)])
def test_it_is_published_before_the_day_ends(published_at, counts):
    row = Row(published_at=published_at)
    assert in_force([row], A, K) == (row if counts else None)


@pytest.mark.parametrize(("withdrawn_at", "counts"), [(None, True), (LAST_MOMENT, False), (MIDNIGHT, True)])
def test_a_withdrawal_counts_from_its_moment_on(withdrawn_at, counts):
    row = Row(withdrawn_at=withdrawn_at)
    assert in_force([row], A, K) == (row if counts else None)


def test_the_assessment_of_one_party_is_not_the_commitment_s():
    assert in_force([Row(party_id=7)], A, K) is None
    row = Row(id=1)
    assert in_force([row, Row(id=2, as_of=A, party_id=7)], A, K) == row


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Row(id=1, as_of=date(2024, 6, 2), published_at=NOON), Row(id=2, published_at=LAST_MOMENT)),
        (Row(id=1, published_at=LAST_MOMENT), Row(id=2, published_at=NOON)),
        (Row(id=2), Row(id=1)),
    ],
    ids=["later as_of", "same as_of, published later", "same moment, greater id"],
)
def test_the_greatest_as_of_then_publication_then_id_wins(better, worse):
    assert in_force([better, worse], A, K) == in_force([worse, better], A, K) == better


def test_a_withdrawn_row_gives_way_to_the_one_before():
    before, after = Row(id=1), Row(id=2, as_of=A, withdrawn_at=LAST_MOMENT)
    assert in_force([before, after], A, K) == before
    assert in_force([before, after], A, K - timedelta(days=1)) == after


CORRECTED = Row(id=1, as_of=date(2024, 6, 20))
CORRECTOR = Row(id=2, as_of=date(2024, 6, 10), corrects_id=1)


def test_a_correction_replaces_even_with_an_earlier_as_of():
    assert in_force([CORRECTED, CORRECTOR], A, K) == CORRECTOR


def test_a_correction_silences_also_before_its_own_as_of():
    late = replace(CORRECTOR, as_of=A + timedelta(days=1))
    assert in_force([CORRECTED, late], A, K) is None


@pytest.mark.parametrize(
    ("published_at", "silences"), [(None, False), (MIDNIGHT, False), (LAST_MOMENT, True)], ids=["draft", "later", "now"]
)
def test_a_correction_silences_from_its_own_publication(published_at, silences):
    corrector = replace(CORRECTOR, published_at=published_at)
    assert in_force([CORRECTED, corrector], A, K) == (corrector if silences else CORRECTED)


@pytest.mark.parametrize(("withdrawn_at", "revives"), [(LAST_MOMENT, True), (MIDNIGHT, False)])
def test_a_withdrawn_correction_revives_what_it_corrected(withdrawn_at, revives):
    corrector = replace(CORRECTOR, withdrawn_at=withdrawn_at)
    assert in_force([CORRECTED, corrector], A, K) == (CORRECTED if revives else corrector)


def test_a_corrected_correction_still_corrects():
    second = Row(id=3, as_of=date(2024, 6, 5), corrects_id=2)
    assert in_force([CORRECTED, CORRECTOR, second], A, K) == second
    assert in_force([CORRECTED, CORRECTOR, replace(second, as_of=date(2025, 1, 1))], A, K) is None


def test_withdrawing_the_second_correction_brings_back_the_first():
    second = Row(id=3, as_of=date(2024, 6, 5), corrects_id=2, withdrawn_at=LAST_MOMENT)
    assert in_force([CORRECTED, CORRECTOR, second], A, K) == CORRECTOR


def test_corrects_is_read_literally_whatever_the_party():
    assert in_force([CORRECTED, replace(CORRECTOR, party_id=7)], A, K) is None


def test_only_another_row_corrects():
    row = Row(id=1, corrects_id=1)
    assert in_force([row], A, K) == row


def test_a_single_pass_iterable_is_enough():
    assert in_force(iter([CORRECTED, CORRECTOR]), A, K) == CORRECTOR


def oracle(rows, as_of, known_on):
    """The definition, word by word, over dates of the zone instead of moments."""

    def day(moment):
        return (moment + timedelta(hours=8)).date()

    def stands(row):
        published = row.published_at is not None and day(row.published_at) <= known_on
        return published and not (row.withdrawn_at is not None and day(row.withdrawn_at) <= known_on)

    best = None
    for row in rows:
        silenced = any(stands(other) and other.corrects_id == row.id for other in rows if other.id != row.id)
        if not stands(row) or silenced or row.party_id is not None or row.as_of > as_of:
            continue
        if best is None or (row.as_of, row.published_at, row.id) > (best.as_of, best.published_at, best.id):
            best = row
    return best


days = st.integers(0, 4).map(lambda n: date(2024, 6, 28) + timedelta(days=n))
moments = st.integers(0, 20).map(
    lambda n: datetime(2024, 6, 28, 15, 59, 59, 999999, tzinfo=UTC) + n * timedelta(hours=6)
)
edges = moments | moments.map(lambda moment: moment + timedelta(microseconds=1))
values = st.tuples(
    days, st.none() | edges, st.none() | edges, st.none() | st.integers(1, 5), st.sampled_from([None] * 3 + [7])
)


@settings(deadline=None, max_examples=400)
@given(st.lists(values, max_size=5), days, days)
def test_generated_histories_agree_with_the_definition(history, as_of, known_on):
    rows = [Row(number, *each) for number, each in enumerate(history, 1)]
    assert in_force(rows, as_of, known_on) == oracle(rows, as_of, known_on)
