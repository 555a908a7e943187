"""The visits to a link -> what we say of it, whether a person must look, and when it is visited next. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from commitments.choices import FetchProblem, LinkVerdict, ProbeEnd

DEAD_AFTER = 3
DEAD_SPAN = timedelta(hours=72)
GONE_STATUS = (404, 410)
BUSY_STATUS = (408, 425, 429)
# 412 and 521 are what firewalls of many Chinese sites answer to programs.
WALL_STATUS = (412, 521)
GONE_PROBLEM = (FetchProblem.NO_NAME,)
READABLE_PROBLEM = (FetchProblem.TOO_LARGE, FetchProblem.ENCODING)

USUAL = timedelta(days=30)
SPREAD = timedelta(days=6)
SOON = timedelta(hours=36)  # three failures then span the 72 hours
OFFLINE_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Probe:
    at: datetime
    end: ProbeEnd
    status: int | None = None
    problem: FetchProblem | None = None
    is_moved: bool = False
    text_sha256: str = ""

    @property
    def is_gone(self) -> bool:
        """The server, or the name service, says that there is no such page."""
        return self.status in GONE_STATUS or self.end == ProbeEnd.FAILED and self.problem in GONE_PROBLEM


@dataclass(frozen=True)
class Health:
    verdict: LinkVerdict
    since: datetime | None
    needs_person: bool


def health(probes: Sequence[Probe], accepted_text_sha256: str = "") -> Health:
    """`probes`: the newest first. What we missed because we were offline counts for nothing."""
    counted = [probe for probe in probes if probe.end != ProbeEnd.OFFLINE]
    if not counted:
        return Health(LinkVerdict.UNCHECKED, None, needs_person=False)
    verdict = _verdict(counted, accepted_text_sha256)
    same = list(takewhile(lambda i: _verdict(counted[i:], accepted_text_sha256) == verdict, range(len(counted))))
    return Health(verdict, counted[same[-1]].at, _needs_person(verdict, counted))


def _verdict(probes: Sequence[Probe], accepted: str) -> LinkVerdict:
    latest = probes[0]
    if latest.end == ProbeEnd.NOT_ASKED:
        return LinkVerdict.NOT_ASKED
    if latest.end == ProbeEnd.ROBOTS:
        return LinkVerdict.BLOCKS_ROBOTS
    if latest.is_gone:
        return LinkVerdict.DEAD if _is_lasting(probes) else LinkVerdict.TEMPORARY
    if latest.end == ProbeEnd.FAILED and not (latest.problem in READABLE_PROBLEM and _is_fine(latest.status)):
        return LinkVerdict.TEMPORARY
    if not _is_fine(latest.status):
        return LinkVerdict.REFUSED if _is_refusal(latest.status) else LinkVerdict.TEMPORARY
    if latest.is_moved:
        return LinkVerdict.MOVED
    if accepted and latest.text_sha256 and latest.text_sha256 != accepted:
        return LinkVerdict.CHANGED
    return LinkVerdict.OK


def _is_lasting(probes: Sequence[Probe]) -> bool:
    """One failure never marks a link dead."""
    failures = list(takewhile(lambda probe: probe.is_gone, probes))
    return len(failures) >= DEAD_AFTER and failures[0].at - failures[-1].at >= DEAD_SPAN


def _is_fine(status: int | None) -> bool:
    return status is not None and 200 <= status < 300


def _is_refusal(status: int | None) -> bool:
    return status in WALL_STATUS or status is not None and 400 <= status < 500 and status not in BUSY_STATUS


def _needs_person(verdict: LinkVerdict, probes: Sequence[Probe]) -> bool:
    if verdict == LinkVerdict.TEMPORARY:
        failures = list(takewhile(lambda probe: not _is_fine(probe.status), probes))
        return len(failures) >= DEAD_AFTER and failures[0].at - failures[-1].at >= 3 * DEAD_SPAN
    return verdict not in (LinkVerdict.OK, LinkVerdict.UNCHECKED)


def next_check(verdict: LinkVerdict, last: datetime, name: str, *, was_offline: bool = False) -> datetime:
    """Spread over days by the name of the link, so that a batch entered together is not visited together."""
    if was_offline:
        return last + OFFLINE_WAIT
    if verdict == LinkVerdict.TEMPORARY:
        return last + SOON
    share = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) / 2**32
    return last + USUAL + SPREAD * share
