"""Passages: where a commitment stands, to the character, in a source document."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.choices import PassageRole
from commitments.models.base import Seeded, one_of
from commitments.models.commitment import Commitment
from commitments.models.document import SourceDocument, check_quote


class Passage(Seeded):
    """`document.text[start:end] == quote` always; the document may be another one than the commitment's."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="passages", verbose_name=_("commitment")
    )
    document = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, related_name="passages", verbose_name=_("source document")
    )
    role = models.CharField(_("role"), max_length=10, choices=PassageRole.choices, default=PassageRole.PRIMARY.value)
    section = models.CharField(_("section"), max_length=40, blank=True)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.TextField(_("quote"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["role", "document", "start", "end"]
        constraints = [
            one_of("role", PassageRole),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="passage_span_not_empty"),
            models.UniqueConstraint(
                fields=["commitment"], condition=models.Q(role=PassageRole.PRIMARY.value), name="passage_one_primary"
            ),
            models.UniqueConstraint(fields=["commitment", "document", "start", "end"], name="passage_once_per_span"),
        ]

    def __str__(self) -> str:
        return self.quote[:40]

    def clean(self) -> None:
        check_quote(self)

    def paragraph(self) -> tuple[str, str, str]:
        """The quote in its paragraph: (before, quote, after)."""
        text = self.document.text
        first = text.rfind("\n", 0, self.start) + 1
        last = text.find("\n", self.end)
        return text[first : self.start], text[self.start : self.end], text[self.end : last if last >= 0 else None]
