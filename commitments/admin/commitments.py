"""Commitments on the desk: the list in tree order, and one page with all that hangs on each."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from commitments.actions.commitments import save_commitment
from commitments.admin.assess import CommitmentSteps
from commitments.admin.commitment_filters import EvidenceFilter, PartyFilter, ProposalFilter, StatusFilter
from commitments.admin.commitment_inlines import HELD, PassageInline, ThemeInline
from commitments.admin.commitment_list import ListColumns, standing
from commitments.admin.commitment_page import page
from commitments.admin.publishing import PublishingAdmin
from commitments.admin.queue_page import ask_where
from commitments.admin.saving import held
from commitments.admin.update_sheet import UpdateSheets
from commitments.admin.versions import VersionedForm
from commitments.models import Commitment, Theme
from commitments.rules.review import Role


class CommitmentForm(VersionedForm):
    class Meta:
        exclude = ("version",)
        widgets = {
            "title_zh": forms.TextInput(attrs={"class": "wide"}),
            "title_en": forms.TextInput(attrs={"class": "wide"}),
            "criterion_zh": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "criterion_en": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }


@admin.register(Commitment)
class CommitmentAdmin(CommitmentSteps, UpdateSheets, ListColumns, PublishingAdmin):
    form = CommitmentForm
    list_filter = (
        "document",
        "kind",
        StatusFilter,
        "publication",
        "verifiability",
        PartyFilter,
        EvidenceFilter,
        ProposalFilter,
        ("responsible", admin.RelatedOnlyFieldListFilter),
    )
    actions = ("check_selected", "download_selected", *PublishingAdmin.actions)
    list_select_related = ("document",)
    fieldsets = (
        (None, {"fields": ("document", "code", "kind", "target", "title_zh", "title_en", "version")}),
        (_("What would count"), {"fields": ("criterion_zh", "criterion_en", "verifiability", "due_on")}),
        (_("Work"), {"fields": ("responsible", "next_check_on")}),
        (_("Place"), {"fields": ("parent", "position", "successor"), "classes": ("collapse",)}),
    )
    autocomplete_fields = ("document", "parent", "successor")
    fixed_after_creation = ("document", "code")

    def get_queryset(self, request):
        return standing(super().get_queryset(request)).select_related("document", "parent", "successor")

    def get_inlines(self, request, obj):
        if obj is None:
            return (PassageInline,)
        return HELD if Theme.objects.exists() else tuple(inline for inline in HELD if inline is not ThemeInline)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "responsible":
            kwargs["queryset"] = User.objects.filter(groups__name=Role.ANALYST.value, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_check_permission(self, request) -> bool:
        return Role.ANALYST in held(request)

    @admin.action(description=_("Checked, no change"), permissions=["check"])
    def check_selected(self, request, queryset):
        """Asks where; the versions are those of the list that the person saw."""
        return ask_where(request, self.admin_site, queryset)

    def save_row(self, request, row, form, change) -> None:
        save_commitment(row, by=request.user, expected_version=form.cleaned_data.get("version"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            stored = obj if request.method == "GET" else self.get_object(request, str(obj.pk))
            context.update(page(stored))
        context["may_assess"] = obj is not None and request.user.has_perm("commitments.add_assessment")
        return super().render_change_form(request, context, add, change, form_url, obj)
