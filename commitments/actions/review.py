"""Every step of the review of an assessment: who takes it, what must hold, and the entry in its history."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.assessments import check_correction, claim_of, mark_published
from commitments.actions.derived import writing
from commitments.actions.publication import publish
from commitments.actions.roles import User, roles_of
from commitments.actions.rows import write
from commitments.actions.versions import take_turn
from commitments.choices import Publication, ReviewState
from commitments.models import Assessment, Citation, Evidence
from commitments.rules.gates import check_gate
from commitments.rules.refusal import Refused
from commitments.rules.review import Role, check_transition, transitions_from

WRITTEN = ("status", "momentum", "confidence", "as_of", "assessed_on", "rationale_zh", "rationale_en", "is_editorial")


@writing()
def move(
    assessment: Assessment,
    to: ReviewState,
    *,
    by: User,
    reason_zh: str = "",
    reason_en: str = "",
    with_evidence: bool = False,
    expected_version: int | None = None,
) -> None:
    """One step. Gates are checked when it is submitted and again when it is published.

    `with_evidence`: a publication takes the drafts among the evidence that it cites with it.
    """
    take_turn(assessment.commitment, expected_version)
    assessment.refresh_from_db()
    state = ReviewState(assessment.review_state)
    check_transition(state, to, roles_of(by), reason_zh, alone=is_alone(assessment, by))
    if to in (ReviewState.IN_REVIEW, ReviewState.PUBLISHED):
        check_correction(assessment)
        rule = check_gate(claim_of(assessment))
        if to == ReviewState.PUBLISHED:
            _publish_what_it_cites(assessment, by if with_evidence else None)
            mark_published(assessment, rule, at=timezone.now())
    if to == ReviewState.WITHDRAWN:
        assessment.withdrawn_at = timezone.now()
        assessment.withdrawn_reason_zh, assessment.withdrawn_reason_en = reason_zh.strip(), reason_en.strip()
    assessment.review_state = to
    reason = f": {reason_zh.strip()}" if reason_zh.strip() else ""
    write(assessment, by=by, why=f"{state.value} → {to.value}{reason}")


def steps_open_to(by: User, roles: frozenset[Role], assessment: Assessment) -> tuple[ReviewState, ...]:
    """What this person may do with it next; the roles are those that the caller has read."""
    return transitions_from(ReviewState(assessment.review_state), roles, alone=is_alone(assessment, by))


def is_alone(assessment: Assessment, by: User) -> bool:
    """Did this person write any of it, where the two-person rule holds?"""
    return settings.TRACKER_TWO_PERSON_RULE and by.pk in writers_of(assessment)


def writers_of(assessment: Assessment) -> set[int | None]:
    """Who wrote it or changed its judgement, its words or its evidence; taking a step is no writing."""
    if assessment.pk is None:
        return {assessment.author_id} if assessment.author_id else set()
    entries = assessment.history.order_by("history_date", "history_id").values_list("history_user", *WRITTEN)
    writers, before = {assessment.author_id}, None
    for user, *written in entries:
        if written != before:
            writers.add(user)
        before = written
    cited: Any = Citation.history.filter(assessment_id=assessment.pk)
    return writers | set(cited.values_list("history_user", flat=True))


def hidden_evidence(assessment: Assessment) -> list[Evidence]:
    return list(assessment.evidence.exclude(pk__in=Evidence.objects.published()).order_by("code"))


def _publish_what_it_cites(assessment: Assessment, by: User | None) -> None:
    """Never a public status with hidden proof."""
    hidden = hidden_evidence(assessment)
    if gone := [row.code for row in hidden if row.publication == Publication.WITHDRAWN]:
        sentence = _("It cites evidence that has been withdrawn: %(codes)s. Take it out first.")
        raise Refused(sentence % {"codes": ", ".join(gone)}, "evidence")
    if hidden and by is None:
        sentence = _("It cites evidence that is not public yet: %(codes)s. Publish that with it, or first.")
        raise Refused(sentence % {"codes": ", ".join(row.code for row in hidden)}, "evidence")
    for row in hidden:
        publish(row, by=by, why=_cited_by(assessment))  # type: ignore[arg-type]


def _cited_by(assessment: Assessment) -> str:
    return f"draft → published: cited by {assessment.commitment.code}@{assessment.as_of.isoformat()}"
