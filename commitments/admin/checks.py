"""Checks on the desk: where and when someone looked. A check stays on record; only its words can be mended."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from commitments.actions.checks import record_check
from commitments.admin.commitment_inlines import CheckForm
from commitments.admin.saving import ActionAdmin
from commitments.admin.versions import VersionedForm
from commitments.models import Check


class CheckPageForm(CheckForm, VersionedForm):
    """As on the page of its commitment, with the version that is compared there."""


@admin.register(Check)
class CheckAdmin(ActionAdmin):
    form = CheckPageForm
    list_display = ("checked_on", "commitment", "outcome", "searched", "by")
    list_filter = ("outcome", "commitment__document", "checked_on")
    list_select_related = ("commitment", "by")
    search_fields = ("searched_zh", "searched_en", "commitment__code__istartswith")
    autocomplete_fields = ("commitment",)
    fixed_after_creation = ("commitment", "checked_on", "outcome")
    fieldsets = ((None, {"fields": ("commitment", "checked_on", "outcome", "searched_zh", "searched_en", "version")}),)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("commitment", "by")

    def save_row(self, request, row, form, change) -> None:
        record_check(row, by=request.user, expected_version=form.cleaned_data.get("version"))

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description=_("where we looked"))
    def searched(self, row):
        return row.words("searched").text[:60]
