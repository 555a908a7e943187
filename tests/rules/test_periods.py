"""The period after a period: months after months, days after days, leap years included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.rules.periods import next_period


@pytest.mark.parametrize(
    ("start", "end", "begins", "ends"),
    [
        ("2024-01-01", "2024-12-31", "2025-01-01", "2025-12-31"),
        ("2023-01-01", "2023-12-31", "2024-01-01", "2024-12-31"),
        ("2025-01-01", "2025-03-31", "2025-04-01", "2025-06-30"),
        ("2024-01-01", "2024-01-31", "2024-02-01", "2024-02-29"),
        ("2024-11-01", "2024-12-31", "2025-01-01", "2025-02-28"),
        ("2025-01-06", "2025-01-12", "2025-01-13", "2025-01-19"),
        ("2025-05-20", "2025-05-20", "2025-05-21", "2025-05-21"),
        ("2024-07-01", "2025-05-19", "2025-05-20", "2026-04-07"),
    ],
)
def test_it_follows(start, end, begins, ends):
    found = next_period(date.fromisoformat(start), date.fromisoformat(end))
    assert found == (date.fromisoformat(begins), date.fromisoformat(ends))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 900))
def test_it_begins_on_the_day_after_and_is_about_as_long(start, days):
    end = start + timedelta(days=days)
    begins, ends = next_period(start, end)
    assert begins - end == timedelta(days=1)
    assert abs((ends - begins).days - days) <= 4  # months differ, and one year and a half may hold one February or two
