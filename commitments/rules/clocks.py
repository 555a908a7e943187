"""The two clocks: the assessment in force at a day, as this site knew it on another (the pure twin of the SQL)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar

from commitments.today import ZONE


class Judged(Protocol):
    """The part of an assessment that the clocks read; all given to `in_force` are of one commitment."""

    @property
    def id(self) -> int: ...
    @property
    def as_of(self) -> date: ...
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...
    @property
    def corrects_id(self) -> int | None: ...
    @property
    def party_id(self) -> int | None: ...


T = TypeVar("T", bound=Judged)


def end_of_day(day: date) -> datetime:
    """The first moment that is no longer this day in the register's zone; compare with `<`."""
    return datetime.combine(day + timedelta(days=1), time.min, ZONE)


def in_force(assessments: Iterable[T], as_of: date, known_on: date) -> T | None:
    known = [a for a in assessments if _is_known(a, end_of_day(known_on))]
    # A corrector speaks whatever its own as_of or party is, and even when it is itself corrected.
    corrected = {a.corrects_id for a in known if a.corrects_id != a.id}
    candidates = [a for a in known if a.party_id is None and a.as_of <= as_of and a.id not in corrected]
    return max(candidates, key=_newest, default=None)


def _is_known(assessment: Judged, end: datetime) -> bool:
    """Published and not withdrawn by then."""
    if assessment.published_at is None or assessment.published_at >= end:
        return False
    return assessment.withdrawn_at is None or assessment.withdrawn_at >= end


def _newest(assessment: Judged) -> tuple[date, datetime | None, int]:
    return assessment.as_of, assessment.published_at, assessment.id
