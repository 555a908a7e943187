"""The desk: the stock admin, one file per noun; every write goes through actions."""

from commitments.admin import (
    assessments,
    checks,
    commitments,
    documents,
    editions,
    evidence,
    exclusions,
    notes,
    parties,
    publishers,
    themes,
    users,
)

__all__ = [
    "assessments",
    "checks",
    "commitments",
    "documents",
    "editions",
    "evidence",
    "exclusions",
    "notes",
    "parties",
    "publishers",
    "themes",
    "users",
]
