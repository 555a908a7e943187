"""The desk: the stock admin, one file per noun; every write goes through actions."""

from commitments.admin import (
    assessments,
    checks,
    commitments,
    documents,
    evidence,
    exclusions,
    jobs,
    notes,
    parties,
    publishers,
    report_definitions,
    schedules,
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
    "jobs",
    "notes",
    "parties",
    "publishers",
    "report_definitions",
    "schedules",
    "themes",
    "users",
]
