"""What a report says: steps of the period, what was entered in it, corrections, numbers, concerns, sources."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from commitments.choices import Band, Kind, Momentum, Status
from commitments.models import Evidence
from tests.factories import (
    make_check,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    make_party,
    make_party_link,
    make_snapshot,
    withdraw_assessment,
)
from tests.reports.asking import report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-06-30T04:00:00Z", tick=False):
        yield


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T04:00:00").replace(tzinfo=UTC)


def test_a_step_of_the_period_has_from_and_to():
    row = make_commitment()
    make_judged(row, Status.INITIATED, as_of="2023-12-01", at=on("2025-01-01"))
    later = make_judged(row, Status.UNDERWAY, as_of="2024-05-01", at=on("2025-01-01"))
    found = report()
    (step,) = found.happened
    assert (step.assessment.pk, step.change.from_status, step.change.to_status) == (
        later.pk,
        Status.INITIATED,
        Status.UNDERWAY,
    )
    assert [source.evidence.code for source in found.sources_of(step)] == sorted(
        later.evidence.values_list("code", flat=True)
    )


def test_what_was_entered_about_earlier_times_stands_apart():
    row = make_commitment()
    early = make_judged(row, Status.INITIATED, as_of="2023-12-01", at=on("2024-06-01"))
    make_judged(row, Status.UNDERWAY, as_of="2024-05-01", at=on("2024-06-01"))
    found = report()
    assert [entry.step.assessment.pk for entry in found.earlier] == [early.pk]
    assert early.pk not in [step.assessment.pk for step in found.happened]


def test_what_was_published_after_the_period_about_it_happened_in_it():
    step = make_judged(make_commitment(), as_of="2024-05-01", at=on("2025-03-01"))
    found = report()
    assert [one.assessment.pk for one in found.happened] == [step.pk]
    assert found.earlier == ()


def test_nothing_is_known_before_its_day():
    make_judged(make_commitment(), as_of="2024-05-01", at=on("2025-03-01"))
    found = report("from=2024-01-01&to=2024-12-31&known_on=2025-02-28")
    assert found.happened == ()
    assert found.items[0].standing.status == Status.NOT_ASSESSED
    assert found.made_on == date(2025, 2, 28)


def test_corrections_and_withdrawals_of_the_period_are_told_with_their_reasons():
    row = make_commitment()
    wrong = make_judged(row, Status.SUBSTANTIAL, as_of="2023-05-01", at=on("2023-06-01"))
    make_judged(row, Status.UNDERWAY, as_of="2023-05-01", at=on("2024-02-01"), corrects=wrong, rationale_zh="误记。")
    withdraw_assessment(make_judged(row, as_of="2023-07-01", at=on("2023-08-01")), on("2024-03-01"), "来源撤稿。")
    make_evidence(code="EGONE", publication="withdrawn", withdrawn_at=on("2024-04-01"))
    found = report()
    assert [(one.is_withdrawal, one.reason.text) for one in found.corrections] == [
        (True, "来源撤稿。"),
        (False, "误记。"),
    ]
    assert found.corrections[1].step.change.from_status == Status.SUBSTANTIAL
    assert found.earlier == ()
    assert found.withdrawn == ()  # the page bears on no commitment of these documents


def test_withdrawn_evidence_is_named_and_nothing_more_of_it():
    row = make_commitment()
    gone = make_evidence(code="EGONE", publication="withdrawn", withdrawn_at=on("2024-04-01"), title="秘密标题")
    make_link(row, gone)
    found = report(f"from=2024-01-01&to=2024-12-31&document={row.document.slug}")
    assert [(one.name, one.reason.text) for one in found.withdrawn] == [("EGONE", "登记有误。")]
    assert report(f"from=2024-01-01&to=2024-12-31&document={row.document.slug}&kind=measure").withdrawn == ()


def test_a_shipped_register_is_told_in_numbers_and_by_what_of_it_is_earlier():
    document = make_document()
    for n in range(22):
        day = "2023-03-01" if n else "2024-03-01"
        make_judged(make_commitment(document=document), at=on("2024-05-01"), as_of=day, seed_key=f"k{n}")
    found = report()
    (batch,) = found.batches
    assert (batch.number, batch.commitments, batch.last.isoformat()) == (21, 21, "2023-03-01")
    assert found.earlier == ()
    assert len(found.happened) == 1


def test_numbers_count_measures_with_their_own_totals_at_both_ends():
    document = make_document()
    first = make_commitment(document=document)
    make_judged(first, Status.INITIATED, as_of="2023-06-01")
    make_judged(first, Status.SUBSTANTIAL, as_of="2024-06-01")
    make_commitment(document=document, target="continuing")
    make_commitment(document=document, kind=Kind.PROPOSAL)
    make_commitment(document=document, kind=Kind.OUTCOME)
    numbers = report().numbers
    assert (numbers.measures, numbers.moved) == (2, 1)
    assert numbers.headline.one_off.by_band[Band.RESULTS] == 1
    assert numbers.began.one_off.by_band[Band.IN_PROGRESS] == 1
    assert (numbers.headline.one_off.total, numbers.headline.continuing.total, numbers.headline.outcomes.total) == (
        1,
        1,
        1,
    )
    assert numbers.in_no_count == {Kind.PROPOSAL: 1}
    assert sum(numbers.statuses.values()) == 2


def test_what_needs_attention_has_its_reason_and_what_it_is_of():
    document = make_document()
    still = make_commitment(document=document)
    make_judged(still, momentum=Momentum.STALLED, as_of="2024-03-01")
    late = make_commitment(document=document, due_on="2024-06-01")
    make_judged(late, as_of="2024-01-05")
    nothing = make_commitment(document=document)
    make_judged(nothing, Status.NO_EVIDENCE)
    make_commitment(document=document, kind=Kind.PRINCIPLE)
    make_check(still, checked_on="2024-11-01", outcome="something")
    found = {
        concern.code: (len(concern.items), concern.of) for concern in report("from=2024-01-01&to=2024-11-30").concerns
    }
    assert found == {"overdue": (1, 3), "stalled": (1, 3), "no_evidence": (1, 3), "not_checked": (1, 3)}


def test_each_source_has_one_number_and_what_is_only_on_record_is_kept_apart():
    row = make_commitment()
    judged = make_judged(row)
    aside = make_evidence(published_on="2024-02-01")
    make_link(row, aside, "context")
    make_link(row, make_evidence(published_on="2025-02-01"), "context")
    make_link(row, make_evidence(publication="draft"), "context")
    other = make_commitment(document=row.document)
    make_link(other, aside, "context")
    found = report()
    assert [source.number for source in found.sources] == [1, 2, 3]
    assert {source.evidence.pk for source in found.items[0].cited} == set(judged.evidence.values_list("pk", flat=True))
    assert [source.evidence.pk for source in found.items[0].related] == [aside.pk]
    assert found.items[1].related == found.items[0].related


def test_the_lead_body_is_named_or_said_to_be_unknown():
    document = make_document()
    known, unknown = (make_commitment(document=document) for _ in range(2))
    make_party("mofcom", name_zh="商务部")
    make_party_link(known, "mofcom", "lead")
    make_party_link(unknown, "CN")
    assert [item.leads and item.lead for item in report().items] == ["商务部", ()]
    assert unknown.pk == report().items[1].row.pk


def test_notes_are_public_and_of_the_time():
    row = make_commitment()
    make_note(row, text_zh="公开。")
    make_note(row, text_zh="内部。", visibility="internal")
    make_note(row, text_zh="以后。", dated="2025-03-01")
    assert [note.text_zh for note in report().items[0].notes] == ["公开。"]


def test_groups_are_proposals_in_their_order_then_the_rest_by_kind():
    document = make_document()
    press = make_commitment(document=document, kind=Kind.PRESS, code="J1")
    proposal = make_commitment(document=document, kind=Kind.PROPOSAL, code="1")
    measure = make_commitment(parent=proposal, code="1.1")
    part = make_commitment(parent=measure, kind=Kind.COMPONENT, code="1.1.1")
    loose = make_commitment(document=document, code="9")
    groups = report().chapters[0].groups
    assert [[item.row.code for item in group.items] for group in groups] == [["1.1", "1.1.1"], ["9"], ["J1"]]
    assert groups[0].own.row.pk == proposal.pk and groups[0].numeral == "一"
    assert [item.row.pk for item in groups[0].measures] == [measure.pk]
    assert {part.pk, loose.pk, press.pk} < {item.row.pk for item in report().items}


def test_a_selection_without_its_proposals_still_stands_under_their_names():
    proposal = make_commitment(kind=Kind.PROPOSAL, title_zh="加强机制")
    make_commitment(parent=proposal)
    (group,) = report("from=2024-01-01&to=2024-12-31&kind=measure").chapters[0].groups
    assert (group.title.text, group.own) == ("加强机制", None)


def test_a_brief_report_tells_a_few_steps_those_with_evidence_first():
    document = make_document()
    for month in range(1, 7):
        make_judged(make_commitment(document=document), as_of=f"2024-0{month}-01")
        make_judged(make_commitment(document=document), Status.NO_EVIDENCE, as_of=f"2024-1{month % 3}-01")
    found = report("from=2024-01-01&to=2024-12-31&length=brief")
    assert [step.change.to_status for step in found.told] == [Status.UNDERWAY] * 3
    assert [step.assessment.as_of.month for step in found.told] == [6, 5, 4]
    assert len(found.happened) == 12
    cited = {evidence.pk for step in found.told for evidence in step.assessment.evidence.all()}
    assert {source.evidence.pk for source in found.sources} == cited
    assert Evidence.objects.count() > len(cited)


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries):
    document = make_document()

    def fill(number: int) -> None:
        for _ in range(number):
            row = make_commitment(document=document)
            make_judged(row, Status.INITIATED, as_of="2023-06-01")
            make_judged(row, Status.UNDERWAY, as_of="2024-06-01")
            make_note(row)

    fill(30)
    with django_assert_max_num_queries(32):
        report()


def test_a_source_tells_the_day_of_its_newest_copy_that_was_known():
    row = make_judged(make_commitment(), as_of="2024-05-01", at=on("2025-01-01"))
    page = row.evidence.first()
    for day in ("2025-02-01", "2025-02-20", "2025-04-01"):
        make_snapshot(page, captured_at=on(day))
    found = report("from=2024-01-01&to=2024-12-31&known_on=2025-02-28")
    days = {source.evidence.code: source.captured_on for source in found.sources}
    assert days.pop(page.code) == date(2025, 2, 20)
    assert set(days.values()) == {None}
