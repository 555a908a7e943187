"""What parties, themes and publishers share on the desk: written by one action, each entry compared as a whole."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from commitments.actions.references import save_reference
from commitments.admin.saving import ActionAdmin
from commitments.admin.versions import EntryForm


class ReferenceAdmin(ActionAdmin):
    form = EntryForm

    def save_row(self, request, row, form, change) -> None:
        save_reference(row, by=request.user, expected_entry=form.cleaned_data.get("version"))


class SortingAdmin(ReferenceAdmin):
    """What commitments are sorted by, with how many commitments each has."""

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.annotate(commitments_with_it=Count("commitment_links__commitment", distinct=True))

    @admin.display(description=_("commitments"), ordering="commitments_with_it")
    def commitment_count(self, row):
        return row.commitments_with_it
