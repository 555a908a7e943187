"""Scores on two foreign scales, derived from the status and never typed: OGP completion and the G7/G20 score."""

from collections.abc import Sequence
from datetime import date

from commitments.choices import OgpCompletion, Status
from commitments.rules.rollup import LEVEL

OGP_OF: dict[Status, OgpCompletion] = {
    Status.NO_EVIDENCE: OgpCompletion.NO_EVIDENCE,
    Status.NOT_STARTED: OgpCompletion.NOT_STARTED,
    Status.INITIATED: OgpCompletion.LIMITED,
    Status.UNDERWAY: OgpCompletion.LIMITED,
    Status.SUBSTANTIAL: OgpCompletion.SUBSTANTIAL,
    Status.COMPLETED: OgpCompletion.COMPLETE,
    Status.SUSTAINED: OgpCompletion.COMPLETE,
}
DONE = (Status.COMPLETED, Status.SUSTAINED)
PARTLY = (Status.INITIATED, Status.UNDERWAY, Status.SUBSTANTIAL)
UNDONE = (Status.NOT_STARTED, Status.NO_EVIDENCE, Status.DROPPED)


def ogp(status: Status, component_statuses: Sequence[Status] = ()) -> OgpCompletion | None:
    """Underway reads Substantial when at least half of all its parts are substantial or better."""
    if status == Status.UNDERWAY and component_statuses:
        reached = sum(LEVEL.get(s, -1) >= LEVEL[Status.SUBSTANTIAL] for s in component_statuses)
        if reached * 2 >= len(component_statuses):
            return OgpCompletion.SUBSTANTIAL
    return OGP_OF.get(status)


def g20(status: Status, *, follow_up_until: date | None, on: date) -> int | None:
    """Nothing counts against a commitment while its document is still followed up."""
    if status in DONE:
        return 1
    if status in PARTLY:
        return 0
    has_passed = follow_up_until is not None and on > follow_up_until
    return -1 if status in UNDONE and has_passed else None
