"""The import desk: bring a document, decide about each candidate beside its text, publish what was accepted."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from commitments.actions.draft_registers import drafts_of, publish_register, start_register
from commitments.actions.reshaping import add_candidate
from commitments.admin.candidate_acts import carry_out, read
from commitments.admin.candidate_page import candidate_page
from commitments.admin.desk_rows import DeskRows
from commitments.admin.draft_register_forms import BringForm, NewCandidateForm, too_large
from commitments.admin.marks import state_word
from commitments.admin.posted import VERSION_DIGITS, number, versions_of
from commitments.admin.refusals import REFUSALS, put, refusal_of
from commitments.admin.saving import ActionAdmin, held
from commitments.choices import CandidateDecision, Publication
from commitments.extraction.files.refusals import LARGEST_FILE
from commitments.models import DraftRegister
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.text.clean import FORBIDDEN

AROUND_A_FILE = 2_500_000  # bytes of a posted form beside its file, the pasted text included
NAME = "commitments_draftregister"


@admin.register(DraftRegister)
class DraftRegisterAdmin(ActionAdmin):
    list_display = ("name", "open_column", "candidates_column", "started_by", "created_at", "publication_column")
    list_select_related = ("document", "started_by")
    search_fields = ("document__slug", "document__title_zh", "document__title_en", "file_name")
    fieldsets = ((None, {"fields": ("document", "file_name", "started_by", "created_at")}),)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/candidates/<int:candidate>/", view(self.candidate_view), name=f"{NAME}_candidate"),
            path("<path:object_id>/publish/", view(require_POST(self.publish_view)), name=f"{NAME}_publish"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts().defer("document__text")

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description=gettext_lazy("source document"), ordering="document__short_zh")
    def name(self, row):
        return str(row.document)

    @admin.display(description=gettext_lazy("open candidates"), ordering="open_in_it")
    def open_column(self, row):
        return row.open_in_it

    @admin.display(description=gettext_lazy("candidates"), ordering="candidates_in_it")
    def candidates_column(self, row):
        return row.candidates_in_it

    @admin.display(description=gettext_lazy("publication"), ordering="document__publication")
    def publication_column(self, row):
        return state_word(row.document.publication)

    def _register(self, request, object_id) -> DraftRegister:
        rows = DraftRegister.objects.select_related("document", "started_by")
        row = rows.filter(pk=number(unquote(object_id)) or 0).first()
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def _is_analyst(self, request) -> bool:
        return self.has_change_permission(request) and Role.ANALYST in held(request)

    # Bringing a document.
    def add_view(self, request, form_url="", extra_context=None):
        """Its size is looked at before the form is read, so the check against forged posts comes after it."""
        if not (self.has_add_permission(request) and Role.ANALYST in held(request)):
            raise PermissionDenied
        announced = number(request.META.get("CONTENT_LENGTH") or "") or 0
        if announced > LARGEST_FILE + AROUND_A_FILE:
            return self._bring_page(request, BringForm(), status=413, problem=too_large())
        try:
            return csrf_protect(self._bring)(request)
        except RequestDataTooBig:
            return self._bring_page(request, BringForm(), status=413, problem=_("The pasted text is too long."))

    add_view.csrf_exempt = True

    def _bring(self, request):
        if request.method != "POST":
            return self._bring_page(request, BringForm())
        form = BringForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._bring_page(request, form)
        file = form.cleaned_data["file"]
        try:
            register = start_register(
                form.save(commit=False),
                by=request.user,
                given=file.read() if file else form.cleaned_data["pasted"],
                file_name=file.name if file else "",
                join_lines=form.cleaned_data["join_lines"],
            )
        except REFUSALS as error:
            put(form, refusal_of(error))
            return self._bring_page(request, form)
        count = register.candidates.count()
        words = ngettext("%(count)d candidate was found.", "%(count)d candidates were found.", count)
        messages.success(request, words % {"count": count})
        return HttpResponseRedirect(reverse(f"admin:{NAME}_change", args=[register.pk]))

    def _bring_page(self, request, form, *, status: int = 200, problem: str = ""):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Bring a document"),
            "subtitle": None,
            "opts": self.opts,
            "form": form,
            "problem": problem,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/commitments/draftregister/bring.html", context, status=status)

    # The desk.
    def change_view(self, request, object_id, form_url="", extra_context=None):
        register = self._register(request, object_id)
        if request.method != "POST":
            return self._desk(request, register)
        if not self._is_analyst(request):
            raise PermissionDenied
        if "add" in request.POST:
            return self._add(request, register)
        press = read(request, register)
        if press is None:
            messages.warning(request, _("Nothing is ticked."))
            return HttpResponseRedirect(self._desk_address(request, register, {}))
        refused = carry_out(request, press)
        rows = DeskRows(register)
        at = refused[0].pk if refused else press.rows[-1].row.pk if press.rows else 0
        onward = at if refused or press.act in ("undo", "merge") else rows.after(at) or at
        kept = {"reason": FORBIDDEN.sub("", press.reason)[:500]} if refused and press.reason else {}
        return HttpResponseRedirect(self._desk_address(request, register, kept, rows, onward))

    def _desk_address(self, request, register, kept: dict, rows: DeskRows | None = None, at: int = 0) -> str:
        asked = {"show": "open"} if request.GET.get("show") == "open" else {}
        rows = rows or DeskRows(register)
        if asked:
            rows = DeskRows(register, open_only=True)
        return rows.address(at, urlencode({**asked, **kept}))

    def _add(self, request, register):
        form = NewCandidateForm(request.POST)
        if form.is_valid():
            try:
                new = add_candidate(register, by=request.user, **form.cleaned_data)
            except Refused as refused:
                put(form, refusal_of(refused))
            else:
                messages.success(request, _("“%(name)s” is added; complete it.") % {"name": new})
                return HttpResponseRedirect(reverse(f"admin:{NAME}_candidate", args=[register.pk, new.pk]))
        return self._desk(request, register, form)

    def _desk(self, request, register, form=None):
        rows = DeskRows(register, open_only=request.GET.get("show") == "open")
        page = _page(request.GET.get("page", ""), rows.pages)
        drafts = list(drafts_of(register).values_list("pk", "version"))
        document = register.document
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,  # two columns need its room
            "title": _("Import desk: %(document)s") % {"document": document},
            "subtitle": None,
            "opts": self.opts,
            "register": register,
            "document": document,
            "desk": rows,
            "rows": rows.on_page(page),
            "page": page,
            "counts": [(each, rows.counts[each]) for each in CandidateDecision if rows.counts[each]],
            "shows_open": request.GET.get("show") == "open",
            "reason": request.GET.get("reason", "")[:500],
            "new_form": form or NewCandidateForm(),
            "may_decide": self._is_analyst(request),
            "may_publish": Role.PUBLISHER in held(request)
            and (drafts or document.publication == Publication.DRAFT and rows.counts[CandidateDecision.ACCEPTED]),
            "drafts": len(drafts),
            "drafts_seen": " ".join(f"{key}:{version}" for key, version in drafts),
            "publication_word": state_word(document.publication),
        }
        return TemplateResponse(request, "admin/commitments/draftregister/desk.html", context)

    def candidate_view(self, request, object_id, candidate):
        register = self._register(request, object_id)
        return candidate_page(request, self.admin_site, register, candidate, may_decide=self._is_analyst(request))

    # Publishing.
    def publish_view(self, request, object_id):
        register = self._register(request, object_id)
        if Role.PUBLISHER not in held(request):
            raise PermissionDenied
        version = number(request.POST.get("version", ""), VERSION_DIGITS) or 0
        drafts = versions_of(request.POST.get("drafts", "").split())
        try:
            done = publish_register(register, by=request.user, expected_version=version, expected_drafts=drafts)
        except REFUSALS as error:
            messages.error(request, refusal_of(error).sentence)
        else:
            words = ngettext(
                "Published: the document and %(count)d commitment.",
                "Published: the document and %(count)d commitments.",
                done,
            )
            messages.success(request, words % {"count": done})
        return HttpResponseRedirect(reverse(f"admin:{NAME}_change", args=[register.pk]))


def _page(given: str, most: int) -> int:
    return min(max(number(given, VERSION_DIGITS) or 1, 1), most)
