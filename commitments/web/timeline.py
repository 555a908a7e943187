"""The band of a commitment's history as SVG geometry in per cent: steps -> segments, dots and years."""

from dataclasses import dataclass
from datetime import date

from commitments.choices import Bearing, Momentum, Status
from commitments.models import Assessment, EvidenceLink

STANDING_STILL = (Momentum.STALLED, Momentum.REVERSING)


@dataclass(frozen=True)
class Segment:
    x: str
    width: str
    status: Status
    is_stalled: bool
    on: date


@dataclass(frozen=True)
class Dot:
    x: str
    code: str
    is_stall: bool
    on: date


@dataclass(frozen=True)
class Timeline:
    segments: list[Segment]
    dots: list[Dot]
    years: list[tuple[str, int]]


def timeline(start: date, end: date, steps: list[Assessment], links: list[EvidenceLink]) -> Timeline | None:
    """From the document's day to as_of; None where nothing was ever judged."""
    if not steps or start >= end:
        return None
    span = (end - start).days

    def x(on: date) -> float:
        return min(max((on - start).days / span * 100, 0), 100)

    segments = []
    for step, until in zip(steps, [*(later.as_of for later in steps[1:]), end], strict=True):
        begins = x(step.as_of)
        width = _per_cent(x(until) - begins)
        segments.append(Segment(_per_cent(begins), width, Status(step.status), _still(step), step.as_of))
    dots = []
    for link in links:
        on = link.evidence.published_on
        if on and start <= on <= end:
            dots.append(Dot(_per_cent(x(on)), link.evidence.code, link.bears == Bearing.STALL, on))
    years = [(_per_cent(x(date(year, 1, 1))), year) for year in range(start.year + 1, end.year + 1)]
    return Timeline(segments, dots, years)


def _still(step: Assessment) -> bool:
    return step.momentum in STANDING_STILL


def _per_cent(value: float) -> str:
    return f"{value:.2f}%"
