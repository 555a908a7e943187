"""Statuses over time: published judgements -> how many commitments had each status on each day that changed one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from commitments.catalogue.clock import Clock
from commitments.choices import Kind, Momentum, Status
from commitments.models import Assessment, Commitment
from commitments.models.clocks import known
from commitments.today import ZONE

MOST = 20_000  # measures; each judgement of each is read


@dataclass(frozen=True)
class Point:
    """From this day until the next point."""

    on: date
    numbers: dict[Status, int]


@dataclass(frozen=True)
class Move:
    """One step of one commitment; `before` and `after` may be alike when only its movement or evidence is new."""

    commitment_id: int
    on: date
    before: Status
    after: Status
    momentum: Momentum | None


@dataclass(frozen=True)
class Entered:
    """Judgements that were entered on one day, and the days that they are about."""

    on: date
    number: int
    first: date
    last: date


@dataclass(frozen=True)
class Trend:
    total: int
    points: list[Point]
    moves: list[Move]
    entered: list[Entered]
    last_judged_on: date | None

    def at_year_ends(self) -> list[Point]:
        """The last point of each year, under that year's last day (the present year: under its own day)."""
        ends = {point.on.year: point for point in self.points}
        last = self.points[-1]
        return [point if point is last else Point(date(year, 12, 31), point.numbers) for year, point in ends.items()]


def trend(clock: Clock, document_id: int | None = None) -> Trend | None:
    """Of the published measures, in two queries; None before there are any, and where they are too many to draw."""
    measures = Commitment.objects.published().filter(kind=Kind.MEASURE)
    if document_id:
        measures = measures.filter(document_id=document_id)
    if measures.order_by()[MOST : MOST + 1].exists():
        return None
    begun = dict(measures.values_list("pk", "document__issued_on"))
    if not begun:
        return None
    judged = Assessment.objects.filter(known(clock.known_on), commitment__in=measures).only(
        "commitment_id", "as_of", "published_at", "status", "momentum", "corrects_id", "party_id"
    )
    return build(begun, list(judged.order_by("commitment_id", "as_of", "published_at", "id")), clock.as_of)


def build(begun: dict[int, date], judged: list[Assessment], until: date) -> Trend:
    """`judged`: known ones, ordered by commitment and in force order; corrected ones do not count."""
    corrected = {row.corrects_id for row in judged}
    steps = [row for row in judged if row.pk not in corrected and row.party_id is None and row.as_of <= until]
    moves = list(_moves(steps))
    changes: dict[date, Counter[Status]] = {}
    for move in moves:
        change = changes.setdefault(move.on, Counter())
        change[move.before] -= 1
        change[move.after] += 1
    start = min([*begun.values(), *changes])
    points = list(_accumulate(start, len(begun), changes))
    if points[-1].on < until:
        points.append(Point(until, points[-1].numbers))
    latest = sorted(moves, key=attrgetter("on"), reverse=True)
    return Trend(len(begun), points, latest, _entered(steps), max(changes, default=None))


def _moves(steps: list[Assessment]) -> Iterable[Move]:
    for commitment, rows in groupby(steps, key=attrgetter("commitment_id")):
        before = Status.NOT_ASSESSED
        for row in rows:
            after = Status(row.status)
            yield Move(commitment, row.as_of, before, after, Momentum(row.momentum) if row.momentum else None)
            before = after


def _entered(steps: list[Assessment]) -> list[Entered]:
    """By day of entry, the latest first."""
    days: dict[date, list[date]] = {}
    for row in steps:
        if row.published_at:
            days.setdefault(row.published_at.astimezone(ZONE).date(), []).append(row.as_of)
    return [Entered(on, len(about), min(about), max(about)) for on, about in sorted(days.items(), reverse=True)]


def _accumulate(start: date, total: int, changes: dict[date, Counter[Status]]) -> Iterable[Point]:
    numbers = Counter({Status.NOT_ASSESSED: total})
    for on in sorted({start, *changes}):
        numbers.update(changes.get(on, Counter()))
        yield Point(on, {status: numbers[status] for status in Status})
