"""The start page of the desk: one section of the work queue, its rows, and what can be done to many of them at once."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from commitments.actions.checks import check_unchanged
from commitments.actions.draft_registers import unfinished_registers
from commitments.actions.versions import Conflict
from commitments.admin.commitment_list import show_status, standing
from commitments.admin.marks import momentum_mark, state_word, status_mark
from commitments.admin.posted import versions_of
from commitments.admin.queue import MOST_COUNTED, Scope, Section, count, sections_for
from commitments.admin.saving import held
from commitments.choices import Kind, ReviewState
from commitments.models import Assessment, Check, Commitment, SourceDocument
from commitments.rules.refusal import Refused
from commitments.rules.review import Role

ON_ONE_PAGE = 100
MOST_OFFERED = 200  # documents, proposals and analysts in the boxes above the list
MOST_REGISTERS = 5  # draft registers named on the start page
MOST_NEXT = 1000  # rows among which "save and next" looks for the next


class ScopeForm(forms.Form):
    """What the queue is narrowed to; what makes no sense is left out."""

    document = forms.ModelChoiceField(
        SourceDocument.objects.none(),
        label=gettext_lazy("source document"),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("all sources"),
    )
    proposal = forms.ModelChoiceField(
        Commitment.objects.none(),
        label=gettext_lazy("proposal"),
        required=False,
        empty_label=gettext_lazy("all proposals"),
    )
    responsible = forms.ChoiceField(label=gettext_lazy("responsible analyst"), required=False)

    def __init__(self, data, user: User) -> None:
        super().__init__(data)
        self.user = user
        self.fields["document"].queryset = SourceDocument.objects.all()
        self.fields["document"].label_from_instance = lambda row: row.words("short").text
        proposals = Commitment.objects.filter(kind=Kind.PROPOSAL).in_tree_order()
        self.fields["proposal"].queryset = proposals
        analysts = User.objects.filter(groups__name=Role.ANALYST.value, is_active=True).order_by("username")
        self.fields["responsible"].choices = [
            ("", _("any analyst")),
            (str(user.pk), _("mine")),
            ("none", _("nobody's")),
            *((str(row.pk), row.get_username()) for row in analysts.exclude(pk=user.pk)[:MOST_OFFERED]),
        ]
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def scope(self, roles: frozenset[Role]) -> Scope:
        self.is_valid()
        given = self.cleaned_data
        return Scope(self.user, roles, given.get("document"), given.get("proposal"), given.get("responsible", ""))

    def query(self) -> dict[str, str]:
        """The fields that narrow, as they stand in the address."""
        self.is_valid()
        return {name: self.data[name] for name in self.fields if self.cleaned_data.get(name)}


def queue_page(request: HttpRequest, site, extra_context=None):
    form = ScopeForm(request.GET, request.user)
    scope, sections = form.scope(held(request)), sections_for(held(request))
    counted = [(section, count(section.rows(scope))) for section in sections]
    chosen = _chosen(request.GET.get("section", ""), counted)
    page = Paginator(chosen.rows(scope), ON_ONE_PAGE).get_page(request.GET.get("page"))
    rows = list(_assessments(page.object_list) if chosen.is_of_assessments else _commitments(page.object_list))
    narrowed = form.query()
    query = urlencode({"section": chosen.key, **narrowed})
    context = {
        **site.each_context(request),
        "title": _("Work queue"),
        "form": form,
        "sections": [
            (
                section,
                _shown(number),
                urlencode({"section": section.key, **narrowed}),
            )
            for section, number in counted
        ],
        "chosen": chosen,
        "rows": rows,
        "page": page,
        "query": query,
        "here": f"{reverse('admin:index')}?{query}",
        "narrowed": narrowed,
        "names_sources": scope.document is None and SourceDocument.objects.count() > 1,
        "may_act": _may_act(chosen, held(request)),
        "may_assess": Role.ANALYST in held(request),
        "searched": _last_searched(request.user) if chosen.act == "check" else None,
        "unfinished": unfinished_registers(MOST_REGISTERS) if Role.ANALYST in held(request) else None,
        **(extra_context or {}),
    }
    return TemplateResponse(request, "admin/commitments/queue.html", context)


def _shown(number: int) -> str:
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


def _chosen(key: str, counted: list[tuple[Section, int]]) -> Section:
    """The one that was asked for, else the first in which something waits."""
    named = [section for section, _number in counted if section.key == key]
    waiting = [section for section, number in counted if number]
    return [*named, *waiting, counted[0][0]][0]


def _may_act(section: Section, roles: frozenset[Role]) -> bool:
    return bool(section.act) and (section.role or Role.ANALYST) in roles


def _commitments(rows) -> Iterable[Commitment]:
    found = list(standing(rows).select_related("document", "responsible").defer("document__text"))
    show_status(found)
    for row in found:
        row.mark = status_mark(row.shown_status, row.verifiability, computed=row.is_computed)
        row.moving = momentum_mark(row.momentum) if row.momentum else ""
    return found


def _assessments(rows) -> Iterable[Assessment]:
    found = list(rows.select_related("commitment__document", "author").defer("commitment__document__text"))
    reasons = _reasons([row.pk for row in found if row.review_state == ReviewState.RETURNED])
    for row in found:
        row.mark = status_mark(row.status, row.commitment.verifiability)
        row.state_shown = state_word(row.review_state)
        row.reason = reasons.get(row.pk, "")
    return found


def _reasons(of: list[int]) -> dict[int, str]:
    """Why each came back: the last words of its history."""
    entries = Assessment.history.filter(id__in=of, review_state=ReviewState.RETURNED).order_by("history_id")
    said = entries.values_list("id", "history_change_reason")
    return {pk: (why or "").partition(": ")[2] for pk, why in said if ": " in (why or "")}


def _last_searched(user: User) -> Check | None:
    return Check.objects.filter(by=user).exclude(searched_zh="").order_by("-recorded_at", "-pk").first()


# --- Checked, no change ----------------------------------------------------------------------------------------------


@require_POST
def check_rows(request: HttpRequest):
    """`row`: the one whose button was pressed; else all that are ticked. Each is `key:version`."""
    if Role.ANALYST not in held(request):
        raise PermissionDenied
    chosen = [request.POST["row"]] if "row" in request.POST else request.POST.getlist("rows")
    words = {"searched_zh": request.POST.get("searched_zh", ""), "searched_en": request.POST.get("searched_en", "")}
    done, late = 0, []
    for commitment, version in _read(chosen[:MOST_NEXT]):
        try:
            check_unchanged(commitment, by=request.user, expected_version=version, **words)
            done += 1
        except Refused as refused:
            messages.warning(request, f"{commitment.code}: {refused}")
            if refused.field == "searched_zh":
                break
            late += [commitment.pk] if isinstance(refused, Conflict) else []
    if done:
        sentence = ngettext("%(count)d checked, no change.", "%(count)d checked, no change.", done)
        messages.success(request, sentence % {"count": done})
    elif not chosen:
        messages.warning(request, _("Nothing is ticked."))
    back = back_to(request, reverse("admin:index"))
    if late:  # shown as they are now, beside what was typed
        return ask_where(request, admin.site, Commitment.objects.filter(pk__in=late), words, back)
    return HttpResponseRedirect(back)


def ask_where(request: HttpRequest, site, queryset, words: dict[str, str] | None = None, back: str = ""):
    """Between the list and `check_rows`: the rows that were ticked there, with their versions, and the place.

    A row of another page of the list, ticked with all, is seen here for the first time.
    """
    rows = list(queryset.select_related("document")[:MOST_NEXT])
    context = {
        **site.each_context(request),
        "title": _("Checked, no change"),
        "rows": [(row, request.POST.get(f"version-{row.pk}") or row.version) for row in rows],
        "searched": words or _last_searched(request.user),
        "back": back or request.get_full_path(),
    }
    return TemplateResponse(request, "admin/commitments/ask_where.html", context)


def _read(chosen: list[str]) -> list[tuple[Commitment, int]]:
    wanted = versions_of(chosen)
    rows = Commitment.objects.in_bulk(list(wanted))
    return [(rows[pk], version) for pk, version in wanted.items() if pk in rows]


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where the form came from, on this site only."""
    asked: Any = request.POST.get("back") or request.GET.get("back")
    return asked if asked and url_has_allowed_host_and_scheme(asked, {request.get_host()}) else otherwise


# --- Save and next ---------------------------------------------------------------------------------------------------


def keys_of_section(request: HttpRequest, query: dict[str, str]) -> list[int]:
    """Primary keys of the commitments of a section, in its order; empty where the query names none."""
    scope = ScopeForm(query, request.user).scope(held(request))
    for section in sections_for(held(request)):
        if section.key == query.get("section"):
            key = "commitment" if section.is_of_assessments else "pk"
            return list(dict.fromkeys(section.rows(scope).values_list(key, flat=True)[:MOST_NEXT]))
    return []


def after(keys: list[int], key: int) -> int | None:
    """The next one in the order that the writer saw, else the first that is left."""
    later = keys[keys.index(key) + 1 :] if key in keys else keys
    return next((each for each in [*later, *keys] if each != key), None)
