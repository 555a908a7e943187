"""The page of a commitment: what it shows, what it saves, and what no form can change."""

import pytest

from commitments.models import Check, Commitment, EvidenceLink, Note, Passage
from tests import people
from tests.admin.pages import change_url, desk, list_url, posted
from tests.factories import (
    make_assessment,
    make_check,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    make_party_link,
    make_passage,
    withdraw_assessment,
)

pytestmark = pytest.mark.django_db


def test_the_page_shows_quote_family_and_steps():
    proposal = make_commitment(kind="proposal", code="1")
    measure = make_commitment(parent=proposal, code="1.1", title_zh="举办活动")
    make_passage(measure)
    withdraw_assessment(
        make_judged(measure, as_of="2024-02-01"), at=make_judged(measure).published_at, reason="看错了。"
    )
    client = desk(people.analyst())
    page = client.get(change_url(measure)).content.decode()
    for text in ("双方将<strong>建立对话机制</strong>，", "#paragraph-1", change_url(proposal), "实施中", "看错了。"):
        assert text in page
    assert "举办活动" in client.get(change_url(proposal)).content.decode()


def test_saving_goes_through_the_action_and_counts_the_version():
    commitment = make_commitment()
    client = desk(people.analyst())
    response = client.post(change_url(commitment), posted(client, change_url(commitment), title_zh="改过的题目"))
    assert response.status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title_zh, commitment.version) == ("改过的题目", 2)
    assert commitment.history.first().history_user.username == "anna"


def test_the_later_of_two_writers_sees_both_texts_and_nothing_is_saved():
    commitment = make_commitment(title_zh="原来的")
    client = desk(people.analyst())
    data = posted(client, change_url(commitment), title_zh="后来者的")
    Commitment.objects.filter(pk=commitment.pk).update(title_zh="先来者的", version=2)
    response = client.post(change_url(commitment), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "先来者的" in page
    assert "后来者的" in page
    commitment.refresh_from_db()
    assert commitment.title_zh == "先来者的"
    again = {**data, "version": response.context["adminform"].form["version"].value()}
    assert client.post(change_url(commitment), again).status_code == 302


def test_a_save_without_the_version_is_refused():
    commitment = make_commitment()
    client = desk(people.analyst())
    data = posted(client, change_url(commitment), title_zh="没有版本号")
    del data["version"]
    assert client.post(change_url(commitment), data).status_code == 200
    assert not Commitment.objects.filter(title_zh="没有版本号").exists()


def test_a_rule_speaks_at_its_field():
    commitment = make_commitment()
    client = desk(people.analyst())
    response = client.post(change_url(commitment), posted(client, change_url(commitment), target=""))
    assert response.context["adminform"].form.errors["target"]


def test_forged_fields_change_nothing():
    commitment, other = make_commitment(publication="draft", code="4.2"), make_document()
    client = desk(people.analyst())
    forged = {"publication": "published", "published_at": "2020-01-01", "published_at_0": "2020-01-01", "path": "9"}
    forged |= {"code": "9.9", "document": other.pk, "seed_key": "x", "withdrawn_reason_zh": "x"}
    client.post(change_url(commitment), posted(client, change_url(commitment), **forged))
    after = Commitment.objects.get(pk=commitment.pk)
    same = ("publication", "published_at", "path", "code", "document_id", "seed_key", "withdrawn_reason_zh")
    assert {name: getattr(after, name) for name in same} == {name: getattr(commitment, name) for name in same}
    assert after.version == 2


def test_inline_rows_are_written_by_actions_in_the_same_save():
    commitment, evidence = make_commitment(), make_evidence()
    client = desk(people.analyst())
    rows = {"evidence_links-0-evidence": evidence.pk, "evidence_links-0-bears": "stall", "notes-0-text_zh": "备忘"}
    rows |= {"checks-0-outcome": "nothing_new", "notes-0-author": people.publisher().pk, "checks-0-by": 1}
    assert client.post(change_url(commitment), posted(client, change_url(commitment), **rows)).status_code == 302
    assert EvidenceLink.objects.get().bears == "stall"
    assert Note.objects.get().author.username == "anna"
    assert Check.objects.get().by.username == "anna"


def test_a_refused_inline_row_says_so_at_its_field_and_nothing_is_saved():
    commitment = make_commitment()
    client = desk(people.analyst())
    rows = {"checks-0-checked_on": "2999-01-01", "checks-0-outcome": "nothing", "title_zh": "不该写入"}
    response = client.post(change_url(commitment), posted(client, change_url(commitment), **rows))
    errors = [
        inline.formset.errors
        for inline in response.context["inline_admin_formsets"]
        if inline.formset.prefix == "checks"
    ]
    assert errors[0][0]["checked_on"]
    assert not Check.objects.exists()
    assert not Commitment.objects.filter(title_zh="不该写入").exists()


def test_a_saved_link_keeps_its_evidence():
    commitment = make_commitment()
    link, other = make_link(commitment), make_evidence()
    client = desk(people.analyst())
    rows = {"evidence_links-0-evidence": other.pk, "evidence_links-0-bears": "context"}
    client.post(change_url(commitment), posted(client, change_url(commitment), **rows))
    after = EvidenceLink.objects.get()
    assert (after.evidence_id, after.bears) == (link.evidence_id, "context")


def test_a_link_is_removed_by_its_box():
    commitment = make_commitment()
    make_link(commitment)
    client = desk(people.analyst())
    data = posted(client, change_url(commitment), **{"evidence_links-0-DELETE": "on"})
    assert client.post(change_url(commitment), data).status_code == 302
    assert not EvidenceLink.objects.exists()


def test_a_check_on_record_is_not_changed_by_a_forged_row():
    commitment = make_commitment()
    check = make_check(commitment)
    client = desk(people.analyst())
    rows = {
        "checks-TOTAL_FORMS": 1,
        "checks-INITIAL_FORMS": 1,
        "checks-0-id": check.pk,
        "checks-0-outcome": "something",
    }
    client.post(change_url(commitment), posted(client, change_url(commitment), **rows, **{"checks-0-DELETE": "on"}))
    assert Check.objects.get().outcome == "nothing"


def test_a_new_commitment_is_anchored_by_its_quote_alone():
    document = make_document()
    client = desk(people.analyst())
    add = list_url(Commitment) + "add/"
    rows = {"passages-TOTAL_FORMS": 1, "passages-0-role": "primary", "passages-0-document": document.pk}
    rows |= {"passages-0-quote": "扩大贸易规模", "passages-INITIAL_FORMS": 0}
    fields = {"document": document.pk, "code": "2.1", "kind": "measure", "target": "one_off", "title_zh": "扩大贸易"}
    response = client.post(add, {**posted(client, add), **fields, **rows})
    assert response.status_code == 302
    passage = Passage.objects.get()
    assert document.text[passage.start : passage.end] == "扩大贸易规模"
    assert passage.commitment.publication == "draft"


def test_a_quote_that_is_not_in_the_text_is_refused_at_its_field():
    commitment = make_commitment()
    client = desk(people.analyst())
    rows = {"passages-TOTAL_FORMS": 1, "passages-0-role": "primary", "passages-0-document": commitment.document_id}
    rows |= {"passages-0-quote": "文中没有这句"}
    response = client.post(change_url(commitment), posted(client, change_url(commitment), **rows))
    forms = [i.formset for i in response.context["inline_admin_formsets"] if i.formset.prefix == "passages"]
    assert forms[0].forms[0].errors["quote"]


def test_a_published_one_cannot_be_deleted_and_a_draft_can():
    published, draft = make_commitment(), make_commitment(publication="draft")
    client = desk(people.analyst())
    assert client.post(change_url(published, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(change_url(draft, "delete"), {"post": "yes"}).status_code == 302
    assert list(Commitment.objects.all()) == [published]


def test_a_draft_that_others_refer_to_stays_with_a_message():
    draft = make_commitment(publication="draft")
    make_assessment(draft)
    client = desk(people.analyst())
    response = client.post(change_url(draft, "delete"), {"post": "yes"}, follow=True)
    assert response.status_code == 200
    assert Commitment.objects.filter(pk=draft.pk).exists()


def test_the_page_needs_few_queries_however_much_hangs_on_it(django_assert_max_num_queries):
    proposal = make_commitment(kind="proposal")
    commitment = make_commitment(parent=proposal, successor=make_commitment())
    make_passage(commitment)
    for _ in range(8):
        make_judged(commitment)
        make_judged(make_commitment(kind="component", parent=commitment))
        make_note(commitment)
        make_check(commitment)
    for code in ("CN", "KZ", "UZ"):
        make_party_link(commitment, code)
    client = desk(people.one_for_all())
    with django_assert_max_num_queries(25):
        assert client.get(change_url(commitment)).status_code == 200
    with django_assert_max_num_queries(25):
        assert client.get(change_url(proposal)).status_code == 200


@pytest.mark.parametrize(
    ("cast", "expected"), [("analyst", 200), ("reviewer", 200), ("publisher", 200), ("visitor", 302)]
)
def test_who_may_read_it(cast, expected):
    assert desk(getattr(people, cast)()).get(change_url(make_commitment())).status_code == expected


@pytest.mark.parametrize("cast", ["reviewer", "publisher"])
def test_only_analysts_edit(cast):
    commitment = make_commitment()
    data = posted(desk(people.analyst()), change_url(commitment), title_zh="越权")
    assert desk(getattr(people, cast)()).post(change_url(commitment), data).status_code == 403
    assert not Commitment.objects.filter(title_zh="越权").exists()
