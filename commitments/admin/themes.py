"""Themes on the desk, with how many commitments each has."""

from django.contrib import admin

from commitments.admin.references import SortingAdmin
from commitments.models import Theme


@admin.register(Theme)
class ThemeAdmin(SortingAdmin):
    list_display = ("slug", "name_zh", "name_en", "commitment_count")
    list_display_links = ("slug", "name_zh")
    search_fields = ("slug__istartswith", "name_zh", "name_en")
    fixed_after_creation = ("slug",)
    fieldsets = ((None, {"fields": ("slug", "name_zh", "name_en", "version")}),)
