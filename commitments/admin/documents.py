"""Source documents on the desk: their facts, their text by numbered paragraphs, and where the register comes from."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commitments.actions.documents import is_anchored, rename_document, save_document
from commitments.admin.marks import state_word
from commitments.admin.publishing import PublishingAdmin, version_seen
from commitments.admin.refusals import RefusableForm, put, refusal_of
from commitments.admin.saving import ActionInline, without
from commitments.admin.versions import VersionedForm
from commitments.models import Commitment, Provenance, SourceDocument
from commitments.rules.refusal import Refused


class ProvenanceInline(ActionInline):
    model = Provenance
    form = RefusableForm
    template = "admin/edit_inline/stacked.html"
    extra = 0
    fields = (
        ("title_zh", "title_en"),
        ("method_zh", "method_en"),
        ("limits_zh", "limits_en"),
        ("reviewed_on", "coder", "checked_by_person"),
    )


class DocumentForm(VersionedForm):
    class Meta:
        exclude = ("version",)
        widgets = {"text": forms.Textarea(attrs={"rows": 20, "class": "vLargeTextField"})}


class RenameForm(forms.Form):
    is_in_conflict = False
    slug = forms.CharField(label=_("new slug"), max_length=64, help_text=_("Letters, digits, hyphens and underscores."))
    why = forms.CharField(label=_("reason"), required=False, max_length=300)


@admin.register(SourceDocument)
class DocumentAdmin(PublishingAdmin):
    form = DocumentForm
    inlines = (ProvenanceInline,)
    list_display = ("short", "kind", "issued_on", "commitment_count", "full_text_public", "publication_column")
    list_filter = ("publication", "kind")
    search_fields = ("slug", "title_zh", "title_en", "short_zh", "short_en", "issuer_zh")
    fixed_after_creation = ("slug",)
    fieldsets = (
        (None, {"fields": ("slug", "kind", ("title_zh", "title_en"), ("short_zh", "short_en"), "version")}),
        (
            _("Origin"),
            {
                "fields": (("issuer_zh", "issuer_en"), ("issued_on", "event_on"), ("place_zh", "place_en"), "language")
                + ("url", ("url_note_zh", "url_note_en"))
            },
        ),
        (_("Text"), {"fields": ("text", "sections", "full_text_public")}),
        (_("The register"), {"fields": ("kind_labels", "follow_up_until", ("site_name_zh", "site_name_en"))}),
    )

    def get_urls(self):
        name = "commitments_sourcedocument_rename"
        return [path("<path:object_id>/rename/", self._view(self.rename_view), name=name), *super().get_urls()]

    def rename_view(self, request, object_id):
        row = self._row(request, object_id)
        form = RenameForm(request.POST if request.method == "POST" else None, initial={"slug": row.slug})
        if self._rename(request, form, row):
            return HttpResponseRedirect(self._page_of(row))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Rename"),
            "opts": self.opts,
            "form": form,
            "rows": [f"{row} · {row.slug}"],
            "hidden": self._versions(request, form, [row]),
            "back": self._page_of(row),
            "button": _("Rename"),
            "remark": _(
                "Every address and identifier of this source and its commitments then has the new name. The addresses "
                "under the old one lead there for ever, and no other source may take it. Editions stay as they are."
            ),
        }
        return TemplateResponse(request, "admin/commitments/reason.html", context)

    def _rename(self, request, form, row) -> bool:
        if not (form.is_bound and form.is_valid()):
            return False
        try:
            rename_document(row, by=request.user, expected_version=version_seen(request, row), **form.cleaned_data)
        except Refused as refused:
            refusal = refusal_of(refused)
            put(form, refusal)
            form.is_in_conflict = refusal.is_conflict
            row.refresh_from_db()
            return False
        messages.success(request, gettext("“%(row)s” is now called %(slug)s.") % {"row": row, "slug": row.slug})
        return True

    def get_queryset(self, request):
        rows = Commitment.objects.filter(document=OuterRef("pk")).order_by().values("document")
        count = Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
        return super().get_queryset(request).annotate(commitments_in_it=count)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "text") if obj and "text" not in fields and self._is_anchored(request, obj) else fields

    def _is_anchored(self, request, obj) -> bool:
        if not hasattr(request, "is_anchored"):
            request.is_anchored = is_anchored(obj)
        return request.is_anchored

    def get_fieldsets(self, request, obj=None):
        """The fixed text is shown by paragraphs below instead."""
        sets = super().get_fieldsets(request, obj)
        return without(sets, "text") if obj and self._is_anchored(request, obj) else sets

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_row(self, request, row, form, change) -> None:
        save_document(row, by=request.user, expected_version=form.cleaned_data.get("version"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["paragraphs"] = list(enumerate(obj.text.split("\n"), start=1))
            context["publication_word"] = state_word(obj.publication)
            context["former_slugs"] = list(obj.former_slugs.all())
            context["may_rename"] = self.has_publish_permission(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("short title"), ordering="short_zh")
    def short(self, row):
        return str(row)

    @admin.display(description=_("commitments"), ordering="commitments_in_it")
    def commitment_count(self, row):
        return row.commitments_in_it

    @admin.display(description=_("publication"), ordering="publication")
    def publication_column(self, row):
        return state_word(row.publication)
