"""Optimistic locking: one version number for a commitment and all that hangs on it, one for each other public row."""

from django.db.models import F
from django.utils.translation import gettext as _

from commitments.models import Commitment, Evidence, SourceDocument
from commitments.rules.refusal import Refused


class Conflict(Refused):
    """Someone else saved in the meantime; nothing was written."""


def take_turn(row: Commitment | Evidence | SourceDocument, expected_version: int | None) -> None:
    """Count the version up, or refuse when it is not the one that the writer has seen (None: not compared).

    Other writers of the row then wait until this transaction ends: read what the decision rests on after it.
    """
    rows = type(row)._base_manager.filter(pk=row.pk)
    if expected_version is not None:
        rows = rows.filter(version=expected_version)
    if not rows.update(version=F("version") + 1):
        raise Conflict(_sentence(row), "version")
    row.refresh_from_db(fields=["version"])


def _sentence(row: Commitment | Evidence | SourceDocument) -> str:
    if isinstance(row, Commitment):
        sentence = _(
            "Someone else changed commitment %(code)s in the meantime. "
            "What you typed is kept below; compare and save again."
        )
        return sentence % {"code": row.code}
    sentence = _(
        "Someone else changed “%(row)s” in the meantime. What you typed is kept below; compare and save again."
    )
    return sentence % {"row": row}
