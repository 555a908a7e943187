"""Assessments: dated judgements of a commitment, append-only once published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.choices import JUDGED_MOMENTA, MAY_HAVE_MOMENTUM, Confidence, Momentum, ReviewState, Rule, Status
from commitments.languages import Bilingual
from commitments.models.base import Seeded, not_blank, one_of
from commitments.models.commitment import Commitment
from commitments.models.evidence import Evidence
from commitments.models.party import Party

PUBLIC_STATES = (ReviewState.PUBLISHED.value, ReviewState.WITHDRAWN.value)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def published(self):
        """Published at some time; withdrawn ones stay readable, marked with the reason."""
        return self.filter(published_at__isnull=False)


class Assessment(Seeded, Bilingual):
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("commitment")
    )
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        related_name="assessments",
        null=True,
        blank=True,
        db_index=False,  # one of those that have one stands below: nearly all have none
        help_text=_("Only for a judgement about one party; empty for the commitment as a whole."),
        verbose_name=_("party"),
    )
    status = models.CharField(_("status"), max_length=15, choices=Status.choices)
    momentum = models.CharField(_("recent movement"), max_length=10, choices=Momentum.judged, blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence.choices)
    as_of = models.DateField(
        _("holds from"), help_text=_("The date from which the status holds, as the evidence shows it.")
    )
    assessed_on = models.DateField(_("judged on"))
    rationale_zh = models.TextField(_("rationale"))
    rationale_en = models.TextField(_("rationale (English)"), blank=True)
    evidence = models.ManyToManyField(Evidence, through="Citation", related_name="assessments")
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="corrected_by",
        null=True,
        blank=True,
        editable=False,
        db_index=False,  # the partial index below; a full one is mostly NULLs, and planners then scan instead
        verbose_name=_("corrects"),
    )
    is_editorial = models.BooleanField(
        _("wording only"),
        default=False,
        editable=False,
        help_text=_("Of a correction: the judgement stands as it was, only its words were mended."),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assessments",
        editable=False,
        verbose_name=_("author"),
    )
    review_state = models.CharField(
        _("review"), max_length=10, choices=ReviewState.choices, default=ReviewState.DRAFT.value, editable=False
    )
    rule_met = models.CharField(_("rule met"), max_length=20, choices=Rule.choices, blank=True, editable=False)
    codebook_version = models.PositiveSmallIntegerField(_("codebook version"), null=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawn_reason_zh = models.TextField(_("reason for withdrawal"), blank=True, editable=False)
    withdrawn_reason_en = models.TextField(_("reason for withdrawal (English)"), blank=True, editable=False)
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = AssessmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-as_of", "-published_at", "-id"]
        indexes = [
            models.Index(
                fields=["commitment", "-as_of", "-published_at", "-id"],
                condition=Q(published_at__isnull=False, party__isnull=True),
                name="assessment_in_force",
            ),
            models.Index(fields=["party"], condition=Q(party__isnull=False), name="assessment_of_party"),
            models.Index(fields=["corrects"], condition=Q(corrects__isnull=False), name="assessment_correctors"),
            models.Index(fields=["published_at"], name="assessment_published_at"),
            models.Index(fields=["published_at"], condition=Q(seed_key__isnull=False), name="assessment_seeded_at"),
            models.Index(fields=["withdrawn_at"], condition=Q(withdrawn_at__isnull=False), name="assessment_withdrawn"),
            models.Index(
                fields=["-as_of"],
                condition=Q(published_at__isnull=False, party__isnull=True),
                name="assessment_by_day",
            ),
        ]
        constraints = [
            one_of("status", Status),
            one_of("momentum", JUDGED_MOMENTA, blank=True),
            one_of("confidence", Confidence),
            one_of("review_state", ReviewState),
            one_of("rule_met", Rule, blank=True),
            not_blank("rationale_zh"),
            models.CheckConstraint(
                condition=Q(momentum="") | Q(status__in=[status.value for status in MAY_HAVE_MOMENTUM]),
                name="assessment_momentum_fits_status",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False, review_state__in=PUBLIC_STATES, codebook_version__isnull=False)
                & ~Q(rule_met="")
                | Q(published_at__isnull=True) & ~Q(review_state__in=PUBLIC_STATES),
                name="assessment_published_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(review_state=ReviewState.WITHDRAWN.value, withdrawn_at__isnull=False)
                & ~Q(withdrawn_reason_zh="")
                | ~Q(review_state=ReviewState.WITHDRAWN.value) & Q(withdrawn_at__isnull=True, withdrawn_reason_zh=""),
                name="assessment_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("published_at")),
                name="assessment_withdrawn_after_published",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=models.F("id")),
                name="assessment_not_its_own_correction",
            ),
            models.CheckConstraint(
                condition=Q(is_editorial=False) | Q(corrects__isnull=False),
                name="assessment_editorial_only_as_correction",
            ),
        ]

    def get_confidence(self) -> Confidence:
        return Confidence(self.confidence)

    def __str__(self) -> str:
        return f"{self.commitment.code}@{self.as_of.isoformat()} {Status(self.status).label}"


class Citation(models.Model):
    """An assessment rests on a piece of evidence. Fixed, like the assessment, once that is published."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="citations", verbose_name=_("assessment")
    )
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="citations", verbose_name=_("evidence")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("cited evidence")
        verbose_name_plural = _("cited evidence")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assessment", "evidence"], name="citation_once")]

    def __str__(self) -> str:
        return self.evidence.code
