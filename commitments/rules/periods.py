"""Periods that follow one another: whole months are followed by as many months, days by as many days."""

from calendar import monthrange
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def next_period(start: date, end: date) -> tuple[date, date]:
    """The period of the same length that begins on the day after."""
    begins = end + ONE_DAY
    if start.day != 1 or begins.day != 1:
        return begins, end + (end - start) + ONE_DAY
    months = (begins.year - start.year) * 12 + begins.month - start.month
    year, month = divmod(begins.year * 12 + begins.month - 1 + months - 1, 12)
    return begins, date(year, month + 1, monthrange(year, month + 1)[1])
