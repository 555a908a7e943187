"""Themes on the desk, with how many commitments each has."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from commitments.actions.references import save_reference
from commitments.admin.saving import ActionAdmin
from commitments.admin.versions import EntryForm
from commitments.models import Theme


@admin.register(Theme)
class ThemeAdmin(ActionAdmin):
    form = EntryForm
    list_display = ("slug", "name_zh", "name_en", "commitment_count")
    list_display_links = ("slug", "name_zh")
    search_fields = ("slug__istartswith", "name_zh", "name_en")
    fixed_after_creation = ("slug",)
    fieldsets = ((None, {"fields": ("slug", "name_zh", "name_en", "version")}),)

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(commitments_with_it=Count("commitment_links__commitment", distinct=True))
        )

    def save_row(self, request, row, form, change) -> None:
        save_reference(row, by=request.user, expected_entry=form.cleaned_data.get("version"))

    @admin.display(description=_("commitments"), ordering="commitments_with_it")
    def commitment_count(self, row):
        return row.commitments_with_it
