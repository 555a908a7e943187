"""How every public commitment stands today, kept ready for lists: rows, postings and numbers, all derived.

Nothing here is typed or judged; actions/standings.py writes it from the same questions that the past is asked with.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.assessment import Assessment
from commitments.models.commitment import Commitment
from commitments.models.document import SourceDocument


def _beside(*first: str) -> list[str]:
    """Columns of an index that is walked in tree order."""
    return [*first, "document", "path"]


class CurrentStanding(models.Model):
    """One row per published commitment, under the names that the exact queries annotate.

    `turns_on`: the next day on which something here changes by itself. `parts`: statuses of the published parts in
    tree order, separated by spaces. `cited`: public pages that the judgement in force rests on.
    """

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, related_name="now", primary_key=True)
    document = models.ForeignKey(
        SourceDocument, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    path = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    target = models.CharField(max_length=10)
    verifiability = models.CharField(max_length=15)
    due_on = models.DateField(null=True)
    in_force = models.ForeignKey(
        Assessment, on_delete=models.DO_NOTHING, related_name="+", null=True, db_constraint=False, db_index=False
    )
    status = models.CharField(max_length=15)
    shown_status = models.CharField(max_length=15)
    judged_momentum = models.CharField(max_length=10)
    momentum = models.CharField(max_length=10)
    confidence = models.CharField(max_length=10)
    status_as_of = models.DateField(null=True)
    newest_evidence_on = models.DateField(null=True)
    last_checked_on = models.DateField(null=True)
    last_check_outcome = models.CharField(max_length=12, null=True)
    has_evidence = models.BooleanField()
    cited = models.PositiveIntegerField()
    parts = models.TextField()
    turns_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("present standing")
        verbose_name_plural = _("present standings")
        indexes = [
            models.Index(fields=_beside(), name="standing_place"),
            models.Index(fields=_beside("shown_status"), name="standing_status"),
            models.Index(fields=_beside("momentum"), name="standing_momentum"),
            models.Index(fields=_beside("kind"), name="standing_kind"),
            models.Index(fields=_beside("confidence"), name="standing_confidence"),
            models.Index(fields=_beside("verifiability"), name="standing_verifiability"),
            models.Index(fields=_beside("has_evidence"), name="standing_has_evidence"),
            models.Index(fields=_beside("-status_as_of"), name="standing_as_of"),
            models.Index(fields=_beside("last_checked_on"), name="standing_checked"),
            models.Index(fields=_beside("due_on"), name="standing_due"),
            models.Index(fields=["turns_on"], condition=Q(turns_on__isnull=False), name="standing_turns"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.shown_status}"


class Posting(models.Model):
    """A published commitment under a word that it is filed under (`theme:3`, `party:7`), in tree order."""

    word = models.CharField(max_length=30)
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="postings")
    document = models.ForeignKey(
        SourceDocument, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    path = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        indexes = [models.Index(fields=_beside("word"), name="posting_place")]
        constraints = [models.UniqueConstraint(fields=["commitment", "word"], name="posting_once")]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.word}"


class Tally(models.Model):
    """How many published commitments share these values: of one document, or of all (document 0, with the target).

    Changed by differences, in the transaction that changes the rows; actions/verify.py holds it against a recount.
    """

    document_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    target = models.CharField(max_length=10)
    shown_status = models.CharField(max_length=15)
    momentum = models.CharField(max_length=10)
    confidence = models.CharField(max_length=10)
    verifiability = models.CharField(max_length=15)
    number = models.IntegerField()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("document_id", "kind", "target", "shown_status", "momentum", "confidence", "verifiability"),
                ],
                name="tally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind} {self.shown_status}: {self.number}"
