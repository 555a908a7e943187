"""Editions: numbered releases of the register that never change; their files are named after the hashes in the row."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.languages import Bilingual
from commitments.models.base import not_blank

FOLDER = "editions"


class Edition(Bilingual, models.Model):
    """What was public on `day`: `sha256` is of its canonical JSON, `archive_sha256` of the ZIP made from that."""

    number = models.PositiveIntegerField(_("number"), editable=False)
    day = models.DateField(_("as of"), editable=False)
    is_provisional = models.BooleanField(
        _("provisional"), default=False, help_text=_("A trial edition, marked as such for good.")
    )
    notes_zh = models.TextField(
        _("release notes"), blank=True, help_text=_("What a reader should know of this edition.")
    )
    notes_en = models.TextField(_("release notes (English)"), blank=True)
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, editable=False)
    archive_sha256 = models.CharField(_("SHA-256 of the ZIP"), max_length=64, editable=False)
    frozen_at = models.DateTimeField(_("frozen at"), editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="editions",
        editable=False,
        verbose_name=_("frozen by"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="edition_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_from_one"),
            not_blank("sha256"),
            not_blank("archive_sha256"),
        ]

    def __str__(self) -> str:
        return _("Edition %(number)d") % {"number": self.number}

    @property
    def content_name(self) -> str:
        return f"{FOLDER}/{self.sha256[:2]}/{self.sha256}.json"

    @property
    def archive_name(self) -> str:
        return f"{FOLDER}/{self.archive_sha256[:2]}/{self.archive_sha256}.zip"
