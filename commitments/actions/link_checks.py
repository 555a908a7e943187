"""Look at linked pages, record what was found, and let a person accept what changed.

The network comes first and the rows after it, in one short transaction: call these outside any transaction.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.evidence import save_evidence
from commitments.actions.roles import User
from commitments.actions.rows import check_role
from commitments.actions.turns import turn_at
from commitments.actions.visits import Visit, has_moved, host_of, media_type, visit
from commitments.choices import FetchProblem, LinkVerdict, ProbeEnd, Publication
from commitments.models import Evidence, FormerAddress, LinkCheck, LinkHealth, Snapshot
from commitments.rules.link_health import Probe, health, next_check
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.sources.capture import warc
from commitments.storage import keep
from commitments.text.address import canonical_address

REMEMBERED = 50  # visits that a verdict looks back on
CAPTURES = "captures"


def check_link(evidence: Evidence, *, by: User, key: str) -> LinkCheck:
    """One visit; the first one that finds the page also keeps a copy. The same key again is the same visit.

    Raises HostBusy, with the time to ask again, while another visit to the host, or to one that it is led on to, is
    under way.
    """
    return look(evidence, by=by, key=key, wants_copy=False)


def due_links(now: datetime) -> QuerySet[Evidence]:
    """Those never visited first."""
    rows = Evidence.objects.exclude(url="").exclude(publication=Publication.WITHDRAWN)
    rows = rows.filter(Q(link_health__isnull=True) | Q(link_health__next_check_at__lte=now))
    return rows.order_by(F("link_health__next_check_at").asc(nulls_first=True), "id")


def check_allowed() -> None:
    if not settings.TRACKER_FETCH:
        raise Refused(_("Outgoing checks are switched off; set TRACKER_FETCH=on to allow them."))


@transaction.atomic
def accept_address(evidence: Evidence, *, by: User, expected_version: int | None = None) -> None:
    """The page has moved: its new address becomes the address, the old one stays on record."""
    check_role(by, Role.ANALYST)
    standing = LinkHealth.objects.filter(evidence=evidence, verdict=LinkVerdict.MOVED).exclude(new_address="").first()
    if standing is None:
        raise Refused(_("No new address is known for %(code)s.") % {"code": evidence.code}, "url")
    FormerAddress.objects.create(evidence=evidence, url=evidence.url, replaced_at=timezone.now(), by=by)
    why = f"moved: {evidence.url} → {standing.new_address}"
    evidence.url = standing.new_address
    save_evidence(evidence, by=by, expected_version=expected_version, why=why)
    refresh(evidence, due_now=True)


@transaction.atomic
def accept_content(evidence: Evidence, *, by: User) -> None:
    """A person has read what changed: from now on the text of the last visit is the one to compare with."""
    check_role(by, Role.ANALYST)
    latest = evidence.link_checks.filter(url=evidence.url).exclude(text_sha256="").first()
    if latest is None:
        raise Refused(_("No text of %(code)s is known.") % {"code": evidence.code})
    LinkHealth.objects.filter(evidence=evidence).update(accepted_text_sha256=latest.text_sha256)
    refresh(evidence)


def refresh(evidence: Evidence, *, due_now: bool = False) -> LinkHealth:
    """The verdict anew from the visits to the present address."""
    standing, _made = LinkHealth.objects.get_or_create(evidence=evidence, defaults={"next_check_at": timezone.now()})
    visits = list(evidence.link_checks.filter(url=evidence.url)[:REMEMBERED])
    if not standing.accepted_text_sha256:
        standing.accepted_text_sha256 = next((row.text_sha256 for row in reversed(visits) if row.text_sha256), "")
    found = health([_probe(row) for row in visits], standing.accepted_text_sha256)
    standing.verdict, standing.since, standing.needs_person = found.verdict, found.since, found.needs_person
    standing.checked_at = visits[0].checked_at if visits else None
    moved_to = visits[0].final_url if found.verdict == LinkVerdict.MOVED else ""
    standing.new_address = canonical_address(moved_to) if 0 < len(moved_to) <= 1000 else ""
    if visits and not due_now:
        was_offline = visits[0].end == ProbeEnd.OFFLINE
        last = visits[0].checked_at
        standing.next_check_at = next_check(found.verdict, last, evidence.code, was_offline=was_offline)
    else:
        standing.next_check_at = timezone.now()
    standing.save()
    return standing


def look(evidence: Evidence, *, by: User, key: str, wants_copy: bool) -> LinkCheck:
    if known := LinkCheck.objects.filter(key=key).first():
        return known
    check_allowed()
    if not evidence.url:
        raise Refused(_("%(code)s has no address to visit.") % {"code": evidence.code}, "url")
    copy = evidence.snapshots.first()
    host = host_of(evidence.url)
    if host is None:
        found = visit(evidence.url, None, copy)
    else:
        with turn_at(host) as row:
            found = visit(evidence.url, row, copy)
    if copy is None or copy.sha256 != found.sha256:  # else these very bytes are kept already
        copy = _copy(evidence, found, key) if found.is_page and (wants_copy or copy is None) else None
    return _record(evidence, found, copy, by, key)


def _copy(evidence: Evidence, found: Visit, key: str) -> Snapshot:
    """The file is whole before any row speaks of it; the row is saved with the visit."""
    result = found.result
    assert result is not None
    return Snapshot(
        evidence=evidence,
        key=key,
        captured_at=result.fetched_at,
        final_url=result.final_url,
        status=result.status,
        media_type=media_type(result),
        sha256=found.sha256,
        size=len(result.body),
        file=keep(warc(result), CAPTURES, ".warc.gz"),
        title=found.reading.title,
        text=found.reading.text,
        text_sha256=found.text_sha256,
    )


@transaction.atomic
def _record(evidence: Evidence, found: Visit, copy: Snapshot | None, by: User, key: str) -> LinkCheck:
    """Whoever lost the race for the key finds the other's row."""
    LinkHealth.objects.get_or_create(evidence=evidence, defaults={"next_check_at": timezone.now()})
    LinkHealth.objects.select_for_update().get(evidence=evidence)  # one writer per link at a time
    if known := LinkCheck.objects.filter(key=key).first():
        return known
    if copy is not None and copy.pk is None:
        copy.save()
    result = found.result
    row = LinkCheck.objects.create(
        evidence=evidence,
        key=key,
        checked_at=timezone.now(),
        url=evidence.url,
        end=found.end,
        status=found.status,
        problem=found.problem,
        final_url=result.final_url if result else "",
        is_moved=found.is_page and result is not None and has_moved(evidence.url, result),
        sha256=found.sha256,
        text_sha256=found.text_sha256,
        snapshot=copy,
        by=by,
    )
    refresh(evidence)
    return row


def _probe(row: LinkCheck) -> Probe:
    problem = FetchProblem(row.problem) if row.problem else None
    return Probe(row.checked_at, ProbeEnd(row.end), row.status, problem, row.is_moved, row.text_sha256)
