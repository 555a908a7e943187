"""Write assessments: drafts with their evidence, and corrections of what was published."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from commitments.actions.derived import writing
from commitments.actions.roles import User
from commitments.actions.rows import check_fixed, check_not_future, check_role, delete, name_of, write
from commitments.actions.versions import take_turn
from commitments.choices import Momentum, ReviewState, Rule, Status, Target
from commitments.models import Assessment, Citation, Evidence
from commitments.models.assessment import PUBLIC_STATES
from commitments.models.cited import cited_by
from commitments.rules.gates import CODEBOOK_VERSION, Claim, check_gate
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.rules.sentences import listed
from commitments.today import today

UNCHANGED_IN_EDITORIAL = ("party_id", "status", "momentum", "confidence", "as_of")


@writing()
def save_draft(
    assessment: Assessment,
    *,
    by: User,
    evidence: Iterable[Evidence],
    expected_version: int | None = None,
    why: str = "",
) -> Assessment:
    """Create a draft, or change one that is not yet approved or published, with exactly this evidence."""
    check_role(by, Role.ANALYST)
    check_not_future(assessment.as_of, "as_of")
    check_not_future(assessment.assessed_on, "assessed_on")
    take_turn(assessment.commitment, expected_version)
    assessment.review_state = _editable_state(assessment)
    check_fixed(assessment, "commitment", "corrects")
    if assessment.pk is None:
        assessment.author = by
    write(assessment, by=by, why=why)
    _cite(assessment, {row.pk: row for row in evidence}, by=by, why=why)
    check_correction(assessment)
    return assessment


def correction_of(published: Assessment) -> Assessment:
    """A draft that says the same as the published one, for the writer to change; not stored yet."""
    copied = (*UNCHANGED_IN_EDITORIAL, "rationale_zh", "rationale_en")
    return Assessment(
        commitment=published.commitment,
        corrects=published,
        assessed_on=today(),
        **{field: getattr(published, field) for field in copied},
    )


def check_correction(assessment: Assessment) -> None:
    """It corrects what still counts; where only words are mended, the judgement and its evidence stay."""
    corrected = assessment.corrects
    if corrected is None:
        return
    if corrected.withdrawn_at:
        raise Refused(_("What it corrects has been withdrawn; add a new assessment instead."), "corrects")
    if corrected.corrected_by.filter(published_at__isnull=False, withdrawn_at__isnull=True).exists():
        raise Refused(_("What it corrects has been corrected already; correct that correction."), "corrects")
    if assessment.is_editorial:
        _check_wording_only(assessment, corrected)


def _check_wording_only(assessment: Assessment, corrected: Assessment) -> None:
    changed = [name for name in UNCHANGED_IN_EDITORIAL if getattr(assessment, name) != getattr(corrected, name)]
    if _codes(assessment) != _codes(corrected):
        changed.append("evidence")
    if changed:
        names = listed(name_of(assessment, name) for name in changed)
        sentence = _("A correction of the wording leaves the judgement as it was; changed here: %(names)s.")
        raise Refused(sentence % {"names": names}, changed[0])


def _codes(assessment: Assessment) -> set[str]:
    return set(assessment.evidence.values_list("code", flat=True))


def _editable_state(assessment: Assessment) -> ReviewState:
    """The stored one, whatever the caller's copy says: only move() takes it further."""
    stored = Assessment.objects.filter(pk=assessment.pk).values_list("review_state", flat=True).first()
    state = ReviewState(stored or ReviewState.DRAFT)
    if state in PUBLIC_STATES:
        raise Refused(_("A published assessment does not change; correct it with a new one."), "review_state")
    if state == ReviewState.APPROVED:
        raise Refused(_("What was approved does not change before it is published; return it first."), "review_state")
    return state


def _cite(assessment: Assessment, evidence: dict[int, Evidence], *, by: User, why: str) -> None:
    have = {citation.evidence_id: citation for citation in assessment.citations.all()}
    for pk in have.keys() - evidence.keys():
        delete(have[pk], by=by, why=why)
    for pk, row in evidence.items():
        if pk not in have:
            write(Citation(assessment=assessment, evidence=row), by=by, why=why)


def mark_published(assessment: Assessment, rule: Rule, *, at: datetime) -> None:
    """Fill in what publication records; the caller writes the row."""
    assessment.review_state = ReviewState.PUBLISHED
    assessment.rule_met, assessment.codebook_version = rule, CODEBOOK_VERSION
    assessment.published_at = at


def claim_of(assessment: Assessment) -> Claim:
    """What the gate looks at, read from the rows."""
    commitment = assessment.commitment
    return Claim(
        status=Status(assessment.status),
        target=Target(commitment.target) if commitment.target else None,
        cited=tuple(cited_by(assessment)),
        document_date=_document_date(assessment),
        has_check=commitment.checks.exists(),
        has_successor=commitment.successor_id is not None,
        momentum=Momentum(assessment.momentum) if assessment.momentum else None,
    )


def lacking(draft: Assessment) -> str:
    """Why it cannot be submitted as it is; empty when it can."""
    try:
        check_gate(claim_of(draft))
    except Refused as refused:
        return str(refused)
    return ""


def _document_date(assessment: Assessment) -> date:
    return assessment.commitment.document.issued_on
