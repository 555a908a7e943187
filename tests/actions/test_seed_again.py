"""Running the seed again: nothing changes, edits stay, changed fixtures follow, published judgements are corrected."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from commitments.actions.publication import withdraw
from commitments.actions.seed import seed
from commitments.actions.seeding.problems import SeedRefused
from commitments.actions.seeding.report import Outcome, Report
from commitments.choices import Publication, ReviewState
from commitments.models import (
    Assessment,
    Check,
    Citation,
    Commitment,
    CommitmentParty,
    Evidence,
    EvidenceLink,
    Exclusion,
    Note,
    Passage,
    Publisher,
    SourceDocument,
)
from commitments.models.guards import guard_names, installed_guards
from tests import people
from tests.actions.seeded import (
    FIXTURES,
    NOW,
    change_json,
    change_table,
    copy,
    dump,
    entries,
    first_run,
    pick,
    seeded,
    table,
)
from tests.factories import make_assessment, make_commitment, make_evidence, publish_assessment, withdraw_assessment

__all__ = ["copy", "first_run", "seeded"]

pytestmark = pytest.mark.usefixtures("seeded")
LATER = NOW + timedelta(days=30)


def again(folder: Path = FIXTURES) -> Report:
    with time_machine.travel(LATER, tick=False):
        return seed(fixtures=folder)


def changed(report: Report) -> dict[str, int]:
    return {o.value: report.total(o) for o in Outcome if o != Outcome.UNCHANGED and report.total(o)}


def reasons(report: Report) -> dict[str, str]:
    return {kept.key: kept.reason for kept in report.kept}


def retitle(folder: Path, code: str = "4.2", title: str = "新的标题") -> None:
    change_table(folder, "register.csv", lambda rows: pick(rows, code=code).update(title_zh=title))


def restate(folder: Path, code: str = "4.2@2024-02-06", text: str = "改写后的依据。") -> None:
    change_json(folder, "assessments.json", lambda rows: pick(rows, id=code).update(rationale_zh=text))


def of(code: str) -> Any:
    return Commitment.objects.get(code=code)


# Nothing new


def test_running_it_twice_changes_nothing() -> None:
    before = dump()
    with CaptureQueriesContext(connection) as queries:
        report = again()
    assert not changed(report)
    assert report.total(Outcome.UNCHANGED) == 1439
    assert dump() == before
    writes = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert not writes
    assert len(queries) < 25


def test_an_edited_row_is_left_alone_while_the_fixtures_stay_the_same() -> None:
    row = of("4.2")
    row.title_zh = "分析员的标题"
    row.save()
    before = dump()
    report = again()
    assert not changed(report) and not report.kept
    assert dump() == before


# Changed fixtures


def test_an_unedited_row_follows_the_fixtures(copy: Path) -> None:
    retitle(copy)
    entries_before, version = Commitment.history.count(), of("4.2").version
    report = again(copy)
    assert changed(report) == {"updated": 1}
    row = of("4.2")
    assert (row.title_zh, row.version) == ("新的标题", version + 1)
    assert Commitment.history.count() == entries_before + 1
    newest = row.history.latest()
    assert (newest.history_change_reason, newest.history_type) == ("seed: xian-2023/register.csv", "~")
    assert newest.history_user.username == "desk-review"
    assert not changed(again(copy))


def test_an_edited_row_survives_changed_fixtures(copy: Path) -> None:
    row = of("4.2")
    row.title_en = "The analyst's title"
    row.save()
    retitle(copy)
    before = dump()
    report = again(copy)
    assert changed(report) == {"kept": 1}
    assert list(reasons(report)) == ["xian-2023/commitment/4.2"]
    assert dump() == before


def test_a_row_edited_to_what_the_fixtures_say_now_is_adopted_without_history(copy: Path) -> None:
    row = of("4.2")
    row.title_zh = "新的标题"
    row.save()
    retitle(copy)
    count = Commitment.history.count()
    assert not changed(again(copy))
    assert Commitment.history.count() == count
    retitle(copy, title="更新的标题")
    assert changed(again(copy)) == {"updated": 1}


@pytest.mark.parametrize(
    ("file", "where", "values", "model", "key", "have"),
    [
        ("publishers.csv", {"id": "24-kg"}, {"name": "24"}, Publisher, "publisher/24-kg", {"name": "24"}),
        (
            "parties.csv",
            {"code": "4.2", "party": "KZ"},
            {"role": "lead"},
            CommitmentParty,
            "xian-2023/party/4.2/KZ",
            {"role": "lead"},
        ),
        ("notes.csv", {"code": "1"}, {"note_zh": "新备注。"}, Note, "xian-2023/note/1/1", {"text_zh": "新备注。"}),
        ("excluded.csv", {"covered_by": "S1"}, {"covered_by": "S1|S2"}, Exclusion, None, {}),
        (
            *("register.csv", {"code": "4.2"}, {"quote": "中国—中亚天然气管道D线建设"}),
            *(Passage, "xian-2023/passage/4.2/primary", {"quote": "中国—中亚天然气管道D线建设"}),
        ),
        (
            *("restatements.csv", {"code": "4.1"}, {"quote": "建立中国—中亚能源发展伙伴关系"}),
            *(Passage, "xian-2023/passage/4.1/restated/1", {"quote": "建立中国—中亚能源发展伙伴关系"}),
        ),
    ],
)
def test_each_kind_of_row_follows(
    copy: Path, file: str, where: dict, values: dict, model: Any, key: str | None, have: dict
) -> None:
    change_table(copy, file, lambda rows: pick(rows, **where).update(values))
    count = model.history.count()
    assert changed(again(copy)) == {"updated": 1}
    # What covers an exclusion is written beside the row, as a second entry.
    assert model.history.count() == count + (2 if model is Exclusion else 1)
    if key:
        row = model.objects.get(seed_key=key)
        assert {name: getattr(row, name) for name in have} == have
    else:
        assert Exclusion.objects.filter(covered_by__code="S2").count() == 1
    assert not changed(again(copy))


def test_the_phrase_of_a_part_is_found_inside_its_own_proposal(copy: Path) -> None:
    # The speech says it three times, proposal 4 once.
    change_table(copy, "register.csv", lambda rows: pick(rows, code="4.2").update(quote="中方倡议"))
    assert changed(again(copy)) == {"updated": 1}
    part, whole = (Passage.objects.get(seed_key=f"xian-2023/passage/{code}/primary") for code in ("4.2", "4"))
    assert whole.start <= part.start < part.end <= whole.end


def test_evidence_and_how_it_bears_follow(copy: Path) -> None:
    def change(rows: list) -> None:
        pick(rows, id="E001").update(title="New title")
        pick(rows, id="E001")["bears"]["1.1.3"] = "context"

    change_json(copy, "evidence.json", change)
    assert changed(again(copy)) == {"updated": 2}
    row = Evidence.objects.get(code="E001")
    assert (row.title, row.version) == ("New title", 2)
    assert row.links.get(commitment__code="1.1.3").bears == "context"


def test_the_document_follows_but_never_its_text(copy: Path) -> None:
    change_json(copy, "document.json", lambda found: found.update(site_name_zh="新站名"))
    assert changed(again(copy)) == {"updated": 1}
    assert SourceDocument.objects.get().site_name_zh == "新站名"
    file = copy / "xian-2023" / "xian-2023.paragraphs.txt"
    file.write_text(file.read_text(encoding="utf-8") + "又一段。\n", encoding="utf-8")
    before = dump()
    with pytest.raises(SeedRefused, match="text_file") as caught, transaction.atomic():
        again(copy)
    assert caught.value.problems[0].place.file == "xian-2023/document.json"
    assert dump() == before


def test_a_changed_search_log_follows(copy: Path) -> None:
    log = next(row for row in entries("assessments.json") if "search_log_zh" in row)
    change_json(copy, "assessments.json", lambda rows: pick(rows, id=log["id"]).update(search_log_zh="再查一次。"))
    assert changed(again(copy)) == {"updated": 1}
    assert Check.objects.get(commitment__code=log["code"]).searched_zh == "再查一次。"


# New, removed, clashing


def add_after(rows: list[dict[str, str]], after: str, **values: str) -> None:
    at = next(n for n, row in enumerate(rows) if row["code"] == after)
    rows.insert(at, {**rows[at], **values})


def test_a_commitment_may_come_in_between_others(copy: Path) -> None:
    change_table(copy, "register.csv", lambda rows: add_after(rows, "4.2", code="4.0", title_zh="插入的举措"))
    report = again(copy)
    # The new one with its passage; four siblings move down, and what hangs on them moves along.
    assert changed(report) == {"created": 2, "updated": 4}
    wanted = [row["code"] for row in table("register.csv", copy)]
    assert list(Commitment.objects.in_tree_order().values_list("code", flat=True)) == wanted
    for row in Commitment.objects.select_related("parent"):
        assert row.path == (row.parent.path if row.parent else "") + f"{row.position:06}"
    assert not changed(again(copy))


def test_siblings_may_change_places(copy: Path) -> None:
    def swap(rows: list) -> None:
        one, two = (next(n for n, row in enumerate(rows) if row["code"] == code) for code in ("4.2", "4.3"))
        rows[one], rows[two] = rows[two], rows[one]

    change_table(copy, "register.csv", swap)
    assert changed(again(copy)) == {"updated": 2}
    assert of("4.3").path < of("4.2").path


def test_one_that_finds_its_place_taken_stands_last(copy: Path) -> None:
    ours = make_commitment(parent=of("4"), code="mine", position=6)
    change_table(copy, "register.csv", lambda rows: add_after(rows, "5", **{**pick(rows, code="4.4"), "code": "4.9"}))
    report = again(copy)
    assert changed(report) == {"created": 2}
    assert list(reasons(report)) == ["xian-2023/commitment/4.9"]
    ours.refresh_from_db()
    assert (ours.position, of("4.9").position) == (6, 7)


def test_a_row_that_was_removed_stays_removed(copy: Path) -> None:
    Passage.objects.get(seed_key="xian-2023/passage/4.1/restated/1").delete()
    EvidenceLink.objects.get(seed_key="evidence/E001/xian-2023/1.1.3").delete()
    before = dump()
    report = again(copy)
    assert changed(report) == {"kept": 2}
    assert set(reasons(report)) == {"xian-2023/passage/4.1/restated/1", "evidence/E001/xian-2023/1.1.3"}
    assert dump() == before


def test_a_row_that_left_the_fixtures_is_kept_and_reported(copy: Path) -> None:
    change_table(copy, "notes.csv", lambda rows: rows.remove(pick(rows, code="1.1.1")))
    before = dump()
    report = again(copy)
    assert changed(report) == {"kept": 1}
    assert list(reasons(report)) == ["xian-2023/note/1.1.1/1"]
    assert dump() == before


def new_evidence(rows: list, **values: Any) -> None:
    rows.append({**rows[0], "id": "E900", "url": "https://example.org/900", **values})


def test_new_evidence_comes_in(copy: Path) -> None:
    change_json(copy, "evidence.json", new_evidence)
    assert changed(again(copy)) == {"created": 4}


@pytest.mark.parametrize("taken", [{"code": "E900"}, {"url": "https://example.org/900"}])
def test_what_was_made_here_by_hand_is_not_touched_and_nothing_hangs_on_it(copy: Path, taken: dict[str, str]) -> None:
    mine = make_evidence(**taken)
    change_json(copy, "evidence.json", new_evidence)
    restate(copy)
    change_json(copy, "assessments.json", lambda rows: pick(rows, id="4.2@2024-02-06")["evidence"].append("E900"))
    report = again(copy)
    assert changed(report) == {"kept": 5}
    assert "evidence/E900" in reasons(report)["xian-2023/assessment/4.2@2024-02-06"]
    assert not mine.links.exists()


def test_a_withdrawn_row_counts_as_edited(copy: Path) -> None:
    withdraw(of("4.2"), by=people.publisher(), reason_zh="有误。")
    retitle(copy)
    assert list(reasons(again(copy))) == ["xian-2023/commitment/4.2"]
    assert of("4.2").publication == Publication.WITHDRAWN


def test_a_moved_relation_counts_as_edited(copy: Path) -> None:
    row = Evidence.objects.get(code="E001")
    row.publisher = Publisher.objects.exclude(pk=row.publisher_id).first()
    row.save()
    change_json(copy, "evidence.json", lambda rows: pick(rows, id="E001").update(title="New title"))
    assert list(reasons(again(copy))) == ["evidence/E001"]


# Assessments


def test_a_changed_published_assessment_arrives_as_a_correction(copy: Path) -> None:
    restate(copy)
    old = Assessment.objects.get(seed_key="xian-2023/assessment/4.2@2024-02-06")
    assert changed(again(copy)) == {"updated": 1}
    new = Assessment.objects.get(corrects=old)
    assert (new.seed_key, new.rationale_zh) == (f"{old.seed_key}#2", "改写后的依据。")
    assert (new.published_at, new.review_state) == (LATER, ReviewState.PUBLISHED)
    assert list(new.evidence.all()) == list(old.evidence.all())
    text = old.rationale_zh
    old.refresh_from_db()
    assert old.rationale_zh == text
    assert not changed(again(copy))
    restate(copy, text="再次改写。")
    assert changed(again(copy)) == {"updated": 1}
    assert Assessment.objects.get(corrects=new).seed_key == f"{old.seed_key}#3"
    assert not changed(again(copy))


def test_until_the_correction_this_site_said_the_old_thing(copy: Path) -> None:
    change_json(copy, "assessments.json", lambda rows: pick(rows, id="4.2@2024-02-06").update(confidence="high"))
    old = Assessment.objects.get(seed_key="xian-2023/assessment/4.2@2024-02-06")
    again(copy)

    def confidence(known_on: Any) -> str:
        return Commitment.objects.with_assessment(old.as_of, known_on.date()).get(code="4.2").confidence

    assert confidence(LATER - timedelta(days=1)) == old.confidence != "high"
    assert confidence(LATER) == "high"


def test_changed_citations_are_a_correction_too(copy: Path) -> None:
    step = next(row for row in entries("assessments.json") if len(row["evidence"]) > 2 and row["status"] == "underway")
    change_json(copy, "assessments.json", lambda rows: pick(rows, id=step["id"])["evidence"].pop())
    count = Citation.objects.count()
    assert changed(again(copy)) == {"updated": 1}
    assert Citation.objects.count() == count + len(step["evidence"]) - 1


def test_a_new_step_comes_in_as_of_the_day_it_was_judged(copy: Path) -> None:
    def add(rows: list) -> None:
        last = [row for row in rows if row["code"] == "4.2"][-1]
        rows.append({**last, "id": "4.2@2026-11-20", "as_of": "2026-11-20", "confidence": "low"})

    change_json(copy, "assessments.json", add)
    assert changed(again(copy)) == {"created": 1}
    assert Commitment.objects.with_assessment(NOW.date(), NOW.date()).get(code="4.2").confidence == "low"


def test_one_that_a_person_corrected_is_kept(copy: Path) -> None:
    old = Assessment.objects.get(seed_key="xian-2023/assessment/4.2@2024-02-06")
    mine = make_assessment(old.commitment, list(old.evidence.all()), corrects=old, status=old.status, as_of=old.as_of)
    publish_assessment(mine, at=NOW)
    restate(copy)
    before = dump()
    assert list(reasons(again(copy))) == [old.seed_key]
    assert dump() == before


def test_one_that_was_withdrawn_is_kept(copy: Path) -> None:
    old = withdraw_assessment(Assessment.objects.get(seed_key="xian-2023/assessment/4.2@2024-02-06"), NOW)
    restate(copy)
    before = dump()
    assert list(reasons(again(copy))) == [old.seed_key]
    assert dump() == before


def test_nothing_is_judged_in_public_on_hidden_evidence(copy: Path) -> None:
    old = Assessment.objects.get(seed_key="xian-2023/assessment/4.2@2024-02-06")
    withdraw(old.evidence.first(), by=people.publisher(), reason_zh="有误。")
    restate(copy)
    assert list(reasons(again(copy))) == [old.seed_key]


def test_the_guards_stand_after_the_seed() -> None:
    assert guard_names() <= set(installed_guards())
