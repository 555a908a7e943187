"""The edition that ships with the register: made once, with the same hash on every machine and on every day."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils.translation import override

from commitments.actions.editions import freeze_shipped
from commitments.catalogue.edition_rows import frozen_rows
from commitments.catalogue.edition_tables import TABLES
from commitments.models import Commitment, Edition
from commitments.today import ZONE
from tests.actions.seeded import FIXTURES, first_run, seeded
from tests.factories import make_link

__all__ = ["first_run", "seeded"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def test_no_row_carries_a_primary_key_and_every_column_is_plain(seeded: Any):
    rows = frozen_rows(date(2026, 11, 22))
    assert {
        name: len(found) for name, found in rows.items() if name in ("commitments", "assessments", "documents")
    } == {**{"commitments": 85, "assessments": 131, "documents": 1}}
    for table in TABLES:
        names = {field.name for field in table.fields}
        assert "pk" not in names and not any(name.endswith("_id") for name in names)
        keys = [tuple(row[name] for name in table.key) for row in rows[table.name]]
        assert len(set(keys)) == len(keys) or not table.key
        for row in rows[table.name]:
            assert set(row) == names
            assert all(type(value) in (str, int, bool, list, type(None)) for value in row.values())


def shipped_hash() -> str:
    return json.loads((FIXTURES / "edition.json").read_text(encoding="utf-8"))["sha256"]


@pytest.mark.parametrize("at", ["2026-11-23T00:30:00+08:00", "2031-03-01T12:00:00+08:00"])
def test_the_shipped_edition_has_the_same_hash_whenever_it_is_made(seeded: Any, at: str):
    """If this fails after a change of fixtures or columns: the hash that was found belongs into edition.json."""
    with time_machine.travel(datetime.fromisoformat(at)):
        assert freeze_shipped(fixtures=FIXTURES) == ""
    row = Edition.objects.get()
    assert (row.number, row.is_provisional, row.sha256) == (1, True, shipped_hash())
    assert row.frozen_at == datetime(2026, 11, 22, 12, tzinfo=ZONE)
    assert not row.frozen_by.is_active
    with time_machine.travel(datetime.fromisoformat(at)):
        assert freeze_shipped(fixtures=FIXTURES) == ""
    assert Edition.objects.count() == 1


def test_the_shipped_edition_has_the_same_hash_whatever_keys_the_database_gives(seeded: Any):
    """Rows written again in another order get other keys; nothing of that is told."""
    links = list(Commitment.objects.get(code="4.2").evidence_links.all())
    for link in links:
        link.delete()
    for link in reversed(links):
        make_link(link.commitment, link.evidence, link.bears)
    assert freeze_shipped(fixtures=FIXTURES) == ""
    assert Edition.objects.get().sha256 == shipped_hash()


def test_an_edited_register_is_not_released_as_the_shipped_one(seeded: Any):
    row = Commitment.objects.get(code="4.2")
    row.title_zh = "分析员的标题"
    row.save()
    reason = freeze_shipped(fixtures=FIXTURES)
    assert "not the one that ships" in reason and shipped_hash() in reason
    assert not Edition.objects.exists()


def test_fixtures_without_an_edition_make_none(seeded: Any, tmp_path: Path):
    assert freeze_shipped(fixtures=tmp_path) == ""
    assert not Edition.objects.exists()
