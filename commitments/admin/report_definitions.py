"""Report definitions on the desk: kept, made at once in every format and language, carried on to the next period."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from commitments.actions.report_definitions import carry_on, make_now, save_definition
from commitments.actions.report_files import files_of
from commitments.admin.refusals import RefusableForm
from commitments.admin.saving import ActionAdmin, held
from commitments.models import ReportDefinition
from commitments.reports.formats import FORMATS
from commitments.rules.refusal import Refused
from commitments.rules.review import Role


class DefinitionForm(RefusableForm):
    formats = forms.MultipleChoiceField(
        choices=[(name, name.upper()) for name in FORMATS],
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("formats"),
    )

    class Meta:
        help_texts = {
            "edition": gettext_lazy("The number of an edition: the report then tells what was known on its day.")
        }


@admin.register(ReportDefinition)
class ReportDefinitionAdmin(ActionAdmin):
    form = DefinitionForm
    change_form_template = "admin/commitments/reportdefinition/change_form.html"
    list_display = ("name", "starts_on", "ends_on", "length", "query", "edition")
    list_filter = ("length", "ends_on")
    search_fields = ("name_zh", "name_en")
    readonly_fields = ("files",)
    fieldsets = (
        (None, {"fields": ("name_zh", "name_en", "query", "starts_on", "ends_on", "length", "formats", "edition")}),
        (gettext_lazy("Foreword"), {"fields": ("foreword_zh", "foreword_en")}),
        (gettext_lazy("Files"), {"fields": ("files",)}),
    )

    def get_urls(self):
        def posted(view):
            return self.admin_site.admin_view(require_POST(view))

        return [
            path("<int:pk>/make/", posted(self.make_view), name="commitments_reportdefinition_make"),
            path("<int:pk>/next/", posted(self.next_view), name="commitments_reportdefinition_next"),
            *super().get_urls(),
        ]

    def save_row(self, request, row, form, change) -> None:
        save_definition(row, by=request.user)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_make"] = obj is not None and Role.ANALYST in held(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def make_view(self, request, pk):
        row = get_object_or_404(ReportDefinition, pk=pk)
        try:
            made = make_now(row, by=request.user, site_url=request.build_absolute_uri("/"))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            said = ngettext("%(count)d file is being made.", "%(count)d files are being made.", len(made))
            messages.success(request, said % {"count": len(made)})
        return _to(row)

    def next_view(self, request, pk):
        row = get_object_or_404(ReportDefinition, pk=pk)
        try:
            following = carry_on(row, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
            return _to(row)
        messages.success(request, _("This is the definition for the next period."))
        return _to(following)

    @admin.display(description=gettext_lazy("name"), ordering="name_zh")
    def name(self, row):
        return row.words("name").text

    @admin.display(description=gettext_lazy("private links"))
    def files(self, row):
        """They hold for a day; what has been made before stands here until then."""
        found = [
            (reverse("web:report-made", args=[file.token]), file.format.upper(), file.language, state)
            for file, state in files_of(row)
        ]
        return format_html_join("", '<p><a href="{}">{} {}</a> <span class="remark">{}</span></p>', found) or "–"


def _to(row: ReportDefinition) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:commitments_reportdefinition_change", args=[row.pk]))
