"""Checks: where and when we looked for news of a commitment, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.choices import CheckOutcome
from commitments.languages import Bilingual
from commitments.models.base import Seeded, one_of
from commitments.models.commitment import Commitment


class Check(Seeded, Bilingual):
    """`checked_on` is the day we looked; `recorded_at` is since when this site knows of it."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="checks", verbose_name=_("commitment")
    )
    checked_on = models.DateField(_("checked on"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=CheckOutcome.choices)
    searched_zh = models.TextField(_("where we looked"), blank=True)
    searched_en = models.TextField(_("where we looked (English)"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="checks",
        editable=False,
        verbose_name=_("checked by"),
    )
    recorded_at = models.DateTimeField(_("entered at"), editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["-checked_on", "-id"]
        indexes = [
            models.Index(fields=["commitment", "-checked_on", "-id"], name="check_latest"),
            models.Index(fields=["-checked_on"], name="check_newest"),
        ]
        constraints = [one_of("outcome", CheckOutcome)]

    def __str__(self) -> str:
        return f"{self.checked_on.isoformat()} {CheckOutcome(self.outcome).label}"
