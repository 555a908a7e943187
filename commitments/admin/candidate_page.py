"""One candidate beside its text: mend it, say what it does to an earlier commitment, cut it in two, accept it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Media
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.actions.candidates import accept, restate, save_candidate
from commitments.actions.reshaping import split
from commitments.admin.desk_rows import DeskRows
from commitments.admin.draft_register_forms import CandidateForm
from commitments.admin.posted import VERSION_DIGITS, number
from commitments.admin.refusals import REFUSALS, Refusal, refusal_of
from commitments.choices import CandidateDecision
from commitments.models import Candidate, Commitment, DraftRegister
from commitments.rules.candidates import cuts

CORE = Media(js=["admin/js/core.js"])  # the date widget leans on it
AROUND = 12  # characters shown on each side of a cut


def candidate_page(request, site, register: DraftRegister, key: int, *, may_decide: bool):
    row = get_object_or_404(_rows(register), pk=key)
    if request.method != "POST":
        return _shown(request, site, row, _form(row), may_decide=may_decide)
    if not may_decide:
        raise PermissionDenied
    return _split(request, site, row) if "cut" in request.POST else _saved(request, site, row)


def _rows(register: DraftRegister):
    return register.candidates.select_related("register__document", "parent", "earlier__document", "commitment")


def _form(row: Candidate, data=None, refusal: Refusal | None = None) -> CandidateForm:
    kind = type(CandidateForm)("Candidate", (CandidateForm,), {"refusal": refusal, "__module__": __name__})
    return kind(data, instance=row)


def _saved(request, site, row: Candidate):
    """Save, save and accept, or save and link to the earlier one: one transaction."""
    form, then = _form(row, request.POST), request.POST.get("then", "save")
    if form.is_valid():
        try:
            with transaction.atomic():
                _do(form, then, request.user)
        except REFUSALS as error:
            row = _rows(row.register).get(pk=row.pk)
            form = _form(row, request.POST, refusal_of(error))
            form.is_valid()
        else:
            messages.success(request, _said(row, then))
            return HttpResponseRedirect(_onward(request, row))
    return _shown(request, site, _rows(row.register).get(pk=row.pk), form)


def _do(form: CandidateForm, then: str, by) -> None:
    row = form.instance
    save_candidate(row, by=by, expected_version=form.cleaned_data.get("version"), **form.tags())
    if then == "accept":
        accept(row, by=by, expected_version=row.version)
    elif then == "restate":
        restate(row, by=by, expected_version=row.version)


def _said(row: Candidate, then: str) -> str:
    words = {
        "accept": _("“%(name)s” is accepted as a draft."),
        "restate": _("“%(name)s” is linked to the earlier commitment."),
    }
    return words.get(then, _("“%(name)s” is saved.")) % {"name": row}


def _onward(request, row: Candidate) -> str:
    """To the next open one, or back to its row on the desk."""
    rows = DeskRows(row.register)
    following = rows.after(row.pk) if "next" in request.POST else None
    if following:
        return reverse("admin:commitments_draftregister_candidate", args=[row.register_id, following])
    return rows.address(row.pk)


def _split(request, site, row: Candidate):
    cut = number(request.POST.get("cut", ""), VERSION_DIGITS) or 0
    seen = number(request.POST.get("version", ""), VERSION_DIGITS) or 0
    try:
        first, second = split(row, by=request.user, cut=cut, expected_version=seen)
    except REFUSALS as error:
        row = _rows(row.register).get(pk=row.pk)
        return _shown(request, site, row, _form(row), cut_problem=refusal_of(error).sentence)
    messages.success(request, _("Split into “%(first)s” and “%(second)s”.") % {"first": first, "second": second})
    return HttpResponseRedirect(DeskRows(row.register).address(first.pk))


def _shown(request, site, row: Candidate, form, *, may_decide: bool = True, cut_problem: str = ""):
    desk = DeskRows(row.register)
    context: dict[str, Any] = {
        **site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": str(row),
        "subtitle": None,
        "opts": DraftRegister._meta,
        "register": row.register,
        "document": row.register.document,
        "candidate": row,
        "desk": desk,
        "back": desk.address(row.pk),
        "form": form,
        "likes": _likes(row),
        "cuts": _cuts(row),
        "cut_problem": cut_problem,
        "may_decide": may_decide and row.decision == CandidateDecision.OPEN,
        "person": request.user,
        "media": CORE + form.media,
    }
    return TemplateResponse(request, "admin/commitments/draftregister/candidate.html", context)


def _cuts(row: Candidate) -> list[tuple[int, str]]:
    """Each place with the words on both sides of it."""
    quote = row.quote
    return [(cut, f"…{quote[max(0, cut - AROUND) : cut]} | {quote[cut : cut + AROUND]}…") for cut in cuts(quote)]


def _likes(row: Candidate) -> list[tuple[Commitment, int]]:
    """Earlier commitments that say something like it, the likest first, in per cent."""
    pairs = row.hints.get("like", [])
    known = Commitment.objects.with_document().in_bulk([key for key, _ in pairs])
    return [(known[key], round(100 * score)) for key, score in pairs if key in known]
