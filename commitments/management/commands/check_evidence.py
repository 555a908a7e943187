"""`manage.py check_evidence`: visit the links that are due, without a worker."""

import json
import time
from argparse import ArgumentParser
from collections import Counter, deque
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.link_checks import check_allowed, check_link, due_links
from commitments.actions.roles import desk_review_user
from commitments.actions.turns import HostBusy
from commitments.choices import LinkVerdict
from commitments.models import Evidence, LinkCheck
from commitments.rules.refusal import Refused


class Command(BaseCommand):
    help = "Visit linked pages that are due, keep a copy of each at the first visit, and say how they stand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=20, help="Pages to visit at most (20).")
        parser.add_argument("--code", action="append", help="This evidence, due or not; may be repeated.")
        parser.add_argument("--json", action="store_true", help="Print JSON alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            check_allowed()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        checks = [_visited(row) for row in _in_turn(_chosen(options["code"], options["limit"]))]
        if options["json"]:
            self.stdout.write(json.dumps([_as_data(row) for row in checks], ensure_ascii=False, indent=1))
            return
        for row in checks:
            self.stdout.write(f"{row.evidence.code}  {row.evidence.link_health.get_verdict_display()}  {row.url}")
        for verdict, count in Counter(row.evidence.link_health.verdict for row in checks).most_common():
            self.stdout.write(f"{count:>6} {LinkVerdict(verdict).label}")


def _chosen(codes: list[str] | None, limit: int) -> list[Evidence]:
    if not codes:
        return list(due_links(timezone.now())[: max(limit, 0)])
    found = {row.code: row for row in Evidence.objects.filter(code__in=codes).exclude(url="")}
    if lost := [code for code in codes if code not in found]:
        raise CommandError(_("No evidence with an address: %(codes)s.") % {"codes": ", ".join(lost)})
    return [found[code] for code in dict.fromkeys(codes)]


def _in_turn(rows: list[Evidence]) -> Any:
    """A row whose host is busy goes to the end of the line."""
    line = deque((row, f"command/{row.code}/{timezone.now().isoformat()}") for row in rows)
    passed = 0
    while line:
        row, key = line.popleft()
        try:
            yield check_link(row, by=desk_review_user(), key=key)
            passed = 0
        except HostBusy as busy:
            line.append((row, key))
            passed += 1
            if passed >= len(line):
                time.sleep(max(0.1, min(5.0, (busy.free_at - timezone.now()).total_seconds())))
                passed = 0


def _visited(row: LinkCheck) -> LinkCheck:
    row.evidence.refresh_from_db()
    return row


def _as_data(row: LinkCheck) -> dict[str, Any]:
    health = row.evidence.link_health
    return {
        "code": row.evidence.code,
        "url": row.url,
        "verdict": health.verdict,
        "end": row.end,
        "status": row.status,
        "problem": row.problem or None,
        "final_url": row.final_url or None,
        "sha256": row.sha256 or None,
        "captured": row.snapshot_id is not None,
        "needs_person": health.needs_person,
        "next_check_at": health.next_check_at.isoformat(),
    }
