"""Write assessments: drafts, their evidence, and every step of their review."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.roles import User, roles_of
from commitments.actions.rows import check_not_future, check_role, delete, write
from commitments.actions.versions import take_turn
from commitments.choices import Momentum, ReviewState, Rule, Status, Target
from commitments.models import Assessment, Citation, Evidence
from commitments.models.assessment import PUBLIC_STATES
from commitments.models.cited import cited_by
from commitments.rules.gates import CODEBOOK_VERSION, Claim, check_gate
from commitments.rules.refusal import Refused
from commitments.rules.review import Role, check_transition


@transaction.atomic
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
    if assessment.pk is None:
        assessment.author = by
    write(assessment, by=by, why=why)
    _cite(assessment, {row.pk: row for row in evidence}, by=by, why=why)
    return assessment


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


@transaction.atomic
def move(
    assessment: Assessment,
    to: ReviewState,
    *,
    by: User,
    reason_zh: str = "",
    reason_en: str = "",
    expected_version: int | None = None,
) -> None:
    """One step of the review. Gates are checked when it is submitted and again when it is published."""
    take_turn(assessment.commitment, expected_version)
    assessment.refresh_from_db()
    state = ReviewState(assessment.review_state)
    check_transition(state, to, roles_of(by), reason_zh)
    why = f"{state.value} → {to.value}" + (f": {reason_zh.strip()}" if reason_zh.strip() else "")
    if to in (ReviewState.IN_REVIEW, ReviewState.PUBLISHED):
        rule = check_gate(claim_of(assessment))
        if to == ReviewState.PUBLISHED:
            _check_public(assessment)
            mark_published(assessment, rule, at=timezone.now())
    if to == ReviewState.WITHDRAWN:
        assessment.withdrawn_at = timezone.now()
        assessment.withdrawn_reason_zh, assessment.withdrawn_reason_en = reason_zh.strip(), reason_en.strip()
    assessment.review_state = to
    write(assessment, by=by, why=why)


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


def _document_date(assessment: Assessment) -> date:
    return assessment.commitment.document.issued_on


def _check_public(assessment: Assessment) -> None:
    """Never a public status with hidden proof."""
    hidden = [row.code for row in assessment.evidence.exclude(pk__in=Evidence.objects.published())]
    if hidden:
        raise Refused(
            _("Publish the evidence that it cites first: %(codes)s.") % {"codes": ", ".join(hidden)}, "evidence"
        )
