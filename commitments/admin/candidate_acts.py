"""The buttons of the import desk: what was pressed and ticked -> actions, and a sentence for each refusal."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.actions.candidates import accept, refuse, restate, undo
from commitments.actions.reshaping import merge
from commitments.actions.versions import Conflict
from commitments.admin.posted import versions_of
from commitments.admin.refusals import REFUSALS, refusal_of
from commitments.choices import CandidateDecision
from commitments.models import Candidate, DraftRegister
from commitments.rules.refusal import Refused

MOST_AT_ONCE = 200  # rows of one press: a request must end
MOST_SAID = 8  # refusals that are spelled out


class Seen(NamedTuple):
    """A row, and the version of it that the page showed."""

    row: Candidate
    version: int


class Press(NamedTuple):
    act: str
    rows: list[Seen]
    reason: str


def read(request, register: DraftRegister) -> Press | None:
    """`accept=12:3 13:1` for a button of a row, `ticked=accept` with `rows` for all that are ticked."""
    reason = request.POST.get("reason", "")
    if (act := request.POST.get("ticked", "")) in TICKED:
        return Press(act, _rows(request.POST.getlist("rows"), register), reason)
    for act in ACTS:
        if act in request.POST:
            return Press(act, _rows(request.POST[act].split(), register), reason)
    return None


def _rows(values: list[str], register: DraftRegister) -> list[Seen]:
    """What is no `key:version` of this register is left out."""
    wanted = versions_of(values[:MOST_AT_ONCE])
    rows = Candidate.objects.filter(register=register).in_bulk(list(wanted))
    return [Seen(rows[pk], version) for pk, version in wanted.items() if pk in rows]


def carry_out(request, press: Press) -> list[Candidate]:
    """Each row is its own transaction, a merge is one. Returns the rows that were refused."""
    if not press.rows:
        messages.warning(request, _("Nothing is ticked."))
        return []
    refused: list[tuple[Candidate, Exception]] = []
    done = ACTS[press.act](request, press, refused)
    if done:
        words = ngettext("%(count)d candidate decided.", "%(count)d candidates decided.", done)
        messages.success(request, words % {"count": done})
    for row, error in refused[:MOST_SAID]:
        messages.warning(request, _sentence(row, error))
    if len(refused) > MOST_SAID:
        more = len(refused) - MOST_SAID
        messages.warning(request, ngettext("%(count)d more.", "%(count)d more.", more) % {"count": more})
    return [row for row, _error in refused]


def _sentence(row: Candidate, error: Exception) -> str:
    """After a conflict: who made what of it meanwhile."""
    if not isinstance(error, Conflict):
        return f"{row.code}: {refusal_of(error).sentence}"
    now = Candidate.objects.filter(pk=row.pk).first()
    newest = Candidate.history.filter(id=row.pk).select_related("history_user").first()
    words = {
        "name": row,
        "person": newest.history_user if newest and newest.history_user else "–",
        "decision": CandidateDecision(now.decision).label if now else "–",
    }
    return _("“%(name)s” was changed meanwhile by %(person)s: %(decision)s. Look at it and decide again.") % words


Acts = Callable[..., int]


def _each(does: Callable[[Seen, Press, object], object], *, inner_first: bool = False) -> Acts:
    def act(request, press: Press, refused: list) -> int:
        """What stands under another comes after it, or before it where it is taken back."""
        done = 0
        for seen in sorted(press.rows, key=_place, reverse=inner_first):
            try:
                does(seen, press, request.user)
                done += 1
            except REFUSALS as error:
                refused.append((seen.row, error))
        return done

    return act


def _place(seen: Seen) -> tuple:
    row = seen.row
    return row.start, -row.end, row.parent_id is not None, row.pk


def _accept(seen: Seen, press: Press, by) -> None:
    accept(seen.row, by=by, expected_version=seen.version)


def _refuse(seen: Seen, press: Press, by) -> None:
    refuse(seen.row, by=by, reason=press.reason, expected_version=seen.version)


def _restate(seen: Seen, press: Press, by) -> None:
    restate(seen.row, by=by, expected_version=seen.version)


def _undo(seen: Seen, press: Press, by) -> None:
    """The first of the parts of a split takes the others along."""
    if Candidate.objects.filter(pk=seen.row.pk).exists():
        undo(seen.row, by=by, expected_version=seen.version)


def _merge(request, press: Press, refused: list) -> int:
    try:
        new = merge([tuple(seen) for seen in press.rows], by=request.user)
    except Refused as error:
        refused.append((press.rows[0].row, error))
        return 0
    press.rows[:] = [Seen(new, new.version)]
    return 1


ACTS: dict[str, Acts] = {
    "accept": _each(_accept),
    "refuse": _each(_refuse),
    "restate": _each(_restate),
    "undo": _each(_undo, inner_first=True),
    "merge": _merge,
}
TICKED = ("accept", "refuse", "undo", "merge")
