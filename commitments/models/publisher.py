"""Publishers of evidence: `origin` is what counts as one source, `voice` is who speaks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.choices import Voice
from commitments.models.base import Seeded, not_blank, one_of


class Publisher(Seeded):
    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    names_as_given = models.JSONField(_("names as given on pages"), default=list, blank=True)
    origin = models.CharField(
        _("origin"),
        max_length=200,
        help_text=_("The group that counts as one source; the same text in each row of it."),
    )
    voice = models.CharField(_("voice"), max_length=20, choices=Voice.choices)
    country = models.CharField(_("country"), max_length=2, blank=True)
    note = models.TextField(_("note"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        ordering = ["name"]
        constraints = [one_of("voice", Voice), not_blank("origin")]

    def __str__(self) -> str:
        return self.name
