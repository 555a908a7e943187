"""Commitments: anything that is tracked, in the tree order of its document."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, FilteredRelation, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Upper
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.choices import MOVING, CheckOutcome, Kind, Momentum, Publication, Status, Target, Verifiability
from commitments.languages import Bilingual
from commitments.models import clocks
from commitments.models.base import Publishable, PublishedQuerySet, Seeded, not_blank, one_of, publication_constraints
from commitments.models.document import SourceDocument
from commitments.rules.momentum import cutoff

STEP = 6  # digits of one level in `path`; no separators, so that every collation sorts a parent before its children


def is_public(of: str = "") -> Q:
    """Of commitments, or of rows that belong to one (`of`): a join, where a list would name every public commitment."""
    to = f"{of}__" if of else ""
    return Q(**{f"{to}publication": Publication.PUBLISHED, f"{to}document__publication": Publication.PUBLISHED})


def has_code(*codes: str) -> Q:
    """Commitments with one of these, in capitals or not, by the index."""
    return Q(In(Upper("code"), [code.upper() for code in codes]))


class CommitmentQuerySet(PublishedQuerySet):
    def published(self):
        return self.filter(is_public())

    def with_document(self):
        """Their documents without the text, which no row of a list needs."""
        return self.select_related("document").defer("document__text")

    def in_tree_order(self):
        return self.order_by("document_id", "path")

    def below(self, commitment: "Commitment"):
        """All descendants, in tree order."""
        family = self.filter(document_id=commitment.document_id, path__startswith=commitment.path)
        return family.exclude(pk=commitment.pk)

    def with_assessment(self, as_of: date, known_on: date):
        """Annotate what is in force: in_force_id, status, judged_momentum, confidence, status_as_of.

        `status` is the commitment's own one; a proposal's computed status comes from catalogue/standing.py.
        """
        newest = Subquery(clocks.in_force(as_of, known_on).values("pk")[:1])
        return self.annotate(
            current=FilteredRelation("assessments", condition=Q(assessments__pk=newest)),
            in_force_id=F("current__pk"),
            status=Coalesce(F("current__status"), Value(Status.NOT_ASSESSED.value)),
            judged_momentum=Coalesce(F("current__momentum"), Value("")),
            confidence=Coalesce(F("current__confidence"), Value("")),
            status_as_of=F("current__as_of"),
        )

    def with_present(self):
        """The same annotations, and shown_status, for today, from what is kept ready (models/standing.py)."""
        names = (
            *("in_force_id", "status", "shown_status", "judged_momentum", "momentum", "confidence", "status_as_of"),
            *("newest_evidence_on", "last_checked_on", "last_check_outcome", "has_evidence"),
        )
        return self.filter(now__isnull=False).annotate(**{name: F(f"now__{name}") for name in names})

    def with_last_check(self, as_of: date, known_on: date):
        """Annotate last_checked_on and last_check_outcome."""
        check = clocks.latest_check(as_of, known_on)
        return self.annotate(
            last_checked_on=Subquery(check.values("checked_on")[:1]),
            last_check_outcome=Subquery(check.values("outcome")[:1]),
        )

    def with_momentum(self, as_of: date, known_on: date):
        """Annotate momentum as it is shown at as_of ('' for none): the twin of rules/momentum.py."""
        oldest = cutoff(as_of)
        looked = [CheckOutcome.NOTHING, CheckOutcome.NOTHING_NEW]
        return (
            self.with_assessment(as_of, known_on)
            .with_last_check(as_of, known_on)
            .annotate(
                newest_evidence_on=Subquery(clocks.newest_citation("in_force_id")),
                momentum=Case(
                    When(~Q(status__in=MOVING), then=Value("")),
                    When(due_on__lt=as_of, then=Value(Momentum.OVERDUE.value)),
                    When(
                        ~Q(judged_momentum="")
                        & (
                            Q(newest_evidence_on__gte=oldest)
                            | Q(newest_evidence_on__isnull=True, status_as_of__gte=oldest)
                        ),
                        then=F("judged_momentum"),
                    ),
                    When(
                        Q(last_checked_on__gte=oldest, last_check_outcome__in=looked)
                        & Q(last_checked_on__gte=Coalesce("newest_evidence_on", "status_as_of")),
                        then=Value(Momentum.QUIET.value),
                    ),
                    default=Value(Momentum.UNCHECKED.value),
                    output_field=models.CharField(),
                ),
            )
        )


class Commitment(Seeded, Publishable, Bilingual):
    """Natural key `document/code`. The code never changes and is never used again."""

    document = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("source document")
    )
    code = models.CharField(_("code"), max_length=32)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="children", null=True, blank=True, verbose_name=_("part of")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    target = models.CharField(_("target"), max_length=10, choices=Target.choices, blank=True)
    title_zh = models.CharField(_("title"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    criterion_zh = models.TextField(_("what would count"), blank=True)
    criterion_en = models.TextField(_("what would count (English)"), blank=True)
    verifiability = models.CharField(_("verifiability"), max_length=15, choices=Verifiability.choices, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="predecessors",
        null=True,
        blank=True,
        verbose_name=_("replaced by"),
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="responsible_for",
        null=True,
        blank=True,
        help_text=_("The analyst who keeps it up to date; seen on the desk only."),
        verbose_name=_("responsible analyst"),
    )
    next_check_on = models.DateField(
        _("next check"), null=True, blank=True, help_text=_("Empty: it is due, the longest unchecked first.")
    )
    position = models.PositiveIntegerField(_("position"), default=0, help_text=_("Order among its siblings."))
    path = models.CharField(max_length=120, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    # No columns: what the querysets above and the catalogue add to a row that they read.
    in_force_id: int | None
    status: str
    judged_momentum: str
    momentum: str
    confidence: str
    status_as_of: date | None
    newest_evidence_on: date | None
    last_checked_on: date | None
    changed_at: datetime | None
    order_date: date | None
    standing: Any
    head: "Commitment | None"
    parts: "list[Commitment]"
    primary_passages: list[Any]

    objects = CommitmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["document_id", "path"]
        indexes = [
            models.Index(Upper("code"), name="commitment_by_code"),
            models.Index(fields=["withdrawn_at"], condition=Q(withdrawn_at__isnull=False), name="commitment_withdrawn"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["document", "code"], name="commitment_code_once_per_document"),
            models.UniqueConstraint(fields=["document", "path"], name="commitment_place_once_per_document"),
            one_of("kind", Kind),
            one_of("target", Target, blank=True),
            one_of("verifiability", Verifiability, blank=True),
            not_blank("title_zh"),
            models.CheckConstraint(
                condition=Q(kind=Kind.PROPOSAL.value, target="", criterion_zh="", criterion_en="")
                | ~Q(kind=Kind.PROPOSAL.value) & ~Q(target=""),
                name="commitment_target_unless_proposal",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="commitment_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")), name="commitment_not_its_own_successor"
            ),
            *publication_constraints(),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.words('title')}"

    def save(self, *args, **kwargs) -> None:
        self.path = (self.parent.path if self.parent else "") + str(self.position).zfill(STEP)
        super().save(*args, **kwargs)

    @property
    def natural_id(self) -> str:
        return f"{self.document.slug}/{self.code}"

    @property
    def depth(self) -> int:
        return len(self.path) // STEP - 1
