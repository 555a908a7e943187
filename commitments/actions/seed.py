"""Load the shipped registers: fixtures -> rows, and a report of what came in, what changed and what was left alone."""

from pathlib import Path

from commitments.actions.derived import writing
from commitments.actions.roles import User, desk_review_user
from commitments.actions.seeding.loading import load
from commitments.actions.seeding.reading import read_fixtures
from commitments.actions.seeding.report import Report


def seed(*, fixtures: Path, by: User | None = None) -> Report:
    """All or nothing. Running it again changes nothing; what was edited here is never overwritten."""
    rows = read_fixtures(fixtures)
    with writing():
        return load(rows, by=by or desk_review_user())
