"""The roll-up: the statuses of a proposal's measures, or of a measure's parts -> the one computed status."""

from collections import Counter
from collections.abc import Iterable

from commitments.choices import Status

# Statuses without a level (not_assessed, superseded, dropped) are not judged.
LEVEL: dict[Status, int] = {
    Status.NO_EVIDENCE: 0,
    Status.NOT_STARTED: 0,
    Status.INITIATED: 1,
    Status.UNDERWAY: 2,
    Status.SUBSTANTIAL: 3,
    Status.COMPLETED: 4,
    Status.SUSTAINED: 4,
}
BOTTOM, TOP = min(LEVEL.values()), max(LEVEL.values())
WORD_BETWEEN = {level: status for status, level in LEVEL.items() if BOTTOM < level < TOP}


def computed_status(statuses: Iterable[Status]) -> Status | None:
    """The level that at least half of the judged have reached; None while fewer than half are judged."""
    everything = list(statuses)
    judged = Counter(status for status in everything if status in LEVEL)
    if not judged or judged.total() * 2 < len(everything):
        return None
    level = max(level for level in LEVEL.values() if _have_reached(judged, level) * 2 >= judged.total())
    if level == BOTTOM:
        return _more_frequent(judged, Status.NOT_STARTED, otherwise=Status.NO_EVIDENCE)
    if level == TOP:
        return _more_frequent(judged, Status.SUSTAINED, otherwise=Status.COMPLETED)
    return WORD_BETWEEN[level]


def differs(assessed: Status, computed: Status | None) -> bool:
    """Do the two stand at different levels? No where either has none."""
    if computed is None or assessed not in LEVEL or computed not in LEVEL:
        return False
    return LEVEL[assessed] != LEVEL[computed]


def _have_reached(judged: Counter[Status], level: int) -> int:
    return sum(count for status, count in judged.items() if LEVEL[status] >= level)


def _more_frequent(judged: Counter[Status], status: Status, *, otherwise: Status) -> Status:
    return status if judged[status] > judged[otherwise] else otherwise
