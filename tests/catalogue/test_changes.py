"""What changed, in two lists: what happened in a period as known on a day, and what was entered in it."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.http import QueryDict

from commitments.catalogue.changes import Stream
from commitments.catalogue.entered import BATCH
from commitments.choices import Status
from tests.factories import (
    make_assessment,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    publish_assessment,
    withdraw_assessment,
)

pytestmark = pytest.mark.django_db
ALL = "from=2020-01-01"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-06-30T04:00:00Z", tick=False):
        yield


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T04:00:00+00:00")


def judged(row, status, as_of, at="2025-01-10", **over):
    return make_judged(row, status, on(at), as_of=date.fromisoformat(as_of), **over)


def happened(query=ALL, **over) -> list[tuple[str, str, str]]:
    steps = Stream(QueryDict(query), **over).happened
    return [(s.assessment.as_of.isoformat(), s.change.from_status.value, s.change.to_status.value) for s in steps]


def entered(query=ALL) -> list[tuple[str, str]]:
    return [(entry.day.isoformat(), entry.kind) for entry in Stream(QueryDict(query)).entered]


def test_each_step_is_told_from_the_status_before_it():
    row = make_commitment()
    judged(row, Status.INITIATED, "2024-03-01")
    judged(row, Status.UNDERWAY, "2024-08-01")
    assert happened() == [("2024-08-01", "initiated", "underway"), ("2024-03-01", "not_assessed", "initiated")]


def test_a_period_shows_its_own_steps_and_still_knows_what_was_before_it():
    row = make_commitment()
    judged(row, Status.INITIATED, "2024-03-01")
    judged(row, Status.UNDERWAY, "2024-08-01")
    assert happened("from=2024-05-01&to=2024-12-31") == [("2024-08-01", "initiated", "underway")]
    assert happened("from=2024-08-01&to=2024-08-01") == [("2024-08-01", "initiated", "underway")]
    assert happened("from=2024-08-02") == []


def test_without_a_period_it_is_the_twelve_months_to_the_readers_day():
    stream = Stream(QueryDict(""))
    assert (stream.period.start, stream.period.end) == (date(2024, 7, 1), date(2025, 6, 30))
    stream = Stream(QueryDict("as_of=2024-02-29"))
    assert (stream.period.start, stream.period.end) == (date(2023, 3, 1), date(2024, 2, 29))


def test_nothing_happens_after_the_readers_day():
    row = make_commitment()
    judged(row, Status.INITIATED, "2024-03-01")
    judged(row, Status.UNDERWAY, "2024-08-01")
    assert happened(f"{ALL}&to=2025-06-30&as_of=2024-07-31") == [("2024-03-01", "not_assessed", "initiated")]


def test_a_corrected_step_did_not_happen_once_the_correction_is_known():
    row = make_commitment()
    wrong = judged(row, Status.SUBSTANTIAL, "2024-03-01")
    judged(row, Status.INITIATED, "2024-04-01", at="2025-03-01", corrects=wrong)
    assert happened() == [("2024-04-01", "not_assessed", "initiated")]
    assert happened(f"{ALL}&known_on=2025-02-28") == [("2024-03-01", "not_assessed", "substantial")]
    assert entered() == [("2025-03-01", "corrected"), ("2025-01-10", "judged")]
    correction, original = Stream(QueryDict(ALL)).entered
    assert (correction.step.change.from_status, correction.step.change.to_status) == ("substantial", "initiated")
    assert correction.step.change.day_changes
    assert original.later_corrected


def test_a_correction_of_the_wording_is_no_news():
    row = make_commitment()
    first = judged(row, Status.INITIATED, "2024-03-01", at="2025-01-10")
    mended = judged(row, Status.INITIATED, "2024-03-01", at="2025-03-01", corrects=first, is_editorial=True)
    assert happened() == [("2024-03-01", "not_assessed", "initiated")]
    assert Stream(QueryDict(ALL)).happened[0].assessment == mended
    assert entered() == [("2025-01-10", "judged")]
    assert not Stream(QueryDict(ALL)).entered[0].later_corrected
    assert entered(f"{ALL}&known_on=2025-02-28") == [("2025-01-10", "judged")]


def test_a_withdrawn_step_did_not_happen_and_its_withdrawal_was_entered_with_the_reason():
    row = make_commitment()
    judged(row, Status.INITIATED, "2024-03-01")
    withdraw_assessment(judged(row, Status.UNDERWAY, "2024-08-01"), on("2025-04-01"), "来源撤稿。")
    assert happened() == [("2024-03-01", "not_assessed", "initiated")]
    assert len(happened(f"{ALL}&known_on=2025-03-31")) == 2
    withdrawal = Stream(QueryDict(ALL)).entered[0]
    assert (withdrawal.kind, withdrawal.words("reason").text) == ("judgement_withdrawn", "来源撤稿。")
    assert entered(f"{ALL}&known_on=2025-03-31") == [("2025-01-10", "judged")] * 2


def test_of_two_judgements_about_one_day_the_later_published_happened():
    row = make_commitment()
    judged(row, Status.INITIATED, "2024-03-01")
    judged(row, Status.UNDERWAY, "2024-03-01", at="2025-02-01")
    assert happened() == [("2024-03-01", "not_assessed", "underway")]


def test_that_nobody_judges_a_commitment_is_no_event():
    judged(make_commitment(), Status.NOT_ASSESSED, "2024-03-01")
    row = make_commitment()
    judged(row, Status.INITIATED, "2024-03-01")
    judged(row, Status.NOT_ASSESSED, "2024-08-01")
    assert happened() == [("2024-08-01", "initiated", "not_assessed"), ("2024-03-01", "not_assessed", "initiated")]


def test_days_turn_at_midnight_in_shanghai():
    make_judged(make_commitment(), at=datetime(2025, 3, 1, 15, 59, tzinfo=UTC))
    make_judged(make_commitment(), at=datetime(2025, 3, 1, 16, 0, tzinfo=UTC))
    assert entered("from=2025-03-01&to=2025-03-01") == [("2025-03-01", "judged")]
    assert entered("from=2025-03-02&to=2025-03-02") == [("2025-03-02", "judged")]


def test_what_was_entered_is_told_as_the_site_knew_it_then():
    """A judgement about an earlier time that is published later does not rewrite what was entered before it."""
    row = make_commitment()
    judged(row, Status.UNDERWAY, "2024-08-01")
    judged(row, Status.INITIATED, "2024-03-01", at="2025-03-01")
    later, first = Stream(QueryDict(ALL)).entered
    assert (first.step.change.from_status, later.step.change.from_status) == ("not_assessed", "not_assessed")
    assert happened()[0] == ("2024-08-01", "initiated", "underway")


def seeded(document, number, at="2025-01-10"):
    for n in range(number):
        judged(
            make_commitment(document=document), Status.UNDERWAY, "2024-03-01", at, seed_key=f"{document.slug}{at}{n}"
        )


def test_a_great_seeded_batch_is_one_entry_for_each_source():
    one, two, small = make_document(), make_document(), make_document()
    seeded(one, BATCH + 1)
    seeded(two, BATCH + 5)
    seeded(small, 2)
    stream = Stream(QueryDict(ALL))
    assert sorted(entry.kind for entry in stream.entered) == ["batch", "batch", "judged", "judged"]
    assert stream.entered_count == 4
    batch = next(entry for entry in stream.entered if entry.document == one)
    assert (batch.batch.number, batch.batch.commitments, batch.batch.first) == (21, 21, date(2024, 3, 1))
    assert batch.is_first_of_document
    assert stream.happened_count == 2 * BATCH + 8


def test_a_second_batch_is_not_called_the_first_review():
    document = make_document()
    seeded(document, BATCH + 1)
    seeded(document, BATCH + 1, "2025-02-10")
    assert [entry.is_first_of_document for entry in Stream(QueryDict(ALL)).entered] == [False, True]


def test_withdrawn_commitments_evidence_and_sources_show_their_code_and_reason_only():
    make_commitment(publication="withdrawn", withdrawn_at=on("2025-02-01"), withdrawn_reason_zh="重复。", code="W1")
    make_evidence(publication="withdrawn", withdrawn_at=on("2025-02-02"), withdrawn_reason_zh="误收。", code="E9")
    gone = make_document(publication="withdrawn", withdrawn_at=on("2025-02-03"), withdrawn_reason_zh="撤稿。")
    judged(make_commitment(document=gone), Status.UNDERWAY, "2024-03-01")
    make_commitment(document=gone, publication="withdrawn", withdrawn_at=on("2025-02-01"))
    make_commitment(publication="draft")
    entries = Stream(QueryDict(ALL)).entered
    assert [(e.kind, e.event.code, e.words("reason").text) for e in entries] == [
        ("document_withdrawn", "", "撤稿。"),
        ("evidence_withdrawn", "E9", "误收。"),
        ("commitment_withdrawn", "W1", "重复。"),
    ]
    assert happened() == []


def test_a_source_limits_both_lists():
    one, two = make_document(slug="one"), make_document(slug="two")
    row, other = make_commitment(document=one), make_commitment(document=two)
    judged(row, Status.UNDERWAY, "2024-03-01")
    judged(other, Status.INITIATED, "2024-03-01")
    cited = make_evidence(publication="withdrawn", withdrawn_at=on("2025-02-02"), code="E8")
    make_link(other, cited)
    make_commitment(document=two, publication="withdrawn", withdrawn_at=on("2025-02-03"))
    assert entered(f"{ALL}&document=one") == [("2025-01-10", "judged")]
    assert [kind for _, kind in entered(f"{ALL}&document=two")] == [
        "commitment_withdrawn",
        "evidence_withdrawn",
        "judged",
    ]
    assert happened(f"{ALL}&document=two") == [("2024-03-01", "not_assessed", "initiated")]


def test_only_published_evidence_is_named():
    row = make_commitment()
    shown, hidden = make_evidence(), make_evidence()
    for one in (shown, hidden):
        make_link(row, one)
    publish_assessment(make_assessment(row, [shown, hidden], status=Status.UNDERWAY), on("2025-01-10"))
    type(hidden).objects.filter(pk=hidden.pk).update(
        publication="withdrawn", withdrawn_at=on("2025-02-01"), withdrawn_reason_zh="误收。"
    )
    assert [one.code for one in Stream(QueryDict(ALL)).happened[0].assessment.evidence.all()] == [shown.code]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_both_lists_page_without_gap_or_repetition_and_back_again(size):
    document = make_document()
    for n in range(7):
        judged(make_commitment(document=document), Status.UNDERWAY, f"2024-0{1 + n % 3}-01", f"2025-01-1{n % 2}")
    seeded(document, BATCH + 1, "2025-01-10")
    make_evidence(publication="withdrawn", withdrawn_at=on("2025-01-10"))
    for name in ("cursor", "entered_cursor"):
        pages, query = [], f"{ALL}&page_size={size}"
        while query:
            stream = Stream(QueryDict(query))
            page = stream.happened_page if name == "cursor" else stream.entered_page
            pages.append(page.rows)
            query = stream.query_at(name, page.next)
        everything = [row for rows in pages for row in rows]
        count = stream.happened_count if name == "cursor" else stream.entered_count
        assert len(everything) == len(set(everything)) == count
        back, query = [pages[-1]], stream.query_at(name, page.previous)
        while query:
            stream = Stream(QueryDict(query))
            page = stream.happened_page if name == "cursor" else stream.entered_page
            back.insert(0, page.rows)
            query = stream.query_at(name, page.previous)
        assert [row for rows in back for row in rows] == everything


def test_only_years_with_something_to_show_are_offered():
    judged(make_commitment(), Status.UNDERWAY, "2023-03-01")
    years = Stream(QueryDict("")).years
    assert [(one.start.year, one.end.isoformat()) for one in years] == [
        (2025, "2025-06-30"),
        (2024, "2024-12-31"),
        (2023, "2023-12-31"),
    ]
