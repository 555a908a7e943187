"""Write commitments and what is part of them: passages, parties, themes."""

from django.db.models import Max, Model, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from commitments.actions.derived import writing
from commitments.actions.evidence import check_still_carried
from commitments.actions.roles import User
from commitments.actions.rows import check_fixed, check_role, check_words, delete, write
from commitments.actions.versions import take_turn
from commitments.choices import Kind, Target
from commitments.models import Commitment, EvidenceLink
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.rules.structure import check_code, check_place, check_wording


@writing()
def save_commitment(commitment: Commitment, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    """Create or change; a new one comes last among its siblings unless it has a position."""
    check_role(by, Role.ANALYST)
    check_code(commitment.code)
    check_words(commitment, "kind", "target")
    _check_place(commitment)
    has_criterion = bool(commitment.criterion_zh or commitment.criterion_en)
    check_wording(Kind(commitment.kind), Target(commitment.target) if commitment.target else None, has_criterion)
    before = ""
    if commitment.pk:
        take_turn(commitment, expected_version)
        check_fixed(commitment, "code", "document")
        before = Commitment.objects.values_list("path", flat=True).get(pk=commitment.pk)
    _give_position(commitment)
    write(commitment, by=by, why=why)
    if before and before != commitment.path:
        _bring_descendants(commitment, before)


def _check_place(commitment: Commitment) -> None:
    kind, parent = Kind(commitment.kind), commitment.parent
    check_place(kind, Kind(parent.kind) if parent else None)
    if parent and parent.document_id != commitment.document_id:
        raise Refused(_("“%(parent)s” is of another document.") % {"parent": parent}, "parent")
    for child in commitment.children.all() if commitment.pk else ():
        check_place(Kind(child.kind), kind)


def _give_position(commitment: Commitment) -> None:
    siblings = Commitment.objects.filter(document_id=commitment.document_id, parent=commitment.parent)
    if not (commitment.pk or commitment.position):
        commitment.position = (siblings.aggregate(last=Max("position"))["last"] or 0) + 1
    if other := siblings.filter(position=commitment.position).exclude(pk=commitment.pk).first():
        words = {"position": commitment.position, "code": other.code}
        raise Refused(_("Position %(position)s is taken by commitment %(code)s.") % words, "position")


def _bring_descendants(commitment: Commitment, before: str) -> None:
    """Only the derived `path` follows; nothing that someone wrote changes, so this is in no history."""
    family = Commitment.objects.filter(document_id=commitment.document_id, path__startswith=before)
    moved = Concat(Value(commitment.path), Substr("path", len(before) + 1))
    family.exclude(pk=commitment.pk).update(path=moved)


@writing()
def save_part(part: Model, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    """A passage, party, theme or evidence link of a commitment."""
    check_role(by, Role.ANALYST)
    _take_turn_of_whole(part, expected_version)
    write(part, by=by, why=why)
    if isinstance(part, EvidenceLink):
        check_still_carried(part)


@writing()
def remove_part(part: Model, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    check_role(by, Role.ANALYST)
    _take_turn_of_whole(part, expected_version)
    delete(part, by=by, why=why)
    if isinstance(part, EvidenceLink):
        check_still_carried(part)


def _take_turn_of_whole(part: Model, expected_version: int | None) -> None:
    """Parts count with their commitment, a link with its evidence too: either page shows and changes it."""
    whole = getattr(part, "commitment", None)
    if isinstance(whole, Commitment):
        take_turn(whole, expected_version)
    if isinstance(part, EvidenceLink):
        take_turn(part.evidence, None)
