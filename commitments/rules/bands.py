"""Public bands and the headline counts: kinds, targets and statuses -> totals with their own denominators."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from commitments.choices import BAND_OF, Band, Kind, Status, Target


@dataclass(frozen=True)
class Row:
    """One denominator; every band is in `by_band`, also at zero, in the order they are shown."""

    total: int
    by_band: dict[Band, int]


@dataclass(frozen=True)
class Headline:
    """Measures in two rows (`one_off` with the quantified), agreements and statements apart."""

    one_off: Row
    continuing: Row
    outcomes: Row
    press: Row


def band(status: Status) -> Band:
    return BAND_OF[status]


def headline(items: Iterable[tuple[Kind, Target | None, Status]]) -> Headline:
    return headline_of((*item, 1) for item in items)


def headline_of(numbers: Iterable[tuple[Kind, Target | None, Status, int]]) -> Headline:
    """The same from how many there are of each."""
    counts: dict[str, Counter[Band]] = {
        "one_off": Counter(),
        "continuing": Counter(),
        "outcomes": Counter(),
        "press": Counter(),
    }
    for kind, target, status, number in numbers:
        if name := _row_name(kind, target):
            counts[name][band(status)] += number
    return Headline(**{name: _row(count) for name, count in counts.items()})


def _row_name(kind: Kind, target: Target | None) -> str | None:
    """None for the kinds that are in no count."""
    if kind == Kind.MEASURE:
        return "continuing" if target == Target.CONTINUING else "one_off"
    return {Kind.OUTCOME: "outcomes", Kind.PRESS: "press"}.get(kind)


def _row(count: Counter[Band]) -> Row:
    return Row(count.total(), {each: count[each] for each in Band})
