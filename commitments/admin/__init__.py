"""The desk: the stock admin, one file per noun; every write goes through actions."""

from commitments.admin import (
    assessments,
    checks,
    commitments,
    documents,
    evidence,
    exclusions,
    link_health,
    notes,
    parties,
    publishers,
    site,
    themes,
    users,
)

__all__ = [
    "assessments",
    "checks",
    "commitments",
    "documents",
    "evidence",
    "exclusions",
    "link_health",
    "notes",
    "parties",
    "publishers",
    "site",
    "themes",
    "users",
]
