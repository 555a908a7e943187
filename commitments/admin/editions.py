"""Editions on the desk: a publisher freezes one; afterwards it is only read."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from commitments.actions.editions import freeze_edition
from commitments.admin.saving import ActionAdmin, held
from commitments.models import Edition
from commitments.rules.review import Role


@admin.register(Edition)
class EditionAdmin(ActionAdmin):
    list_display = ("number", "day", "is_provisional", "frozen_by", "sha256", "on_the_site")
    list_select_related = ("frozen_by",)
    ordering = ("-number",)
    fieldsets = (
        (
            None,
            {
                "fields": ("is_provisional", "notes_zh", "notes_en"),
                "description": _(
                    "Everything that is public today is frozen under the next number. "
                    "An edition can never be changed or removed."
                ),
            },
        ),
    )

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.fieldsets
        frozen = ("number", "day", "frozen_at", "frozen_by", "sha256", "archive_sha256")
        return ((None, {"fields": (*frozen, "is_provisional", "notes_zh", "notes_en")}),)

    def save_row(self, request, row, form, change) -> None:
        """The action makes the row; the admin goes on with that one."""
        given = {name: form.cleaned_data[name] for name in ("is_provisional", "notes_zh", "notes_en")}
        row.__dict__.update(freeze_edition(by=request.user, **given).__dict__)

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and Role.PUBLISHER in held(request)

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description=_("page"))
    def on_the_site(self, row):
        return format_html('<a href="{}">{}</a>', reverse("web:edition-detail", args=[row.number]), row)
