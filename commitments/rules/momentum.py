"""Recent movement: which may be judged, and what was judged, when, and last looked for -> the word shown on a day."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from commitments.choices import JUDGED_MOMENTA, MAY_HAVE_MOMENTUM, MOVING, CheckOutcome, Momentum, Status
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed

EXPIRES_AFTER_MONTHS = 9
FOUND_NOTHING = (CheckOutcome.NOTHING, CheckOutcome.NOTHING_NEW)


def check_judged(status: Status, momentum: Momentum | None) -> None:
    """May an assessment with this status store this momentum?"""
    if momentum is None:
        return
    if momentum not in JUDGED_MOMENTA:
        sentence = _("“%(momentum)s” is computed, never entered; allowed are: %(allowed)s.")
        words = {"momentum": momentum.label, "allowed": listed(m.label for m in JUDGED_MOMENTA)}
        raise Refused(sentence % words, "momentum")
    if status not in MAY_HAVE_MOMENTUM:
        sentence = _("%(status)s has no recent movement (“%(momentum)s” is given); these have: %(allowed)s.")
        words = {"momentum": momentum.label, "allowed": listed(s.label for s in MAY_HAVE_MOMENTUM)}
        raise Refused(sentence % {"status": status.label, **words}, "momentum")


def months_before(day: date, n: int) -> date:
    """The same day n months earlier, or the last day of that month; never before the calendar begins."""
    year, month = divmod(day.year * 12 + day.month - 1 - n, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def cutoff(on: date) -> date:
    """The oldest day that is still recent on this one."""
    return months_before(on, EXPIRES_AFTER_MONTHS)


@lru_cache(maxsize=4096)
def expires_on(newest: date) -> date:
    """The first day on which this one is no longer recent."""
    if newest.year == date.max.year:
        return date.max
    year, month = divmod(newest.year * 12 + newest.month - 1 + EXPIRES_AFTER_MONTHS, 12)
    day = date(year, month + 1, min(newest.day, monthrange(year, month + 1)[1]))
    while cutoff(day) <= newest:
        day += timedelta(days=1)
    return day


def turns_on(
    *,
    status: Status,
    due_on: date | None,
    newest_evidence_on: date | None,
    assessed_as_of: date | None,
    checked_on: date | None,
    on: date,
) -> date | None:
    """The next day after `on` on which the word shown may change although nobody writes anything; None for never."""
    if status not in MOVING or due_on and due_on < on:
        return None
    days = [due_on + timedelta(days=1)] if due_on else []
    days += [expires_on(day) for day in (newest_evidence_on or assessed_as_of, checked_on) if day]
    return min((day for day in days if day > on), default=None)


def shown_momentum(
    *,
    status: Status,
    judged: Momentum | None,
    newest_evidence_on: date | None,
    assessed_as_of: date,
    due_on: date | None,
    latest_check: tuple[date, CheckOutcome] | None,
    on: date,
) -> Momentum | None:
    if status not in MOVING:
        return None
    if due_on and due_on < on:
        return Momentum.OVERDUE
    newest = newest_evidence_on or assessed_as_of
    if judged and newest >= cutoff(on):
        return judged
    if latest_check and _is_quiet(*latest_check, newest, on):
        return Momentum.QUIET
    return Momentum.UNCHECKED


def _is_quiet(checked_on: date, outcome: CheckOutcome, newest: date, on: date) -> bool:
    """Someone looked lately, after the newest that is known, and found nothing newer."""
    return checked_on >= max(cutoff(on), newest) and outcome in FOUND_NOTHING
