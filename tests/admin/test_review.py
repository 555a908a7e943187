"""The steps of the review as buttons, and publication from list and page, by role."""

import pytest
from django.urls import reverse
from django.utils.translation import override

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


def take(client, *rows: Assessment, to: str, **over):
    """What the buttons of a page, of the list and of the queue send alike."""
    data = {"to": to, "rows": [f"{row.pk}:{row.commitment.version}" for row in rows], **over}
    return client.post(reverse("admin:commitments_assessment_steps"), data, follow=True)


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_a_step_is_taken_by_post():
    row = under("in_review")
    take(desk(people.reviewer()), row, to="approved")
    assert state_of(row) == "approved"
    assert row.history.first().history_user.username == "rui"


def test_a_get_changes_nothing():
    assert desk(people.reviewer()).get(reverse("admin:commitments_assessment_steps")).status_code == 405


def test_a_return_needs_a_reason_and_says_so_at_the_field():
    row, client = under("in_review"), desk(people.reviewer())
    assert not take(client, row, to="returned").context["form"].errors
    assert take(client, row, to="returned", reason_zh=" ").context["form"].errors["reason_zh"]
    assert state_of(row) == "in_review"
    take(client, row, to="returned", reason_zh="请补充来源。")
    assert state_of(row) == "returned"


@pytest.mark.parametrize(("cast", "to"), [("analyst", "approved"), ("analyst", "published"), ("publisher", "approved")])
def test_a_step_beyond_the_role_is_refused_with_the_rule(cast, to):
    row = under("in_review")
    with override("en"):
        response = take(desk(getattr(people, cast)()), row, to=to)
    assert "需要" in said(response) or "needs the role" in said(response)
    assert state_of(row) == "in_review"


@pytest.mark.parametrize("to", ["draft", "gone", ""])
def test_what_is_no_step_is_not_found(to):
    row = under("in_review")
    assert take(desk(people.one_for_all()), row, to=to).status_code == 404


def test_an_account_without_a_role_takes_no_step():
    row = under("in_review")
    vera = people.visitor()
    assert take(desk(vera), row, to="approved").status_code in (302, 403) or state_of(row) == "in_review"
    assert state_of(row) == "in_review"


def test_many_are_taken_at_once_and_what_is_refused_is_named():
    good, other = under("in_review"), under("in_review")
    Commitment.objects.filter(pk=other.commitment_id).update(version=7)
    response = take(desk(people.reviewer()), good, other, to="approved")
    assert (state_of(good), state_of(other)) == ("approved", "in_review")
    assert other.commitment.code in said(response)


def test_two_drafts_of_one_commitment_go_together():
    row = under("in_review")
    other = make_assessment(row.commitment, list(row.evidence.all()), review_state="in_review", author=people.analyst())
    take(desk(people.reviewer()), row, other, to="approved")
    assert (state_of(row), state_of(other)) == ("approved", "approved")


def test_a_publication_offers_to_publish_what_is_cited():
    row = under("approved")
    hidden = make_evidence(publication="draft")
    make_link(row.commitment, hidden)
    row.citations.create(evidence=hidden)
    client = desk(people.publisher())
    response = take(client, row, to="published")
    assert response.context["evidence"] == [hidden]
    assert state_of(row) == "approved"
    take(client, row, to="published", with_evidence="1")
    hidden.refresh_from_db()
    assert (state_of(row), hidden.publication) == ("published", "published")


def test_what_is_ticked_in_the_list_takes_the_step_too():
    rows = [under("in_review"), under("in_review")]
    client = desk(people.reviewer())
    listed = client.get(list_url(Assessment))
    assert f'value="{rows[0].pk}:1"' in listed.content.decode()
    every = [f"{row.pk}:1" for row in rows]
    data = {"action": "to_approved", "_selected_action": [rows[0].pk], "rows": every}
    client.post(list_url(Assessment), data)
    assert [state_of(row) for row in rows] == ["approved", "in_review"]


def test_the_way_back_stays_on_this_site():
    row = under("in_review")
    data = {"to": "approved", "rows": f"{row.pk}:1", "back": "https://elsewhere.example/"}
    response = desk(people.reviewer()).post(reverse("admin:commitments_assessment_steps"), data)
    assert response["Location"] == list_url(Assessment)


def test_a_step_from_an_old_page_is_a_conflict():
    row = under("in_review")
    Commitment.objects.update(version=5)
    response = take(desk(people.reviewer()), row, to="approved")
    assert row.commitment.code in said(response)
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
