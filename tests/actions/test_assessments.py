"""Assessments: drafts with their evidence, and each step of the review with its gates."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils.translation import override

from commitments.actions.assessments import claim_of, save_draft
from commitments.actions.review import move
from commitments.actions.versions import Conflict
from commitments.choices import Bearing, Confidence, Momentum, Publication, ReviewState, Rule, Status, Target
from commitments.models import Assessment, Citation, Commitment, Evidence
from commitments.rules.refusal import Refused
from commitments.rules.review import STEPS, transitions_from
from commitments.today import ZONE
from tests import people
from tests.factories import (
    make_assessment,
    make_check,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
)
from tests.models.written import refuses, writes_one_entry

pytestmark = pytest.mark.django_db
TODAY = date(2024, 7, 10)
NOW = datetime(2024, 7, 10, 9, 30, tzinfo=ZONE)
SENT, BACK, GOOD, OUT = ReviewState.IN_REVIEW, ReviewState.RETURNED, ReviewState.APPROVED, ReviewState.PUBLISHED


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False), override("en"):
        yield


def a_draft(commitment: Commitment | None = None, **over) -> Assessment:
    fields = {"status": Status.UNDERWAY, "confidence": Confidence.LOW, "as_of": TODAY, "assessed_on": TODAY}
    fields["rationale_zh"] = "据公开材料。"
    return Assessment(commitment=commitment or make_commitment(), **{**fields, **over})


def carried(commitment: Commitment | None = None, state: str = "draft", **over) -> Assessment:
    """Underway, with published evidence of progress, standing at this step of the review."""
    commitment, evidence = commitment or make_commitment(), make_evidence()
    make_link(commitment, evidence, Bearing.PROGRESS)
    return make_assessment(commitment, [evidence], review_state=state, **over)


def state_of(assessment: Assessment) -> str:
    return Assessment.objects.get(pk=assessment.pk).review_state


# --- Drafts ----------------------------------------------------------------------------------------------------------


def test_a_new_draft_is_its_writer_s_and_has_one_entry():
    anna, draft = people.analyst(), a_draft()
    with writes_one_entry(Assessment, by=anna, why="first look"):
        save_draft(draft, by=anna, evidence=[], why="first look")
    stored = Assessment.objects.get()
    assert (stored.author, stored.review_state, stored.published_at) == (anna, "draft", None)


def test_a_changed_draft_keeps_its_author_and_gets_one_entry_without_a_word_too():
    draft, anna = make_assessment(make_commitment()), people.analyst()
    author, draft.rationale_zh = draft.author, "改写的依据。"
    with writes_one_entry(draft, by=anna):
        save_draft(draft, by=anna, evidence=[])
    assert Assessment.objects.get().author == author != anna


def test_a_draft_cites_exactly_the_evidence_given():
    kept, dropped, added = make_evidence(), make_evidence(), make_evidence()
    draft, anna = make_assessment(make_commitment(), [kept, dropped]), people.analyst()
    citation = draft.citations.get(evidence=kept)
    save_draft(draft, by=anna, evidence=[kept, added, added], why="better source")
    assert set(draft.evidence.all()) == {kept, added} and citation in draft.citations.all()
    entries = Citation.history.filter(history_user=anna, history_change_reason="better source")
    assert sorted(entries.values_list("history_type", "evidence_id")) == [("+", added.pk), ("-", dropped.pk)]


def test_a_draft_may_lie_as_late_as_today_in_shanghai():
    with time_machine.travel(datetime(2024, 7, 10, 23, 59, tzinfo=ZONE), tick=False):
        save_draft(a_draft(), by=people.analyst(), evidence=[])
    draft = a_draft(as_of=TODAY + timedelta(days=1), assessed_on=TODAY + timedelta(days=1))
    with time_machine.travel(datetime(2024, 7, 11, 0, 0, tzinfo=ZONE), tick=False):
        save_draft(draft, by=people.analyst(), evidence=[])


@pytest.mark.parametrize("field", ["as_of", "assessed_on"])
def test_a_date_in_the_future_is_refused_with_the_latest_day_allowed(field):
    draft, anna = a_draft(**{field: date(2024, 7, 11)}), people.analyst()
    with refuses("“2024-07-11” lies in the future; the latest day allowed is 2024-07-10.", field):
        save_draft(draft, by=anna, evidence=[])


@pytest.mark.parametrize(
    ("over", "part"),
    [
        ({"status": "broken"}, "(status='broken')"),
        ({"momentum": Momentum.QUIET}, "(momentum="),
        ({"confidence": ""}, "(confidence='')"),
        ({"as_of": None}, "(as_of=None)"),
        ({"rationale_zh": ""}, "(rationale_zh='')"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_the_field_and_the_value(over, part):
    draft, anna = a_draft(**over), people.analyst()
    with refuses(part, next(iter(over))):
        save_draft(draft, by=anna, evidence=[])


def test_a_momentum_that_does_not_fit_the_status_is_refused():
    draft, anna = a_draft(status=Status.NOT_STARTED, momentum=Momentum.ADVANCING), people.analyst()
    with refuses("assessment_momentum_fits_status"):
        save_draft(draft, by=anna, evidence=[])


def test_a_published_assessment_is_not_saved_as_a_draft():
    commitment = make_commitment()
    stale = make_assessment(commitment)
    published = make_judged(commitment)
    anna = people.analyst()
    with refuses("correct it with a new one", "review_state"):
        save_draft(published, by=anna, evidence=[])
    Assessment.objects.filter(pk=stale.pk).update(
        review_state=OUT, published_at=NOW, rule_met=Rule.ONE_SOURCE, codebook_version=1
    )
    with refuses("correct it with a new one", "review_state"):
        save_draft(stale, by=anna, evidence=[])


def test_what_was_approved_is_not_changed_behind_the_reviewer_s_back():
    draft, anna = carried(state="approved"), people.analyst()
    draft.rationale_zh = "核准后改写。"
    with refuses("return it first", "review_state"):
        save_draft(draft, by=anna, evidence=[])


@pytest.mark.parametrize("state", ["draft", "returned", "in_review"])
def test_what_is_not_yet_approved_may_be_changed_and_stays_at_its_step(state):
    draft = carried(state=state)
    draft.rationale_zh = "改写的依据。"
    save_draft(draft, by=people.analyst(), evidence=[])
    assert Assessment.objects.values_list("review_state", "rationale_zh").get() == (state, "改写的依据。")


def test_saving_a_draft_cannot_move_it_through_the_review():
    new, old = a_draft(review_state="approved"), make_assessment(make_commitment())
    old.review_state = "approved"
    for draft in (new, old):
        save_draft(draft, by=people.analyst(), evidence=[])
    assert set(Assessment.objects.values_list("review_state", flat=True)) == {"draft"}


def test_a_correction_names_a_published_assessment_of_the_same_commitment():
    other, anna = make_judged(make_commitment()), people.analyst()
    astray = a_draft(corrects=other)
    with refuses("a correction names a published assessment of the same commitment"):
        save_draft(astray, by=anna, evidence=[])
    save_draft(a_draft(other.commitment, corrects=other), by=anna, evidence=[])


# --- The review ------------------------------------------------------------------------------------------------------

CAST = {"anna": people.analyst, "rui": people.reviewer, "petra": people.publisher, "olga": people.one_for_all}
CAST["vera"] = people.visitor
ROLES = {"anna": {"analyst"}, "rui": {"reviewer"}, "petra": {"publisher"}, "vera": set()}
ROLES["olga"] = {"analyst", "reviewer", "publisher"}


def at_state(state: ReviewState) -> Assessment:
    if state not in (ReviewState.PUBLISHED, ReviewState.WITHDRAWN):
        return carried(state=state)
    judged = make_judged(make_commitment())
    if state == ReviewState.WITHDRAWN:
        move(judged, state, by=people.publisher(), reason_zh="依据有误。")
    return judged


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("state", ReviewState)
def test_each_person_takes_each_step_that_the_table_allows_and_no_other(state, name):
    person = CAST[name]()
    allowed = transitions_from(state, frozenset(ROLES[name]))
    for to in ReviewState:
        assessment = at_state(state)
        if to in allowed:
            reason = "理由在此。"
            with writes_one_entry(assessment, by=person, why=f"{state.value} → {to.value}: {reason}"):
                move(assessment, to, by=person, reason_zh=reason)
            assert state_of(assessment) == to.value
        else:
            with pytest.raises(Refused), transaction.atomic():
                move(assessment, to, by=person, reason_zh="理由在此。")
            assert state_of(assessment) == state.value


def test_the_table_is_walked_from_draft_to_withdrawn():
    assessment = carried()
    anna, rui, petra = people.analyst(), people.reviewer(), people.publisher()
    move(assessment, SENT, by=anna)
    move(assessment, BACK, by=rui, reason_zh="请补充来源。")
    move(assessment, SENT, by=anna)
    move(assessment, GOOD, by=rui)
    move(assessment, OUT, by=petra)
    move(assessment, ReviewState.WITHDRAWN, by=petra, reason_zh=" 依据有误。 ", reason_en="Wrong source.")
    stored = Assessment.objects.get()
    assert (stored.published_at, stored.withdrawn_at) == (NOW, NOW)
    assert (stored.withdrawn_reason_zh, stored.withdrawn_reason_en) == ("依据有误。", "Wrong source.")
    assert (stored.rule_met, stored.codebook_version) == ("one_carrying", 1)
    told = list(stored.history.order_by("history_id").values_list("history_user__username", "history_change_reason"))
    assert told[-6:] == [
        ("anna", "draft → in_review"),
        ("rui", "in_review → returned: 请补充来源。"),
        ("anna", "returned → in_review"),
        ("rui", "in_review → approved"),
        ("petra", "approved → published"),
        ("petra", "published → withdrawn: 依据有误。"),
    ]


def test_a_step_says_which_role_it_needs():
    assessment, anna = carried(state="approved"), people.analyst()
    with refuses("needs the role: publisher. Held here: analyst.", "review_state"):
        move(assessment, OUT, by=anna)


@pytest.mark.parametrize(("state", "to"), [pair for pair, step in STEPS.items() if step.with_reason])
@pytest.mark.parametrize("reason", ["", " \n\u3000"])
def test_returning_and_withdrawing_need_a_reason(state, to, reason):
    assessment, olga = at_state(state), people.one_for_all()
    with refuses("needs a reason", "reason"):
        move(assessment, to, by=olga, reason_zh=reason)


def test_publishing_twice_is_refused():
    assessment, petra = carried(state="approved"), people.publisher()
    move(assessment, OUT, by=petra)
    with refuses("“Published” cannot become “Published”", "review_state"):
        move(assessment, OUT, by=petra)


def test_the_copy_in_hand_does_not_decide_but_the_stored_row():
    assessment, petra = carried(state="approved"), people.publisher()
    stale = Assessment.objects.get()
    move(assessment, OUT, by=petra)
    with refuses("“Published” cannot become “Published”", "review_state"):
        move(stale, OUT, by=petra)
    stale.review_state, stale.rationale_zh = GOOD, "偷偷改写。"
    with refuses("“Published” cannot become “Published”", "review_state"):
        move(stale, OUT, by=petra)


def test_a_step_on_a_version_that_someone_has_passed_writes_nothing():
    assessment, petra = carried(state="approved"), people.publisher()
    with refuses("Someone else changed commitment", "version", Conflict):
        move(assessment, OUT, by=petra, expected_version=99)


# --- Gates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "to", "person"),
    [("draft", SENT, "anna"), ("returned", SENT, "anna"), ("approved", OUT, "petra"), ("draft", OUT, "olga")],
)
def test_the_gate_stands_at_submission_and_at_publication(state, to, person):
    assessment, by = make_assessment(make_commitment(), review_state=state), CAST[person]()
    with refuses("Being carried out needs at least 1 piece of evidence of progress or completion (has 0).", "evidence"):
        move(assessment, to, by=by)


def test_the_gate_is_asked_again_at_publication():
    assessment, anna = carried(), people.analyst()
    move(assessment, SENT, by=anna)
    move(assessment, GOOD, by=people.reviewer())
    assessment.commitment.evidence_links.update(bears=Bearing.STALL)
    petra = people.publisher()
    with refuses("(has 0)", "evidence"):
        move(assessment, OUT, by=petra)


def test_approving_and_returning_ask_no_gate():
    assessment = make_assessment(make_commitment(), review_state=SENT)
    move(assessment, GOOD, by=people.reviewer())
    move(assessment, BACK, by=people.reviewer(), reason_zh="缺证据。")
    assert state_of(assessment) == "returned"


def test_evidence_that_bears_on_something_else_is_refused():
    evidence = make_evidence()
    make_link(make_commitment(), evidence)
    assessment, anna = make_assessment(make_commitment(), [evidence]), people.analyst()
    with refuses(f"{evidence.code} does not bear on this commitment", "evidence"):
        move(assessment, SENT, by=anna)


def citing(publication: str, state: ReviewState = GOOD) -> tuple[Assessment, Evidence]:
    """An assessment that rests on a public page and on one that is not."""
    commitment = make_commitment()
    shown, hidden = make_evidence(), make_evidence(publication=publication)
    for row in (shown, hidden):
        make_link(commitment, row)
    return make_assessment(commitment, [shown, hidden], review_state=state), hidden


@pytest.mark.parametrize(
    ("publication", "sentence"),
    [(Publication.DRAFT, "It cites evidence that is not public yet"), (Publication.WITHDRAWN, "has been withdrawn")],
)
def test_hidden_evidence_is_named_at_publication(publication, sentence):
    assessment, hidden = citing(publication)
    petra = people.publisher()
    for with_evidence in [False, publication == Publication.WITHDRAWN]:
        with pytest.raises(Refused, match=f"{sentence}.*{hidden.code}|{hidden.code}.*{sentence}") as caught:
            move(assessment, OUT, by=petra, with_evidence=with_evidence)
        assert caught.value.field == "evidence"
    assert state_of(assessment) == GOOD


def test_a_publication_takes_the_evidence_that_it_cites_with_it():
    assessment, hidden = citing(Publication.DRAFT)
    petra = people.publisher()
    move(assessment, OUT, by=petra, with_evidence=True)
    hidden.refresh_from_db()
    assert (state_of(assessment), hidden.publication) == (OUT, Publication.PUBLISHED)
    assert hidden.history.first().history_user == petra


def test_hidden_evidence_does_not_hinder_the_review():
    commitment, hidden = make_commitment(), make_evidence(publication=Publication.DRAFT)
    make_link(commitment, hidden)
    assessment = make_assessment(commitment, [hidden])
    move(assessment, SENT, by=people.analyst())
    assert state_of(assessment) == "in_review"


def test_no_evidence_needs_a_check_and_stores_that_rule():
    assessment, olga = make_assessment(make_commitment(), status=Status.NO_EVIDENCE), people.one_for_all()
    with refuses("needs a check", "status"):
        move(assessment, OUT, by=olga)
    make_check(assessment.commitment)
    move(assessment, OUT, by=olga)
    assert Assessment.objects.get().rule_met == Rule.CHECKED


def test_replaced_needs_its_successor():
    commitment, olga = make_commitment(), people.one_for_all()
    evidence = make_link(commitment).evidence
    assessment = make_assessment(commitment, [evidence], status=Status.SUPERSEDED)
    with refuses("needs a link to the commitment that takes over", "status"):
        move(assessment, OUT, by=olga)
    Commitment.objects.filter(pk=commitment.pk).update(successor=make_commitment())
    move(assessment, OUT, by=olga)


# --- What the gate reads from the rows -------------------------------------------------------------------------------


def test_the_claim_tells_evidence_of_the_commitment_from_evidence_of_its_parts():
    measure = make_commitment(target=Target.QUANTIFIED)
    part = make_commitment(parent=measure, kind="component")
    own, below, both = make_evidence(), make_evidence(), make_evidence()
    make_link(measure, own, Bearing.COMPLETION)
    make_link(part, below, Bearing.PROGRESS)
    make_link(measure, both, Bearing.CONTEXT)
    make_link(part, both, Bearing.COMPLETION)
    make_link(make_commitment(document=measure.document), own, Bearing.STALL)
    claim = claim_of(make_assessment(measure, [own, below, both], momentum=Momentum.STALLED))
    bears = {cited.code: (set(cited.bears), set(cited.bears_below)) for cited in claim.cited}
    assert bears == {
        own.code: ({Bearing.COMPLETION}, set()),
        below.code: (set(), {Bearing.PROGRESS}),
        both.code: ({Bearing.CONTEXT}, {Bearing.COMPLETION}),
    }
    assert (claim.target, claim.momentum, claim.has_check, claim.has_successor) == (
        *(Target.QUANTIFIED, Momentum.STALLED),
        *(False, False),
    )


def test_the_source_document_itself_is_recognised_by_its_address():
    document = make_document(url="https://example.org/speech", issued_on=date(2023, 5, 19))
    commitment, evidence = make_commitment(document=document), make_evidence(url="https://example.org/speech")
    make_link(commitment, evidence, Bearing.COMPLETION)
    claim = claim_of(make_assessment(commitment, [evidence]))
    assert claim.cited[0].is_source_document and claim.document_date == date(2023, 5, 19)
    unknown = make_commitment(document=make_document(url=""))
    assert not any(c.is_source_document for c in claim_of(make_assessment(unknown, [evidence])).cited)
