"""Evidence on the desk: the page, what it bears on, and which assessments cite it."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from commitments.actions.evidence import save_evidence
from commitments.actions.link_checks import accept_address, accept_content
from commitments.actions.uploads import hold_file
from commitments.admin.commitment_inlines import EvidenceLinkForm
from commitments.admin.evidence_lookup import lookup
from commitments.admin.marks import state_word
from commitments.admin.publishing import PublishingAdmin
from commitments.admin.saving import ActionInline, without
from commitments.admin.versions import VersionedForm
from commitments.choices import LinkVerdict
from commitments.models import Evidence, EvidenceLink, LinkHealth
from commitments.reports.attachment import attachment
from commitments.rules.refusal import Refused
from commitments.rules.uploads import MOST


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
    upload = forms.FileField(
        label=_("file"),
        required=False,
        help_text=_("PDF, DOCX, PNG, JPEG, WEBP or HTML up to 20 MiB; public only once the evidence is published."),
    )

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

    def clean(self):
        """Either a page or a file."""
        given = super().clean()
        if "url" in self.fields and not (given.get("url") or given.get("upload") or self.instance.file):
            if "url" not in self.errors:
                self.add_error("url", _("Give an address or a file."))
        return given


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

    fieldsets = (
        (
            None,
            {
                "fields": (
                    "code",
                    "url",
                    "upload",
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

    def get_fieldsets(self, request, obj=None):
        """A file is offered only where something can be saved."""
        sets = super().get_fieldsets(request, obj)
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return sets if may and not getattr(request, "is_reading_history", False) else without(sets, "upload")

    def get_queryset(self, request):
        links = EvidenceLink.objects.filter(evidence=OuterRef("pk")).order_by().values("evidence")
        count = Coalesce(Subquery(links.annotate(n=Count("pk")).values("n")), 0)
        return super().get_queryset(request).select_related("publisher").annotate(link_count=count)

    def save_row(self, request, row, form, change) -> None:
        if upload := form.cleaned_data.get("upload"):
            hold_file(row, upload.name, upload.read(MOST + 1))
        save_evidence(row, by=request.user, expected_version=form.cleaned_data.get("version"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["citing"] = [link.assessment for link in obj.citations.select_related("assessment__commitment")]
            context["publication_word"] = state_word(obj.publication)
            context["health"] = LinkHealth.objects.filter(evidence=obj).first()
            context["copies"] = obj.snapshots.count()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        name = "commitments_evidence"
        return [
            path("lookup/", self._view(lookup), name=f"{name}_lookup"),
            path("<path:object_id>/file/", self._view(self.file_view), name=f"{name}_file"),
            path("<path:object_id>/copies/", self._view(self.copies_view), name=f"{name}_copies"),
            path("<path:object_id>/accept/", self._view(require_POST(self.accept_view)), name=f"{name}_accept"),
            *super().get_urls(),
        ]

    def _seen(self, request, object_id):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def file_view(self, request, object_id):
        row = self._seen(request, object_id)
        if not row.file:
            raise Http404
        return attachment(row)

    def copies_view(self, request, object_id):
        """What a page said when we kept it: its text alone, never its own HTML."""
        row = self._seen(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Archived copies of %(code)s") % {"code": row.code},
            "opts": self.opts,
            "row": row,
            "copies": row.snapshots.all()[:20],
            "visits": row.link_checks.all()[:50],
            "former": row.former_addresses.all(),
        }
        return TemplateResponse(request, "admin/commitments/evidence/copies.html", context)

    def accept_view(self, request, object_id):
        """One click: the page has moved, or what changed in it has been read."""
        row = self._seen(request, object_id)
        try:
            if LinkHealth.objects.filter(evidence=row, verdict=LinkVerdict.MOVED).exists():
                accept_address(row, by=request.user)
                messages.success(request, _("%(code)s has its new address.") % {"code": row.code})
            else:
                accept_content(row, by=request.user)
                messages.success(request, _("The present text of %(code)s is accepted.") % {"code": row.code})
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(self._page_of(row))

    @admin.display(description=_("title"), ordering="title")
    def name(self, row):
        return format_html('<span class="clipped">{}</span>', row.title or row.url or row.file_name)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_word(self, row):
        return row.get_kind_display()

    @admin.display(description=_("bears on"), ordering="link_count")
    def bears_on(self, row):
        return row.link_count or "–"

    @admin.display(description=_("publication"), ordering="publication")
    def publication_column(self, row):
        return state_word(row.publication)
