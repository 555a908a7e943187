"""The steps of the review as buttons, and publication from list and page, by role."""

import pytest

from commitments.models import Assessment, Commitment, Evidence
from tests import people
from tests.admin.pages import change_url, desk, list_url
from tests.factories import make_assessment, make_commitment, make_evidence, make_judged, make_link

pytestmark = pytest.mark.django_db


def under(state: str) -> Assessment:
    commitment = make_commitment()
    link = make_link(commitment)
    if state == "published":
        return make_judged(commitment)
    return make_assessment(commitment, [link.evidence], review_state=state, author=people.analyst())


def state_of(row) -> str:
    return Assessment.objects.get(pk=row.pk).review_state


@pytest.mark.parametrize(
    ("cast", "state", "offered"),
    [
        ("analyst", "draft", ["in_review"]),
        ("reviewer", "draft", []),
        ("reviewer", "in_review", ["returned", "approved"]),
        ("publisher", "approved", ["returned", "published"]),
        ("publisher", "published", ["withdrawn"]),
        ("analyst", "published", []),
        ("one_for_all", "draft", ["in_review", "published"]),
    ],
)
def test_the_page_offers_the_steps_that_the_role_may_take(cast, state, offered):
    response = desk(getattr(people, cast)()).get(change_url(under(state)))
    assert [to for to, *_rest in response.context["steps_from_here"]] == offered


def test_a_step_is_taken_by_post():
    row = under("in_review")
    response = desk(people.reviewer()).post(change_url(row, "move"), {"to": "approved"})
    assert response.status_code == 302
    assert state_of(row) == "approved"
    assert row.history.first().history_user.username == "rui"


def test_a_get_changes_nothing():
    row = under("in_review")
    assert desk(people.reviewer()).get(change_url(row, "move"), {"to": "approved"}).status_code == 200
    assert state_of(row) == "in_review"


def test_a_return_needs_a_reason_and_says_so_at_the_field():
    row = under("in_review")
    client = desk(people.reviewer())
    response = client.post(change_url(row, "move"), {"to": "returned", "reason_zh": " "})
    assert response.context["form"].errors["reason_zh"]
    assert state_of(row) == "in_review"
    client.post(change_url(row, "move"), {"to": "returned", "reason_zh": "请补充来源。"})
    assert state_of(row) == "returned"


@pytest.mark.parametrize(("cast", "to"), [("analyst", "approved"), ("analyst", "published"), ("publisher", "approved")])
def test_a_step_beyond_the_role_is_refused_with_the_rule(cast, to):
    row = under("in_review")
    response = desk(getattr(people, cast)()).post(change_url(row, "move"), {"to": to})
    assert response.context["form"].non_field_errors()
    assert state_of(row) == "in_review"


def test_a_step_from_an_old_page_is_a_conflict():
    row = under("in_review")
    Commitment.objects.update(version=5)
    response = desk(people.reviewer()).post(change_url(row, "move"), {"to": "approved", "version": 1})
    assert response.context["form"].non_field_errors()
    assert state_of(row) == "in_review"


def test_a_published_assessment_is_read_only():
    row = under("published")
    client = desk(people.one_for_all())
    assert client.post(change_url(row), {"rationale_zh": "改", "status": "dropped"}).status_code == 403
    assert client.post(change_url(row, "delete"), {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert row.status == "underway"


def test_an_analyst_deletes_a_draft():
    row = under("draft")
    assert desk(people.analyst()).post(change_url(row, "delete"), {"post": "yes"}).status_code == 302
    assert not Assessment.objects.exists()


def act(client, model, action, rows, **more):
    data = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(list_url(model), data)


def test_a_publisher_publishes_the_selected_rows():
    rows = [make_commitment(publication="draft") for _ in range(3)]
    act(desk(people.publisher()), Commitment, "publish_selected", rows)
    assert set(Commitment.objects.values_list("publication", flat=True)) == {"published"}
    assert rows[0].history.first().history_user.username == "petra"


@pytest.mark.parametrize("cast", ["analyst", "reviewer"])
def test_others_are_offered_no_publication(cast):
    row = make_evidence(publication="draft")
    client = desk(getattr(people, cast)())
    act(client, Evidence, "publish_selected", [row])
    assert client.post(change_url(row, "publish")).status_code == 403
    assert client.post(change_url(row, "withdraw"), {"reason_zh": "x"}).status_code == 403
    row.refresh_from_db()
    assert row.publication == "draft"


def test_withdrawing_asks_for_a_reason_first():
    rows = [make_commitment(), make_commitment()]
    client = desk(people.publisher())
    page = act(client, Commitment, "withdraw_selected", rows)
    assert page.status_code == 200
    assert act(client, Commitment, "withdraw_selected", rows, reason_zh="").context["form"].errors["reason_zh"]
    assert set(Commitment.objects.values_list("publication", flat=True)) == {"published"}
    act(client, Commitment, "withdraw_selected", rows, reason_zh="登记有误。")
    assert set(Commitment.objects.values_list("publication", "withdrawn_reason_zh")) == {("withdrawn", "登记有误。")}


def test_a_bulk_withdrawal_is_all_or_nothing():
    published, draft = make_commitment(), make_commitment(publication="draft")
    act(desk(people.publisher()), Commitment, "withdraw_selected", [published, draft], reason_zh="x")
    published.refresh_from_db()
    assert published.publication == "published"


def test_one_row_is_published_and_withdrawn_from_its_page():
    row = make_evidence(publication="draft")
    client = desk(people.publisher())
    assert client.get(change_url(row, "publish")).status_code == 405
    assert client.post(change_url(row, "publish")).status_code == 302
    assert client.post(change_url(row, "withdraw"), {"reason_zh": "网页失实。"}).status_code == 302
    row.refresh_from_db()
    assert (row.publication, row.withdrawn_reason_zh) == ("withdrawn", "网页失实。")
