"""Write checks: where and when someone looked, and what came of it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.derived import writing
from commitments.actions.roles import User
from commitments.actions.rows import check_not_future, check_role, write
from commitments.actions.versions import take_turn
from commitments.choices import CheckOutcome
from commitments.models import Check, Commitment, EvidenceLink
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.today import today


@writing()
def record_check(check: Check, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    check_role(by, Role.ANALYST)
    check_not_future(check.checked_on, "checked_on")
    take_turn(check.commitment, expected_version)
    if check.pk is None:
        check.by, check.recorded_at = by, timezone.now()
    write(check, by=by, why=why)


@writing()
def check_unchanged(
    commitment: Commitment,
    *,
    by: User,
    searched_zh: str,
    searched_en: str = "",
    expected_version: int | None = None,
    why: str = "",
) -> Check:
    """Looked today, no change. The same said twice by one person on one day is one check."""
    if not searched_zh.strip():
        raise Refused(_("A check says where we looked; nothing is given."), "searched_zh")
    check_role(by, Role.ANALYST)
    Commitment.objects.select_for_update().get(pk=commitment.pk)  # the same click twice: the second waits here
    said: dict[str, Any] = {"searched_zh": searched_zh.strip(), "searched_en": searched_en.strip()}
    said |= {"checked_on": today(), "outcome": unchanged_outcome(commitment)}
    if same := Check.objects.filter(commitment=commitment, by_id=by.pk, **said).first():
        return same
    check = Check(commitment=commitment, **said)
    record_check(check, by=by, expected_version=expected_version, why=why or "checked, no change")
    return check


def unchanged_outcome(commitment: Commitment) -> CheckOutcome:
    """Nothing new where something is known, plainly nothing elsewhere."""
    known = EvidenceLink.objects.filter(
        commitment__document_id=commitment.document_id, commitment__path__startswith=commitment.path
    )
    return CheckOutcome.NOTHING_NEW if known.exists() else CheckOutcome.NOTHING
