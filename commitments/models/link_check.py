"""Visits to linked pages: one row each, only added to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.choices import FetchProblem, ProbeEnd
from commitments.models.base import not_blank, one_of
from commitments.models.evidence import Evidence
from commitments.models.snapshot import Snapshot


class LinkCheck(models.Model):
    """`key` is given by who asks: the same question asked twice is one visit."""

    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="link_checks", verbose_name=_("evidence")
    )
    key = models.CharField(_("key"), max_length=120, unique=True)
    checked_at = models.DateTimeField(_("checked at"))
    url = models.URLField(_("address"), max_length=1000)
    end = models.CharField(_("how it ended"), max_length=10, choices=ProbeEnd.choices)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=20, choices=FetchProblem.choices, blank=True)
    final_url = models.URLField(_("address that answered"), max_length=8_000, blank=True)
    is_moved = models.BooleanField(_("moved for good"), default=False)
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True)
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="link_checks", verbose_name=_("copy")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="link_checks", verbose_name=_("checked by")
    )

    class Meta:
        verbose_name = _("visit to a link")
        verbose_name_plural = _("visits to links")
        ordering = ["-checked_at", "-id"]
        indexes = [models.Index(fields=["evidence", "-checked_at", "-id"], name="linkcheck_latest")]
        constraints = [one_of("end", ProbeEnd), one_of("problem", FetchProblem, blank=True), not_blank("key")]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.checked_at.isoformat(timespec='minutes')} {ProbeEnd(self.end).label}"
