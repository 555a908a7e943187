"""Write notes."""

from commitments.actions.derived import writing
from commitments.actions.roles import User
from commitments.actions.rows import check_role, write
from commitments.actions.versions import take_turn
from commitments.models import Note
from commitments.rules.review import Role


@writing()
def save_note(note: Note, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    """Add or mend; the author stays who wrote it first, the history keeps each wording."""
    check_role(by, Role.ANALYST)
    take_turn(note.commitment, expected_version)
    if note.pk is None:
        note.author = by
    write(note, by=by, why=why)
