"""Keywords, related commitments and the register's own terms: a job, asked for again when the register has changed."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.job_runs import Outcome, Run
from commitments.actions.jobs import ask_for
from commitments.catalogue.version import content_version
from commitments.choices import JobKind, JobState
from commitments.models import Commitment, Job, Related, SearchTerm
from commitments.models.job import OPEN
from commitments.search.likeness import Likeness, likeness
from commitments.search.texts import texts_of
from commitments.text.folding import key

MOST = 5_000  # commitments, the newest: the job stays below two minutes
MOST_TERMS = 2_000
REST = timedelta(minutes=10)
READ_AT_ONCE = 500
READ = ("title", "quote")  # what was promised; what is said about it brings the words of the desk


def relate(run: Run) -> Outcome:
    """The job: reads and compares, then replaces the rows that say something else now."""
    version = content_version()
    ids = list(Commitment.objects.published().order_by("-pk").values_list("pk", flat=True)[:MOST])
    run.expect(len(ids))
    texts = {}
    for start in range(0, len(ids), READ_AT_ONCE):
        for pk, one in texts_of(ids[start : start + READ_AT_ONCE]).items():
            texts[pk] = "\n".join(text for name in READ for text in one.of[name])
    found = likeness(dict(sorted(texts.items())), run.step)
    message = _("%(count)d commitments compared.") % {"count": len(texts)}
    return Outcome({"commitments": len(texts), "version": version}, message, keep=lambda: _keep(found))


def _keep(found: Likeness) -> None:
    """New rows have new numbers, so that pages that show them are made anew; those that stay keep theirs."""
    before = {row.commitment_id: row for row in Related.objects.all()}
    there = set(Commitment.objects.filter(pk__in=list(found.keywords)).values_list("pk", flat=True))
    wanted = {pk: (words, found.others[pk]) for pk, words in found.keywords.items() if pk in there}
    same = {pk for pk, row in before.items() if wanted.get(pk) == (row.keywords, row.others)}
    Related.objects.exclude(commitment__in=same).delete()
    Related.objects.bulk_create(
        Related(commitment_id=pk, keywords=words, others=others)
        for pk, (words, others) in wanted.items()
        if pk not in same
    )
    SearchTerm.objects.all().delete()
    terms = {key(term): (term, number) for term, number in list(found.terms.items())[:MOST_TERMS]}
    SearchTerm.objects.bulk_create(
        SearchTerm(key=folded, text=term, commitments=number) for folded, (term, number) in terms.items()
    )


def ask_where_changed() -> None:
    """At most one waits, and none within REST of the one before. New rows ask once more, which then changes nothing."""
    jobs = Job.objects.filter(kind=JobKind.RELATE)
    if jobs.filter(state__in=OPEN).exists() or jobs.filter(finished_at__gt=timezone.now() - REST).exists():
        return
    last = jobs.filter(state=JobState.DONE).order_by("-finished_at").first()
    if last is None or (last.result or {}).get("version") != content_version():
        ask_for(JobKind.RELATE)
