"""Notes: dated remarks on a commitment, internal unless made public; added to, with edit history."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.choices import NoteVisibility
from commitments.languages import Bilingual
from commitments.models.base import Seeded, not_blank, one_of
from commitments.models.commitment import Commitment


class NoteQuerySet(models.QuerySet["Note"]):
    def published(self):
        return self.filter(visibility=NoteVisibility.PUBLIC)


class Note(Seeded, Bilingual):
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="notes", verbose_name=_("commitment")
    )
    dated = models.DateField(_("dated"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="notes",
        editable=False,
        verbose_name=_("author"),
    )
    text_zh = models.TextField(_("note"))
    text_en = models.TextField(_("note (English)"), blank=True)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=NoteVisibility.choices, default=NoteVisibility.INTERNAL.value
    )
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = NoteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-dated", "-id"]
        constraints = [one_of("visibility", NoteVisibility), not_blank("text_zh")]

    def __str__(self) -> str:
        return self.words("text").text[:60]
