"""Write notes and checks."""

from django.db import transaction
from django.utils import timezone

from commitments.actions.roles import User
from commitments.actions.rows import check_not_future, check_role, write
from commitments.actions.versions import take_turn
from commitments.models import Check, Note
from commitments.rules.review import Role


@transaction.atomic
def save_note(note: Note, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    """Add or mend; the author stays who wrote it first, the history keeps each wording."""
    check_role(by, Role.ANALYST)
    take_turn(note.commitment, expected_version)
    if note.pk is None:
        note.author = by
    write(note, by=by, why=why)


@transaction.atomic
def record_check(check: Check, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    check_role(by, Role.ANALYST)
    check_not_future(check.checked_on, "checked_on")
    take_turn(check.commitment, expected_version)
    if check.pk is None:
        check.by, check.recorded_at = by, timezone.now()
    write(check, by=by, why=why)
