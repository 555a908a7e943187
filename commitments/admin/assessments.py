"""Assessments on the desk: read as they stand, with the next steps of the review; drafts go to the one screen."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.actions.review import steps_open_to
from commitments.admin.assess import assess
from commitments.admin.assessment_steps import STEP_WORDS, take_steps
from commitments.admin.marks import confidence_mark, momentum_mark, state_word, status_mark
from commitments.admin.publishing import AT_ONCE
from commitments.admin.saving import ActionAdmin, held
from commitments.choices import ReviewState
from commitments.models import Assessment
from commitments.rules.review import Role, transitions_from

EDITABLE = (ReviewState.DRAFT, ReviewState.RETURNED)


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
                + ("corrects", "is_editorial", "withdrawn_at", "withdrawn_reason_zh", "withdrawn_reason_en")
            },
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("commitment", "author", "party", "corrects__commitment")

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/edit/", wrap(self.edit_view), name="commitments_assessment_edit"),
            path("<int:pk>/correct/", wrap(self.correct_view), name="commitments_assessment_correct"),
            path("steps/", wrap(self.steps_view), name="commitments_assessment_steps"),
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
        row, refused = self._row(request, pk), ""
        if not self.may_edit(request, row):
            refused = _("Only drafts and returned assessments are edited; a published one is corrected by a new one.")
        return self._screen(request, row, refused, draft_id=row.pk)

    def _screen(self, request, row, refused: str, **subject):
        """What was typed before someone else took a step is shown again, with the sentence."""
        if refused and (request.method != "POST" or Role.ANALYST not in held(request)):
            messages.error(request, refused)
            return HttpResponseRedirect(self._page_of(row))
        return assess(request, self.admin_site, row.commitment_id, refused=refused, **subject)

    def may_correct(self, request, row) -> bool:
        """The judgement that counts: published, not withdrawn, not corrected already."""
        if row.review_state != ReviewState.PUBLISHED or Role.ANALYST not in held(request):
            return False
        return not row.corrected_by.filter(published_at__isnull=False, withdrawn_at__isnull=True).exists()

    def correct_view(self, request, pk):
        row, refused = self._row(request, pk), ""
        if not self.may_correct(request, row):
            refused = _("Only a published assessment that still counts is corrected, by an analyst.")
        return self._screen(request, row, refused, corrects=row)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        open_steps = steps_open_to(request.user, held(request), obj)
        context["steps_from_here"] = [(to, STEP_WORDS[to]) for to in open_steps]
        context["may_edit"] = self.may_edit(request, obj)
        context["may_correct"] = self.may_correct(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def steps_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return take_steps(request, self.admin_site, reverse("admin:commitments_assessment_changelist"))

    @admin.display(description=mark_safe('<input type="checkbox" id="action-toggle">'))
    def action_checkbox(self, row):
        """With the version that the person saw."""
        return format_html(
            '{}<input type="hidden" name="rows" value="{}:{}">',
            super().action_checkbox(row),
            row.pk,
            row.commitment.version,
        )

    def get_actions(self, request):
        """The steps that the person's roles know, for what is ticked."""
        offered = {to for state in ReviewState for to in transitions_from(state, held(request))}
        named = [(f"to_{to.value}", to) for to in STEP_WORDS if to in offered]
        steps = {name: (_step_of(to), name, STEP_WORDS[to]) for name, to in named}
        return {**super().get_actions(request), **steps}

    def _row(self, request, pk):
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def _page_of(self, row) -> str:
        return reverse("admin:commitments_assessment_change", args=[row.pk])

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


def _step_of(to: ReviewState):
    def step(model_admin, request, queryset):
        """What is ticked, in the version that the list showed; with "all of them" also what other pages hold."""
        seen = dict(value.split(":", 1) for value in request.POST.getlist("rows") if ":" in value)
        ticked = queryset.values_list("pk", "commitment__version")[: AT_ONCE + 1]
        rows = [f"{pk}:{seen.get(str(pk), version)}" for pk, version in ticked]
        request.POST = request.POST.copy()
        request.POST.setlist("rows", rows)
        request.POST["to"] = to.value
        return take_steps(request, model_admin.admin_site, request.get_full_path())

    return step
