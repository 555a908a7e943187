"""Publish and withdraw commitments, evidence and source documents."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.derived import writing
from commitments.actions.roles import User
from commitments.actions.rows import check_role, write
from commitments.actions.versions import take_turn
from commitments.choices import Publication
from commitments.models import Commitment, Evidence, SourceDocument
from commitments.rules.refusal import Refused
from commitments.rules.review import Role

PublicRow = Commitment | Evidence | SourceDocument


@writing()
def publish(
    row: PublicRow, *, by: User, why: str = "", at: datetime | None = None, expected_version: int | None = None
) -> None:
    """Draft -> published. A withdrawn row stays withdrawn: what was said about it has been said."""
    check_role(by, Role.PUBLISHER)
    take_turn(row, expected_version)
    row.refresh_from_db()
    if row.publication != Publication.DRAFT:
        _refuse(row, Publication.PUBLISHED)
    row.publication, row.published_at = Publication.PUBLISHED, at or timezone.now()
    write(row, by=by, why=why or "draft → published")


@writing()
def withdraw(
    row: PublicRow, *, by: User, reason_zh: str, reason_en: str = "", expected_version: int | None = None
) -> None:
    """Published -> withdrawn. The public then sees only the reason (410)."""
    check_role(by, Role.PUBLISHER)
    take_turn(row, expected_version)
    row.refresh_from_db()
    if row.publication != Publication.PUBLISHED:
        _refuse(row, Publication.WITHDRAWN)
    if not reason_zh.strip():
        raise Refused(_("A withdrawal needs a reason; none is given."), "reason_zh")
    row.publication, row.withdrawn_at = Publication.WITHDRAWN, timezone.now()
    row.withdrawn_reason_zh, row.withdrawn_reason_en = reason_zh.strip(), reason_en.strip()
    write(row, by=by, why=f"published → withdrawn: {reason_zh.strip()}")


def _refuse(row: PublicRow, to: Publication) -> None:
    words = {"row": row, "state": Publication(row.publication).label, "to": to.label}
    raise Refused(_("“%(row)s” is “%(state)s” and cannot become “%(to)s”.") % words, "publication")
