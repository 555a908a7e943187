"""The shipped register in the database for a whole module, and copies of the fixtures that a test may change."""

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from commitments.actions.seed import seed
from commitments.actions.seeding.report import Report
from commitments.models import CurrentStanding, Posting, SearchIndex, SearchRow, SearchTerm, Stale, Tally
from tests.standing import empty_copy, standing

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SLUG = "xian-2023"
NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


@contextmanager
def loaded(blocker: Any) -> Iterator[Report]:
    """For a module. SQLite keeps the register in a database of its own, loaded once; others load it each time."""
    with blocker.unblock():
        if connection.vendor == "sqlite":
            other, report = _register_apart()
            with in_place_of_default(other):
                yield report
            return
    with standing(blocker):
        yield _load()


def _load() -> Report:
    with time_machine.travel(NOW, tick=False):
        return seed(fixtures=FIXTURES)


@cache
def _register_apart() -> tuple[BaseDatabaseWrapper, Report]:
    other = empty_copy()
    with in_place_of_default(other):
        return other, _load()


@contextmanager
def in_place_of_default(other: BaseDatabaseWrapper) -> Iterator[None]:
    usual = connections["default"]
    connections["default"] = other
    try:
        yield
    finally:
        connections["default"] = usual


@pytest.fixture(scope="module")
def first_run(django_db_setup: None, django_db_blocker: Any) -> Iterator[Report]:
    with loaded(django_db_blocker) as report:
        yield report


@pytest.fixture
def seeded(first_run: Report, db: None) -> Iterator[Report]:
    """The loaded register; the day after, nothing else has happened."""
    with time_machine.travel(NOW, tick=False):
        yield first_run


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURES, tmp_path / "fixtures")
    return tmp_path / "fixtures"


def table(name: str, folder: Path = FIXTURES) -> list[dict[str, str]]:
    with open(folder / SLUG / name, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def entries(name: str, folder: Path = FIXTURES) -> Any:
    return json.loads((folder / SLUG / name).read_text(encoding="utf-8"))


def change_table(folder: Path, name: str, change: Callable[[list[dict[str, str]]], Any]) -> None:
    rows = table(name, folder)
    columns = list(rows[0])
    change(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / SLUG / name).write_text(out.getvalue(), encoding="utf-8")


def change_json(folder: Path, name: str, change: Callable[[Any], Any]) -> None:
    found = entries(name, folder)
    change(found)
    (folder / SLUG / name).write_text(json.dumps(found), encoding="utf-8")


def pick(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    """The one row with these values."""
    (found,) = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return found


def dump() -> dict[str, list[Any]]:
    """Every row of every table of ours, history and many-to-many tables included; not what is derived from them."""
    derived = {Stale, CurrentStanding, Posting, Tally, SearchRow, SearchIndex, SearchTerm}
    models = set(apps.get_app_config("commitments").get_models(include_auto_created=True)) - derived
    return {model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in models}
