"""Write what a register leaves out of its source, why, and which commitments cover it."""

from collections.abc import Iterable

from django.db import transaction

from commitments.actions.passages import only_place
from commitments.actions.roles import User
from commitments.actions.rows import check_role, write
from commitments.actions.versions import check_seen
from commitments.models import Commitment, Exclusion
from commitments.rules.review import Role


@transaction.atomic
def save_exclusion(
    exclusion: Exclusion,
    *,
    by: User,
    covered_by: Iterable[Commitment],
    expected_entry: int | None = None,
    why: str = "",
) -> None:
    """A quote that stands elsewhere than said, or without a place, is looked for; it must stand there once."""
    check_role(by, Role.ANALYST)
    check_seen(exclusion, expected_entry)
    exclusion.quote = exclusion.quote.replace("\r\n", "\n")
    exclusion.start = only_place(exclusion.document.text, exclusion.quote, exclusion.start)
    exclusion.end = exclusion.start + len(exclusion.quote)
    write(exclusion, by=by, why=why)
    wanted = {row.pk for row in covered_by}
    if wanted != set(exclusion.covered_by.values_list("pk", flat=True)):
        exclusion.covered_by.set(wanted)
