"""The desk: the stock admin, one file per noun; every write goes through actions."""

from commitments.admin import (
    assessments,
    checks,
    commitments,
    documents,
    editions,
    evidence,
    exclusions,
    jobs,
    link_health,
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
    "editions",
    "evidence",
    "exclusions",
    "jobs",
    "link_health",
    "notes",
    "parties",
    "publishers",
    "report_definitions",
    "schedules",
    "themes",
    "users",
]
