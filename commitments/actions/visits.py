"""One visit to a linked page, over the network and without the database's transactions: what came of it."""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from commitments.actions.turns import further_turns
from commitments.choices import FetchProblem, ProbeEnd
from commitments.models import Host, Snapshot
from commitments.sources.capture import NOTHING, Reading, read_apart
from commitments.sources.fetch import Before, FetchFailed, FetchRefused, FetchResult, fetch
from commitments.sources.online import is_offline
from commitments.text.address import BadAddress, canonical_address, read_address
from commitments.text.robots import may_read

PROGRAM = "PolicyCommitmentTracker"
ROBOTS_KEPT = timedelta(days=1)
ROBOTS_MOST = 64 * 1024
FOR_GOOD = (301, 308)
PERHAPS_OURS = (
    *(FetchProblem.NO_NAME, FetchProblem.NAME_SERVICE, FetchProblem.CONNECT, FetchProblem.TIMEOUT),
    FetchProblem.TLS,
)


@dataclass
class Visit:
    end: ProbeEnd
    status: int | None = None
    problem: str = ""
    result: FetchResult | None = None
    reading: Reading = field(default=NOTHING)
    sha256: str = ""
    text_sha256: str = ""

    @property
    def is_page(self) -> bool:
        return self.result is not None and 200 <= self.result.status < 300


def visit(url: str, host: Host | None, known: Snapshot | None) -> Visit:
    """`host` is None where the address itself is refused. `known`: the copy that we have, so as not to read it anew.

    Raises HostBusy where a redirect leads to a host at which another visit is under way.
    """
    with further_turns(host.name if host else "") as take_turn:
        if host is not None and not _robots_allow(url, host, take_turn):
            return Visit(ProbeEnd.ROBOTS)
        found = _page(url, take_turn)
    if found.is_page:
        _read(found, known)
    return found


def _page(url: str, before: Before) -> Visit:
    try:
        result = fetch(url, before=before)
    except FetchRefused as refused:
        return Visit(ProbeEnd.NOT_ASKED, problem=refused.kind.value)
    except FetchFailed as failed:
        is_ours = failed.status is None and failed.kind in PERHAPS_OURS and is_offline()
        end = ProbeEnd.OFFLINE if is_ours else ProbeEnd.FAILED
        return Visit(end, status=failed.status, problem=failed.kind.value)
    return Visit(ProbeEnd.ANSWERED, status=result.status, result=result)


def _read(found: Visit, known: Snapshot | None) -> None:
    result = found.result
    assert result is not None
    found.sha256 = hashlib.sha256(result.body).hexdigest()
    if known and known.sha256 == found.sha256:
        found.text_sha256 = known.text_sha256
        return
    found.reading = read_apart(result.body, media_type(result))
    if found.reading.text:
        found.text_sha256 = hashlib.sha256(found.reading.text.encode()).hexdigest()


def media_type(result: FetchResult) -> str:
    return "application/pdf" if result.body.startswith(b"%PDF-") else result.media_type


def has_moved(url: str, result: FetchResult) -> bool:
    """For good, and to more than the same address under https."""
    if not result.redirects or any(hop.status not in FOR_GOOD for hop in result.redirects):
        return False
    was, is_now = canonical_address(url), canonical_address(result.final_url)
    return was.removeprefix("http://").removeprefix("https://") != is_now.removeprefix("https://").removeprefix(
        "http://"
    )


def host_of(url: str) -> str | None:
    try:
        return read_address(url).host
    except BadAddress:
        return None


def _robots_allow(url: str, host: Host, before: Before) -> bool:
    address = read_address(url)
    if host.robots_read_at is None or timezone.now() - host.robots_read_at > ROBOTS_KEPT:
        host.robots = _robots(f"{address.scheme}://{address.place}/robots.txt", before)
        host.robots_read_at = timezone.now()
        host.save(update_fields=["robots", "robots_read_at"])
    return may_read(host.robots, PROGRAM, address.target)


def _robots(url: str, before: Before) -> str:
    """Empty where there is none to read: then nothing is forbidden."""
    try:
        result = fetch(url, before=before)
    except (FetchRefused, FetchFailed):
        return ""
    if result.status != 200 or b"<html" in result.body[:1_000].lower():
        return ""
    return result.body[:ROBOTS_MOST].decode("utf-8", "replace").replace("\x00", "")
