"""What an analyst makes of a candidate: mend, accept, refuse, say that it restates another, and take that back."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from commitments.actions.commitments import remove_part, save_commitment, save_part
from commitments.actions.derived import writing
from commitments.actions.passages import only_place, save_passage
from commitments.actions.removal import remove
from commitments.actions.reshaping import undo_reshaping
from commitments.actions.roles import User
from commitments.actions.rows import check_role, check_words, write
from commitments.actions.versions import take_turn
from commitments.choices import CandidateDecision, EarlierRelation, Kind, PartyRole, PassageRole, Publication, Target
from commitments.models import Candidate, Commitment, CommitmentParty, CommitmentTheme, Party, Passage, Theme
from commitments.rules.candidates import check_decided, check_open
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.rules.structure import check_code, check_place, check_wording

OPEN, ACCEPTED = CandidateDecision.OPEN, CandidateDecision.ACCEPTED
LIVE = (CandidateDecision.OPEN, CandidateDecision.ACCEPTED)


@writing()
def save_candidate(
    candidate: Candidate,
    *,
    by: User,
    expected_version: int | None = None,
    themes: Iterable[Theme] | None = None,
    parties: Iterable[Party] | None = None,
    why: str = "",
) -> None:
    """Change what is still open. A quote that stands elsewhere than said is looked for, near its old place first."""
    check_role(by, Role.ANALYST)
    old = take_candidate(candidate, expected_version)
    check_open(CandidateDecision(old.decision), str(old))
    check_words(candidate, "kind", "target", "relation")
    candidate.quote = candidate.quote.replace("\r\n", "\n").strip()
    candidate.start = place_near(candidate.document.text, candidate.quote, candidate.start, old)
    candidate.end = candidate.start + len(candidate.quote)
    check_shape(candidate)
    _check_earlier(candidate)
    write(candidate, by=by, why=why)
    if themes is not None:
        candidate.themes.set(themes)
    if parties is not None:
        candidate.parties.set(parties)


def take_candidate(candidate: Candidate, expected_version: int | None) -> Candidate:
    """Its turn, and the row as it is stored."""
    take_turn(candidate, expected_version)
    return Candidate.objects.select_related("register__document").get(pk=candidate.pk)


def place_near(text: str, quote: str, start: int | None, old: Candidate) -> int:
    """At `start` when it stands there, else the one place that touches the old span, else the only one there is."""
    if quote and (start is None or text[start : start + len(quote)] != quote):
        first, last = max(0, old.start - len(quote) + 1), old.end + len(quote) - 1
        near = text[first:last]
        if near.count(quote) == 1:
            return first + near.index(quote)
    return only_place(text, quote, start)


def check_shape(candidate: Candidate) -> None:
    """Kind, place and code, as a commitment must have them."""
    kind, parent = Kind(candidate.kind), candidate.parent
    if parent and (parent.register_id != candidate.register_id or parent.decision not in LIVE or parent == candidate):
        raise Refused(_("“%(parent)s” is no candidate that this one can be part of.") % {"parent": parent}, "parent")
    check_place(kind, Kind(parent.kind) if parent else None)
    for child in candidate.children.filter(decision__in=LIVE) if candidate.pk else ():
        check_place(Kind(child.kind), kind)
    check_wording(kind, Target(candidate.target) if candidate.target else None, has_criterion=False)
    check_code(candidate.code)
    _check_code_is_free(candidate)


def _check_code_is_free(candidate: Candidate) -> None:
    rows = Candidate.objects.filter(register=candidate.register_id, code=candidate.code, decision__in=LIVE)
    if other := rows.exclude(pk=candidate.pk).first():
        raise Refused(_code_taken(candidate.code, str(other)), "code")
    if taken := Commitment.objects.filter(document=candidate.register_id, code=candidate.code).first():
        raise Refused(_code_taken(candidate.code, str(taken)), "code")


def _code_taken(code: str, name: str) -> str:
    return _("Code “%(code)s” is taken by “%(name)s”; each code stands once in a document.") % {
        "code": code,
        "name": name,
    }


def _check_earlier(candidate: Candidate) -> None:
    earlier = candidate.earlier
    if earlier is None:
        if candidate.relation:
            raise Refused(_("Say which earlier commitment, as “document/code”."), "earlier")
        return
    if earlier.publication == Publication.WITHDRAWN:
        raise Refused(_("“%(name)s” was withdrawn.") % {"name": earlier}, "earlier")


# --- Deciding


@writing()
def accept(candidate: Candidate, *, by: User, expected_version: int | None = None) -> Commitment:
    """A draft commitment with its primary passage. What it does to an earlier one is done too."""
    check_role(by, Role.ANALYST)
    candidate = _open_candidate(candidate, expected_version)
    check_shape(candidate)
    _check_earlier(candidate)
    why = f"accepted at the import desk from {candidate.start}–{candidate.end}"
    row = Commitment(
        document=candidate.document,
        code=candidate.code,
        parent=_parent_of(candidate),
        kind=candidate.kind,
        target=candidate.target,
        title_zh=candidate.title_zh,
        title_en=candidate.title_en,
        due_on=candidate.due_on,
        position=_position(candidate),
    )
    save_commitment(row, by=by, why=why)
    save_passage(_passage(row, candidate, PassageRole.PRIMARY), by=by, why=why)
    for theme in candidate.themes.all():
        save_part(CommitmentTheme(commitment=row, theme=theme), by=by, why=why)
    for party in candidate.parties.all():
        save_part(CommitmentParty(commitment=row, party=party, role=PartyRole.PARTNER), by=by, why=why)
    if candidate.earlier:
        _tell_earlier(candidate, row, by, why)
    row.refresh_from_db()
    candidate.commitment, candidate.commitment_version = row, row.version
    _decide(candidate, ACCEPTED, by)
    return row


@writing()
def restate(candidate: Candidate, *, by: User, expected_version: int | None = None) -> Passage:
    """No new commitment: the earlier one is said again here."""
    check_role(by, Role.ANALYST)
    candidate = _open_candidate(candidate, expected_version)
    if candidate.earlier is None:
        raise Refused(_("Say which earlier commitment, as “document/code”."), "earlier")
    _check_earlier(candidate)
    passage = _passage(candidate.earlier, candidate, PassageRole.RESTATED)
    save_passage(passage, by=by, why="said again, found at the import desk")
    _decide(candidate, CandidateDecision.RESTATES, by)
    return passage


@writing()
def refuse(candidate: Candidate, *, by: User, reason: str = "", expected_version: int | None = None) -> None:
    check_role(by, Role.ANALYST)
    candidate = _open_candidate(candidate, expected_version)
    candidate.reason = reason.strip()
    _decide(candidate, CandidateDecision.REFUSED, by)


@writing()
def undo(candidate: Candidate, *, by: User, expected_version: int | None = None) -> None:
    """The candidate is open again; a draft that nobody has touched since goes, and what was merged or split is back."""
    check_role(by, Role.ANALYST)
    candidate = take_candidate(candidate, expected_version)
    decision = CandidateDecision(candidate.decision)
    if decision == OPEN and candidate.came_of.exists():
        undo_reshaping(candidate, by=by)
        return
    check_decided(decision, str(candidate))
    if decision == CandidateDecision.REPLACED:
        raise Refused(_("“%(name)s” was merged or split; undo that at what it became.") % {"name": candidate})
    row, version = candidate.commitment, candidate.commitment_version
    candidate.commitment = candidate.commitment_version = candidate.decided_by = None
    candidate.decision, candidate.reason = OPEN, ""
    write(candidate, by=by, why=f"undone: {decision.value}")
    if candidate.earlier and (row or decision == CandidateDecision.RESTATES):
        _untell_earlier(candidate, row, by)
    if row:
        _remove_draft(row, version, by)


def _remove_draft(row: Commitment, version: int | None, by: User) -> None:
    words = {"code": row.code}
    if row.publication != Publication.DRAFT:
        raise Refused(_("Commitment %(code)s is public; withdraw it with a reason on its own page.") % words)
    if row.version != version:
        sentence = _("Commitment %(code)s was changed since it was accepted; change or remove it on its own page.")
        raise Refused(sentence % words)
    remove(row, by=by, why="acceptance undone at the import desk")


def _open_candidate(candidate: Candidate, expected_version: int | None) -> Candidate:
    found = take_candidate(candidate, expected_version)
    check_open(CandidateDecision(found.decision), str(found))
    return found


def _decide(candidate: Candidate, decision: CandidateDecision, by: User) -> None:
    candidate.decision, candidate.decided_by = decision, by
    write(candidate, by=by, why=f"open → {decision.value}")


def _parent_of(candidate: Candidate) -> Commitment | None:
    if candidate.parent is None:
        return None
    parent = Candidate.objects.select_for_update(of=("self",)).select_related("commitment").get(pk=candidate.parent.pk)
    if parent.commitment is None:
        sentence = _("It stands under “%(parent)s”, which is not accepted yet: accept that first, or change its place.")
        raise Refused(sentence % {"parent": parent}, "parent")
    return parent.commitment


def _position(candidate: Candidate) -> int:
    """By its place in the text, so that the order of deciding makes no difference."""
    parent = candidate.parent.commitment_id if candidate.parent else None
    siblings = Commitment.objects.filter(document=candidate.register_id, parent=parent)
    taken, position = set(siblings.values_list("position", flat=True)), candidate.start + 1
    while position in taken:
        position += 1
    return position


def _passage(row: Commitment, candidate: Candidate, role: PassageRole) -> Passage:
    place = {"start": candidate.start, "end": candidate.end, "quote": candidate.quote}
    return Passage(commitment=row, document=candidate.document, role=role, **place)


def _tell_earlier(candidate: Candidate, row: Commitment, by: User, why: str) -> None:
    earlier = candidate.earlier
    assert earlier is not None
    if candidate.relation == EarlierRelation.RESTATES:
        save_passage(_passage(earlier, candidate, PassageRole.RESTATED), by=by, why=why)
    elif candidate.relation == EarlierRelation.SUCCEEDS:
        if earlier.successor_id:
            words = {"name": earlier, "successor": earlier.successor}
            raise Refused(_("“%(name)s” is replaced already by “%(successor)s”.") % words, "earlier")
        earlier.successor = row
        save_commitment(earlier, by=by, expected_version=earlier.version, why=why)


def _untell_earlier(candidate: Candidate, row: Commitment | None, by: User) -> None:
    earlier = candidate.earlier
    assert earlier is not None
    if row and earlier.successor_id == row.pk:
        earlier.successor = None
        save_commitment(earlier, by=by, expected_version=earlier.version, why="acceptance undone at the import desk")
    here = {"document": candidate.register_id, "start": candidate.start, "end": candidate.end}
    for passage in earlier.passages.filter(role=PassageRole.RESTATED, **here):
        if row is None or candidate.relation == EarlierRelation.RESTATES:
            remove_part(passage, by=by, why="undone at the import desk")
