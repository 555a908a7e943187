"""Evidence: pages and files, and how each bears on commitments."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.choices import Bearing, Confidence, EvidenceKind
from commitments.languages import Bilingual
from commitments.models.base import Publishable, PublishedQuerySet, Seeded, one_of, publication_constraints
from commitments.models.commitment import Commitment
from commitments.models.publisher import Publisher
from commitments.text.address import key_of


class Evidence(Seeded, Publishable, Bilingual):
    """One page or file with a permanent code; `summary` is ours, title and address are the publisher's."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True, editable=False)
    file_name = models.CharField(_("name of the file"), max_length=120, blank=True, editable=False)
    file_type = models.CharField(_("media type"), max_length=100, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind.choices)
    publisher = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("publisher")
    )
    publisher_as_given = models.CharField(_("publisher as given"), max_length=200, blank=True)
    published_on = models.DateField(_("dated"), null=True, blank=True)
    summary_zh = models.TextField(_("summary"))
    summary_en = models.TextField(_("summary (English)"), blank=True)
    countries = models.JSONField(_("countries concerned"), default=list, blank=True)
    supports = models.CharField(_("as a whole"), max_length=15, choices=Bearing.choices, default=Bearing.CONTEXT.value)
    confidence = models.CharField(
        _("confidence"), max_length=10, choices=Confidence.choices, default=Confidence.MEDIUM.value
    )
    is_summit_text = models.BooleanField(_("is a summit's own text"), default=False)
    commitments = models.ManyToManyField(Commitment, through="EvidenceLink", related_name="evidence")
    url_key = models.CharField(max_length=1000, blank=True, editable=False, default="", db_index=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = PublishedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["url_key"])

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["-published_on", "code"], name="evidence_by_day"),
            models.Index(fields=["withdrawn_at"], condition=Q(withdrawn_at__isnull=False), name="evidence_withdrawn"),
        ]
        constraints = [
            one_of("kind", EvidenceKind),
            one_of("supports", Bearing),
            one_of("confidence", Confidence),
            models.UniqueConstraint(fields=["url"], condition=~Q(url=""), name="evidence_one_per_address"),
            models.CheckConstraint(condition=~Q(url="") | ~Q(file=""), name="evidence_has_address_or_file"),
            *publication_constraints(),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title or self.url or self.file_name}"[:120]

    def save(self, *args, **kwargs) -> None:
        """`url_key`: the one spelling by which a page that is known already is found."""
        self.url_key = key_of(self.url)
        super().save(*args, **kwargs)


class EvidenceLink(Seeded):
    """How one page bears on one commitment; what the gates use."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="links", verbose_name=_("evidence"))
    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="evidence_links", verbose_name=_("commitment")
    )
    bears = models.CharField(_("bears as"), max_length=15, choices=Bearing.choices)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("how evidence bears")
        verbose_name_plural = _("how evidence bears")
        ordering = ["evidence__code"]
        constraints = [
            one_of("bears", Bearing),
            models.UniqueConstraint(fields=["evidence", "commitment"], name="evidencelink_once"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence.code} {Bearing(self.bears).label}"
