"""Evidence on the desk: the page, what it bears on, and which assessments cite it."""

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from commitments.actions.evidence import save_evidence
from commitments.admin.commitment_inlines import EvidenceLinkForm
from commitments.admin.evidence_lookup import lookup
from commitments.admin.marks import state_word
from commitments.admin.publishing import PublishingAdmin
from commitments.admin.saving import ActionInline
from commitments.admin.versions import VersionedForm
from commitments.models import Evidence, EvidenceLink


class BearingForm(EvidenceLinkForm):
    fixed = ("commitment",)


class BearingInline(ActionInline):
    model = EvidenceLink
    form = BearingForm
    fields = ("commitment", "bears")
    autocomplete_fields = ("commitment",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("commitment", "evidence")


class EvidenceForm(VersionedForm):
    class Meta:
        exclude = ("version",)
        widgets = {
            "title": forms.TextInput(attrs={"class": "wide"}),
            "summary_zh": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "summary_en": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Empty: the next of the series.")


@admin.register(Evidence)
class EvidenceAdmin(PublishingAdmin):
    form = EvidenceForm
    inlines = (BearingInline,)
    list_display = ("code", "name", "publisher", "kind_word", "published_on", "bears_on", "publication_column")
    list_display_links = ("code", "name")
    list_filter = ("publication", "kind", "supports", "publisher__voice", "is_summit_text")
    list_select_related = ("publisher",)
    search_fields = ("code__istartswith", "title", "url", "summary_zh", "summary_en", "publisher__name")
    search_help_text = _("A code, or words of the title, address, summary or publisher.")
    autocomplete_fields = ("publisher",)
    fixed_after_creation = ("code",)

    def get_urls(self):
        view = self.admin_site.admin_view(lookup)
        return [path("lookup/", view, name="commitments_evidence_lookup"), *super().get_urls()]

    fieldsets = (
        (
            None,
            {
                "fields": (
                    "code",
                    "url",
                    "title",
                    "language",
                    "publisher",
                    "publisher_as_given",
                    "kind",
                    "published_on",
                    "version",
                )
            },
        ),
        (_("What it says"), {"fields": ("summary_zh", "summary_en", "countries")}),
        (_("How far it carries"), {"fields": ("supports", "confidence", "is_summit_text")}),
    )

    def get_queryset(self, request):
        links = EvidenceLink.objects.filter(evidence=OuterRef("pk")).order_by().values("evidence")
        count = Coalesce(Subquery(links.annotate(n=Count("pk")).values("n")), 0)
        return super().get_queryset(request).select_related("publisher").annotate(link_count=count)

    def save_row(self, request, row, form, change) -> None:
        save_evidence(row, by=request.user, expected_version=form.cleaned_data.get("version"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["citing"] = [link.assessment for link in obj.citations.select_related("assessment__commitment")]
            context["publication_word"] = state_word(obj.publication)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("title"), ordering="title")
    def name(self, row):
        return format_html('<span class="clipped">{}</span>', row.title or row.url)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_word(self, row):
        return row.get_kind_display()

    @admin.display(description=_("bears on"), ordering="link_count")
    def bears_on(self, row):
        return row.link_count or "–"

    @admin.display(description=_("publication"), ordering="publication")
    def publication_column(self, row):
        return state_word(row.publication)
