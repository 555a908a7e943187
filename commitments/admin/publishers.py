"""Publishers on the desk: who counts as one source, and who speaks."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from commitments.admin.references import ReferenceAdmin
from commitments.models import Publisher


@admin.register(Publisher)
class PublisherAdmin(ReferenceAdmin):
    list_display = ("name", "origin", "voice", "country", "evidence_count")
    list_filter = ("voice",)
    search_fields = ("name", "slug", "origin")
    fixed_after_creation = ("slug",)
    fieldsets = (
        (None, {"fields": ("slug", "name", "origin", "voice", "country", "names_as_given", "note", "version")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(pages=Count("evidence"))

    @admin.display(description=_("evidence"), ordering="pages")
    def evidence_count(self, row):
        return row.pages
