"""The report as HTML: Report -> what the templates show, and a file that needs nothing beside itself."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from commitments.choices import FURTHEST_FIRST, Status
from commitments.reports import words
from commitments.reports.content import Report

CONTENT_TYPE = "text/html; charset=utf-8"
STYLES = ("site.css", "report.css")
STATIC = Path(__file__).resolve().parent.parent / "static" / "commitments"


@dataclass(frozen=True)
class Part:
    """A stretch of the bar."""

    status: Status
    number: int
    x: str
    width: str


def document(report: Report) -> str:
    """In the active language."""
    css = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in STYLES)
    return render_to_string("commitments/report/file.html", {**context(report), "css": mark_safe(css)})


def context(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "on_site": False,
        "bar": bar(report.numbers.statuses),
        "ledger": ledger(report),
        "method": words.method(report),
        "glosses": words.glosses(),
    }


def bar(statuses: dict[Status, int]) -> list[Part]:
    """The statuses that occur, side by side over the whole width."""
    total, found, at = sum(statuses.values()), [], 0
    for status, number in statuses.items():
        if number:
            found.append(Part(status, number, _per_cent(at, total), _per_cent(number, total)))
            at += number
    return found


def _per_cent(number: int, total: int) -> str:
    return f"{number / total * 100:.3f}%"


def ledger(report: Report) -> dict[str, Any]:
    """The groups that have measures, and the statuses that any of them has, furthest along first."""
    groups = [group for chapter in report.chapters for group in chapter.groups if group.measures]
    return {"groups": groups, "columns": [status for status in FURTHEST_FIRST if report.numbers.statuses[status]]}
