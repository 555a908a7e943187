"""Assessments on the desk: read as they stand, with the next steps of the review; drafts go to the one screen."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.actions.assessments import move
from commitments.admin.assess import assess
from commitments.admin.marks import confidence_mark, momentum_mark, state_word, status_mark
from commitments.admin.publishing import ReasonForm
from commitments.admin.refusals import REFUSALS, Refusal, put, refusal_of
from commitments.admin.saving import ActionAdmin, held
from commitments.choices import ReviewState
from commitments.models import Assessment
from commitments.rules.review import Role, needs_reason, transitions_from

EDITABLE = (ReviewState.DRAFT, ReviewState.RETURNED)
STEP_WORDS = {
    ReviewState.IN_REVIEW: gettext_lazy("Submit for review"),
    ReviewState.APPROVED: gettext_lazy("Approve"),
    ReviewState.RETURNED: gettext_lazy("Return with a reason"),
    ReviewState.PUBLISHED: gettext_lazy("Publish"),
    ReviewState.WITHDRAWN: gettext_lazy("Withdraw with a reason"),
}


@admin.register(Assessment)
class AssessmentAdmin(ActionAdmin):
    list_display = (
        "title",
        "status_column",
        "momentum_column",
        "confidence_column",
        "as_of",
        "assessed_on",
        "state",
        "author",
    )
    list_filter = ("review_state", "status", "confidence", "commitment__document")
    list_select_related = ("commitment", "author")
    search_fields = ("commitment__code__istartswith", "commitment__title_zh", "rationale_zh", "rationale_en")
    search_help_text = gettext_lazy("A code, or words of the title or the rationale.")
    ordering = ("-as_of", "-id")
    fieldsets = (
        (None, {"fields": ("commitment", "party", "status", "momentum", "confidence", "as_of", "assessed_on")}),
        (gettext_lazy("Reason"), {"fields": ("rationale_zh", "rationale_en", "cited")}),
        (
            gettext_lazy("Review"),
            {
                "fields": ("review_state", "author", "created_at", "published_at", "rule_met", "codebook_version")
                + ("corrects", "withdrawn_at", "withdrawn_reason_zh", "withdrawn_reason_en")
            },
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("commitment", "author", "party", "corrects__commitment")

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/edit/", wrap(self.edit_view), name="commitments_assessment_edit"),
            path("<int:pk>/move/", wrap(self.move_view), name="commitments_assessment_move"),
            *super().get_urls(),
        ]

    # It is added from its commitment, and changed on the same screen while it is a draft.
    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.review_state in EDITABLE)

    def may_edit(self, request, row) -> bool:
        return row.review_state in EDITABLE and Role.ANALYST in held(request)

    def edit_view(self, request, pk):
        row = self._row(request, pk)
        if not self.may_edit(request, row):
            messages.error(
                request,
                _("Only drafts and returned assessments are edited; a published one is corrected by a new one."),
            )
            return HttpResponseRedirect(self._page_of(row))
        return assess(request, self.admin_site, row.commitment_id, row.pk)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        state = ReviewState(obj.review_state)
        context["steps_from_here"] = [
            (to, STEP_WORDS[to], needs_reason(state, to)) for to in transitions_from(state, held(request))
        ]
        context["may_edit"] = self.may_edit(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def move_view(self, request, pk):
        """POST takes the step; GET asks for the reason where one is needed."""
        row = self._row(request, pk)
        to = request.POST.get("to") or request.GET.get("to", "")
        if to not in list(ReviewState):
            raise Http404
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                move(row, ReviewState(to), by=request.user, expected_version=_version(request), **form.cleaned_data)
            except REFUSALS as error:
                refusal = refusal_of(error)
                put(form, Refusal(refusal.sentence, "reason_zh" if refusal.field == "reason" else ""))
            else:
                messages.success(request, f"{row}: {ReviewState(to).label}")
                return HttpResponseRedirect(self._page_of(row))
        return self._reason_page(request, form, row, ReviewState(to))

    def _row(self, request, pk):
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def _page_of(self, row) -> str:
        return reverse("admin:commitments_assessment_change", args=[row.pk])

    def _reason_page(self, request, form, row, to):
        row.refresh_from_db()
        context = {
            **self.admin_site.each_context(request),
            "title": f"{row}: {STEP_WORDS.get(to, to.label)}",
            "opts": self.opts,
            "form": form,
            "rows": [row],
            "hidden": [("to", to.value), ("version", str(row.commitment.version))],
            "back": self._page_of(row),
            "button": STEP_WORDS.get(to, to.label),
            "without_reason": not needs_reason(ReviewState(row.review_state), to),
        }
        return TemplateResponse(request, "admin/commitments/reason.html", context)

    @admin.display(description=gettext_lazy("commitment"), ordering="commitment__code")
    def title(self, row):
        return format_html('<span class="code">{}</span> {}', row.commitment.code, row.commitment.words("title"))

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_column(self, row):
        return status_mark(row.status, row.commitment.verifiability)

    @admin.display(description=gettext_lazy("recent movement"))
    def momentum_column(self, row):
        return momentum_mark(row.momentum)

    @admin.display(description=gettext_lazy("confidence"))
    def confidence_column(self, row):
        return confidence_mark(row.confidence)

    @admin.display(description=gettext_lazy("review"), ordering="review_state")
    def state(self, row):
        return state_word(row.review_state)

    @admin.display(description=gettext_lazy("evidence"))
    def cited(self, row):
        return ", ".join(evidence.code for evidence in row.evidence.all()) or "–"


def _version(request) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None
