"""Themes: fields of policy that commitments belong to. None ship; filter and table stay hidden while empty."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.languages import Bilingual
from commitments.models.base import Seeded
from commitments.models.commitment import Commitment


class Theme(Seeded, Bilingual):
    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    name_zh = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name (English)"), max_length=100, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.words("name").text


class CommitmentTheme(models.Model):
    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="theme_links", verbose_name=_("commitment")
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="commitment_links", verbose_name=_("theme"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("theme of a commitment")
        verbose_name_plural = _("themes of a commitment")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "theme"], name="commitmenttheme_once"),
        ]

    def __str__(self) -> str:
        return str(self.theme)
