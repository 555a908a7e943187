"""Tables in: download one to fill in, upload it, look at what each row would do, apply all of it or nothing."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseNotAllowed, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_protect

from commitments.actions.import_register import LIMITS, apply, current_rows, dry_run, dry_run_again
from commitments.actions.importing.outcomes import Result
from commitments.admin.saving import held
from commitments.admin.table_upload import TableForm, is_too_big, too_big
from commitments.languages import active
from commitments.reports.import_columns import SHEETS, Sheet
from commitments.reports.import_template import CONTENT_TYPE, CSV_TYPE, lines, workbook
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.rules.sentences import listed
from commitments.tables.reader import UnreadableTable
from commitments.today import today

WAITING = "tables-in"  # key of the session: the token of a dry run that was not applied yet
MOST_SHOWN = 500
NAMES = {sheet.name: sheet for sheet in SHEETS}


class UploadForm(TableForm):
    limits = LIMITS
    accept = ".xlsx,.csv,.zip"
    table = forms.ChoiceField(label=gettext_lazy("table"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext_lazy(
            "XLSX, CSV in UTF-8, UTF-16 or GBK, or a ZIP of CSV files. One file may hold several of these tables."
        )
        known = [(sheet.name, sheet.label) for sheet in SHEETS]
        self.fields["table"].choices = [("", _("the one that its headings say")), *known]


class TemplateForm(forms.Form):
    table = forms.ChoiceField(label=gettext_lazy("table"))
    format = forms.ChoiceField(label=gettext_lazy("format"), choices=[("xlsx", "XLSX"), ("csv", "CSV")])
    rows = forms.ChoiceField(
        label=gettext_lazy("rows"),
        required=False,
        choices=[("", gettext_lazy("empty, to add rows")), ("current", gettext_lazy("those of the register, to edit"))],
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].choices = [(sheet.name, sheet.label) for sheet in SHEETS]


class TablesIn:
    """Two addresses of the desk, for analysts."""

    def __init__(self, site) -> None:
        self.site = site

    def template(self, request):
        """`table`, `format` (xlsx, csv) and `rows` (none, or current)."""
        _check_role(request)
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        form = TemplateForm(request.GET)
        if not form.is_valid():
            messages.error(request, _("There is no such table; choose one below."))
            return HttpResponseRedirect(reverse("admin:tables_in"))
        sheet, ending = NAMES[form.cleaned_data["table"]], form.cleaned_data["format"]
        rows = current_rows(sheet.name, most=LIMITS.rows + 1) if form.cleaned_data["rows"] else []
        if len(rows) > LIMITS.rows:
            sentence = _("The table is longer than %(most)d rows, the most that a sheet holds.")
            messages.error(request, sentence % {"most": LIMITS.rows})
            return HttpResponseRedirect(reverse("admin:tables_in"))
        return _file(sheet, rows, ending)

    def page(self, request):
        """The size is looked at before the form is read, so the check against forged posts comes after it."""
        _check_role(request)
        if is_too_big(request, LIMITS):
            return self._page(request, UploadForm(), status=413, problem=str(too_big(LIMITS)))
        return csrf_protect(self._answer)(request)

    page.csrf_exempt = True  # type: ignore[attr-defined]

    def _answer(self, request):
        if request.method != "POST":
            return self._page(request, UploadForm())
        try:
            if "forget" in request.POST:
                return self._forgotten(request)
            if "look" in request.POST:
                return self._shown(request, dry_run_again(request.session.get(WAITING, ""), by=request.user))
            return self._applied(request) if "token" in request.POST else self._tried(request)
        except (Refused, UnreadableTable) as problem:
            return self._page(request, UploadForm(), problem=str(problem))

    def _tried(self, request):
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form)
        upload, table = form.cleaned_data["file"], form.cleaned_data["table"]
        return self._shown(request, dry_run(upload.read(), upload.name, by=request.user, table=table))

    def _shown(self, request, shown):
        """A dry run that can be applied waits in the session, whatever comes between."""
        if shown.token:
            request.session[WAITING] = shown.token
        more = {"result": shown.result, "token": shown.token, "encoding": shown.encoding}
        return self._page(request, UploadForm(), **more)

    def _forgotten(self, request):
        request.session.pop(WAITING, None)
        return HttpResponseRedirect(reverse("admin:tables_in"))

    def _applied(self, request):
        token = request.POST["token"]
        result = apply(token, by=request.user)
        if result.is_stale:
            again = dry_run_again(token, by=request.user)
            return self._shown_stale(request, again)
        request.session.pop(WAITING, None)
        if not result.is_applied:
            return self._page(request, UploadForm(), result=result)
        done = len(result.written)
        words = ngettext("The tables are applied: %(count)d row.", "The tables are applied: %(count)d rows.", done)
        messages.success(request, words % {"count": done})
        return HttpResponseRedirect(reverse("admin:tables_in"))

    def _shown_stale(self, request, again):
        problem = _("The register changed after the dry run; below is what the file would do now.")
        request.session[WAITING] = again.token
        more = {"result": again.result, "token": again.token, "encoding": again.encoding, "problem": problem}
        return self._page(request, UploadForm(), **more)

    def _page(self, request, form, *, status: int = 200, result: Result | None = None, **more) -> TemplateResponse:
        context = {
            **self.site.each_context(request),
            "title": _("Tables in"),
            "subtitle": None,
            "form": form,
            "template_form": TemplateForm(),
            "waits": result is None and bool(request.session.get(WAITING)),
            "result": result,
            "unread": listed(result.unread) if result else "",
            "tables": [_counted(result, name) for name in result.tables] if result else [],
            "rows": [(NAMES[each.table].label, each) for each in result.telling[:MOST_SHOWN]] if result else [],
            "left_out": max(0, len(result.telling) - MOST_SHOWN) if result else 0,
            **more,
        }
        return TemplateResponse(request, "admin/commitments/tables_in.html", context, status=status)


def _check_role(request) -> None:
    if Role.ANALYST not in held(request):
        raise PermissionDenied


def _counted(result: Result, name: str) -> tuple:
    counts = [(verdict, verdict.label, number) for verdict, number in result.counts(name).items()]
    return NAMES[name].label, counts, listed(result.named(name))


def _file(sheet: Sheet, rows: list, ending: str):
    name = f"{sheet.name}-{today().isoformat()}.{ending}"
    if ending == "csv":
        response = StreamingHttpResponse(lines(sheet, rows), content_type=CSV_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    book = workbook(sheet, rows, active())
    return FileResponse(book, as_attachment=True, filename=name, content_type=CONTENT_TYPE)
