"""The import desk by plain forms: from the upload to the decision, what is said when it is refused, and who may."""

from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from commitments.actions.candidates import accept
from commitments.models import Candidate, Commitment, DraftRegister, Passage, SourceDocument
from tests import people
from tests.admin.pages import desk
from tests.factories import make_candidate, make_commitment, make_draft_register

pytestmark = pytest.mark.django_db
FILE = Path(__file__).resolve().parents[1] / "data" / "imports" / "linhu-2026.txt"
FIRST, SECOND = "建立对话机制", "举办主题活动"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def anna():
    return desk(people.analyst())


def bring_url() -> str:
    return "/en" + reverse("admin:commitments_draftregister_add").removeprefix("/en")


def url(register: DraftRegister, view: str = "change", *more: object) -> str:
    return reverse(f"admin:commitments_draftregister_{view}", args=[register.pk, *more])


def facts(**over) -> dict:
    fields = {
        "slug": "linhu-2026",
        "kind": "plan",
        "title_zh": "行动方案",
        "short_zh": "方案",
        "issued_on": "2026-03-01",
    }
    return {**fields, "join_lines": "on", **over}


def upload(name: str = "方案.txt", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, FILE.read_bytes() if content is None else content)


def fresh(row: Candidate) -> Candidate:
    return Candidate.objects.get(pk=row.pk)


def seen(*rows: Candidate) -> str:
    return " ".join(f"{row.pk}:{fresh(row).version}" for row in rows)


def said(response) -> str:
    return unescape(response.content.decode())


# --- Bringing


def test_a_file_leads_to_the_desk_with_its_candidates(anna):
    page = said(anna.post(bring_url(), facts(file=upload()), follow=True))
    assert "13 candidates were found." in page
    assert page.count("data-candidate=") == 13 and "新建青年创业园2个" in page
    register = DraftRegister.objects.get()
    assert register.file_name == "方案.txt" and register.started_by.username == "anna"


def test_a_pasted_text_does_too_and_sent_twice_it_comes_once(anna):
    data = facts(pasted=FILE.read_text(encoding="utf-8"))
    assert anna.post(bring_url(), data).status_code == 302
    again = anna.post(bring_url(), data)
    assert again.status_code == 200 and "slug" in again.context["form"].errors
    other = anna.post(bring_url(), {**data, "slug": "another"})
    assert "in the register already" in said(other)
    assert SourceDocument.objects.count() == DraftRegister.objects.count() == 1


@pytest.mark.parametrize(
    ("over", "field", "part"),
    [
        ({}, "file", "one of the two"),
        ({"pasted": "  \n "}, "file", "one of the two"),
        ({"file": True, "pasted": "文字"}, "file", "one of the two"),
        ({"pasted": "文字", "slug": "临湖 2026"}, "slug", "“临湖 2026” is no slug"),
        ({"pasted": "文字", "issued_on": "2026-02-31"}, "issued_on", "valid date"),
        ({"pasted": "文字", "title_zh": ""}, "title_zh", "required"),
        ({"pasted": "文字", "kind": "poem"}, "kind", "poem"),
        ({"pasted": "字" * 200_001}, "pasted", "allowed are 200000"),
        ({"file": b"%PDF-1.7 nothing"}, "file", ""),
        ({"file": b"PK\x03\x04 nothing"}, "file", ""),
    ],
)
def test_each_wrong_fact_is_named_and_nothing_is_written(anna, over: dict, field: str, part: str):
    if "file" in over:
        given = over["file"]
        over = {**over, "file": upload() if given is True else upload("a.pdf" if b"PDF" in given else "a.docx", given)}
    response = anna.post(bring_url(), facts(**over))
    errors = response.context["form"].errors
    assert response.status_code == 200 and field in errors and part in str(unescape(errors.as_text()))
    assert not SourceDocument.objects.exists()


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(anna):
    response = anna.post(bring_url(), facts(), CONTENT_LENGTH=str(30 * 1024 * 1024))
    assert response.status_code == 413 and "20 MiB" in said(response)


def test_a_pasted_text_beyond_the_limit_of_a_form_is_a_sentence_too(anna):
    response = anna.post(bring_url(), facts(pasted="字" * 900_000))
    assert response.status_code == 413 and "too long" in said(response)


def test_hostile_text_is_shown_as_text(anna):
    text = "一、加强合作。建立<img src=x onerror=alert(1)>“对话”机制2个。\n二、改善医疗。改造医院3家。\n"
    page = anna.post(bring_url(), facts(pasted=text, title_zh="<b>题</b>", short_zh="<i>短</i>"), follow=True)
    body = page.content.decode()
    assert "<img" not in body and "<i>短" not in body and "&lt;img" in body


# --- Deciding


def test_buttons_accept_refuse_and_undo_and_go_on_to_the_next(anna):
    first = make_candidate()
    second = make_candidate(first.register, SECOND)
    response = anna.post(url(first.register), {"accept": seen(first)})
    assert response["Location"].endswith(f"#c{second.pk}")
    response = anna.post(url(first.register), {"refuse": seen(second), "reason": "只是背景"}, follow=True)
    assert "只是背景" in said(response) and fresh(second).decision == "refused"
    anna.post(url(first.register), {"undo": seen(first)})
    assert fresh(first).is_open and not Commitment.objects.exists()


def test_ticked_rows_are_accepted_together_proposals_first(anna):
    head = make_candidate(None, "一是加强机制建设。双方将建立对话机制，举办主题活动。", kind="proposal", code="1")
    rows = [make_candidate(head.register, quote, parent=head, code=f"1.{n}") for n, quote in enumerate((FIRST, SECOND))]
    page = anna.get(url(head.register)).content.decode()
    assert f'value="{seen(head, *rows)}"' in page, "the family in one button"
    response = anna.post(
        url(head.register), {"ticked": "accept", "rows": [seen(rows[0]), seen(head), "7", "x:1", "99:1"]}, follow=True
    )
    assert "2 candidates decided" in said(response)
    assert list(Commitment.objects.in_tree_order().values_list("code", "parent__code")) == [("1", None), ("1.0", "1")]


def test_ticked_rows_are_undone_together_parts_first(anna):
    head = make_candidate(None, "一是加强机制建设。双方将建立对话机制，举办主题活动。", kind="proposal", code="1")
    rows = [make_candidate(head.register, quote, parent=head, code=f"1.{n}") for n, quote in enumerate((FIRST, SECOND))]
    anna.post(url(head.register), {"ticked": "accept", "rows": [seen(head), *map(seen, rows)]})
    assert Commitment.objects.count() == 3
    response = anna.post(url(head.register), {"ticked": "undo", "rows": [seen(head), *map(seen, rows)]}, follow=True)
    assert "3 candidates decided" in said(response) and not Commitment.objects.exists()


def test_both_parts_of_a_split_may_be_ticked_and_undone(anna):
    row = make_candidate(quote="建立对话机制，举办主题活动")
    anna.post(url(row.register, "candidate", row.pk), {"cut": "7", "version": "1"})
    parts = Candidate.objects.filter(decision="open")
    response = anna.post(url(row.register), {"ticked": "undo", "rows": [seen(part) for part in parts]}, follow=True)
    assert "meanwhile" not in said(response)
    assert Candidate.objects.get() == row and fresh(row).is_open


def test_ticked_rows_are_merged(anna):
    first = make_candidate(code="A")
    second = make_candidate(first.register, SECOND, code="B")
    anna.post(url(first.register), {"ticked": "merge", "rows": [seen(first), seen(second)]})
    merged = Candidate.objects.get(decision="open")
    page = said(anna.get(url(first.register)))
    assert merged.quote == "建立对话机制，举办主题活动" and "Undo the merge or split" in page
    anna.post(url(first.register), {"undo": seen(merged)})
    assert Candidate.objects.filter(decision="open").count() == 2


def test_what_is_refused_is_said_with_its_code_and_the_rest_is_done(anna):
    good = make_candidate(code="A")
    bad = make_candidate(good.register, SECOND, code="B", title_zh="")
    response = anna.post(url(good.register), {"ticked": "accept", "rows": [seen(good), seen(bad)]}, follow=True)
    assert "1 candidate decided" in said(response) and "B: title" in said(response)
    assert Commitment.objects.get().code == "A"


def test_the_later_of_two_sees_who_decided_what_and_keeps_the_reason(anna):
    row = make_candidate()
    late = seen(row)
    accept(row, by=people.one_for_all())
    response = anna.post(url(row.register), {"refuse": late, "reason": "写好的理由"}, follow=True)
    page = said(response)
    assert "changed meanwhile by olga: Accepted" in page and 'value="写好的理由"' in page
    assert fresh(row).decision == "accepted"


def test_a_reason_that_is_no_text_is_refused_by_name(anna):
    row = make_candidate()
    response = anna.post(url(row.register), {"refuse": seen(row), "reason": "一\x00二\u202e"}, follow=True)
    assert "U+0000" in said(response) and fresh(row).is_open


def test_words_are_added_or_named_as_not_found(anna):
    register = make_draft_register()
    response = anna.post(url(register), {"add": "1", "quote": "扩大贸易规模", "kind": "measure"}, follow=True)
    row = Candidate.objects.get()
    assert row.quote == "扩大贸易规模" and response.redirect_chain[-1][0] == url(register, "candidate", row.pk)
    response = anna.post(url(register), {"add": "1", "quote": "没有这句话", "kind": "measure"})
    assert "没有这句话" in said(response) and "does not stand" in said(response)
    assert "quote" in anna.post(url(register), {"add": "1", "kind": "measure"}).context["new_form"].errors


def test_many_candidates_stand_on_several_pages(anna, monkeypatch):
    monkeypatch.setattr("commitments.admin.desk_rows.ON_ONE_PAGE", 2)
    first = make_candidate()
    rows = [first, *(make_candidate(first.register, quote) for quote in (SECOND, "拓展经贸关系", "扩大贸易规模"))]
    page = said(anna.get(url(first.register) + "?page=2"))
    assert page.count("data-candidate=") == 2 and "2 / 2" in page
    assert f'href="?page=1#c{first.pk}"' in page
    assert anna.post(url(first.register), {"accept": seen(rows[1])})["Location"].endswith(f"?page=2#c{rows[2].pk}")
    assert said(anna.get(url(first.register) + "?show=open&page=99")).count("data-candidate=") == 1


def test_the_start_page_names_what_is_unfinished(anna):
    row = make_candidate()
    assert url(row.register) in anna.get(reverse("admin:index")).content.decode()
    assert url(row.register) not in desk(people.publisher()).get(reverse("admin:index")).content.decode()
    Candidate.objects.update(decision="refused")
    assert url(row.register) not in anna.get(reverse("admin:index")).content.decode()


# --- One candidate


def typed(client, row: Candidate, **over) -> dict:
    """What a browser would send from its page untouched, with the given values over it."""
    form = client.get(url(row.register, "candidate", row.pk)).context["form"]
    data = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "")}
    return {**data, **over}


def test_one_is_changed_and_accepted_in_one_go(anna):
    row = make_candidate()
    address = url(row.register, "candidate", row.pk)
    data = typed(
        anna, row, title_zh="改过的题目", title_en="Mended", target="continuing", quote="对话机制", then="accept"
    )
    assert anna.post(address, data).status_code == 302
    made = Commitment.objects.get()
    assert (made.title_zh, made.title_en, made.target) == ("改过的题目", "Mended", "continuing")
    assert made.passages.get().quote == "对话机制"


def test_and_leads_to_the_next_open_one(anna):
    row = make_candidate()
    other = make_candidate(row.register, SECOND)
    response = anna.post(url(row.register, "candidate", row.pk), typed(anna, row, then="save", next="1"))
    assert response["Location"] == url(row.register, "candidate", other.pk)


def test_a_restatement_is_linked_by_its_id(anna):
    earlier = make_commitment(code="4.1")
    row = make_candidate()
    address = url(row.register, "candidate", row.pk)
    wrong = anna.post(address, typed(anna, row, earlier_id="nowhere/9", then="restate"))
    assert "nowhere/9" in str(wrong.context["form"].errors["earlier_id"])
    anna.post(address, typed(anna, row, earlier_id=earlier.natural_id, then="restate"))
    assert Passage.objects.get().commitment == earlier and fresh(row).decision == "restates"


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(anna):
    row = make_candidate()
    make_candidate(row.register, SECOND, code="B")
    data = typed(anna, row, code="B", title_zh="打好的题目", then="accept")
    response = anna.post(url(row.register, "candidate", row.pk), data)
    assert "taken by" in str(response.context["form"].errors["code"]) and "打好的题目" in said(response)
    assert fresh(row).title_zh != "打好的题目" and not Commitment.objects.exists()


def test_the_later_writer_sees_both_texts_and_may_save_then(anna):
    row = make_candidate(title_zh="原题")
    olga = desk(people.one_for_all())
    mine, theirs = typed(anna, row, title_zh="乙写的"), typed(olga, row, title_zh="甲写的")
    address = url(row.register, "candidate", row.pk)
    olga.post(address, theirs)
    response = anna.post(address, mine)
    page = said(response)
    assert fresh(row).title_zh == "甲写的"
    assert "甲写的" in page.partition('id="stored"')[2].partition("</dl>")[0] and 'value="乙写的"' in page
    again = {**mine, "version": response.context["form"]["version"].value()}
    assert anna.post(address, again).status_code == 302 and fresh(row).title_zh == "乙写的"


def test_one_is_split_at_a_mark_and_a_stale_page_splits_nothing(anna):
    row = make_candidate(quote="建立对话机制，举办主题活动")
    address = url(row.register, "candidate", row.pk)
    assert "…建立对话机制， | 举办主题活动…" in said(anna.get(address))
    assert "Someone else" in said(anna.post(address, {"cut": "7", "version": "9"}))
    assert "no place" in said(anna.post(address, {"cut": "x", "version": "1"}))
    anna.post(address, {"cut": "7", "version": "1"})
    assert set(Candidate.objects.filter(decision="open").values_list("quote", flat=True)) == {FIRST, SECOND}
    assert anna.get(address).status_code == 200, "what it was is still to be read"


@pytest.mark.parametrize("place", ["0", "999999", "x", "99999999999999999999"])
def test_what_is_not_there_is_404(anna, place: str):
    assert anna.get(f"/admin/commitments/draftregister/{place}/change/").status_code == 404


def test_a_candidate_is_found_in_its_own_register_alone(anna):
    row, other = make_candidate(), make_candidate()
    assert anna.get(url(row.register, "candidate", row.pk)).status_code == 200
    for key in (0, other.pk, 10**20):
        assert anna.get(url(row.register, "candidate", key)).status_code == 404


def test_a_row_of_another_register_is_not_reached_from_here(anna):
    row, other = make_candidate(), make_candidate()
    anna.post(url(row.register), {"accept": seen(other)})
    assert fresh(other).is_open


# --- Publishing


def test_the_publisher_publishes_document_and_drafts_and_the_reader_page_is_there(client):
    row = make_candidate()
    accept(row, by=people.analyst())
    petra = desk(people.publisher())
    page = petra.get(url(row.register))
    assert "Publish the document and its 1 accepted draft" in said(page)
    document = row.register.document
    assert client.get(f"/documents/{document.slug}/").status_code == 404
    data = {"version": document.version, "drafts": ""}
    shown = page.context["drafts_seen"]
    assert f'name="drafts" value="{shown}"' in said(page)
    assert "nothing is published" in said(petra.post(url(row.register, "publish"), data, follow=True))
    assert "Published" in said(petra.post(url(row.register, "publish"), {**data, "drafts": shown}, follow=True))
    reader = client.get(f"/documents/{document.slug}/")
    assert reader.status_code == 200 and row.code in reader.content.decode()
    assert "Publish the document" not in said(petra.get(url(row.register)))
