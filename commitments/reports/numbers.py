"""A report in numbers, each with what it is counted of: items -> headline rows, statuses of the measures, movements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commitments.choices import FURTHEST_FIRST, Band, Kind, Status, Target
from commitments.reports.items import Item
from commitments.rules.bands import Headline, Row, headline

COUNTED = (Kind.MEASURE, Kind.OUTCOME, Kind.PRESS)


@dataclass(frozen=True)
class Numbers:
    """`began` counts the same entries on the day before the period."""

    headline: Headline
    began: Headline
    statuses: dict[Status, int]
    began_statuses: dict[Status, int]
    kinds: dict[Kind, int]
    moved: int

    @property
    def measures(self) -> int:
        return self.kinds[Kind.MEASURE]

    @property
    def by_band(self) -> dict[Band, int]:
        """Of the measures, one-off and continuing together."""
        first, second = self.headline.one_off.by_band, self.headline.continuing.by_band
        return {band: first[band] + second[band] for band in Band}

    @property
    def in_no_count(self) -> dict[Kind, int]:
        return {kind: number for kind, number in self.kinds.items() if kind not in COUNTED and number}

    @property
    def rows(self) -> list[tuple[str, Row, Row]]:
        """Each with its own total, at the end and at the beginning; a row of nothing is not there."""
        names = (
            (_("One-off measures"), "one_off"),
            (_("Continuing measures"), "continuing"),
            (_("Outcomes"), "outcomes"),
            (_("Press statements"), "press"),
        )
        found = [(label, getattr(self.headline, name), getattr(self.began, name)) for label, name in names]
        return [row for row in found if row[1].total]


def numbers(items: Sequence[Item]) -> Numbers:
    measures = [item for item in items if item.row.kind == Kind.MEASURE]
    kinds = Counter(item.row.kind for item in items)
    return Numbers(
        headline=_headline(items, [Status(item.row.status) for item in items]),
        began=_headline(items, [item.before for item in items]),
        statuses=_statuses(Status(item.row.status) for item in measures),
        began_statuses=_statuses(item.before for item in measures),
        kinds={kind: kinds[kind] for kind in Kind},
        moved=sum(item.has_moved for item in measures),
    )


def _headline(items: Sequence[Item], statuses: Sequence[Status]) -> Headline:
    """A commitment counts by its own status, as on the overview."""
    return headline(
        (Kind(item.row.kind), Target(item.row.target) if item.row.target else None, status)
        for item, status in zip(items, statuses, strict=True)
    )


def _statuses(found) -> dict[Status, int]:
    counted = Counter(found)
    return {status: counted[status] for status in FURTHEST_FIRST}
