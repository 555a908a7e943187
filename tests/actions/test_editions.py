"""Freezing an edition: who may, what gets in, what stays out, and that the same register gives the same bytes."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils.translation import override

from commitments.actions import editions as freezing
from commitments.actions.assessments import correction_of
from commitments.actions.editions import freeze_edition, freeze_shipped
from commitments.actions.publication import withdraw
from commitments.catalogue import editions
from commitments.models import Commitment, Edition, Evidence
from commitments.rules.refusal import Refused
from commitments.storage import files
from commitments.today import ZONE
from tests import people
from tests.actions.seeded import FIXTURES
from tests.factories import (
    make_assessment,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    make_party_link,
    make_passage,
    publish_assessment,
    withdraw_assessment,
)
from tests.models.written import refuses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def freeze(**over: Any) -> Edition:
    return freeze_edition(by=people.publisher(), **over)


def rows_of(edition: Edition, table: str) -> list[dict[str, Any]]:
    return editions.frozen(edition).tables[table]


# Who, and what is recorded


@pytest.mark.parametrize("person", [people.analyst, people.reviewer, people.visitor])
def test_only_a_publisher_freezes(person):
    make_judged(make_commitment())
    with refuses("role"):
        freeze_edition(by=person())


def test_a_register_without_anything_public_is_not_frozen():
    make_commitment(publication="draft")
    with refuses("nothing to freeze"):
        freeze()


def test_it_says_its_number_day_and_notes_and_has_one_signed_entry_of_history():
    make_judged(make_commitment())
    with time_machine.travel(datetime(2026, 12, 1, 1, tzinfo=ZONE)):
        first = freeze(is_provisional=True, notes_zh=" 首版。 ", notes_en="First.")
        second = freeze()
    assert (first.number, first.day, first.is_provisional) == (1, date(2026, 12, 1), True)
    assert (first.notes_zh, first.notes_en, second.number) == ("首版。", "First.", 2)
    entry = Edition.history.get(number=1)
    assert (entry.history_type, entry.history_user, entry.history_change_reason) == (
        *("+", people.publisher(), "edition 1 frozen"),
    )
    assert entry.history_date == first.frozen_at
    header = json.loads(editions.content(second))["edition"]
    assert header["previous"] == {"number": 1, "sha256": first.sha256, "archive_sha256": first.archive_sha256}


def test_an_edition_is_never_of_an_earlier_day_than_the_one_before():
    make_judged(make_commitment())
    with time_machine.travel(datetime(2026, 12, 2, tzinfo=ZONE)):
        freeze()
    with time_machine.travel(datetime(2026, 12, 1, tzinfo=ZONE)), refuses("earlier day"):
        freeze()


# What gets in


def test_what_is_hidden_stays_out_and_what_is_withdrawn_later_stays_in():
    document = make_document()
    row, draft = make_commitment(document=document), make_commitment(document=document, publication="draft")
    make_passage(row)
    judged = make_judged(row)
    make_assessment(row, rationale_zh="草稿。")
    make_note(row, text_zh="内部备注。", visibility="internal")
    make_link(draft, make_evidence())
    make_link(row, make_evidence(publication="draft", code="EHIDDEN"))
    make_party_link(draft)
    first = freeze()
    content = editions.content(first).decode()
    assert [one["id"] for one in rows_of(first, "commitments")] == [row.natural_id]
    assert [one["in_force"] for one in rows_of(first, "assessments")] == [True]
    assert not any(word in content for word in ("草稿。", "内部备注。", "EHIDDEN", draft.code))
    assert rows_of(first, "parties") == []

    kept = judged.evidence.first()
    make_commitment(document=document)
    withdraw(Commitment.objects.get(pk=row.pk), by=people.publisher(), reason_zh="登记有误。")
    withdraw(Evidence.objects.get(pk=kept.pk), by=people.publisher(), reason_zh="重复。")
    second = freeze()
    assert row.natural_id in editions.content(first).decode()
    assert row.natural_id not in editions.content(second).decode()
    assert kept.code not in {one["code"] for one in rows_of(second, "evidence")}


def test_the_history_names_corrections_and_withdrawals_and_what_is_in_force():
    row = make_commitment()
    first = make_judged(row)
    draft = correction_of(first)
    draft.status, draft.author = "initiated", first.author
    draft.save()
    draft.citations.create(evidence=first.evidence.first())
    corrected = publish_assessment(draft, at=datetime(2024, 2, 1, tzinfo=ZONE))
    gone = withdraw_assessment(make_judged(row, as_of=date(2024, 1, 5)), datetime(2024, 3, 1, tzinfo=ZONE))
    told = {one["status"]: one for one in rows_of(freeze(), "assessments") if not one["withdrawn_at"]}
    assert told["initiated"]["corrects"] == told["underway"]["id"]
    assert (told["initiated"]["in_force"], told["underway"]["in_force"]) == (True, False)
    assert told["initiated"]["id"] == f"{row.natural_id}@{corrected.as_of}/2024-01-31T16:00:00Z"
    (withdrawn,) = [one for one in rows_of(Edition.objects.get(), "assessments") if one["withdrawn_at"]]
    assert withdrawn["withdrawn_reason_zh"] == gone.withdrawn_reason_zh


def test_a_later_judgement_does_not_rename_an_earlier_one():
    row = make_commitment()
    make_judged(row)
    make_judged(row)  # same day, same moment
    before = {one["id"] for one in rows_of(freeze(), "assessments")}
    make_judged(row, at=datetime(2024, 5, 1, tzinfo=ZONE), as_of=date(2023, 6, 1))
    after = {one["id"] for one in rows_of(freeze(), "assessments")}
    assert len(before) == 2 and len(after) == 3 and before < after


# The same register, the same bytes


def test_it_waits_for_nobody_and_starts_again_when_someone_wrote_meanwhile(monkeypatch):
    make_judged(make_commitment())
    wrote = []
    build = freezing._draft

    def disturbed(*given: Any) -> Any:
        made = build(*given)
        if not wrote:
            wrote.append(make_judged(make_commitment()))
        return made

    monkeypatch.setattr(freezing, "_draft", disturbed)
    assert len(rows_of(freeze(), "assessments")) == 2
    monkeypatch.setattr(freezing, "_draft", lambda *given: (build(*given), make_note(make_commitment()))[0])
    with pytest.raises(Refused, match="Try again"):
        freeze()
    assert Edition.objects.count() == 1


def test_no_row_is_written_where_the_files_cannot_be(monkeypatch):
    make_judged(make_commitment())

    def full(*_given: Any) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(freezing, "keep", full)
    with pytest.raises(OSError, match="no space"):
        freeze()
    assert not Edition.objects.exists() and not Edition.history.exists()


def test_files_stand_whole_before_the_row_speaks_of_them(monkeypatch):
    """Killed between the two there are files that nobody names, and no half edition."""
    make_judged(make_commitment())

    def killed(*_given: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(freezing, "write", killed)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        freeze()
    assert not Edition.objects.exists() and files().listdir("editions")[0]
    monkeypatch.undo()
    assert freeze().number == 1


def test_a_shipped_edition_of_nothing_is_refused_in_words(tmp_path: Path):
    shutil.copy(FIXTURES / "edition.json", tmp_path)
    assert "nothing to freeze" in freeze_shipped(fixtures=tmp_path)
    assert not Edition.objects.exists()
