"""What hangs on a commitment, on its page: evidence, parties, themes, notes, checks and passages."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from commitments.actions.checks import record_check
from commitments.actions.notes import save_note
from commitments.actions.passages import save_passage
from commitments.actions.removal import remove
from commitments.admin.refusals import FixedOnceSavedForm, RefusableForm
from commitments.admin.saving import ActionInline, AppendInline
from commitments.models import Check, CommitmentParty, CommitmentTheme, EvidenceLink, Note, Passage
from commitments.today import today

SMALL = {"rows": 2, "cols": 40}


class EvidenceLinkForm(FixedOnceSavedForm):
    fixed = ("evidence",)


class EvidenceLinkInline(ActionInline):
    model = EvidenceLink
    form = EvidenceLinkForm
    fields = ("evidence", "bears")
    autocomplete_fields = ("evidence",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("evidence")


class PartyInline(AppendInline):
    model = CommitmentParty
    fields = ("party", "role", "note_zh", "note_en")
    autocomplete_fields = ("party",)
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("party")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name.startswith("note_"):
            kwargs["widget"] = forms.Textarea(attrs=SMALL)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ThemeInline(AppendInline):
    model = CommitmentTheme
    fields = ("theme",)
    autocomplete_fields = ("theme",)
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("theme")


class NoteForm(RefusableForm):
    dated = forms.DateField(label=_("dated"), initial=today, widget=admin.widgets.AdminDateWidget)

    class Meta:
        widgets = {"text_zh": forms.Textarea(attrs=SMALL), "text_en": forms.Textarea(attrs=SMALL)}


class NoteInline(ActionInline):
    model = Note
    form = NoteForm
    fields = ("dated", "visibility", "text_zh", "text_en")

    def save_row(self, row, *, by) -> None:
        save_note(row, by=by)

    def remove_row(self, row, *, by) -> None:
        remove(row, by=by)

    def has_delete_permission(self, request, obj=None) -> bool:
        """On its own page, where a public one is kept."""
        return False


class CheckForm(RefusableForm):
    checked_on = forms.DateField(label=_("checked on"), initial=today, widget=admin.widgets.AdminDateWidget)

    class Meta:
        widgets = {"searched_zh": forms.Textarea(attrs=SMALL), "searched_en": forms.Textarea(attrs=SMALL)}


class CheckInline(AppendInline):
    model = Check
    form = CheckForm
    fields = ("checked_on", "outcome", "searched_zh", "searched_en")

    def save_row(self, row, *, by) -> None:
        record_check(row, by=by)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class PassageForm(FixedOnceSavedForm):
    fixed = ("document",)
    start = forms.IntegerField(
        label=_("start"), min_value=0, required=False, help_text=_("Empty: the quote is looked for in the text.")
    )

    class Meta:
        widgets = {"quote": forms.Textarea(attrs=SMALL)}


class PassageInline(ActionInline):
    model = Passage
    form = PassageForm
    fields = ("role", "document", "section", "quote", "start")
    autocomplete_fields = ("document",)
    extra = 0
    verbose_name_plural = _("passages: to the character")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("document")

    def save_row(self, row, *, by) -> None:
        save_passage(row, by=by)


HELD = (EvidenceLinkInline, NoteInline, CheckInline, PartyInline, ThemeInline, PassageInline)
