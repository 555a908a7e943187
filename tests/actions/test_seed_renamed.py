"""The seed and a document that was renamed here: the register is not loaded a second time."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from commitments.actions.documents import rename_document
from commitments.actions.seed import seed
from commitments.actions.seeding.report import Outcome, Report
from commitments.models import Commitment, SourceDocument
from tests import people
from tests.actions.seeded import FIXTURES, NOW, SLUG, change_table, copy, dump, first_run, seeded
from tests.factories import make_document

__all__ = ["copy", "first_run", "seeded"]

pytestmark = pytest.mark.usefixtures("seeded")


def again(folder: Path = FIXTURES) -> Report:
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        return seed(fixtures=folder)


def test_the_same_fixtures_change_nothing() -> None:
    rename_document(SourceDocument.objects.get(), slug="summit", by=people.publisher())
    before = dump()
    again()
    assert dump() == before


def test_changed_fixtures_under_the_old_name_reach_the_rows_of_the_renamed_document(copy: Path) -> None:
    rename_document(SourceDocument.objects.get(), slug="summit", by=people.publisher())
    before = Commitment.objects.count()
    change_table(copy, "register.csv", lambda rows: rows[0].update(title_en="Another title"))
    report = again(copy)
    assert (report.total(Outcome.CREATED), report.total(Outcome.UPDATED)) == (0, 1)
    assert SourceDocument.objects.get().slug == "summit" and Commitment.objects.count() == before
    assert Commitment.objects.get(title_en="Another title").natural_id.startswith("summit/")


def test_a_register_that_bears_the_former_name_of_another_document_stays_outside(tmp_path: Path) -> None:
    rename_document(make_document(slug="once"), slug="now", by=people.publisher())
    shutil.copytree(FIXTURES / SLUG, tmp_path / "once")
    shutil.copy(FIXTURES / "party_names.csv", tmp_path)
    facts = json.loads((tmp_path / "once" / "document.json").read_text(encoding="utf-8"))
    (tmp_path / "once" / "document.json").write_text(json.dumps({**facts, "slug": "once"}), encoding="utf-8")
    report = again(tmp_path)
    reasons = {kept.key: kept.reason for kept in report.kept}
    assert "once" in reasons["once/document"]
    assert not SourceDocument.objects.filter(slug="once").exists()
    assert not Commitment.objects.filter(seed_key__startswith="once/").exists()
