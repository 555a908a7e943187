"""The stacked area of statuses over time as SVG geometry: a Trend -> polygons, ticks and labels, no inline styles."""

from dataclasses import dataclass
from datetime import date

from commitments.catalogue.trend import Trend
from commitments.choices import Status

# From the bottom up: what is furthest along stands on the ground.
ORDER = (
    *(Status.COMPLETED, Status.SUSTAINED, Status.SUBSTANTIAL, Status.UNDERWAY, Status.INITIATED, Status.NOT_STARTED),
    *(Status.NO_EVIDENCE, Status.SUPERSEDED, Status.DROPPED, Status.NOT_ASSESSED),
)
HEIGHT = 240  # px of the plot; text keeps its size, geometry stretches
LABEL_GAP = 18


@dataclass(frozen=True)
class Area:
    status: Status
    points: str
    number: int
    label_y: int


@dataclass(frozen=True)
class Tick:
    at: str
    text: str


@dataclass(frozen=True)
class Chart:
    areas: list[Area]
    years: list[Tick]
    levels: list[Tick]
    faded_from: str | None


def chart(trend: Trend) -> Chart:
    start, end = trend.points[0].on, trend.points[-1].on
    span = max((end - start).days, 1)

    def x(on: date) -> float:
        return round((on - start).days / span * 1000, 1)

    areas, ground = [], [0] * len(trend.points)
    for status in ORDER:
        numbers = [point.numbers[status] for point in trend.points]
        if not any(numbers):
            continue
        top = [below + number for below, number in zip(ground, numbers, strict=True)]
        outline = _stairs(trend, top, x) + _stairs(trend, ground, x)[::-1]
        middle = (ground[-1] + top[-1]) / 2
        areas.append(Area(status, " ".join(outline), numbers[-1], _y(middle, trend.total)))
        ground = top
    years = [Tick(f"{x(date(year, 1, 1)) / 10:.1f}%", str(year)) for year in range(start.year + 1, end.year + 1)]
    step = max(1, round(trend.total / 40) * 10 or round(trend.total / 4))
    levels = [Tick(str(_y(n, trend.total)), str(n)) for n in range(0, trend.total + 1, step)]
    last = trend.last_judged_on
    faded = f"{x(last) / 10:.1f}%" if last and last < end else None
    return Chart(_apart(areas), years, levels, faded)


def _stairs(trend: Trend, heights: list[int], x) -> list[str]:
    """A level holds until the next point changes it."""
    corners = []
    for n, point in enumerate(trend.points):
        if n:
            corners.append(f"{x(point.on)},{trend.total - heights[n - 1]}")
        corners.append(f"{x(point.on)},{trend.total - heights[n]}")
    return corners


def _y(number: float, total: int) -> int:
    return round(HEIGHT * (1 - number / total))


def _apart(areas: list[Area]) -> list[Area]:
    """Labels at the right end, moved up where they would touch; statuses with none left have no label."""
    placed: list[Area] = []
    lowest = HEIGHT + LABEL_GAP
    for area in areas:
        y = min(area.label_y, lowest - LABEL_GAP) if area.number else area.label_y
        lowest = y if area.number else lowest
        placed.append(Area(area.status, area.points, area.number, y))
    return placed
