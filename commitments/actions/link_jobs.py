"""Visits to links as jobs: a daily round asks for each one that is due, and a visit waits for its turn at the host."""

import random

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.actions.job_runs import NotNow, NoUse, Outcome, Run
from commitments.actions.jobs import ask_for
from commitments.actions.link_checks import check_link, due_links
from commitments.actions.roles import User, desk_review_user
from commitments.actions.turns import PAUSE, HostBusy
from commitments.choices import JobKind, LinkVerdict
from commitments.models import Evidence, Job
from commitments.rules.refusal import Refused

MOST_IN_A_ROUND = 2000
LONGEST_PATIENCE = 60.0


def ask_for_visit(evidence: Evidence, *, by: User) -> Job:
    """A person wants to know now."""
    return ask_for(JobKind.CHECK_LINK, evidence.code, by=by)


def ask_for_due_visits(run: Run) -> Outcome:
    """While outgoing checks are switched off, nothing is asked for."""
    if not settings.TRACKER_FETCH:
        return Outcome(message=_("Outgoing checks are switched off; set TRACKER_FETCH=on to allow them."))
    rows = list(due_links(timezone.now()).select_related("link_health")[:MOST_IN_A_ROUND])
    run.expect(len(rows))
    for row in rows:
        ask_for(JobKind.CHECK_LINK, row.code, key=_key(row))
        run.step()
    words = ngettext("%(count)d link is due.", "%(count)d links are due.", len(rows))
    return Outcome({"due": len(rows)}, words % {"count": len(rows)})


def _key(row: Evidence) -> str:
    """One visit for each time that it falls due, however often it is asked for."""
    health = getattr(row, "link_health", None)
    return f"{JobKind.CHECK_LINK}/{row.code}/{health.next_check_at.isoformat() if health else 'first'}"


def _patience(job: Job) -> float:
    """Seconds: a visit is short, and the more links of one host wait, the less often each of them shall ask."""
    waited = (timezone.now() - job.created_at).total_seconds()
    return min(max(PAUSE.total_seconds(), waited / 4), LONGEST_PATIENCE) * random.uniform(0.75, 1.25)


def visit_link(run: Run) -> Outcome:
    evidence = Evidence.objects.filter(code=run.job.subject).first()
    if evidence is None:
        raise NoUse(_("There is no evidence %(code)s.") % {"code": run.job.subject})
    try:
        check_link(evidence, by=run.job.requested_by or desk_review_user(), key=f"job/{run.job.pk}")
    except HostBusy as busy:
        raise NotNow(_patience(run.job), str(busy)) from busy
    except Refused as refused:
        raise NoUse(str(refused)) from refused
    evidence.link_health.refresh_from_db()
    verdict = LinkVerdict(evidence.link_health.verdict)
    return Outcome({"verdict": verdict.value}, verdict.label)
