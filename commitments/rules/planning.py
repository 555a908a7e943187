"""When to look again: the day that was planned, else a week after the last look."""

from datetime import date, timedelta

CHECK_EVERY = timedelta(days=7)


def next_check(planned: date | None, last_checked: date | None) -> date | None:
    """None: never checked and nothing planned, so it is due now. A plan lapses with a check on its day or later."""
    if last_checked is None:
        return planned
    if planned and planned > last_checked:
        return planned
    return last_checked + CHECK_EVERY
