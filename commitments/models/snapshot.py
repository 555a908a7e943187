"""Snapshots: what a page was when we captured it. The bytes lie in a WARC file that is named after its own hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.base import not_blank
from commitments.models.evidence import Evidence


class Snapshot(models.Model):
    """Never changed. `sha256` is of the body alone, so that the same page has the same hash on another day."""

    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="snapshots", verbose_name=_("evidence")
    )
    key = models.CharField(_("key"), max_length=120, unique=True)
    captured_at = models.DateTimeField(_("captured at"))
    final_url = models.URLField(_("address that answered"), max_length=8_000)
    status = models.PositiveSmallIntegerField(_("HTTP status"))
    media_type = models.CharField(_("media type"), max_length=100, blank=True)
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    file = models.CharField(_("WARC file"), max_length=200)
    title = models.CharField(_("title"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("archived copy")
        verbose_name_plural = _("archived copies")
        ordering = ["-captured_at", "-id"]
        indexes = [models.Index(fields=["evidence", "-captured_at", "-id"], name="snapshot_latest")]
        constraints = [not_blank("key"), not_blank("sha256"), not_blank("file")]

    def __str__(self) -> str:
        return f"{self.evidence.code} {self.captured_at.isoformat(timespec='minutes')}"
