"""Remove rows that nobody outside has seen; whatever was published stays."""

from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from commitments.actions.derived import writing
from commitments.actions.roles import User
from commitments.actions.rows import check_role, delete
from commitments.actions.versions import take_turn
from commitments.models import Commitment
from commitments.rules.refusal import Refused
from commitments.rules.review import Role


@writing()
def remove(row: Model, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    """Raises Refused where it was published or where other rows refer to it. The version is its commitment's."""
    check_role(by, Role.ANALYST)
    if getattr(row, "published_at", None):
        raise Refused(_("Nothing published is deleted; withdraw it with a reason."))
    if isinstance(whole := getattr(row, "commitment", None), Commitment):
        take_turn(whole, expected_version)
    try:
        delete(row, by=by, why=why)
    except ProtectedError as error:
        rows = ", ".join(str(each) for each in list(error.protected_objects)[:5])
        raise Refused(_("Other rows still refer to it: %(rows)s.") % {"rows": rows}) from error
