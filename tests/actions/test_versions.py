"""Two people at one row: the second, who has not seen the first's change, is told so and writes nothing."""

from datetime import date

import pytest

from commitments.actions.assessments import save_draft
from commitments.actions.checks import record_check
from commitments.actions.commitments import remove_part, save_commitment, save_part
from commitments.actions.evidence import link_evidence, save_evidence
from commitments.actions.notes import save_note
from commitments.actions.publication import publish, withdraw
from commitments.actions.review import move
from commitments.actions.versions import Conflict, take_turn
from commitments.choices import Bearing, CheckOutcome, Confidence, PartyRole, Publication, ReviewState, Status
from commitments.models import Assessment, Check, Commitment, CommitmentParty, Evidence, Note
from tests import people
from tests.factories import (
    make_assessment,
    make_commitment,
    make_document,
    make_evidence,
    make_link,
    make_party,
    make_party_link,
)
from tests.models.written import refuses

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 2)


def version_of(row) -> int:
    return type(row)._base_manager.values_list("version", flat=True).get(pk=row.pk)


def a_draft(commitment: Commitment) -> Assessment:
    words = {"status": Status.UNDERWAY, "confidence": Confidence.LOW, "rationale_zh": "据公开材料。"}
    return Assessment(commitment=commitment, as_of=TODAY, assessed_on=TODAY, **words)


def a_note(commitment: Commitment) -> Note:
    return Note(commitment=commitment, dated=TODAY, text_zh="一条备注。")


def a_check(commitment: Commitment) -> Check:
    return Check(commitment=commitment, checked_on=TODAY, outcome=CheckOutcome.NOTHING)


def a_part(commitment: Commitment) -> CommitmentParty:
    return CommitmentParty(commitment=commitment, party=make_party(), role=PartyRole.HOST)


def submitting(commitment: Commitment):
    draft = make_assessment(commitment, [evidence := make_evidence()])
    make_link(commitment, evidence)
    return lambda **seen: move(draft, ReviewState.IN_REVIEW, by=people.analyst(), **seen)


def removing(commitment: Commitment):
    link = make_party_link(commitment)
    return lambda **seen: remove_part(link, by=people.analyst(), **seen)


# Each makes a call that takes `expected_version`.
OF_A_COMMITMENT = {
    "save_commitment": lambda c: lambda **seen: save_commitment(c, by=people.analyst(), **seen),
    "save_part": lambda c: lambda **seen: save_part(a_part(c), by=people.analyst(), **seen),
    "remove_part": removing,
    "save_draft": lambda c: lambda **seen: save_draft(a_draft(c), by=people.analyst(), evidence=[], **seen),
    "move": submitting,
    "save_note": lambda c: lambda **seen: save_note(a_note(c), by=people.analyst(), **seen),
    "record_check": lambda c: lambda **seen: record_check(a_check(c), by=people.analyst(), **seen),
    "withdraw": lambda c: lambda **seen: withdraw(c, by=people.publisher(), reason_zh="登记有误。", **seen),
}


@pytest.mark.parametrize("name", OF_A_COMMITMENT)
def test_all_that_hangs_on_a_commitment_counts_its_one_version(name):
    commitment = make_commitment(version=5)
    call = OF_A_COMMITMENT[name](commitment)
    people.analyst(), people.publisher()
    with refuses(commitment.code, "version", Conflict):
        call(expected_version=4)
    call(expected_version=5)
    assert version_of(commitment) == 6
    with refuses(commitment.code, "version", Conflict):
        OF_A_COMMITMENT[name](commitment)(expected_version=5)


@pytest.mark.parametrize("name", OF_A_COMMITMENT)
def test_without_a_version_nothing_is_compared_but_the_turn_is_counted(name):
    commitment = make_commitment(version=5)
    OF_A_COMMITMENT[name](commitment)()
    assert version_of(commitment) == 6


def test_publishing_counts_and_compares_too():
    commitment = make_commitment(publication=Publication.DRAFT, version=3)
    with refuses(commitment.code, "version", Conflict):
        publish(commitment, by=people.publisher(), expected_version=2)
    publish(commitment, by=people.publisher(), expected_version=3)
    assert version_of(commitment) == 4 and commitment.version == 4


@pytest.mark.parametrize("make", [make_evidence, make_document])
def test_other_public_rows_have_a_version_of_their_own(make):
    row = make(publication=Publication.DRAFT, version=3)
    with refuses(str(row), "version", Conflict):
        publish(row, by=people.publisher(), expected_version=2)
    publish(row, by=people.publisher(), expected_version=3)
    withdraw(row, by=people.publisher(), reason_zh="登记有误。", expected_version=4)
    assert version_of(row) == 5


def test_two_editors_of_one_piece_of_evidence_do_not_overwrite_each_other():
    mine = make_evidence()
    theirs = Evidence.objects.get(pk=mine.pk)
    theirs.summary_zh = "先存的摘要。"
    save_evidence(theirs, by=people.analyst(), expected_version=1)
    mine.summary_zh = "后存的摘要。"
    with refuses(mine.code, "version", Conflict):
        save_evidence(mine, by=people.analyst(), expected_version=1)
    assert Evidence.objects.get().summary_zh == "先存的摘要。"


def test_saying_how_evidence_bears_is_a_turn_of_the_commitment_and_repeating_it_is_none():
    commitment, evidence = make_commitment(), make_evidence()
    link_evidence(evidence, commitment, Bearing.PROGRESS, by=people.analyst())
    link_evidence(evidence, commitment, Bearing.PROGRESS, by=people.analyst())
    assert version_of(commitment) == 2


def test_the_writer_s_own_copy_learns_the_new_version():
    commitment = make_commitment()
    take_turn(commitment, 1)
    take_turn(commitment, 2)
    assert commitment.version == 3


def test_a_row_that_is_gone_is_a_conflict():
    commitment = make_commitment(publication=Publication.DRAFT)
    Commitment.objects.filter(pk=commitment.pk).delete()
    with pytest.raises(Conflict):
        take_turn(commitment, None)
