"""Optimistic locking: one version number for a commitment and all that hangs on it, one for each other public row
and for each candidate.

A row without a number is known by its newest history entry.
"""

from typing import Any

from django.db.models import F, Max, Model
from django.utils.translation import gettext as _

from commitments.models import Candidate, Commitment, Evidence, SourceDocument
from commitments.rules.refusal import Refused


class Conflict(Refused):
    """Someone else saved in the meantime; nothing was written."""


def take_turn(row: Candidate | Commitment | Evidence | SourceDocument, expected_version: int | None) -> None:
    """Count the version up, or refuse when it is not the one that the writer has seen (None: not compared).

    Other writers of the row then wait until this transaction ends: read what the decision rests on after it.
    """
    rows = type(row)._base_manager.filter(pk=row.pk)
    if expected_version is not None:
        rows = rows.filter(version=expected_version)
    if not rows.update(version=F("version") + 1):
        raise Conflict(_sentence(row), "version")
    row.refresh_from_db(fields=["version"])


def newest_entry(row: Model) -> int:
    history: Any = row.history  # type: ignore[attr-defined]
    return history.aggregate(newest=Max("history_id"))["newest"] or 0


def check_seen(row: Model, expected_entry: int | None) -> None:
    """Is the newest history entry still the one that the writer has seen? Other writers wait as in `take_turn`."""
    if expected_entry is None or row.pk is None:
        return
    is_there = type(row)._base_manager.select_for_update().filter(pk=row.pk).exists()
    if not is_there or newest_entry(row) != expected_entry:
        raise Conflict(_sentence(row), "version")


def _sentence(row: Model) -> str:
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
