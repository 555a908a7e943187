"""Review: two people where the rule asks for them, and corrections of what was published."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils.translation import override

from commitments.actions.assessments import correction_of, save_draft
from commitments.actions.review import move, steps_open_to, writers_of
from commitments.actions.roles import roles_of
from commitments.choices import Bearing, ReviewState
from commitments.models import Assessment, Commitment
from commitments.rules.refusal import Refused
from commitments.today import ZONE
from tests import people
from tests.factories import make_commitment, make_evidence, make_judged, make_link
from tests.models.written import refuses

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 7, 10, 9, 30, tzinfo=ZONE)
SENT, BACK, GOOD, OUT = ReviewState.IN_REVIEW, ReviewState.RETURNED, ReviewState.APPROVED, ReviewState.PUBLISHED


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False), override("en"):
        yield


def drafted(by) -> Assessment:
    commitment, evidence = make_commitment(), make_evidence()
    make_link(commitment, evidence, Bearing.PROGRESS)
    draft = Assessment(commitment=commitment, status="underway", confidence="low", as_of=date(2024, 7, 1))
    draft.assessed_on, draft.rationale_zh = date(2024, 7, 10), "据公开材料。"
    return save_draft(draft, by=by, evidence=[evidence])


# --- Two people ------------------------------------------------------------------------------------------------------


def test_whoever_wrote_it_publishes_it_where_one_person_is_enough():
    olga = people.one_for_all()
    draft = drafted(olga)
    assert OUT in steps_open_to(olga, roles_of(olga), draft)
    move(draft, OUT, by=olga)


@pytest.mark.parametrize("to", [GOOD, OUT])
def test_the_two_person_rule_forbids_approving_and_publishing_one_s_own(settings, to):
    settings.TRACKER_TWO_PERSON_RULE = True
    olga = people.one_for_all()
    draft = drafted(olga)
    move(draft, SENT, by=olga)
    assert to not in steps_open_to(olga, roles_of(olga), draft)
    with refuses("Two people are needed here", "review_state"):
        move(draft, to, by=olga)


def test_another_person_takes_those_steps_under_the_rule(settings):
    settings.TRACKER_TWO_PERSON_RULE = True
    draft = drafted(people.analyst())
    move(draft, SENT, by=people.analyst())
    move(draft, GOOD, by=people.reviewer())
    move(draft, OUT, by=people.publisher())


def test_a_later_editor_is_a_writer_and_whoever_takes_a_step_is_none(settings):
    settings.TRACKER_TWO_PERSON_RULE = True
    anna, olga = people.analyst(), people.one_for_all()
    draft = drafted(anna)
    move(draft, SENT, by=anna)
    move(draft, BACK, by=olga, reason_zh="请补充来源。")
    assert writers_of(draft) == {anna.pk}
    draft.rationale_zh = "据公开材料，已核对。"
    save_draft(draft, by=olga, evidence=draft.evidence.all())
    move(draft, SENT, by=anna)
    assert writers_of(draft) == {anna.pk, olga.pk}
    with refuses("Two people are needed here", "review_state"):
        move(draft, GOOD, by=olga)


def test_whoever_only_changed_its_evidence_is_a_writer_too():
    anna, olga = people.analyst(), people.one_for_all()
    draft = drafted(anna)
    more = make_evidence()
    make_link(draft.commitment, more, Bearing.CONTEXT)
    save_draft(draft, by=olga, evidence=[*draft.evidence.all(), more])
    assert writers_of(draft) == {anna.pk, olga.pk}


# --- Corrections -----------------------------------------------------------------------------------------------------


@pytest.fixture
def published() -> Assessment:
    return make_judged(make_commitment())


def corrected(row: Assessment, *, is_editorial: bool = False, publish: bool = True, **over) -> Assessment:
    olga, draft = people.one_for_all(), correction_of(row)
    draft.is_editorial = is_editorial
    for name, value in {"rationale_zh": "改写后的依据。", **over}.items():
        setattr(draft, name, value)
    save_draft(draft, by=olga, evidence=row.evidence.all())
    if publish:
        move(draft, OUT, by=olga)
    return draft


def in_force(row: Assessment) -> Commitment:
    day = date(2024, 7, 10)
    return Commitment.objects.with_assessment(day, day).get(pk=row.commitment_id)


@pytest.mark.parametrize("is_editorial", [True, False])
def test_a_correction_takes_the_place_of_what_it_corrects_on_the_same_day(published, is_editorial):
    row = corrected(published, is_editorial=is_editorial)
    assert in_force(published).in_force_id == row.pk
    assert (row.as_of, row.status, row.corrects) == (published.as_of, published.status, published)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("status", "initiated", "status"),
        ("confidence", "high", "confidence"),
        ("as_of", date(2024, 2, 3), "holds from"),
        ("momentum", "stalled", "recent movement"),
    ],
)
def test_a_correction_of_the_wording_leaves_the_judgement(published, field, value, word):
    with refuses(f"changed here: {word}.", field):
        corrected(published, is_editorial=True, **{field: value})
    assert corrected(published, **{field: value}).pk


def test_a_correction_of_the_wording_leaves_the_evidence(published):
    draft, olga = correction_of(published), people.one_for_all()
    draft.is_editorial, draft.rationale_zh = True, "改写后的依据。"
    with refuses("changed here: evidence.", "evidence"):
        save_draft(draft, by=olga, evidence=[])


def test_what_was_corrected_already_is_not_corrected_again(published):
    first = corrected(published)
    with refuses("has been corrected already", "corrects"):
        corrected(published)
    assert corrected(first).corrects == first


def test_of_two_drafts_that_correct_the_same_only_one_is_published(published):
    drafts = [corrected(published, publish=False) for _ in range(2)]
    olga = people.one_for_all()
    move(drafts[0], OUT, by=olga)
    with refuses("has been corrected already", "corrects"):
        move(drafts[1], OUT, by=olga)


def test_after_a_withdrawal_of_the_correction_the_first_one_counts_again(published):
    row, petra = corrected(published, status="initiated"), people.publisher()
    assert in_force(published).status == "initiated"
    with time_machine.travel(datetime(2024, 7, 10, 10, 0, tzinfo=ZONE), tick=False):
        move(row, ReviewState.WITHDRAWN, by=petra, reason_zh="更正有误。")
    assert in_force(published).in_force_id == published.pk
    assert corrected(published).pk


def test_what_was_withdrawn_is_not_corrected(published):
    petra = people.publisher()
    move(published, ReviewState.WITHDRAWN, by=petra, reason_zh="来源撤稿。")
    with refuses("has been withdrawn; add a new assessment", "corrects"):
        corrected(published)


def test_a_draft_does_not_turn_into_a_correction_of_something_else(published):
    draft, olga = drafted(people.analyst()), people.one_for_all()
    draft.corrects = published
    with pytest.raises(Refused) as caught:
        save_draft(draft, by=olga, evidence=[])
    assert caught.value.field == "corrects"
