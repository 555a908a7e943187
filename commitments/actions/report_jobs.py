"""The making of a report file as a job: read, write, keep."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from commitments.actions.job_runs import NotNow, NoUse, Outcome, Run
from commitments.actions.report_files import FOLDER, question_of, remove_strays
from commitments.catalogue.version import public_version
from commitments.models import ReportFile
from commitments.reports.formats import FORMATS
from commitments.storage import keep

STEPS = 3
SOON = 5.0  # seconds


def make_report(run: Run) -> Outcome:
    row = ReportFile.objects.filter(token=run.job.subject).first()
    if row is None:
        raise NoUse(_("Nobody waits for this report any more."))
    remove_strays()
    run.expect(STEPS)
    with override(row.language):
        version = public_version()
        content = _content(row, run)
        name = keep(content, FOLDER, f".{row.format}")
        run.step()
    if public_version() != version:  # then parts of it may be of different states
        raise NotNow(SOON, _("The register changed while it was read; it is read again."))

    def write() -> None:
        ReportFile.objects.filter(pk=row.pk).update(name=name, version=version)

    return Outcome({"bytes": len(content)}, keep=write)


def _content(row: ReportFile, run: Run) -> bytes:
    question = question_of(row)
    if not question.is_valid:
        raise NoUse(" ".join(sentence for sentences in question.errors.values() for sentence in sentences))
    report = question.report(row.site_url, row.foreword)
    run.step()
    content = b"".join(FORMATS[row.format].pieces(report))
    run.step()
    return content
