"""Make one candidate of several, or two of one, and add one that nothing found; what was there before can come back."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from commitments.actions.derived import writing
from commitments.actions.passages import only_place
from commitments.actions.roles import User
from commitments.actions.rows import check_role, check_words, delete, write
from commitments.actions.versions import take_turn
from commitments.choices import CandidateDecision, Kind, Target
from commitments.models import Candidate, DraftRegister
from commitments.rules.candidates import check_joinable, check_open, halves, propose_code
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.rules.structure import PARENTS_OF

OPEN, REPLACED = CandidateDecision.OPEN, CandidateDecision.REPLACED
LIVE = (CandidateDecision.OPEN, CandidateDecision.ACCEPTED)
TITLE, TITLE_OF_PART = 300, 60
JOINED = "；"


@writing()
def merge(candidates: Sequence[tuple[Candidate, int | None]], *, by: User) -> Candidate:
    """Pairs of row and version that was seen. The new one spans them all and takes the first one's code."""
    check_role(by, Role.ANALYST)
    rows = sorted((_taken(row, version) for row, version in candidates), key=lambda row: (row.start, row.pk))
    kinds, parents = {Kind(row.kind) for row in rows}, {row.parent_id for row in rows}
    check_joinable(kinds, parents, len(rows))
    if len({row.register_id for row in rows}) > 1:
        raise Refused(_("Only candidates of one document can be merged."), "rows")
    first = rows[0]
    start, end = first.start, max(row.end for row in rows)
    new = _like(first, start, end)
    new.title_zh = _titles(row.title_zh for row in rows)
    new.title_en = _titles(row.title_en for row in rows)
    new.due_on = next((row.due_on for row in rows if row.due_on), None)
    if any(row.target == Target.QUANTIFIED for row in rows):
        new.target = Target.QUANTIFIED.value
    _replace(rows, [new], by, "merged")
    return new


@writing()
def split(candidate: Candidate, *, by: User, cut: int, expected_version: int | None = None) -> tuple[Candidate, ...]:
    """`cut`: a place in its quote. The first part keeps the code, the second gets the next free one."""
    check_role(by, Role.ANALYST)
    row = _taken(candidate, expected_version)
    parts = [_like(row, *span) for span in halves(row.start, row.quote, cut)]
    for part in parts:
        title = "title_en" if row.title_en and not row.title_zh else "title_zh"
        setattr(part, title, " ".join(part.quote.split())[:TITLE_OF_PART])
    parts[1].code = propose_code(Kind(row.kind), row.parent.code if row.parent else "", _codes(row.register))
    _replace([row], parts, by, "split")
    return tuple(parts)


@writing()
def add_candidate(register: DraftRegister, *, by: User, quote: str, kind: str, start: int | None = None) -> Candidate:
    """What nothing found. It stands under the proposal that its words stand in."""
    check_role(by, Role.ANALYST)
    text = register.document.text
    quote = quote.replace("\r\n", "\n").strip()
    place = only_place(text, quote, start)
    new = Candidate(register=register, kind=kind, start=place, end=place + len(quote), quote=quote)
    check_words(new, "kind")
    same = Candidate.objects.filter(register=register, kind=kind, start=new.start, end=new.end, decision__in=LIVE)
    if other := same.first():
        raise Refused(_("These words are a candidate already: “%(name)s”.") % {"name": other}, "quote")
    new.parent = _around(new)
    new.code = propose_code(Kind(kind), new.parent.code if new.parent else "", _codes(register))
    title = "title_en" if register.document.language == "en" else "title_zh"
    setattr(new, title, " ".join(quote.split())[:TITLE_OF_PART])
    new.target = "" if kind == Kind.PROPOSAL else Target.CONTINUING.value
    write(new, by=by, why="added at the import desk")
    return new


def _around(new: Candidate) -> Candidate | None:
    """The innermost live candidate that it may stand under and lies in."""
    kinds = [kind.value for kind in PARENTS_OF[Kind(new.kind)] if kind]
    rows = Candidate.objects.filter(register=new.register_id, kind__in=kinds, decision__in=LIVE)
    return rows.filter(start__lte=new.start, end__gte=new.end).order_by("-start").first()


def undo_reshaping(candidate: Candidate, *, by: User) -> None:
    """The caller holds the turn of `candidate`. All that came of the same rows goes, and those are open again."""
    sources = list(candidate.came_of.all())
    parts = list(Candidate.objects.filter(came_of__in=sources).distinct())
    for part in parts:
        if part != candidate:
            take_turn(part, None)
            part.refresh_from_db()
            _check_not_anothers(part, by)
        check_open(CandidateDecision(part.decision), str(part))
    for source in sources:
        take_turn(source, None)
        source.refresh_from_db()
        source.decision, source.decided_by = OPEN, None
        write(source, by=by, why="merge or split undone")
    _move_children(parts, sources, by)
    for part in parts:
        delete(part, by=by, why="merge or split undone")


def _check_not_anothers(part: Candidate, by: User) -> None:
    """Whoever undoes has seen one part; what another person made of the others would be lost unseen."""
    newest = part.history.select_related("history_user").first()
    if newest and newest.history_type == "~" and newest.history_user != by:
        words = {"name": part, "person": newest.history_user or "–"}
        sentence = _("“%(name)s” was changed by %(person)s; undo it there, or decide about each part.")
        raise Refused(sentence % words, "decision")


def _taken(candidate: Candidate, expected_version: int | None) -> Candidate:
    take_turn(candidate, expected_version)
    row = Candidate.objects.select_related("register__document", "parent").get(pk=candidate.pk)
    check_open(CandidateDecision(row.decision), str(row))
    return row


def _like(row: Candidate, start: int, end: int) -> Candidate:
    same = ("kind", "parent", "code", "target", "title_zh", "title_en", "due_on", "earlier", "relation", "register")
    values = {name: getattr(row, name) for name in same}
    return Candidate(**values, start=start, end=end, quote=row.document.text[start:end], hints=row.hints)


def _replace(rows: list[Candidate], new: list[Candidate], by: User, how: str) -> None:
    for row in rows:
        row.decision, row.decided_by = REPLACED, by
        write(row, by=by, why=how)
    for each in new:
        write(each, by=by, why=how)
        each.came_of.set(rows)
        each.themes.set({theme for row in rows for theme in row.themes.all()})
        each.parties.set({party for row in rows for party in row.parties.all()})
    _move_children(rows, new, by)


def _move_children(before: list[Candidate], after: list[Candidate], by: User) -> None:
    """Each goes under what its words stand in, else under the first."""
    for child in Candidate.objects.filter(parent__in=before):
        around = [row for row in after if row.start <= child.start < row.end]
        child.parent = (around or after)[0]
        take_turn(child, None)
        write(child, by=by, why="its proposal was merged or split")


def _titles(titles: Iterable[str]) -> str:
    return JOINED.join(dict.fromkeys(title for title in titles if title))[:TITLE]


def _codes(register: DraftRegister) -> set[str]:
    candidates = register.candidates.filter(decision__in=LIVE).values_list("code", flat=True)
    return {*candidates, *register.document.commitments.values_list("code", flat=True)}
