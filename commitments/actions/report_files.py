"""Reports as files behind private links: one for each question, format, language and state of the register.

A link cannot be guessed, holds for a day, and for as long as the register says what it said when the file was made.
"""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from commitments.actions.jobs import ask_for
from commitments.actions.roles import User
from commitments.catalogue.version import public_version
from commitments.choices import JobKind, JobState
from commitments.languages import active
from commitments.models import Job, ReportDefinition, ReportFile
from commitments.models.job import OPEN
from commitments.reports.formats import FORMATS
from commitments.reports.question import Question
from commitments.rules.refusal import Refused
from commitments.storage import files, stored

FOLDER = "reports"
HELD = timedelta(hours=24)
MOST_WAITING = 20  # of visitors; what the site's own people ask for is not counted
MOST_KEPT = 200  # of visitors; the oldest go first, and can be made again
TRY_AGAIN_AFTER = timedelta(minutes=10)  # what has failed is not tried again at once
# Rows in one file; of a document that is set page by page, a visitor's: at 5,000 it takes most of a minute and 0.9 GB.
MOST_ROWS, MOST_ROWS_SET = 5000, 1000
MOST_LISTED = 40
SET = ("pdf", "docx", "html")


class TooMany(Refused):
    """So many wait that one more would only wait longer."""

    seconds = 60


def most_rows(name: str, by: User | None = None) -> int:
    """For a visitor, unless somebody of the desk asks."""
    return MOST_ROWS_SET if name in SET and by is None else MOST_ROWS


@transaction.atomic
def ask_for_file(
    question: Question,
    name: str,
    *,
    by: User | None = None,
    site_url: str = "",
    foreword: str = "",
    definition: ReportDefinition | None = None,
) -> ReportFile:
    """In the active language. Who asks the same again gets the same file; `name` is that of a format."""
    _check(question, name, most_rows(name, by))
    version = public_version()
    asked = (question.lasting, name, active(), site_url, foreword, version, definition and definition.pk)
    token = salted_hmac("report file", repr(asked), algorithm="sha256").hexdigest()[:48]
    known = ReportFile.objects.filter(token=token).first()
    if known and not _is_over(known):
        return known
    if known:
        known.delete()
    if by is None:
        _check_room()
    row, is_new = ReportFile.objects.get_or_create(
        token=token,
        defaults={
            "query": question.lasting,
            "format": name,
            "language": active(),
            "site_url": site_url,
            "foreword": foreword,
            "definition": definition,
            "version": version,
            "expires_at": timezone.now() + HELD,
        },
    )
    if is_new:
        ask_for(JobKind.REPORT, token, by=by, key=row.job_key)
    return row


def _check(question: Question, name: str, most: int) -> None:
    if name not in FORMATS:
        sentence = _("“%(format)s” is no format of a report; there are: %(formats)s.")
        raise Refused(sentence % {"format": name, "formats": ", ".join(FORMATS)}, "format")
    if not question.is_valid:
        raise Refused(" ".join(sentence for sentences in question.errors.values() for sentence in sentences))
    if question.is_larger_than(most):
        sentence = _("This selection has more than %(n)d commitments, too many for %(format)s. Narrow it down.")
        raise Refused(sentence % {"n": most, "format": name.upper()})


def _check_room() -> None:
    waiting = Job.objects.filter(kind=JobKind.REPORT, state__in=OPEN, requested_by=None).count()
    if waiting >= MOST_WAITING:
        raise TooMany(_("Many reports are waiting to be made. Please try again in a few minutes."))


def _is_over(row: ReportFile) -> bool:
    """Nothing will come of it any more: expired, lost, or failed some time ago."""
    if row.expires_at <= timezone.now():
        return True
    if row.name:
        return not files().exists(row.name)
    job = job_of(row)
    return job is None or (job.finished_at is not None and job.finished_at < timezone.now() - TRY_AGAIN_AFTER)


def job_of(row: ReportFile) -> Job | None:
    return Job.objects.filter(key=row.job_key).first()


def question_of(row: ReportFile) -> Question:
    return Question(QueryDict(row.query))


def is_current(row: ReportFile) -> bool:
    """Nothing was published, corrected or withdrawn since; a file that is not current is given to nobody."""
    return row.version == public_version()


def content_of(row: ReportFile) -> bytes | None:
    """None when the file is gone or is not what was written."""
    try:
        with files().open(row.name) as file:
            content = file.read()
    except OSError:
        return None
    is_whole = hashlib.sha256(content).hexdigest() in row.name
    return content if is_whole else None


def remove_expired() -> int:
    """Rows past their day or too many, and the files that no row speaks of then."""
    over = ReportFile.objects.filter(expires_at__lte=timezone.now())
    many = ReportFile.objects.filter(definition=None).exclude(name="").order_by("-id")[MOST_KEPT:]
    gone = [*over.values_list("pk", "name"), *many.values_list("pk", "name")]
    if not gone:
        return 0
    ReportFile.objects.filter(pk__in=[pk for pk, _name in gone]).delete()
    names = {name for _pk, name in gone if name}
    for name in names - set(ReportFile.objects.filter(name__in=names).values_list("name", flat=True)):
        files().delete(name)
    return len(gone)


def remove_strays() -> int:
    """Files that no row speaks of: their worker was killed before it wrote the row, or their definition is gone."""
    named = set(ReportFile.objects.exclude(name="").values_list("name", flat=True))
    strays = [name for name in stored(FOLDER) if name not in named and _is_old(name)]
    for name in strays:
        files().delete(name)
    return len(strays)


def _is_old(name: str) -> bool:
    """A file stands before its row does."""
    try:
        return files().get_modified_time(name) < timezone.now() - HELD
    except FileNotFoundError:  # removed meanwhile
        return False


def has_failed(job: Job | None) -> bool:
    return job is None or job.state in (JobState.FAILED, JobState.NEEDS_PERSON)


def files_of(definition: ReportDefinition) -> list[tuple[ReportFile, str]]:
    """Those whose links hold, the newest first, each with what has become of it in words."""
    rows = list(definition.files.filter(expires_at__gt=timezone.now()).order_by("-id")[:MOST_LISTED])
    jobs = {job.key: job for job in Job.objects.filter(key__in=[row.job_key for row in rows])}
    return [(row, _state(row, jobs.get(row.job_key))) for row in rows]


def _state(row: ReportFile, job: Job | None) -> str:
    if row.name:
        return _("ready")
    return str(JobState(job.state).label) if job else _("gone")
