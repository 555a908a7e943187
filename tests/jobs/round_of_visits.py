"""The rows of a round of visits: links of every kind with what was known of them before, and what is known after."""

import hashlib
from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from commitments.actions.jobs import ask_for
from commitments.actions.roles import desk_review_user
from commitments.choices import EvidenceKind, JobKind, LinkVerdict, ProbeEnd, Publication
from commitments.models import Evidence, Job, LinkCheck, LinkHealth, Publisher, Snapshot
from commitments.text.address import canonical_address
from tests.sources.lab import sites

AT_ONCE = 500
KNOWN_TEXT = hashlib.sha256(b"the text that is known").hexdigest()
OTHER_TEXT = hashlib.sha256(b"another text").hexdigest()


def plant(count: int) -> dict[str, str]:
    """Returns the kind of each link by the code of its evidence; their visits are asked for."""
    publisher = Publisher.objects.create(slug="lab", name="Lab", origin="lab", voice="unclear")
    found = sites.links(count)
    rows = [_evidence(n, url, publisher) for n, (_kind, url) in enumerate(found)]
    Evidence.objects.bulk_create(rows, batch_size=AT_ONCE)
    expected = {row.code: kind for row, (kind, _url) in zip(rows, found, strict=True)}
    now = timezone.now()
    known = [(row, sites.KINDS[expected[row.code]].before) for row in rows]
    LinkHealth.objects.bulk_create(_health(row, before, now) for row, before in known)
    Snapshot.objects.bulk_create(_copy(row, before, now) for row, before in known if before in ("same", "other"))
    author = desk_review_user()
    gone = [row for row, before in known if before == "gone"]
    LinkCheck.objects.bulk_create(_failed(row, hours, now, author) for row in gone for hours in (80, 40))
    for start in range(0, count, AT_ONCE):
        with transaction.atomic():
            for row in rows[start : start + AT_ONCE]:
                ask_for(JobKind.CHECK_LINK, row.code, key=f"visit/{row.code}")
    return expected


def _evidence(n: int, url: str, publisher: Publisher) -> Evidence:
    return Evidence(
        code=f"L{n:05d}",
        title=f"Page {n}",
        url=url,
        url_key=canonical_address(url),
        publisher=publisher,
        kind=EvidenceKind.MEDIA,
        summary_zh="摘要。",
        publication=Publication.DRAFT,
    )


def _health(row: Evidence, before: str, now: Any) -> LinkHealth:
    text = {"same": KNOWN_TEXT, "other": OTHER_TEXT}.get(before, "")
    return LinkHealth(evidence=row, next_check_at=now, accepted_text_sha256=text)


def _copy(row: Evidence, before: str, now: Any) -> Snapshot:
    is_same = before == "same"
    return Snapshot(
        evidence=row,
        key=f"before/{row.code}",
        captured_at=now - timedelta(days=40),
        final_url=row.url,
        status=200,
        media_type="text/html",
        sha256=hashlib.sha256(sites.BODY if is_same else b"another page").hexdigest(),
        size=len(sites.BODY),
        file=f"captures/{row.code}",
        text_sha256=KNOWN_TEXT if is_same else OTHER_TEXT,
    )


def _failed(row: Evidence, hours: int, now: Any, author: Any) -> LinkCheck:
    at = now - timedelta(hours=hours)
    failed = {"end": ProbeEnd.ANSWERED, "status": 404}
    return LinkCheck(evidence=row, key=f"before/{row.code}/{hours}", checked_at=at, url=row.url, by=author, **failed)


def counts() -> Counter[str]:
    return Counter(Job.objects.filter(kind=JobKind.CHECK_LINK).values_list("state", flat=True))


def compared(expected: dict[str, str]) -> dict[str, Any]:
    """`wrong`: kind -> verdicts that its links should not have; `visits`: rows that this round has left."""
    verdicts = dict(LinkHealth.objects.values_list("evidence__code", "verdict"))
    wrong: dict[str, Counter[str]] = {}
    for code, kind in expected.items():
        if verdicts[code] != sites.KINDS[kind].verdict:
            wrong.setdefault(kind, Counter())[verdicts[code]] += 1
    told = Counter(LinkVerdict(verdict).value for verdict in verdicts.values())
    return {
        "right": len(expected) - sum(sum(found.values()) for found in wrong.values()),
        "wrong": {kind: dict(found) for kind, found in wrong.items()},
        "verdicts": dict(told.most_common()),
        "visits": LinkCheck.objects.exclude(key__startswith="before/").count(),
    }
