"""What was left out of the register, and why."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from commitments.actions.exclusions import save_exclusion
from commitments.admin.saving import ActionAdmin
from commitments.admin.versions import EntryForm
from commitments.models import Commitment, Exclusion


class ExclusionForm(EntryForm):
    class Meta:
        help_texts = {"start": _("Counted in characters from 0; a quote that stands elsewhere is looked for.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "start" in self.fields:
            self.fields["start"].required = False


@admin.register(Exclusion)
class ExclusionAdmin(ActionAdmin):
    form = ExclusionForm
    list_display = ("quoted", "section", "why", "document")
    list_filter = ("document", "section")
    list_select_related = ("document",)
    search_fields = ("quote", "reason_zh", "reason_en")
    autocomplete_fields = ("document", "covered_by")
    fixed_after_creation = ("document",)
    fieldsets = (
        (
            None,
            {"fields": ("document", "section", "quote", "start", "reason_zh", "reason_en", "covered_by", "version")},
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("document").defer("document__text")

    def save_row(self, request, row, form, change) -> None:
        given = form.cleaned_data
        covered_by = given.get("covered_by", Commitment.objects.none())
        save_exclusion(row, by=request.user, covered_by=covered_by, expected_entry=given.get("version"))

    def save_related(self, request, form, formsets, change) -> None:
        """The action has written the commitments that cover it."""

    @admin.display(description=_("quote"), ordering="start")
    def quoted(self, row):
        return row.quote[:60]

    @admin.display(description=_("reason"))
    def why(self, row):
        return row.words("reason").text[:80]
