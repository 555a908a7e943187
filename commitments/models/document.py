"""Source documents: the texts that contain commitments, who vouches for the register, and what was left out of it."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.choices import DocumentKind, Kind
from commitments.languages import Bilingual, active, choose, suffix
from commitments.models.base import Publishable, PublishedQuerySet, Seeded, not_blank, one_of, publication_constraints


class SourceDocument(Seeded, Publishable, Bilingual):
    """`text` and its hash never change once a passage points into it: offsets are Python str indices."""

    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    title_zh = models.CharField(_("title"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    short_zh = models.CharField(_("short title"), max_length=100)
    short_en = models.CharField(_("short title (English)"), max_length=100, blank=True)
    issuer_zh = models.CharField(_("issuer"), max_length=200, blank=True)
    issuer_en = models.CharField(_("issuer (English)"), max_length=200, blank=True)
    issued_on = models.DateField(_("issued on"))
    event_on = models.DateField(_("date of the event"), null=True, blank=True)
    place_zh = models.CharField(_("place"), max_length=200, blank=True)
    place_en = models.CharField(_("place (English)"), max_length=200, blank=True)
    language = models.CharField(_("language of the text"), max_length=20, default="zh-Hans")
    url = models.URLField(_("address"), max_length=1000, blank=True)
    url_note_zh = models.CharField(_("note on the address"), max_length=300, blank=True)
    url_note_en = models.CharField(_("note on the address (English)"), max_length=300, blank=True)
    text = models.TextField(_("text"))
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, editable=False)
    sections = models.JSONField(
        _("sections"),
        default=dict,
        blank=True,
        help_text=_("Name of a section and its runs of paragraphs, first and last counted from 0."),
    )
    kind_labels = models.JSONField(
        _("own names for kinds"),
        default=dict,
        blank=True,
        help_text=_('Replaces the label of a kind in this document: {"outcome": {"zh": "…", "en": "…"}}.'),
    )
    full_text_public = models.BooleanField(_("full text is public"), default=False)
    follow_up_until = models.DateField(_("followed up until"), null=True, blank=True)
    site_name_zh = models.CharField(_("name of the site"), max_length=100, blank=True)
    site_name_en = models.CharField(_("name of the site (English)"), max_length=100, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = PublishedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["text"])

    class Meta:
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        ordering = ["issued_on", "id"]
        constraints = [one_of("kind", DocumentKind), *publication_constraints()]

    def __str__(self) -> str:
        return self.words("short").text

    def clean(self) -> None:
        if FormerSlug.objects.filter(slug=self.slug).exclude(document=self.pk).exists():
            sentence = _("“%(slug)s” was the short name of another source, and its old addresses still lead there.")
            raise ValidationError({"slug": sentence % {"slug": self.slug}})

    def save(self, *args, **kwargs) -> None:
        self.text_sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        super().save(*args, **kwargs)

    def kind_label(self, kind: Kind) -> str:
        """This document's own name for a kind of commitment, else the usual one."""
        return choose(self.kind_labels.get(kind.value) or kind.labels).text

    def section_spans(self, section: str) -> list[tuple[int, int]]:
        """The section's runs as (start, end) offsets into the text; none for a name that it does not have."""
        starts = [0]
        for line in self.text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        return [
            (starts[run["first_paragraph"]], starts[run["last_paragraph"] + 1] - 1)
            for run in self.sections.get(section, [])
        ]


class FormerSlug(models.Model):
    """A name that the document's addresses had before: it leads to the document for ever and becomes no other's."""

    document = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, related_name="former_slugs", verbose_name=_("source document")
    )
    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    replaced_at = models.DateTimeField(_("replaced at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("former short name")
        verbose_name_plural = _("former short names")
        ordering = ["replaced_at", "id"]
        constraints = [not_blank("slug")]

    def __str__(self) -> str:
        return self.slug


class Provenance(Seeded, Bilingual):
    """How a document's register came about, what it does not cover, and who has checked it."""

    document = models.OneToOneField(
        SourceDocument, on_delete=models.CASCADE, related_name="provenance", verbose_name=_("source document")
    )
    title_zh = models.CharField(_("title"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    method_zh = models.TextField(_("method"))
    method_en = models.TextField(_("method (English)"), blank=True)
    limits_zh = models.JSONField(_("limits"), default=list, blank=True)
    limits_en = models.JSONField(_("limits (English)"), default=list, blank=True)
    reviewed_on = models.DateField(_("reviewed on"))
    coder = models.CharField(_("coder"), max_length=100)
    checked_by_person = models.BooleanField(_("checked by a person"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("provenance")
        verbose_name_plural = _("provenances")

    def __str__(self) -> str:
        return self.words("title").text

    @property
    def limits(self) -> list[str]:
        """In the reader's language, where that has any."""
        return getattr(self, f"limits_{suffix(active())}", None) or self.limits_zh


class Exclusion(Seeded, Bilingual):
    """A statement of the source that was left out of the register, why, and which commitments cover it."""

    document = models.ForeignKey(
        SourceDocument, on_delete=models.CASCADE, related_name="exclusions", verbose_name=_("source document")
    )
    section = models.CharField(_("section"), max_length=40, blank=True)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.TextField(_("quote"))
    reason_zh = models.TextField(_("reason"))
    reason_en = models.TextField(_("reason (English)"), blank=True)
    covered_by = models.ManyToManyField("commitments.Commitment", related_name="exclusions", blank=True)

    history = HistoricalRecords(m2m_fields=["covered_by"])

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        ordering = ["document", "start"]
        constraints = [
            models.UniqueConstraint(fields=["document", "start", "end"], name="exclusion_once_per_span"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="exclusion_span_not_empty"),
        ]

    def __str__(self) -> str:
        return self.quote[:40]

    def clean(self) -> None:
        check_quote(self)


def check_quote(span: models.Model) -> None:
    """`document.text[start:end] == quote`, said in a form before a guard of the database says it."""
    document, start, end = getattr(span, "document", None), span.start, span.end  # type: ignore[attr-defined]
    if document and start is not None and end is not None and document.text[start:end] != span.quote:  # type: ignore[attr-defined]
        found = document.text[start:end][:60]
        raise ValidationError({"quote": _("At this place stands: “%(found)s”.") % {"found": found}})
