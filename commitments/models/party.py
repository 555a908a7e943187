"""Parties (countries, bodies) and the part that each has in a commitment."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.choices import PartyRole
from commitments.languages import Bilingual
from commitments.models.base import Seeded, one_of
from commitments.models.commitment import Commitment


class Party(Seeded, Bilingual):
    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("ISO 3166-1 alpha-2, or a slug."))
    name_zh = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name (English)"), max_length=100, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.words("name").text


class CommitmentParty(Seeded, Bilingual):
    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="party_links", verbose_name=_("commitment")
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="commitment_links", verbose_name=_("party"))
    role = models.CharField(_("role"), max_length=10, choices=PartyRole.choices)
    note_zh = models.TextField(_("note"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("party to a commitment")
        verbose_name_plural = _("parties to a commitment")
        ordering = ["id"]
        constraints = [
            one_of("role", PartyRole),
            models.UniqueConstraint(fields=["commitment", "party", "role"], name="commitmentparty_once_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.party} ({PartyRole(self.role).label})"
