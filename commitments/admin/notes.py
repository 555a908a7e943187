"""Notes on the desk: remarks on any commitment, internal unless made public."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from commitments.actions.notes import save_note
from commitments.admin.commitment_inlines import NoteForm
from commitments.admin.saving import ActionAdmin
from commitments.admin.versions import VersionedForm
from commitments.choices import NoteVisibility
from commitments.models import Note


class NotePageForm(NoteForm, VersionedForm):
    """As on the page of its commitment, with the version that is compared there."""


@admin.register(Note)
class NoteAdmin(ActionAdmin):
    form = NotePageForm
    list_display = ("dated", "commitment", "beginning", "visibility", "author")
    list_display_links = ("dated", "beginning")
    list_filter = ("visibility", "commitment__document", "dated")
    list_select_related = ("commitment", "author")
    search_fields = ("text_zh", "text_en", "commitment__code__istartswith")
    autocomplete_fields = ("commitment",)
    fixed_after_creation = ("commitment",)
    fieldsets = ((None, {"fields": ("commitment", "dated", "visibility", "text_zh", "text_en", "version")}),)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("commitment", "author")

    def save_row(self, request, row, form, change) -> None:
        save_note(row, by=request.user, expected_version=form.cleaned_data.get("version"))

    def has_delete_permission(self, request, obj=None) -> bool:
        is_public = obj is not None and obj.visibility == NoteVisibility.PUBLIC
        return super().has_delete_permission(request, obj) and not is_public

    @admin.display(description=_("note"))
    def beginning(self, row):
        return row.words("text").text[:60]
