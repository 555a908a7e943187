"""The weekly sheet on the desk: download it from any filtered list, upload it, look at what it would do, apply it."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_protect

from commitments.actions.review import steps_open_to
from commitments.actions.update_sheet import Result, apply, preview
from commitments.admin.commitment_list import show_status
from commitments.admin.marks import status_word
from commitments.admin.queue_page import keys_of_section
from commitments.admin.saving import held
from commitments.admin.table_upload import TableForm, is_too_big, too_big
from commitments.choices import ReviewState
from commitments.languages import active
from commitments.models import Assessment
from commitments.reports.update_sheet import CONTENT_TYPE, Line, workbook
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.tables.reader import UnreadableTable
from commitments.today import today

LIMITS = TableForm.limits
THEN = {
    ReviewState.DRAFT: gettext_lazy("Keep new assessments as drafts"),
    ReviewState.IN_REVIEW: gettext_lazy("Submit them for review"),
    ReviewState.PUBLISHED: gettext_lazy("Publish them"),
}


class UploadForm(TableForm):
    then = forms.ChoiceField(label=gettext_lazy("then"), widget=forms.RadioSelect, initial=ReviewState.DRAFT.value)

    def __init__(self, *args, request, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext_lazy("The update sheet as XLSX, or as CSV in UTF-8 or GBK.")
        own = Assessment(author=request.user)
        may = (ReviewState.DRAFT, *steps_open_to(request.user, held(request), own))
        self.fields["then"].choices = [(state.value, THEN[state]) for state in THEN if state in may]


class UpdateSheets(admin.ModelAdmin):
    """Two addresses under the list of commitments, an action for selected rows, and two buttons above the list."""

    change_list_template = "admin/commitments/commitment/change_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("update-sheet.xlsx", view(self.download_view), name="commitments_commitment_update_download"),
            path("update-sheet/", view(self.upload_view), name="commitments_commitment_update_sheet"),
            *super().get_urls(),
        ]

    def has_update_sheet_permission(self, request) -> bool:
        return self.has_view_permission(request) and Role.ANALYST in held(request)

    def _check_permission(self, request) -> None:
        if not self.has_update_sheet_permission(request):
            raise PermissionDenied

    def changelist_view(self, request, extra_context=None):
        may = self.has_update_sheet_permission(request)
        return super().changelist_view(request, {**(extra_context or {}), "may_update_by_sheet": may})

    # Download
    def download_view(self, request):
        """The rows of the list under the same parameters, or those of a section of the work queue."""
        self._check_permission(request)
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        try:
            rows = self._rows(request)
        except IncorrectLookupParameters:
            messages.error(request, _("There is no such filter; the sheet was not made."))
            return HttpResponseRedirect(self._list())
        return self._file(request, rows) or HttpResponseRedirect(self._list())

    def _rows(self, request):
        if "section" in request.GET:
            keys = keys_of_section(request, request.GET)
            return self.get_queryset(request).filter(pk__in=keys).in_tree_order()
        return self.get_changelist_instance(request).queryset

    @admin.action(description=gettext_lazy("Download update sheet"), permissions=["update_sheet"])
    def download_selected(self, request, queryset):
        return self._file(request, queryset)

    def _file(self, request, queryset) -> FileResponse | None:
        rows = list(queryset[: LIMITS.rows + 1])
        if len(rows) > LIMITS.rows:
            sentence = _("The list is longer than %(most)d rows, the most that a sheet holds; filter it first.")
            messages.error(request, sentence % {"most": LIMITS.rows})
            return None
        show_status(rows)
        file = workbook((_line(row) for row in rows), active())
        name = f"update-sheet-{today().isoformat()}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPE)

    # Upload
    def upload_view(self, request):
        """The size is looked at before the form is read, so the check against forged posts comes after it."""
        self._check_permission(request)
        if is_too_big(request, LIMITS):
            form = UploadForm(request=request)
            return self._page(request, form, status=413, problem=str(too_big(LIMITS)))
        return csrf_protect(self._answer)(request)

    upload_view.csrf_exempt = True

    def _answer(self, request):
        if request.method != "POST":
            return self._page(request, UploadForm(request=request))
        try:
            return self._applied(request) if "token" in request.POST else self._previewed(request)
        except (Refused, UnreadableTable) as problem:
            return self._page(request, UploadForm(request=request), problem=str(problem))

    def _previewed(self, request):
        form = UploadForm(request.POST, request.FILES, request=request)
        if not form.is_valid():
            return self._page(request, form)
        upload, then = form.cleaned_data["file"], ReviewState(form.cleaned_data["then"])
        shown = preview(upload.read(), upload.name, by=request.user, then=then)
        more = {"result": shown.result, "token": shown.token, "encoding": shown.encoding, "then": THEN[then]}
        return self._page(request, UploadForm(initial={"then": then.value}, request=request), **more)

    def _applied(self, request):
        result = apply(request.POST["token"], by=request.user)
        if not result.is_applied:
            return self._page(request, UploadForm(request=request), result=result)
        done = len(result.touched)
        words = ngettext("The sheet is applied: %(count)d row.", "The sheet is applied: %(count)d rows.", done)
        messages.success(request, words % {"count": done})
        return HttpResponseRedirect(reverse("admin:commitments_commitment_update_sheet"))

    def _page(self, request, form, *, status: int = 200, result: Result | None = None, **more) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Update sheet"),
            "subtitle": None,
            "opts": self.opts,
            "form": form,
            "list_url": self._list(),
            "result": result,
            "counts": [(verdict, verdict.label, count) for verdict, count in result.counts().items()] if result else [],
            **more,
        }
        return TemplateResponse(request, "admin/commitments/update_sheet.html", context, status=status)

    def _list(self) -> str:
        return reverse("admin:commitments_commitment_changelist")


def _line(row) -> Line:
    status = status_word(row.shown_status, row.verifiability)
    if row.is_computed:
        status = _("%(status)s (computed)") % {"status": status}
    return Line(row.natural_id, row.words("title").text, status, row.version)
