"""Adding a dated status, or mending a draft, on one screen: one action, or the form again with the sentence."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from commitments.actions.assessments import correction_of
from commitments.actions.derived import writing
from commitments.admin.assess_screen import Screen
from commitments.admin.commitment_list import standing
from commitments.admin.commitment_page import page
from commitments.admin.posted import number
from commitments.admin.queue_page import after, keys_of_section
from commitments.admin.refusals import REFUSALS, Refusal, refusal_of
from commitments.admin.saving import held
from commitments.models import Assessment, Commitment, Publisher

CORE = Media(js=["admin/js/core.js"])  # the date widget leans on it
MOST_PUBLISHERS = 500  # names offered while typing


@csrf_protect
def assess(
    request,
    site,
    commitment_id: int,
    draft_id: int | None = None,
    *,
    corrects: Assessment | None = None,
    refused: str = "",
):
    """The query of a section of the work queue in the address says where "save and next" goes on.

    `refused`: why nothing is saved; what was typed is only shown again.
    """
    if not request.user.has_perm("commitments.add_assessment"):
        raise PermissionDenied
    subject = (commitment_id, draft_id, corrects)
    screen = _screen(request, subject, Refusal(refused) if refused else None)
    if request.method == "POST" and screen.is_valid():
        in_section = keys_of_section(request, request.GET.dict()) if request.GET else []
        try:
            with writing():
                step = screen.save(by=request.user, data=request.POST)
        except REFUSALS as error:
            screen = _screen(request, subject, _placed(refusal_of(error)))
            screen.is_valid()
        else:
            messages.success(
                request, _("Saved: %(step)s (%(state)s).") % {"step": step, "state": step.get_review_state_display()}
            )
            return HttpResponseRedirect(_onward(request, screen.commitment, in_section))
    return _shown(request, site, screen)


def _onward(request, commitment: Commitment, in_section: list[int]) -> str:
    """The next of the section, or back to it; without one to the page of the commitment."""
    if not in_section:
        return reverse("admin:commitments_commitment_change", args=[commitment.pk])
    following = after(in_section, commitment.pk)
    if "next" in request.POST and following:
        return f"{reverse('admin:commitments_commitment_assess', args=[following])}?{request.GET.urlencode()}"
    return f"{reverse('admin:index')}?{request.GET.urlencode()}"


def _screen(request, subject, refusal: Refusal | None = None) -> Screen:
    commitment_id, draft_id, corrects = subject
    rows = standing(Commitment.objects.all()).select_related("document", "parent")
    commitment = get_object_or_404(rows, pk=commitment_id)
    row = get_object_or_404(Assessment, pk=draft_id, commitment=commitment) if draft_id else None
    if corrects:
        row = correction_of(corrects)
    if row:
        row.commitment = commitment
    data = request.POST if request.method == "POST" else None
    return Screen(data, commitment, row, refusal, held(request), request.user)


def _placed(refusal: Refusal) -> Refusal:
    """`new-0-url` -> the field url of the form new-0."""
    for prefix in ("new-0", "new-1", "note"):
        if refusal.field.startswith(f"{prefix}-"):
            field = refusal.field.removeprefix(f"{prefix}-")
            return Refusal(refusal.sentence, field, prefix, refusal.is_conflict)
    return refusal


def _shown(request, site, screen: Screen) -> TemplateResponse:
    commitment = screen.commitment
    context = {
        **site.each_context(request),
        **page(commitment),
        "title": (_("Correction for %(code)s") if screen.row.corrects else _("Dated status of %(code)s"))
        % {"code": commitment.code},
        "subtitle": None,
        "opts": Commitment._meta,
        "commitment": commitment,
        "screen": screen,
        "form": screen.form,
        "is_in_section": "section" in request.GET,
        "person": request.user,
        "publishers": Publisher.objects.order_by("name").values_list("name", "slug")[:MOST_PUBLISHERS],
        "media": CORE + screen.form.media + screen.found.empty_form.media,
    }
    return TemplateResponse(request, "admin/commitments/assess.html", context)


class CommitmentSteps(admin.ModelAdmin):
    """The way to the screen from a commitment."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.assess_view)
        return [path("<path:object_id>/assess/", view, name="commitments_commitment_assess"), *super().get_urls()]

    def assess_view(self, request, object_id):
        """Anything that is no number is a row that does not exist."""
        return assess(request, self.admin_site, number(unquote(object_id)) or 0)
