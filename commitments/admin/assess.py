"""Adding a dated status, or mending a draft, on one screen: one action, or the form again with the sentence."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Media
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from commitments.admin.assess_screen import Screen
from commitments.admin.commitment_list import standing
from commitments.admin.commitment_page import page
from commitments.admin.refusals import REFUSALS, Refusal, refusal_of
from commitments.admin.saving import held
from commitments.models import Assessment, Commitment, Publisher

CORE = Media(js=["admin/js/core.js"])  # the date widget leans on it
MOST_PUBLISHERS = 500  # names offered while typing


@csrf_protect
def assess(request, site, commitment_id: str, draft_id: int | None = None):
    if not request.user.has_perm("commitments.add_assessment"):
        raise PermissionDenied
    screen = _screen(request, commitment_id, draft_id)
    if request.method == "POST" and screen.is_valid():
        try:
            with transaction.atomic():
                step = screen.save(by=request.user, then=request.POST.get("then", ""))
        except REFUSALS as error:
            screen = _screen(request, commitment_id, draft_id, _placed(refusal_of(error)))
            screen.is_valid()
        else:
            messages.success(
                request, _("Saved: %(step)s (%(state)s).") % {"step": step, "state": step.get_review_state_display()}
            )
            return HttpResponseRedirect(reverse("admin:commitments_commitment_change", args=[screen.commitment.pk]))
    return _shown(request, site, screen)


def _screen(request, commitment_id, draft_id, refusal: Refusal | None = None) -> Screen:
    rows = standing(Commitment.objects.all()).select_related("document", "parent")
    commitment = get_object_or_404(rows, pk=commitment_id)
    draft = get_object_or_404(Assessment, pk=draft_id, commitment=commitment) if draft_id else None
    if draft:
        draft.commitment = commitment
    return Screen(request.POST if request.method == "POST" else None, commitment, draft, refusal)


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
        "title": _("Dated status of %(code)s") % {"code": commitment.code},
        "subtitle": None,
        "opts": Commitment._meta,
        "commitment": commitment,
        "screen": screen,
        "form": screen.form,
        "buttons": screen.buttons(held(request)),
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
        return assess(request, self.admin_site, _number(object_id))


def _number(object_id: str) -> str:
    """Anything that is no number is a row that does not exist."""
    found = unquote(object_id)
    return found if found.isascii() and found.isdigit() and len(found) < 19 else "0"
