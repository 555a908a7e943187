"""Planning: when to look again."""

from datetime import date

import pytest

from commitments.rules.planning import next_check

MAY_1, MAY_8, JUNE_1 = date(2024, 5, 1), date(2024, 5, 8), date(2024, 6, 1)


@pytest.mark.parametrize(
    ("planned", "last", "expected"),
    [
        (None, None, None),
        (JUNE_1, None, JUNE_1),
        (None, MAY_1, MAY_8),
        (JUNE_1, MAY_1, JUNE_1),
        (MAY_1, MAY_1, MAY_8),
        (date(2024, 4, 1), MAY_1, MAY_8),
    ],
)
def test_the_next_check_is_the_planned_one_until_it_was_made_else_a_week_later(planned, last, expected):
    assert next_check(planned, last) == expected
