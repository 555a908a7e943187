"""Reports that were asked for: definitions that are used again each period, and files behind private links."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.choices import JobKind, ReportLength
from commitments.languages import Bilingual
from commitments.models.base import not_blank, one_of


class ReportDefinition(Bilingual, models.Model):
    """What a report is asked for, kept to be asked for again. `query` holds filters alone, as the list takes them."""

    name_zh = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    query = models.TextField(
        _("selection"),
        blank=True,
        help_text=_("Filters as in the address of the list: band=results&theme=energy. Empty: all commitments."),
    )
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To"))
    length = models.CharField(_("Length"), max_length=10, choices=ReportLength.choices, default=ReportLength.FULL.value)
    formats: "models.JSONField[Any, Any]" = models.JSONField(_("formats"), default=list)
    foreword_zh = models.TextField(_("foreword"), blank=True)
    foreword_en = models.TextField(_("foreword (English)"), blank=True)
    edition = models.PositiveIntegerField(_("edition"), null=True, blank=True)
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("report definition")
        verbose_name_plural = _("report definitions")
        ordering = ["-ends_on", "-id"]
        constraints = [
            not_blank("name_zh"),
            one_of("length", ReportLength),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="%(class)s_period_in_order"),
            models.CheckConstraint(
                condition=Q(edition__isnull=True) | Q(edition__gte=1), name="%(class)s_edition_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words('name')} {self.starts_on} – {self.ends_on}"


class ReportFile(models.Model):
    """One question in one format and language, at one state of the register. Who knows the token may fetch it.

    `query` is the whole question, its period and day of knowledge included. `name`: in the file store, once made.
    """

    token = models.CharField(max_length=64, unique=True)
    query = models.TextField()
    format = models.CharField(_("format"), max_length=10)
    language = models.CharField(_("language"), max_length=20)
    site_url = models.CharField(max_length=300, blank=True)
    foreword = models.TextField(blank=True)
    version = models.CharField(max_length=32)
    definition = models.ForeignKey(
        ReportDefinition, on_delete=models.CASCADE, related_name="files", null=True, blank=True
    )
    name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("report file")
        verbose_name_plural = _("report files")
        ordering = ["-id"]
        constraints = [not_blank("token"), not_blank("format"), not_blank("language"), not_blank("version")]

    def __str__(self) -> str:
        return f"{self.format} {self.language}"

    @property
    def job_key(self) -> str:
        return f"{JobKind.REPORT}/{self.pk}"
