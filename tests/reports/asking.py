"""A report of the rows that a test made: query string -> Report."""

from typing import Any

from django.http import QueryDict

from commitments.reports.content import Report
from commitments.reports.question import Question

YEAR = "from=2024-01-01&to=2024-12-31"


def question(query: str = YEAR) -> Question:
    return Question(QueryDict(query))


def report(query: str = YEAR, **options: Any) -> Report:
    asked = question(query)
    assert asked.errors == {}
    return asked.report(**options)
