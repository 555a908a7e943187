"""Add a dated status with all that comes with it (new evidence, a note, the next step of its review), or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commitments.actions.assessments import save_draft
from commitments.actions.derived import writing
from commitments.actions.evidence import known_page, link_evidence, save_evidence
from commitments.actions.notes import save_note
from commitments.actions.publication import publish
from commitments.actions.review import move
from commitments.actions.roles import User
from commitments.actions.versions import take_turn
from commitments.choices import Publication, ReviewState
from commitments.models import Assessment, Commitment, Evidence, EvidenceLink, Note
from commitments.rules.refusal import Refused


@dataclass
class Found:
    """A page that the writer brings along; a refusal about it carries `place` before the field's name."""

    evidence: Evidence
    bears: str
    place: str = ""


@writing()
def add_step(
    assessment: Assessment,
    *,
    by: User,
    then: ReviewState,
    evidence: Iterable[Evidence] = (),
    found: Iterable[Found] = (),
    note: Note | None = None,
    with_evidence: bool = False,
    expected_version: int | None = None,
) -> Assessment:
    """`then`: the review state in which it ends; its present one means that it stays.

    `with_evidence`: see `move`.
    """
    take_turn(assessment.commitment, expected_version)
    cited = [*evidence, *(_take(item, assessment.commitment, then, by) for item in found)]
    save_draft(assessment, by=by, evidence=cited)
    if note:
        _add_note(note, by)
    if then != assessment.review_state:
        move(assessment, then, by=by, with_evidence=with_evidence)
    return assessment


def _take(item: Found, commitment: Commitment, then: ReviewState, by: User) -> Evidence:
    """A page that is known already is linked, not entered twice; a new one goes public with the status."""
    try:
        known = known_page(item.evidence.url)
        if known:
            _check_known(known, commitment, item.bears)
        else:
            save_evidence(item.evidence, by=by)
        evidence = known or item.evidence
        link_evidence(evidence, commitment, item.bears, by=by)
        if then == ReviewState.PUBLISHED and evidence.publication == Publication.DRAFT:
            publish(evidence, by=by)
    except Refused as refused:
        raise Refused(str(refused), f"{item.place}-{refused.field or 'url'}") from refused
    return evidence


def _check_known(known: Evidence, commitment: Commitment, bears: str) -> None:
    if known.publication == Publication.WITHDRAWN:
        raise Refused(_("This address is %(code)s, which has been withdrawn.") % {"code": known.code}, "url")
    link = EvidenceLink.objects.filter(evidence=known, commitment=commitment).exclude(bears=bears).first()
    if link:
        sentence = _("This address is %(code)s, which is linked here already: %(bears)s. Choose it in the list.")
        raise Refused(sentence % {"code": known.code, "bears": link.get_bears_display()}, "url")


def _add_note(note: Note, by: User) -> None:
    try:
        save_note(note, by=by)
    except Refused as refused:
        raise Refused(str(refused), f"note-{refused.field or 'text_zh'}") from refused
