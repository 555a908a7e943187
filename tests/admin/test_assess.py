"""A dated status takes one screen: everything is written together, or nothing and what was typed is kept."""

import pytest

from commitments.models import Assessment, Commitment, Evidence, EvidenceLink, Note
from tests import people
from tests.admin.pages import change_url, desk, found_data, step_data
from tests.factories import (
    make_assessment,
    make_commitment,
    make_evidence,
    make_judged,
    make_link,
    make_passage,
    make_publisher,
)

pytestmark = pytest.mark.django_db


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Assessment, Evidence, EvidenceLink, Note))


def test_one_post_writes_status_evidence_link_and_note():
    commitment, publisher = make_commitment(), make_publisher(name="新华社")
    data = step_data(commitment, **found_data(publisher="新华社"), **{"note-text_zh": "已电话核实。"})
    response = desk(people.analyst()).post(change_url(commitment, "assess"), data)
    assert response.status_code == 302
    step = Assessment.objects.get()
    assert (step.review_state, step.author.username, step.status) == ("draft", "anna", "underway")
    evidence = step.evidence.get()
    assert (evidence.publisher, evidence.publication) == (publisher, "draft")
    assert EvidenceLink.objects.get().commitment == commitment
    assert Note.objects.get().text_zh == "已电话核实。"


def test_one_who_holds_all_roles_publishes_status_and_new_evidence_together():
    commitment = make_commitment()
    make_publisher(name="新华社")
    data = step_data(commitment, then="published", **found_data(publisher="新华社"))
    assert desk(people.one_for_all()).post(change_url(commitment, "assess"), data).status_code == 302
    step = Assessment.objects.get()
    assert (step.review_state, step.rule_met) == ("published", "one_carrying")
    assert step.evidence.get().publication == "published"


def test_submitting_puts_it_in_review():
    commitment = make_commitment()
    link = make_link(commitment)
    data = step_data(commitment, then="in_review", evidence=[link.evidence_id])
    assert desk(people.analyst()).post(change_url(commitment, "assess"), data).status_code == 302
    assert Assessment.objects.get().review_state == "in_review"


@pytest.mark.parametrize("then", ["in_review", "published"])
def test_a_gate_that_is_not_met_writes_nothing_and_keeps_what_was_typed(then):
    commitment = make_commitment()
    make_publisher(name="新华社")
    data = step_data(
        commitment,
        then=then,
        status="completed",
        momentum="",
        rationale_zh="这段话不能丢。",
        **found_data(publisher="新华社"),
        **{"note-text_zh": "这条也不能丢。"},
    )
    before = counts()
    response = desk(people.one_for_all()).post(change_url(commitment, "assess"), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert counts() == before
    assert response.context["form"].errors["evidence"]
    assert "这段话不能丢。" in page
    assert "这条也不能丢。" in page
    assert "https://example.com/new" in page


def test_a_refusal_about_the_new_page_stands_at_its_field():
    commitment = make_commitment()
    known = make_evidence(url="https://example.com/new")
    make_link(commitment, known, "stall")
    response = desk(people.analyst()).post(change_url(commitment, "assess"), step_data(commitment, **found_data()))
    assert known.code in response.context["screen"].found.forms[0].errors["url"][0]
    assert not Assessment.objects.exists()


def test_a_page_that_is_known_is_linked_and_not_entered_twice():
    commitment = make_commitment()
    known = make_evidence(url="https://example.com/new")
    data = step_data(commitment, **{"new-0-url": known.url, "new-0-bears": "progress"})
    assert desk(people.analyst()).post(change_url(commitment, "assess"), data).status_code == 302
    assert Assessment.objects.get().evidence.get() == known
    assert Evidence.objects.count() == 1


def test_an_unknown_publisher_is_named():
    commitment = make_commitment()
    response = desk(people.analyst()).post(
        change_url(commitment, "assess"), step_data(commitment, **found_data(publisher="无名报"))
    )
    assert "无名报" in response.context["screen"].found.forms[0].errors["publisher"][0]


def test_evidence_of_a_descendant_can_be_ticked_and_that_of_others_cannot():
    proposal = make_commitment(kind="proposal")
    measure = make_commitment(parent=proposal)
    below, elsewhere = make_link(measure).evidence_id, make_link(make_commitment()).evidence_id
    client = desk(people.analyst())
    assert client.post(change_url(proposal, "assess"), step_data(proposal, evidence=[elsewhere])).status_code == 200
    assert client.post(change_url(proposal, "assess"), step_data(proposal, evidence=[below])).status_code == 302


def test_a_day_in_the_future_is_refused_at_its_field():
    commitment = make_commitment()
    response = desk(people.analyst()).post(change_url(commitment, "assess"), step_data(commitment, as_of="2999-01-01"))
    assert response.context["form"].errors["as_of"]


def test_the_later_of_two_writers_is_told_and_can_save_again():
    commitment = make_commitment()
    data = step_data(commitment)
    Commitment.objects.update(version=7)
    client = desk(people.analyst())
    response = client.post(change_url(commitment, "assess"), data)
    form = response.context["form"]
    assert form.errors["version"]
    assert form["version"].value() == "7"
    assert not Assessment.objects.exists()
    assert client.post(change_url(commitment, "assess"), {**data, "version": 7}).status_code == 302


@pytest.mark.parametrize(
    ("cast", "expected"), [("analyst", 200), ("reviewer", 403), ("publisher", 403), ("visitor", 302)]
)
def test_who_may_open_it(cast, expected):
    commitment = make_commitment()
    assert desk(getattr(people, cast)()).get(change_url(commitment, "assess")).status_code == expected


def test_an_analyst_cannot_publish_directly():
    commitment = make_commitment()
    link = make_link(commitment)
    data = step_data(commitment, then="published", evidence=[link.evidence_id])
    response = desk(people.analyst()).post(change_url(commitment, "assess"), data)
    assert response.status_code == 200
    assert not Assessment.objects.exists()


def test_forged_fields_change_nothing():
    commitment, other = make_commitment(), make_commitment()
    forged = {
        "review_state": "published",
        "author": people.publisher().pk,
        "published_at": "2020-01-01",
        "rule_met": "checked",
    }
    forged |= {"commitment": other.pk, "corrects": 1, "codebook_version": 9}
    desk(people.analyst()).post(change_url(commitment, "assess"), step_data(commitment) | forged)
    step = Assessment.objects.get()
    assert (step.review_state, step.author.username, step.published_at, step.rule_met) == ("draft", "anna", None, "")
    assert (step.commitment, step.corrects, step.codebook_version) == (commitment, None, None)


def test_a_draft_is_mended_on_the_same_screen():
    commitment = make_commitment()
    draft = make_assessment(commitment)
    client = desk(people.analyst())
    assert draft.rationale_zh in client.get(change_url(draft, "edit")).content.decode()
    data = step_data(commitment, rationale_zh="改写后的依据。")
    assert client.post(change_url(draft, "edit"), data).status_code == 302
    draft.refresh_from_db()
    assert draft.rationale_zh == "改写后的依据。"
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("state", ["in_review", "approved"])
def test_what_is_under_review_is_not_rewritten(state):
    draft = make_assessment(make_commitment(), review_state=state)
    client = desk(people.analyst())
    assert client.get(change_url(draft, "edit")).status_code == 302
    response = client.post(change_url(draft, "edit"), step_data(draft.commitment, rationale_zh="偷改"))
    assert "偷改" in response.content.decode()  # what was typed before someone took the step is not lost
    assert response.context["form"].non_field_errors()
    draft.refresh_from_db()
    assert draft.rationale_zh != "偷改"


def test_the_screen_shows_quote_status_and_last_steps_in_few_queries(django_assert_max_num_queries):
    commitment = make_commitment()
    make_passage(commitment)
    make_judged(commitment)
    for _ in range(20):
        make_link(commitment)
    client = desk(people.one_for_all())
    with django_assert_max_num_queries(25):
        page = client.get(change_url(commitment, "assess")).content.decode()
    for text in ("<strong>建立对话机制</strong>", "实施中", commitment.criterion_zh, "公开材料显示已有交付。"):
        assert text in page


# --- An address that is typed ---

LOOKUP = "/admin/commitments/evidence/lookup/"


def looked_up(url: str, person=None) -> str:
    return desk(person or people.analyst()).get(LOOKUP, {"new-0-url": url}).content.decode()


def test_a_known_page_is_named_with_what_it_bears_on():
    link = make_link(make_commitment(code="4.2"), make_evidence(url="https://example.org/a?id=1"), "progress")
    page = looked_up("https://EXAMPLE.org/a?utm_source=x&id=1#part")
    assert link.evidence.code in page and "4.2" in page and "显示进展" in page


def test_a_withdrawn_page_says_why():
    make_evidence(url="https://example.org/a", publication="withdrawn", withdrawn_reason_zh="来源撤稿。")
    assert "来源撤稿。" in looked_up("https://example.org/a")


def test_a_new_page_takes_its_publisher_from_its_host():
    known = make_evidence(url="https://example.org/a")
    page = looked_up("https://example.org/b#x")
    assert str(known.publisher) in page and "https://example.org/b" in page
    commitment = make_commitment()
    data = step_data(commitment, **found_data(url="https://example.org/b#x"))
    desk(people.analyst()).post(change_url(commitment, "assess"), data)
    new = Evidence.objects.get(url="https://example.org/b")
    assert new.publisher == known.publisher


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "no address", "http://user@example.org/", "<b>"])
def test_what_is_no_address_is_said_and_not_echoed(typed):
    assert "不是公开网页的网址" in looked_up(typed)
    assert typed not in looked_up(typed)


def test_the_lookup_is_for_the_desk():
    assert desk(people.visitor()).get(LOOKUP, {"url": "https://example.org/"}).status_code in (302, 403)


# --- Corrections ---


def correct(row, **over):
    data = step_data(row.commitment, evidence=[each.pk for each in row.evidence.all()], is_editorial="0")
    kept = {"status": row.status, "momentum": row.momentum, "confidence": row.confidence, "as_of": row.as_of}
    url = change_url(row, "correct")
    return desk(people.one_for_all()).post(url, {**data, **kept, "then": "published", **over})


def test_the_correction_starts_from_what_is_published():
    row = make_judged(make_commitment(), rationale_zh="原来的依据。")
    response = desk(people.analyst()).get(change_url(row, "correct"))
    form = response.context["screen"].form
    assert form["status"].value() == row.status and form["rationale_zh"].value() == "原来的依据。"
    assert len(form["evidence"].value()) == 2


def test_a_correction_of_the_wording_is_published_as_such():
    row = make_judged(make_commitment())
    assert correct(row, is_editorial="1", rationale_zh="改写后的依据。").status_code == 302
    new = Assessment.objects.get(corrects=row)
    assert (new.is_editorial, new.review_state, new.status) == (True, "published", row.status)


def test_a_correction_of_the_wording_that_changes_the_status_is_refused_at_the_field():
    row = make_judged(make_commitment())
    response = correct(row, is_editorial="1", status="initiated")
    assert response.context["screen"].form.errors["status"]
    assert not Assessment.objects.filter(corrects=row).exists()


def test_what_is_no_longer_in_force_is_not_corrected():
    row = make_judged(make_commitment())
    correct(row)
    assert desk(people.analyst()).get(change_url(row, "correct")).status_code == 302


def test_an_ordinary_assessment_is_no_correction_whatever_is_posted():
    row = make_judged(make_commitment())
    data = step_data(row.commitment, corrects=row.pk, is_editorial="1", review_state="published", author=1, version=99)
    desk(people.analyst()).post(change_url(row.commitment, "assess"), {**data, "version": row.commitment.version})
    new = Assessment.objects.exclude(pk=row.pk).get()
    assert (new.corrects, new.is_editorial, new.review_state, new.author.username) == (None, False, "draft", "anna")


def test_after_a_conflict_the_form_shows_what_someone_else_has_added():
    commitment = make_commitment()
    data = step_data(commitment, rationale_zh="我输入的文字。")
    make_assessment(commitment, rationale_zh="别人存入的文字。", author=people.one_for_all())
    Commitment.objects.filter(pk=commitment.pk).update(version=5)
    page = desk(people.analyst()).post(change_url(commitment, "assess"), data).content.decode()
    assert "别人存入的文字。" in page and "我输入的文字。" in page
    assert Assessment.objects.count() == 1
