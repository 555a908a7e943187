"""What is stored of a commitment now, for the sheet that is downloaded and beside a row that is in conflict."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from commitments.choices import NOT_ASSESSABLE_LABELS, Status, Verifiability
from commitments.languages import codes, suffix
from commitments.models import Commitment, CommitmentQuerySet
from commitments.reports.update_columns import Column
from commitments.today import today


def by_id(ids: Iterable[str]) -> dict[str, Commitment]:
    """`document/code` -> row with the status in force; ids that do not exist are left out."""
    pairs = [each.split("/") for each in ids if each.count("/") == 1]
    rows = Commitment.objects.filter(
        document__slug__in={pair[0] for pair in pairs}, code__in={pair[1] for pair in pairs}
    )
    return {row.natural_id: row for row in _with_status(rows)}


def _with_status(rows: CommitmentQuerySet) -> CommitmentQuerySet:
    return rows.with_assessment(today(), today()).select_related("document")


def status_texts(row: Commitment) -> set[str]:
    """The status in force in every language."""
    status = Status(row.status)
    if status == Status.NOT_ASSESSED and row.verifiability == Verifiability.NOT_VERIFIABLE:
        return {NOT_ASSESSABLE_LABELS[suffix(code)] for code in codes()}
    return set(status.labels.values())


def stored(commitment: Commitment) -> list[tuple[str, str]]:
    """Label and text of what an analyst compares with what they typed."""
    row = _with_status(Commitment.objects.filter(pk=commitment.pk)).get()
    found = [(Column.VERSION.label, str(row.version)), (Column.CURRENT.label, Status(row.status).label)]
    if newest := row.assessments.select_related("author").order_by("-id").first():
        found += [
            (
                _("newest assessment"),
                f"{Status(newest.status).label} · {newest.as_of} · {newest.get_review_state_display()}",
            ),
            (_("author"), newest.author.get_username()),
            (_("rationale"), newest.words("rationale").text),
        ]
    if check := row.checks.select_related("by").order_by("-id").first():
        found.append((_("last check"), f"{check} · {check.by.get_username()}"))
    if note := row.notes.select_related("author").order_by("-id").first():
        found.append((_("last note"), f"{note.words('text').text} · {note.author.get_username()}"))
    return found
