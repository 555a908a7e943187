"""The start page: what waits for whom, and the quick acts on it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from commitments.actions.evidence import link_evidence
from commitments.admin.queue import SECTIONS, Scope
from commitments.models import Assessment, Check, Commitment
from commitments.rules.review import Role
from tests import people
from tests.admin.pages import desk, list_url, step_data
from tests.factories import (
    make_assessment,
    make_check,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 7, 10)
HOME = reverse("admin:index")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2024-07-10 09:00+08:00", tick=False):
        yield


def rows_of(key: str, person=None, **narrowed) -> list:
    person = person or people.one_for_all()
    section = next(section for section in SECTIONS if section.key == key)
    return list(section.rows(Scope(person, frozenset(Role), **narrowed)))


def codes(key: str, **narrowed) -> list[str]:
    return [row.code for row in rows_of(key, **narrowed)]


# --- What waits ------------------------------------------------------------------------------------------------------


def test_the_longest_unchecked_is_due_first_and_never_checked_before_all():
    document = make_document()
    for code, days in [("a", 8), ("b", 30), ("c", 6), ("d", None)]:
        row = make_commitment(document=document, code=code)
        if days:
            make_check(row, checked_on=TODAY - timedelta(days=days))
    assert codes("due") == ["d", "b", "a"]


def test_a_planned_check_is_due_on_its_day_and_not_before():
    document = make_document()
    for code, day in [("today", TODAY), ("tomorrow", TODAY + timedelta(days=1))]:
        make_commitment(document=document, code=code, next_check_on=day)
    checked = make_commitment(document=document, code="lapsed", next_check_on=TODAY - timedelta(days=5))
    make_check(checked, checked_on=TODAY - timedelta(days=3))
    assert codes("due") == ["today"]


@pytest.mark.parametrize("status", ["completed", "superseded", "dropped"])
def test_what_has_ended_is_due_only_when_planned(status):
    row = make_commitment(successor=make_commitment(kind="proposal", target=""), target="one_off")
    make_judged(row, status)
    assert codes("due") == []
    Commitment.objects.filter(pk=row.pk).update(next_check_on=TODAY)
    assert codes("due") == [row.code]


def test_proposals_what_cannot_be_verified_and_what_was_withdrawn_are_not_due():
    make_commitment(kind="proposal", target="")
    make_commitment(verifiability="not_verifiable")
    make_commitment(publication="withdrawn")
    assert codes("due") == []


def test_a_draft_waits_for_its_writer_and_for_each_role_in_turn():
    anna = people.analyst()
    rows = {
        state: make_assessment(make_commitment(), review_state=state, author=anna)
        for state in ("draft", "returned", "in_review", "approved")
    }
    assert rows_of("drafts", anna) == [rows["draft"]]
    assert rows_of("returned", anna) == [rows["returned"]]
    assert rows_of("review") == [rows["in_review"]]
    assert rows_of("publish") == [rows["approved"]]
    assert rows_of("drafts") == rows_of("returned") == []


def test_under_the_two_person_rule_one_s_own_waits_for_someone_else(settings):
    olga = people.one_for_all()
    row = make_assessment(make_commitment(), review_state="in_review", author=olga)
    assert rows_of("review", olga) == [row]
    settings.TRACKER_TWO_PERSON_RULE = True
    assert rows_of("review", olga) == []
    assert rows_of("review", people.reviewer()) == [row]


def test_evidence_that_came_after_the_newest_assessment_brings_its_commitment():
    anna, judged, untouched = people.analyst(), make_commitment(code="judged"), make_commitment(code="untouched")
    make_judged(judged)
    make_judged(untouched)
    assert codes("evidence") == []
    with time_machine.travel("2024-07-10 09:30+08:00", tick=False):
        link_evidence(make_evidence(), judged, "progress", by=anna)
        assert codes("evidence") == ["judged"]
    with time_machine.travel("2024-07-10 10:00+08:00", tick=False):
        make_assessment(judged, review_state="draft")
        assert codes("evidence") == []


def test_never_assessed_and_awaiting_translation():
    document = make_document()
    done = make_commitment(document=document, code="done", title_en="Done", criterion_en="A sentence.")
    make_judged(done, rationale_en="A reason.")
    make_commitment(document=document, code="bare", title_en="")
    assert codes("unassessed") == ["bare"]
    assert codes("untranslated") == ["bare"]


def test_a_due_day_that_passed_undone_is_past_its_date():
    row = make_commitment(due_on=TODAY - timedelta(days=1), target="one_off", code="late")
    make_judged(row, "underway")
    done = make_commitment(due_on=TODAY - timedelta(days=1), target="one_off", code="done")
    make_judged(done, "completed")
    assert codes("overdue") == ["late"]


def test_the_queue_is_narrowed_to_a_source_a_proposal_and_an_analyst():
    anna, document = people.analyst(), make_document()
    proposal = make_commitment(document=document, kind="proposal", target="", code="4")
    part = make_commitment(document=document, parent=proposal, code="4.1", responsible=anna)
    other = make_commitment(document=document, code="5.1")
    make_commitment(code="far")
    assert codes("due", document=document) == [part.code, other.code]
    assert codes("due", proposal=proposal) == [part.code]
    assert codes("due", responsible=str(anna.pk)) == [part.code]
    assert codes("due", responsible="none") == [other.code, "far"]


# --- The page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [section.key for section in SECTIONS])
def test_an_empty_section_teaches(key):
    response = desk(people.one_for_all()).get(HOME, {"section": key})
    assert response.context["chosen"].key == key
    assert str(response.context["chosen"].advice) in response.content.decode()


def test_the_page_opens_where_something_waits():
    make_commitment(title_en="")
    assert desk(people.analyst()).get(HOME).context["chosen"].key == "due"


@pytest.mark.parametrize(
    ("cast", "shown"),
    [
        ("analyst", {"drafts", "returned"}),
        ("reviewer", {"review"}),
        ("publisher", {"publish"}),
        ("one_for_all", {"drafts", "returned", "review", "publish"}),
    ],
)
def test_each_role_sees_what_waits_for_it(cast, shown):
    response = desk(getattr(people, cast)()).get(HOME)
    keys = {section.key for section, *_rest in response.context["sections"]}
    assert keys & {"drafts", "returned", "review", "publish"} == shown


def test_junk_in_the_address_narrows_nothing():
    make_commitment()
    address = {"section": "nonsense", "document": "no", "proposal": "x", "responsible": "-1", "page": "zzz"}
    assert desk(people.analyst()).get(HOME, address).status_code == 200


def test_the_reason_of_a_return_stands_beside_the_row():
    anna = people.analyst()
    row = make_assessment(make_commitment(), review_state="returned", author=anna)
    entry = row.history.first()
    entry.pk, entry.history_change_reason = None, "in_review → returned: 请补充来源。"
    entry.save(force_insert=True)
    assert "请补充来源。" in desk(anna).get(HOME).content.decode()


def test_the_page_costs_the_same_number_of_queries_for_one_row_and_for_forty(django_assert_max_num_queries):
    document = make_document()
    client = desk(people.one_for_all())
    for _ in range(40):
        make_judged(make_commitment(document=document))
    client.get(HOME)
    with django_assert_max_num_queries(26):
        client.get(HOME, {"section": "due"})


# --- Checked, no change ----------------------------------------------------------------------------------------------

CHECK = reverse("admin:queue_check")


def seen(*rows: Commitment) -> list[str]:
    return [f"{row.pk}:{row.version}" for row in rows]


def test_one_click_is_one_check():
    row, other = make_commitment(), make_commitment()
    data = {"row": seen(row)[0], "rows": seen(other), "searched_zh": "各方官网"}
    desk(people.analyst()).post(CHECK, data)
    assert list(Check.objects.values_list("commitment", flat=True)) == [row.pk]


def test_all_that_are_ticked_are_checked_and_what_changed_meanwhile_is_named():
    rows = [make_commitment() for _ in range(3)]
    ticked = seen(*rows)
    Commitment.objects.filter(pk=rows[1].pk).update(version=9)
    response = desk(people.analyst()).post(CHECK, {"rows": ticked, "searched_zh": "各方官网"}, follow=True)
    assert set(Check.objects.values_list("commitment", flat=True)) == {rows[0].pk, rows[2].pk}
    assert any(rows[1].code in str(message) for message in response.context["messages"])


def test_a_check_without_a_place_is_refused_once():
    rows = [make_commitment() for _ in range(3)]
    response = desk(people.analyst()).post(CHECK, {"rows": seen(*rows), "searched_zh": " "}, follow=True)
    assert not Check.objects.exists()
    assert len(list(response.context["messages"])) == 1


def test_the_place_of_the_last_check_is_offered_again():
    row, client = make_commitment(), desk(people.analyst())
    client.post(CHECK, {"row": seen(row)[0], "searched_zh": "外交部网站"})
    make_commitment()
    assert "外交部网站" in client.get(HOME, {"section": "due"}).content.decode()


@pytest.mark.parametrize("cast", ["reviewer", "publisher"])
def test_only_analysts_check_from_the_queue(cast):
    row = make_commitment()
    response = desk(getattr(people, cast)()).post(CHECK, {"row": seen(row)[0], "searched_zh": "各方官网"})
    assert (response.status_code, Check.objects.count()) == (403, 0)


def test_rows_of_the_list_are_checked_after_the_place_is_asked():
    rows, client = [make_commitment() for _ in range(2)], desk(people.analyst())
    versions = {f"version-{row.pk}": row.version for row in rows}
    data = {"action": "check_selected", "_selected_action": [rows[0].pk], **versions}
    asked = client.post(list_url(Commitment), data)
    assert asked.context["rows"] == [(rows[0], "1")]
    assert not Check.objects.exists()


@pytest.mark.parametrize("junk", ["", "x", "1", "1:2:3", "-1:2", "１:1", "9" * 30 + ":1", "1:x"])
def test_what_is_no_row_is_left_out(junk):
    response = desk(people.analyst()).post(CHECK, {"rows": [junk], "searched_zh": "各方官网"})
    assert (response.status_code, Check.objects.count()) == (302, 0)


# --- Save and next, and text that outlives a session -----------------------------------------------------------------


def assess_url(row: Commitment, query: str = "?section=due") -> str:
    return reverse("admin:commitments_commitment_assess", args=[row.pk]) + query


def test_saving_goes_on_to_the_next_row_of_the_section():
    document = make_document()
    rows = [make_commitment(document=document, code=code) for code in "abc"]
    client = desk(people.analyst())
    response = client.post(assess_url(rows[1]), step_data(rows[1], next="1"))
    assert response["Location"] == assess_url(rows[2])
    response = client.post(assess_url(rows[2]), step_data(rows[2], next="1"))
    assert response["Location"] == assess_url(rows[0])


def test_saving_without_going_on_returns_to_the_section():
    row = make_commitment()
    response = desk(people.analyst()).post(assess_url(row), step_data(row))
    assert response["Location"] == f"{HOME}?section=due"


def test_a_form_that_is_sent_after_the_session_ended_asks_for_the_password_and_is_saved_then(client):
    anna, row = people.analyst(), make_commitment()
    anna.set_password("a long enough phrase")
    anna.save()
    data = step_data(row, rationale_zh="没有丢失的文字。")
    asked = client.post(assess_url(row, ""), data)
    page = asked.content.decode()
    assert asked.status_code == 200 and "没有丢失的文字。" in page and not Assessment.objects.exists()
    signed_in = {"sign-in": "1", "sign-in-username": "anna", "sign-in-password": "wrong"}
    again = client.post(assess_url(row, ""), {**data, **signed_in})
    assert "没有丢失的文字。" in again.content.decode() and "wrong" not in again.content.decode()
    signed_in["sign-in-password"] = "a long enough phrase"
    assert client.post(assess_url(row, ""), {**data, **signed_in}).status_code == 302
    assert Assessment.objects.get().rationale_zh == "没有丢失的文字。"


def test_signing_in_again_gives_no_more_than_the_role(client):
    rui, row = people.reviewer(), make_commitment()
    rui.set_password("a long enough phrase")
    rui.save()
    signed_in = {"sign-in": "1", "sign-in-username": "rui", "sign-in-password": "a long enough phrase"}
    response = client.post(assess_url(row, ""), {**step_data(row), **signed_in})
    assert (response.status_code, Assessment.objects.count()) == (403, 0)


def test_passwords_are_not_written_into_the_page(client):
    response = client.post(reverse("admin:auth_user_add"), {"username": "new", "password1": "secret-one"})
    assert "secret-one" not in response.content.decode()


def test_new_evidence_narrowed_away_is_not_counted():
    make_link(make_commitment())
    assert codes("evidence", document=make_document()) == []
