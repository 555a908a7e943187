"""Which function does the work of which kind of job. A new kind: a word in JobKind, a function, a line here."""

from collections.abc import Callable

from commitments.actions.derived import catch_up
from commitments.actions.job_runs import Outcome, Run
from commitments.actions.link_jobs import ask_for_due_visits, visit_link
from commitments.actions.related import relate
from commitments.actions.report_jobs import make_report
from commitments.actions.verify import verify
from commitments.choices import JobKind

Work = Callable[[Run], Outcome]

WORK: dict[str, Work] = {
    JobKind.VERIFY: verify,
    JobKind.CHECK_LINKS: ask_for_due_visits,
    JobKind.CHECK_LINK: visit_link,
    JobKind.REPORT: make_report,
    JobKind.CATCH_UP: catch_up,
    JobKind.RELATE: relate,
}
