"""Draft registers: what was found in a document that somebody brought, and what has been decided about each find.

A candidate is a suggestion. Nothing of it is a commitment until somebody accepts it; the public reads neither table.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.choices import CandidateDecision, EarlierRelation, Kind, Target
from commitments.languages import Bilingual, Words
from commitments.models.base import one_of
from commitments.models.commitment import Commitment
from commitments.models.document import SourceDocument, check_quote
from commitments.models.party import Party
from commitments.models.theme import Theme


class DraftRegisterQuerySet(models.QuerySet["DraftRegister"]):
    def with_counts(self):
        """Annotate candidates_in_it and open_in_it; what was merged or split counts as what it became."""
        is_live = ~Q(candidates__decision=CandidateDecision.REPLACED)
        is_open = Q(candidates__decision=CandidateDecision.OPEN)
        return self.annotate(
            candidates_in_it=models.Count("candidates", filter=is_live),
            open_in_it=models.Count("candidates", filter=is_open),
        )

    def unfinished(self):
        return self.with_counts().filter(open_in_it__gt=0)


class DraftRegister(models.Model):
    """One for each document that came through the import desk; its primary key is the document's."""

    document = models.OneToOneField(
        SourceDocument,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="draft_register",
        verbose_name=_("source document"),
    )
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="draft_registers",
        editable=False,
        verbose_name=_("brought by"),
    )
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    candidates_in_it: int
    open_in_it: int

    objects = DraftRegisterQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("draft register")
        verbose_name_plural = _("draft registers")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(self.document)


class Candidate(Bilingual, models.Model):
    """`document.text[start:end] == quote`. `hints`: what extraction says of it, plain words for whoever decides."""

    register = models.ForeignKey(
        DraftRegister, on_delete=models.PROTECT, related_name="candidates", verbose_name=_("draft register")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="children", null=True, blank=True, verbose_name=_("part of")
    )
    code = models.CharField(_("code"), max_length=32)
    target = models.CharField(_("target"), max_length=10, choices=Target.choices, blank=True)
    title_zh = models.CharField(_("title"), max_length=300, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.TextField(_("quote"))
    themes = models.ManyToManyField(Theme, related_name="candidates", blank=True, verbose_name=_("themes"))
    parties = models.ManyToManyField(Party, related_name="candidates", blank=True, verbose_name=_("parties"))
    earlier = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        related_name="said_again_by",
        null=True,
        blank=True,
        verbose_name=_("earlier commitment"),
    )
    relation = models.CharField(
        _("what it does to the earlier one"), max_length=10, choices=EarlierRelation.choices, blank=True
    )
    hints: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True, editable=False)

    decision = models.CharField(
        _("decision"),
        max_length=10,
        choices=CandidateDecision.choices,
        default=CandidateDecision.OPEN.value,
        editable=False,
    )
    reason = models.TextField(_("reason"), blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="decided_candidates",
        null=True,
        editable=False,
        verbose_name=_("decided by"),
    )
    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        related_name="accepted_from",
        null=True,
        editable=False,
        verbose_name=_("commitment"),
    )
    commitment_version = models.PositiveIntegerField(null=True, editable=False)  # when it was accepted
    came_of = models.ManyToManyField("self", symmetrical=False, related_name="became", editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    history = HistoricalRecords(excluded_fields=["quote", "hints"])

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["start", "-end", "id"]
        constraints = [
            one_of("kind", Kind),
            one_of("target", Target, blank=True),
            one_of("relation", EarlierRelation, blank=True),
            one_of("decision", CandidateDecision),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="%(class)s_span_not_empty"),
            models.CheckConstraint(
                condition=Q(decision=CandidateDecision.ACCEPTED.value, commitment__isnull=False)
                | ~Q(decision=CandidateDecision.ACCEPTED.value) & Q(commitment__isnull=True),
                name="%(class)s_accepted_is_one",
            ),
            models.CheckConstraint(
                condition=~Q(decision=CandidateDecision.RESTATES.value) | Q(earlier__isnull=False),
                name="%(class)s_restates_something",
            ),
            models.UniqueConstraint(fields=["commitment"], name="candidate_commitment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title.text or self.quote[:40]}"

    @property
    def title(self) -> Words:
        """In whichever language it has one: that of a candidate is the document's until somebody translates it."""
        found = self.words("title")
        return found if found.text or not self.title_en else self.words("title", "en")

    @property
    def document(self) -> SourceDocument:
        return self.register.document

    @property
    def is_open(self) -> bool:
        return self.decision == CandidateDecision.OPEN

    def clean(self) -> None:
        check_quote(self)
