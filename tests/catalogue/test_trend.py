"""Statuses over time agree with asking the clocks on each single day."""

from datetime import UTC, date, datetime

import pytest

from commitments.catalogue.clock import Clock
from commitments.catalogue.trend import trend
from commitments.choices import Kind, Status
from commitments.models import Commitment
from tests.factories import make_commitment, make_document, make_judged, withdraw_assessment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def test_there_is_no_trend_without_measures():
    make_commitment(kind=Kind.OUTCOME)
    assert trend(Clock(TODAY, TODAY)) is None


def test_every_day_has_the_numbers_of_the_clocks():
    document = make_document(issued_on=date(2023, 5, 19))
    one, two, three = (make_commitment(document=document) for _ in range(3))
    make_judged(one, Status.INITIATED, as_of=date(2023, 9, 1))
    make_judged(one, Status.UNDERWAY, as_of=date(2024, 2, 1))
    wrong = make_judged(two, Status.SUBSTANTIAL, as_of=date(2024, 2, 1))
    make_judged(two, Status.UNDERWAY, as_of=date(2024, 2, 1), corrects=wrong)
    gone = make_judged(three, Status.NOT_STARTED, as_of=date(2024, 6, 1))
    withdraw_assessment(gone, datetime(2024, 7, 1, tzinfo=UTC))
    found = trend(Clock(TODAY, TODAY))
    assert found is not None
    for point in found.points:
        rows = Commitment.objects.with_assessment(point.on, TODAY)
        asked = [row.status for row in rows]
        assert {status: number for status, number in point.numbers.items() if number} == {
            Status(status): asked.count(status) for status in asked
        }
    assert found.points[0].on == date(2023, 5, 19)
    assert found.points[-1].on == TODAY
    assert found.last_judged_on == date(2024, 2, 1)


def test_what_was_entered_later_is_not_in_an_earlier_picture():
    row = make_commitment(document=make_document(issued_on=date(2023, 5, 19)))
    make_judged(row, Status.UNDERWAY, as_of=date(2023, 9, 1), at=datetime(2025, 1, 1, tzinfo=UTC))
    before = trend(Clock(TODAY, date(2024, 12, 31)))
    assert before is not None
    assert before.points[-1].numbers[Status.NOT_ASSESSED] == 1
