"""Steps of the review for many assessments at once: from the queue, or from the list with what is ticked there."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from commitments.actions.derived import writing
from commitments.actions.review import hidden_evidence, move
from commitments.admin.posted import versions_of
from commitments.admin.publishing import AT_ONCE, ReasonForm
from commitments.admin.queue_page import back_to
from commitments.admin.refusals import REFUSALS, refusal_of
from commitments.choices import ReviewState
from commitments.models import Assessment, Evidence
from commitments.rules.review import needs_reason

STEP_WORDS = {
    ReviewState.IN_REVIEW: gettext_lazy("Submit for review"),
    ReviewState.APPROVED: gettext_lazy("Approve"),
    ReviewState.RETURNED: gettext_lazy("Return with a reason"),
    ReviewState.PUBLISHED: gettext_lazy("Publish"),
    ReviewState.WITHDRAWN: gettext_lazy("Withdraw with a reason"),
}


class Ticked(NamedTuple):
    """`version`: of the commitment, as the person saw it."""

    assessment: Assessment
    version: int | None


@require_POST
def take_steps(request: HttpRequest, site, back: str):
    """Each row for itself: what is refused is named with its reason, the others go on.

    Asks first where a reason is needed, or where a publication would take hidden evidence with it.
    """
    to = _state(request.POST.get("to", ""))
    rows = _ticked(request)
    back = back_to(request, back)
    if not rows:
        messages.warning(request, _("Nothing is ticked."))
        return HttpResponseRedirect(back)
    form = ReasonForm(request.POST if "reason_zh" in request.POST else None)
    with_evidence = "with_evidence" in request.POST
    hidden = [] if with_evidence or to != ReviewState.PUBLISHED else _hidden(rows)
    asks = any(needs_reason(ReviewState(row.assessment.review_state), to) for row in rows)
    if hidden or asks and not _has_reason(form):
        return _ask(request, site, rows, to, form, hidden, back)
    reasons = form.cleaned_data if form.is_bound and form.is_valid() else {}
    late = _take(request, rows, to, with_evidence, reasons)
    if late and _has_reason(form):  # what was typed is kept
        return _ask(request, site, late, to, form, [], back)
    return HttpResponseRedirect(back)


def _state(asked: str) -> ReviewState:
    if asked not in STEP_WORDS:
        raise Http404
    return ReviewState(asked)


def _ticked(request: HttpRequest) -> list[Ticked]:
    wanted = versions_of(request.POST.getlist("rows")[:AT_ONCE])
    found = Assessment.objects.select_related("commitment__document").in_bulk(list(wanted))
    return [Ticked(found[key], version) for key, version in wanted.items() if key in found]


def _hidden(rows: list[Ticked]) -> list[Evidence]:
    by_code = {each.code: each for row in rows for each in hidden_evidence(row.assessment)}
    return [by_code[code] for code in sorted(by_code)]


def _has_reason(form: ReasonForm) -> bool:
    return form.is_bound and form.is_valid() and bool(form.cleaned_data["reason_zh"].strip())


def _take(request, rows: list[Ticked], to: ReviewState, with_evidence: bool, reasons: dict[str, Any]) -> list[Ticked]:
    """Answers those that someone else has changed meanwhile, with the version that they have now."""
    done, now, late = 0, {}, []
    for row in rows:
        # Two of one commitment: the first one's own step is no one else's change.
        seen = (row.assessment.commitment_id, row.version)
        try:
            with writing():
                move(
                    row.assessment,
                    to,
                    by=request.user,
                    with_evidence=with_evidence,
                    expected_version=now.get(seen, row.version),
                    **reasons,
                )
        except REFUSALS as error:
            refusal = refusal_of(error)
            messages.warning(request, f"{row.assessment}: {refusal.sentence}")
            if refusal.is_conflict:
                stored = Assessment.objects.select_related("commitment__document").get(pk=row.assessment.pk)
                late.append(Ticked(stored, stored.commitment.version))
        else:
            done += 1
            now[seen] = row.assessment.commitment.version
    if done:
        words = {"count": done, "state": to.label}
        sentence = ngettext("%(count)d assessment: %(state)s.", "%(count)d assessments: %(state)s.", done)
        messages.success(request, sentence % words)
    return late


def _ask(request, site, rows: list[Ticked], to: ReviewState, form, hidden: list[Evidence], back: str):
    if form.is_bound and not _has_reason(form):
        form.add_error("reason_zh", _("A change to “%(to)s” needs a reason; none is given.") % {"to": to.label})
    given = [("to", to.value), ("back", back)]
    given += [("rows", f"{row.assessment.pk}:{row.version}") for row in rows]
    remark = ""
    if hidden:
        given.append(("with_evidence", "1"))
        remark = _("These pages are cited and are not public yet; they are published with it:")
    context = {
        **site.each_context(request),
        "title": STEP_WORDS[to],
        "opts": Assessment._meta,
        "form": form,
        "rows": [row.assessment for row in rows],
        "remark": remark,
        "evidence": hidden,
        "hidden": given,
        "back": back,
        "button": _("Publish with its evidence") if hidden else STEP_WORDS[to],
        "without_reason": bool(hidden),
    }
    return TemplateResponse(request, "admin/commitments/reason.html", context)
