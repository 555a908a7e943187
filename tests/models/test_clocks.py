"""The clocks in SQL: the edges of the day, and generated histories on which SQL and the pure rules agree."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import product
from math import prod
from random import Random

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from commitments.actions.roles import desk_review_user
from commitments.choices import (
    JUDGED_MOMENTA,
    MAY_HAVE_MOMENTUM,
    CheckOutcome,
    Confidence,
    Momentum,
    ReviewState,
    Rule,
    Status,
    Target,
)
from commitments.models import Assessment, Check, Citation, Commitment
from commitments.rules.clocks import end_of_day, in_force
from commitments.rules.momentum import cutoff, shown_momentum
from tests.factories import (
    make_assessment,
    make_check,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_party,
    publish_assessment,
    withdraw_assessment,
)

pytestmark = pytest.mark.django_db
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
A, K = date(2024, 6, 30), date(2024, 7, 10)
NOON = datetime(2024, 7, 1, 4, tzinfo=UTC)
# 23:59:59.999999 in Shanghai, and the midnight that follows: 16:00 in Greenwich.
LAST_MOMENT = datetime(2024, 7, 10, 15, 59, 59, 999999, tzinfo=UTC)
MIDNIGHT = datetime(2024, 7, 10, 16, tzinfo=UTC)


def at(commitment: Commitment, as_of: date = A, known_on: date = K) -> Commitment:
    return Commitment.objects.with_assessment(as_of, known_on).get(pk=commitment.pk)


def judged(commitment: Commitment, at: datetime = NOON, **over) -> Assessment:
    return make_judged(commitment, at=at, **{"as_of": date(2024, 6, 1), **over})


# --- The edges -------------------------------------------------------------------------------------------------------


def test_a_commitment_is_not_assessed_before_its_first_assessment():
    commitment = make_commitment()
    judged(commitment, as_of=A)
    row = at(commitment, as_of=A - DAY)
    assert (row.in_force_id, row.status, row.judged_momentum, row.confidence, row.status_as_of) == (
        *(None, "not_assessed", "", ""),
        None,
    )


def test_what_is_in_force_is_told_whole():
    commitment = make_commitment()
    make_judged(make_commitment(), status=Status.COMPLETED)
    assessment = judged(commitment, momentum=Momentum.STALLED, confidence=Confidence.LOW)
    row = at(commitment)
    assert row.in_force_id == assessment.pk and row.status_as_of == date(2024, 6, 1)
    assert (row.status, row.judged_momentum, row.confidence) == ("underway", "stalled", "low")


@pytest.mark.parametrize(("as_of", "counts"), [(A, True), (A + DAY, False), (A - DAY, True), (date.min, True)])
def test_it_holds_from_its_as_of_on(as_of, counts):
    commitment = make_commitment()
    assessment = judged(commitment, as_of=as_of)
    assert at(commitment).in_force_id == (assessment.pk if counts else None)


@pytest.mark.parametrize(("moment", "counts"), [(LAST_MOMENT, True), (MIDNIGHT, False), (MIDNIGHT - DAY, True)])
def test_it_is_published_before_the_day_ends_in_shanghai(moment, counts):
    commitment = make_commitment()
    assessment = judged(commitment, at=moment)
    assert at(commitment).in_force_id == (assessment.pk if counts else None)


@pytest.mark.parametrize(("moment", "counts"), [(LAST_MOMENT, False), (MIDNIGHT, True), (NOON, False)])
def test_a_withdrawal_counts_from_its_moment_on(moment, counts):
    commitment = make_commitment()
    assessment = withdraw_assessment(judged(commitment), moment)
    assert at(commitment).in_force_id == (assessment.pk if counts else None)


@pytest.mark.parametrize(("moment", "counts"), [(LAST_MOMENT, True), (MIDNIGHT, False)])
def test_a_check_is_known_from_the_day_it_was_entered(moment, counts):
    commitment = make_commitment()
    make_check(commitment, checked_on=date(2024, 6, 2), outcome=CheckOutcome.NOTHING_NEW, recorded_at=moment)
    row = Commitment.objects.with_last_check(A, K).get(pk=commitment.pk)
    expected = (date(2024, 6, 2), "nothing_new") if counts else (None, None)
    assert (row.last_checked_on, row.last_check_outcome) == expected


def test_of_two_checks_on_one_day_the_one_entered_last_counts():
    commitment = make_commitment()
    for outcome in (CheckOutcome.NOTHING, CheckOutcome.SOMETHING):
        make_check(commitment, checked_on=A, outcome=outcome)
    make_check(commitment, checked_on=A + DAY, outcome=CheckOutcome.NOTHING)
    row = Commitment.objects.with_last_check(A, K).get(pk=commitment.pk)
    assert (row.last_checked_on, row.last_check_outcome) == (A, "something")


@pytest.mark.parametrize("over", [{"party": "CN"}, {"draft": True}], ids=["of a party", "a draft"])
def test_what_is_not_of_the_commitment_or_not_published_does_not_count(over):
    commitment = make_commitment()
    first = judged(commitment)
    if over.get("draft"):
        make_assessment(commitment, as_of=A, status=Status.DROPPED)
    else:
        judged(commitment, as_of=A, status=Status.DROPPED, party=make_party("CN"))
    assert at(commitment).in_force_id == first.pk


def test_the_greatest_as_of_then_publication_then_id_wins():
    commitment = make_commitment()
    early = judged(commitment, at=LAST_MOMENT)
    later = judged(commitment, as_of=date(2024, 6, 2))
    assert at(commitment).in_force_id == later.pk
    republished = judged(commitment, as_of=date(2024, 6, 2), at=NOON + TICK)
    assert at(commitment).in_force_id == republished.pk
    twin = judged(commitment, as_of=date(2024, 6, 2), at=NOON + TICK)
    assert at(commitment).in_force_id == twin.pk
    assert at(commitment, as_of=date(2024, 6, 1)).in_force_id == early.pk


def test_a_correction_counts_from_its_own_publication_until_it_is_withdrawn():
    commitment = make_commitment()
    wrong = judged(commitment, as_of=date(2024, 6, 20))
    right = judged(commitment, as_of=date(2024, 6, 10), at=NOON + 3 * DAY, corrects=wrong, status=Status.INITIATED)
    withdraw_assessment(right, NOON + 6 * DAY)
    told = [at(commitment, known_on=date(2024, 7, 1) + n * DAY).in_force_id for n in (0, 2, 3, 5, 6)]
    assert told == [wrong.pk, wrong.pk, right.pk, right.pk, wrong.pk]


def test_a_list_with_momentum_is_one_query(django_assert_num_queries):
    for _ in range(3):
        judged(make_commitment())
    with django_assert_num_queries(1):
        assert [row.momentum for row in Commitment.objects.with_momentum(A, K)] == ["unchecked"] * 3


# --- Generated histories ---------------------------------------------------------------------------------------------

# Hypothesis repeats itself on purpose; the lot makes the other histories of each example new ones. What fails stands
# alone and is spelled out, so that nothing needs shrinking (which would take minutes).
HISTORIES, THOUGHT_UP, EXAMPLES = 40, 4, 64
UNSHRUNK = [Phase.reuse, Phase.generate]
FIRST = date(2024, 6, 28)
DAYS = [FIRST + n * DAY for n in range(4)]
MOMENTS = [
    moment
    for day in DAYS[:3]
    for moment in (end_of_day(day) - 12 * timedelta(hours=1), end_of_day(day) - TICK, end_of_day(day))
]
LOOKS = list(product([FIRST - DAY, *DAYS], [FIRST - DAY, *DAYS]))
# What one assessment may be, one choice of each; a whole assessment is one number.
CHOICES = {
    "as_of": DAYS,
    "published": [None, None, *range(len(MOMENTS))],
    "withdrawn_after": [None, None, None, None, 0, 1, 2, 4],
    "corrects": [None, None, None, 1, 2, 3],
    "has_party": [False, False, False, True],
}


def chosen(number: int, choices: dict[str, list]) -> dict:
    """Reads a number as one choice of each."""
    found = {}
    for name, options in choices.items():
        number, place = divmod(number, len(options))
        found[name] = options[place]
    return found


def size(choices: dict[str, list]) -> int:
    return prod(len(options) for options in choices.values())


def drawn_by_lot(seed: str, count: int) -> list[list[int]]:
    lot = Random(seed)
    return [[lot.randrange(size(CHOICES)) for _ in range(lot.randint(1, 6))] for _ in range(count)]


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def a_history(commitment: Commitment, numbers: list[int], first_id: int, common: dict) -> list[Assessment]:
    """Corrections name one published before them; in every other history the ids run against the order of entry."""
    rows: list[Assessment] = []
    for place, number in enumerate(numbers):
        is_ = chosen(number, CHOICES)
        published = [row for row in rows if row.published_at]
        row = Assessment(
            id=first_id + (place if first_id % 2 else len(numbers) - place),
            commitment=commitment,
            as_of=is_["as_of"],
            status=list(Status)[number % len(Status)],
            confidence=list(Confidence)[number % len(Confidence)],
            corrects=published[is_["corrects"] % len(published)] if is_["corrects"] and published else None,
            party=common["party"] if is_["has_party"] else None,
            **common["fields"],
        )
        if is_["published"] is not None:
            row.review_state, row.rule_met, row.codebook_version = ReviewState.PUBLISHED, Rule.ONE_SOURCE, 1
            row.published_at = MOMENTS[is_["published"]]
            if is_["withdrawn_after"] is not None:
                row.review_state, row.withdrawn_reason_zh = ReviewState.WITHDRAWN, "依据有误。"
                row.withdrawn_at = MOMENTS[min(is_["published"] + is_["withdrawn_after"], len(MOMENTS) - 1)]
        rows.append(row)
    return rows


def bare_commitments(document, count: int, due_on=()) -> list[Commitment]:
    """Written at once and without history."""
    days = list(due_on) or [None] * count
    return Commitment.objects.bulk_create(
        Commitment(
            document=document,
            code=f"g{n}",
            kind="measure",
            target=Target.ONE_OFF,
            title_zh="某事",
            path=f"{n:06}",
            due_on=day,
        )
        for n, day in enumerate(days)
    )


def test_sql_and_the_pure_clock_agree_on_thousands_of_histories():
    commitments = bare_commitments(make_document(), HISTORIES)
    fields = {"assessed_on": FIRST, "rationale_zh": "据公开材料。", "author": desk_review_user()}
    common = {"party": make_party("CN"), "fields": fields}
    seen: set[tuple[int, ...]] = set()
    met: dict[str, int] = defaultdict(int)

    @settings(deadline=None, max_examples=EXAMPLES, phases=UNSHRUNK)
    @given(
        st.lists(
            st.lists(st.integers(0, size(CHOICES) - 1), min_size=1, max_size=5),
            min_size=THOUGHT_UP,
            max_size=THOUGHT_UP,
        ),
        st.lists(st.sampled_from(LOOKS), min_size=4, max_size=4, unique=True),
    )
    def they_agree(numbers, looks):
        numbers = numbers + drawn_by_lot(str((numbers, looks)), HISTORIES - THOUGHT_UP)
        histories = [
            a_history(commitment, each, 10_000_000 + 101 * n, common)
            for n, (commitment, each) in enumerate(zip(commitments, numbers, strict=True))
        ]
        with rolled_back():
            Assessment.objects.bulk_create(row for history in histories for row in history)
            for as_of, known_on in looks:
                found = {c.pk: c for c in Commitment.objects.with_assessment(as_of, known_on)}
                for commitment, history in zip(commitments, histories, strict=True):
                    expected = in_force(history, as_of, known_on)
                    assert told(found[commitment.pk]) == told_of(expected), (as_of, known_on, spelled(history))
                    met["in force" if expected else "none in force"] += 1
        seen.update(tuple(each) for each in numbers)
        for row in (row for history in histories for row in history):
            met["correction"] += bool(row.corrects)
            met["chain"] += bool(row.corrects and row.corrects.corrects)
            met["withdrawn"] += bool(row.withdrawn_at)
            met["draft"] += not row.published_at
            met["party"] += bool(row.party)

    they_agree()
    assert len(seen) >= 2_000, "fewer different histories than the test promises"
    assert min(met.values()) >= 100 and len(met) == 7, dict(met)


def spelled(history: list[Assessment]) -> list[dict]:
    names = ("id", "as_of", "published_at", "withdrawn_at", "corrects_id", "party_id")
    return [{name: str(getattr(row, name)) for name in names} for row in history]


def told(row: Commitment) -> tuple:
    return row.in_force_id, row.status, row.confidence, row.status_as_of


def told_of(assessment: Assessment | None) -> tuple:
    if assessment is None:
        return None, "not_assessed", "", None
    return assessment.pk, assessment.status, assessment.confidence, assessment.as_of


# --- Generated movement ----------------------------------------------------------------------------------------------

ROWS = 30
TODAYS = [date(2026, 3, 31), date(2024, 11, 30), date(2025, 1, 1)]  # nine months before: 30 June, 29 February, 1 April
AROUND = ("before", "edge", "today")
MOVEMENTS = {
    "status": list(Status),
    "judged": [None, *JUDGED_MOMENTA],
    "due": [None, None, -1, 0, 1],
    "as_of": list(AROUND),
    "cited": [(), ("undated",), ("before",), ("edge",), ("before", "undated"), ("before", "today")],
    "checked": [(), ("before",), ("edge",), ("today",), ("edge", "before"), ("tomorrow", "edge"), ("edge", "edge")],
    "outcome": list(CheckOutcome),
    "late": [False, False, True],
}


def days_around(today: date) -> dict[str, date | None]:
    edge = cutoff(today)
    return {"before": edge - DAY, "edge": edge, "today": today, "tomorrow": today + DAY, "undated": None}


def checks_of(commitment: Commitment, is_: dict, today: date, author) -> list[Check]:
    """The first is the latest; entered too late, it is not known yet."""
    outcomes = list(CheckOutcome)
    first = outcomes.index(is_["outcome"])
    return [
        Check(
            commitment=commitment,
            checked_on=days_around(today)[name],
            outcome=outcomes[(first + place) % len(outcomes)],
            recorded_at=end_of_day(today) - (timedelta() if is_["late"] and place == 0 else TICK),
            by=author,
        )
        for place, name in enumerate(is_["checked"])
    ]


def latest(checks: list[Check], today: date) -> tuple[date, CheckOutcome] | None:
    known = [c for c in checks if c.checked_on <= today and c.recorded_at < end_of_day(today)]
    last = max(known, key=lambda check: (check.checked_on, check.pk), default=None)
    return (last.checked_on, CheckOutcome(last.outcome)) if last else None


def test_sql_and_the_pure_momentum_agree_on_generated_rows():
    document, author = make_document(), desk_review_user()
    dates = {day for today in TODAYS for day in days_around(today).values()}
    evidence = {day: make_evidence(published_on=day) for day in dates}
    met: dict[str, int] = defaultdict(int)

    def moving(commitment: Commitment, is_: dict, around: dict) -> Assessment:
        momentum = is_["judged"] if is_["status"] in MAY_HAVE_MOMENTUM else None
        fields = {"assessed_on": FIRST, "rationale_zh": "据公开材料。", "author": author, "confidence": Confidence.HIGH}
        return Assessment(
            commitment=commitment, status=is_["status"], momentum=momentum or "", as_of=around[is_["as_of"]], **fields
        )

    @settings(deadline=None, max_examples=30, phases=UNSHRUNK)
    @given(
        st.lists(st.integers(0, size(MOVEMENTS) - 1), min_size=ROWS, max_size=ROWS, unique=True),
        st.sampled_from(TODAYS),
    )
    def they_agree(numbers, today):
        around = days_around(today)
        rows = [chosen(number, MOVEMENTS) for number in numbers]
        due = [None if is_["due"] is None else today + is_["due"] * DAY for is_ in rows]
        with rolled_back():
            commitments = bare_commitments(document, ROWS, due)
            judged = Assessment.objects.bulk_create(
                moving(*each, around) for each in zip(commitments, rows, strict=True)
            )
            checks = [checks_of(c, is_, today, author) for c, is_ in zip(commitments, rows, strict=True)]
            Check.objects.bulk_create(check for each in checks for check in each)
            Citation.objects.bulk_create(
                Citation(assessment=assessment, evidence=evidence[around[name]])
                for assessment, is_ in zip(judged, rows, strict=True)
                for name in is_["cited"]
            )
            public = {"review_state": ReviewState.PUBLISHED, "rule_met": Rule.ONE_SOURCE, "codebook_version": 1}
            Assessment.objects.filter(commitment__document=document).update(
                **public, published_at=end_of_day(today) - TICK
            )
            found = {row.pk: row for row in Commitment.objects.with_momentum(today, today).filter(document=document)}
        for commitment, is_, assessment, looked in zip(commitments, rows, judged, checks, strict=True):
            newest = max((day for name in is_["cited"] if (day := around[name])), default=None)
            expected = shown_momentum(
                status=is_["status"],
                judged=Momentum(assessment.momentum) if assessment.momentum else None,
                newest_evidence_on=newest,
                assessed_as_of=assessment.as_of,
                due_on=commitment.due_on,
                latest_check=latest(looked, today),
                on=today,
            )
            row = found[commitment.pk]
            assert row.newest_evidence_on == newest
            assert (row.last_checked_on, row.last_check_outcome) == (latest(looked, today) or (None, None)), is_
            assert row.momentum == (expected or ""), (is_, today)
            met[row.momentum] += 1

    they_agree()
    assert set(met) == {"", *Momentum} and min(met.values()) >= 10, dict(met)


def test_movement_follows_both_clocks():
    commitment = make_commitment(due_on=date(2024, 7, 5))
    publish_assessment(make_assessment(commitment, as_of=date(2024, 6, 1), status=Status.NOT_ASSESSED), NOON)
    judged(commitment, as_of=date(2024, 6, 2), momentum=Momentum.ADVANCING, at=NOON + DAY)

    def shown(as_of: date, known_on: date) -> str:
        return Commitment.objects.with_momentum(as_of, known_on).get(pk=commitment.pk).momentum

    assert shown(date(2024, 7, 5), date(2024, 7, 1)) == ""
    assert shown(date(2024, 7, 5), date(2024, 7, 2)) == "advancing"
    assert shown(date(2024, 7, 6), date(2024, 7, 6)) == "overdue"
