"""Parties on the desk, with how many commitments each has."""

from django.contrib import admin

from commitments.admin.references import SortingAdmin
from commitments.models import Party


@admin.register(Party)
class PartyAdmin(SortingAdmin):
    list_display = ("code", "name_zh", "name_en", "commitment_count")
    list_display_links = ("code", "name_zh")
    search_fields = ("code__istartswith", "name_zh", "name_en")
    fixed_after_creation = ("code",)
    fieldsets = ((None, {"fields": ("code", "name_zh", "name_en", "version")}),)
