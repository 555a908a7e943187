"""From one judgement to the next: what a step changed, and which steps count at a moment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from commitments.choices import Confidence, Momentum, Status
from commitments.rules.changes import Change, chain, change_at


def at(day: int) -> datetime:
    return datetime(2026, 1, day, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    id: int
    as_of: date
    status: str = Status.UNDERWAY
    momentum: str = ""
    confidence: str = Confidence.MEDIUM
    published_at: datetime | None = at(1)
    withdrawn_at: datetime | None = None
    corrects_id: int | None = None
    party_id: int | None = None


MARCH, APRIL, MAY = date(2024, 3, 1), date(2024, 4, 1), date(2024, 5, 1)
BASE = Told(1, MARCH)


@pytest.mark.parametrize(
    ("before", "after", "status", "momentum", "confidence", "update"),
    [
        (None, Told(2, MARCH), (Status.NOT_ASSESSED, Status.UNDERWAY), None, None, False),
        (None, Told(2, MARCH, Status.NOT_ASSESSED), None, None, None, False),
        (BASE, Told(2, APRIL, Status.SUBSTANTIAL), (Status.UNDERWAY, Status.SUBSTANTIAL), None, None, False),
        (BASE, Told(2, APRIL, Status.NOT_STARTED), (Status.UNDERWAY, Status.NOT_STARTED), None, None, False),
        (BASE, Told(2, APRIL, momentum="stalled"), None, Momentum.STALLED, None, False),
        (Told(1, MARCH, momentum="stalled"), Told(2, APRIL, momentum="stalled"), None, None, None, True),
        (Told(1, MARCH, momentum="stalled"), Told(2, APRIL), None, None, None, True),
        (BASE, Told(2, APRIL, confidence="low"), None, None, (Confidence.MEDIUM, Confidence.LOW), False),
        (BASE, Told(2, APRIL), None, None, None, True),
        (
            BASE,
            Told(2, APRIL, Status.SUBSTANTIAL, "advancing", "high"),
            (Status.UNDERWAY, Status.SUBSTANTIAL),
            Momentum.ADVANCING,
            None,
            False,
        ),
        (
            BASE,
            Told(2, APRIL, momentum="reversing", confidence="low"),
            None,
            Momentum.REVERSING,
            (Confidence.MEDIUM, Confidence.LOW),
            False,
        ),
        (
            Told(1, MARCH, Status.COMPLETED),
            Told(2, APRIL, Status.COMPLETED, "advancing"),
            None,
            None,  # stored, and never shown for a status without movement
            None,
            True,
        ),
    ],
)
def test_what_a_step_changed(before, after, status, momentum, confidence, update):
    change = Change(before, after)
    assert ((change.from_status, change.to_status) if change.status_changes else None) == status
    assert (change.momentum, change.confidence, change.is_update) == (momentum, confidence, update)
    assert change.is_first == (before is None)


@pytest.mark.parametrize(
    ("steps", "ids"),
    [
        ([], []),
        ([Told(2, APRIL), Told(1, MARCH)], [1, 2]),
        ([Told(1, MARCH, published_at=None), Told(2, APRIL)], [2]),
        ([Told(1, MARCH, published_at=at(20)), Told(2, APRIL)], [2]),
        ([Told(1, MARCH, withdrawn_at=at(5)), Told(2, APRIL)], [2]),
        ([Told(1, MARCH, withdrawn_at=at(20)), Told(2, APRIL)], [1, 2]),
        ([Told(1, MARCH), Told(2, APRIL, corrects_id=1)], [2]),
        ([Told(1, MARCH), Told(2, APRIL, corrects_id=1, published_at=at(20))], [1]),
        ([Told(1, MARCH), Told(2, APRIL, corrects_id=1, withdrawn_at=at(5))], [1]),
        ([Told(1, MARCH), Told(2, APRIL, party_id=7)], [1]),
        ([Told(1, MARCH), Told(2, MARCH, published_at=at(2))], [2]),
        ([Told(1, MARCH, published_at=at(2)), Told(2, MARCH)], [1]),
    ],
)
def test_which_steps_are_in_the_chain_on_the_tenth(steps, ids):
    assert [step.id for step in chain(steps, at(10))] == ids


def test_a_step_is_compared_with_the_last_one_of_an_earlier_day():
    links = [Told(1, MARCH, Status.INITIATED), Told(2, APRIL, Status.UNDERWAY), Told(3, MAY, Status.SUBSTANTIAL)]
    assert [change_at(step, links).from_status for step in links] == ["not_assessed", "initiated", "underway"]
    assert change_at(Told(9, date(2024, 4, 15)), links).before == links[1]
