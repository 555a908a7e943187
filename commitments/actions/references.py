"""Write what other rows refer to: publishers, parties and themes."""

from django.db import transaction

from commitments.actions.roles import User
from commitments.actions.rows import check_role, write
from commitments.actions.versions import check_seen
from commitments.models import Party, Publisher, Theme
from commitments.rules.review import Role


@transaction.atomic
def save_reference(
    row: Publisher | Party | Theme, *, by: User, expected_entry: int | None = None, why: str = ""
) -> None:
    check_role(by, Role.ANALYST)
    check_seen(row, expected_entry)
    write(row, by=by, why=why)
