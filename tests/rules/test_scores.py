"""Derived scores: every status on both scales."""

from datetime import date, timedelta
from itertools import combinations_with_replacement

import pytest

from commitments.choices import Status
from commitments.rules.scores import g20, ogp

OGP = {
    "not_assessed": None,
    "no_evidence": "no_evidence",
    "not_started": "not_started",
    "initiated": "limited",
    "underway": "limited",
    "substantial": "substantial",
    "completed": "complete",
    "sustained": "complete",
    "superseded": None,
    "dropped": None,
}
BETTER = {"substantial", "completed", "sustained"}
UNTIL = date(2025, 12, 31)


@pytest.mark.parametrize("status", Status)
def test_ogp_completion_of_every_status(status):
    assert ogp(status) == OGP[status]


@pytest.mark.parametrize("status", Status)
def test_parts_raise_underway_alone_and_only_when_half_are_substantial(status):
    for size in (1, 2, 3):
        for parts in combinations_with_replacement(Status, size):
            half = sum(part.value in BETTER for part in parts) >= size / 2
            assert ogp(status, parts) == ("substantial" if status == "underway" and half else OGP[status]), parts


@pytest.mark.parametrize("until", [None, UNTIL])
@pytest.mark.parametrize("on", [UNTIL, UNTIL + timedelta(days=1)])
@pytest.mark.parametrize("status", Status)
def test_g20_score_of_every_status(status, on, until):
    has_passed = until is not None and on != UNTIL
    after = -1 if has_passed else None
    expected = {
        "not_assessed": None,
        "no_evidence": after,
        "not_started": after,
        "initiated": 0,
        "underway": 0,
        "substantial": 0,
        "completed": 1,
        "sustained": 1,
        "superseded": None,
        "dropped": after,
    }
    assert g20(status, follow_up_until=until, on=on) == expected[status]
