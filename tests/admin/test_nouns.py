"""The smaller pages: evidence, publishers, documents, notes, checks, parties, themes, exclusions and their history."""

import re

import pytest
from django.urls import reverse

from commitments.models import Check, DraftRegister, Evidence, Exclusion, Note, Party, Publisher, SourceDocument, Theme
from tests import people
from tests.admin.pages import change_url, desk, list_url, posted
from tests.factories import (
    TEXT,
    make_candidate,
    make_check,
    make_commitment,
    make_draft_register,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    make_party,
    make_passage,
    make_publisher,
    make_theme,
)

pytestmark = pytest.mark.django_db
INLINE = re.compile(r'\sstyle=|<style|<script(?![^>]*\ssrc=)(?![^>]*type="application/json")|\son[a-z]+="|javascript:')


def one_of_each() -> list:
    commitment = make_commitment(kind="proposal")
    measure = make_commitment(parent=commitment)
    make_passage(measure)
    judged = make_judged(measure)
    exclusion = Exclusion.objects.create(
        document=commitment.document, start=0, end=2, quote=commitment.document.text[:2], reason_zh="不是承诺。"
    )
    rows = [commitment, measure, judged, judged.evidence.first(), make_publisher(), commitment.document, exclusion]
    return [*rows, make_note(measure), make_check(measure), make_party(), make_theme()]


def addresses(rows: list) -> list[str]:
    found = ["/admin/", "/admin/commitments/", "/admin/password_change/"]
    for row in rows:
        found += [list_url(type(row)), change_url(row), change_url(row, "history"), list_url(type(row)) + "add/"]
        found += [f"{change_url(row, 'history')}{entry.pk}/" for entry in row.history.all()[:1]]
    commitment, _measure, judged, evidence, *_rest = rows
    found += [change_url(commitment, "assess"), change_url(commitment, "withdraw"), change_url(evidence, "withdraw")]
    candidate = make_candidate(register := make_draft_register())
    desks = [change_url(register), change_url(register, "history")]
    desks += [reverse("admin:commitments_draftregister_candidate", args=[register.pk, candidate.pk])]
    desks += [list_url(DraftRegister), list_url(DraftRegister) + "add/"]
    return [*found, *desks, change_url(judged, "correct"), change_url(make_note(commitment), "delete")]


@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.slow)])
def test_no_page_has_inline_script_or_style(prefix, client):
    rows = one_of_each()
    olga = desk(people.one_for_all())
    for address in addresses(rows):
        response = olga.get(prefix + address)
        assert response.status_code in (200, 403), address
        assert not INLINE.search(response.content.decode()), address
    assert not INLINE.search(client.get(f"{prefix}/admin/login/").content.decode())


def test_the_history_says_who_changed_what():
    note = make_note(make_commitment())
    client = desk(people.analyst())
    client.post(change_url(note), posted(client, change_url(note), text_zh="改写的备注"))
    page = client.get(change_url(note, "history")).content.decode()
    assert "anna" in page
    assert "改写的备注" in page


def test_history_is_read_and_not_posted_back():
    note = make_note(make_commitment())
    url = f"{change_url(note, 'history')}{note.history.first().pk}/"
    client = desk(people.analyst())
    assert client.get(url).status_code == 200
    assert client.post(url, {"text_zh": "回到从前"}).status_code == 403


def test_new_evidence_gets_the_next_code_and_is_a_draft():
    publisher = make_publisher()
    client = desk(people.analyst())
    add = list_url(Evidence) + "add/"
    fields = {"url": "https://example.com/a", "publisher": publisher.pk, "kind": "media", "summary_zh": "摘要。"}
    assert client.post(add, posted(client, add, publication="published", code="", **fields)).status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.code, evidence.publication) == ("E001", "draft")


def test_an_address_that_is_known_is_refused_at_the_form():
    known = make_evidence()
    client = desk(people.analyst())
    add = list_url(Evidence) + "add/"
    fields = {"url": known.url, "publisher": known.publisher_id, "kind": "media", "summary_zh": "摘要。"}
    response = client.post(add, posted(client, add, **fields))
    assert response.status_code == 200
    assert response.context["adminform"].form.errors


def test_evidence_forged_fields_change_nothing():
    evidence = make_evidence(publication="draft", code="E900")
    client = desk(people.analyst())
    forged = {"code": "E1", "publication": "published", "published_at": "2020-01-01", "title": "新题"}
    client.post(change_url(evidence), posted(client, change_url(evidence), **forged))
    evidence.refresh_from_db()
    assert (evidence.code, evidence.publication, evidence.published_at, evidence.title) == (
        "E900",
        "draft",
        None,
        "新题",
    )


def test_two_writers_of_one_piece_of_evidence_do_not_overwrite_each_other():
    evidence = make_evidence(title="原题")
    client = desk(people.analyst())
    data = posted(client, change_url(evidence), title="后来者")
    Evidence.objects.update(version=3, title="先来者")
    assert client.post(change_url(evidence), data).status_code == 200
    evidence.refresh_from_db()
    assert evidence.title == "先来者"


def test_the_text_of_a_document_can_be_mended_while_nothing_points_into_it():
    document = make_commitment().document
    client = desk(people.analyst())
    data = posted(client, change_url(document), text="一行。\r\n二行。")
    assert client.post(change_url(document), data).status_code == 302
    assert SourceDocument.objects.get().text == "一行。\n二行。"


def test_the_text_of_a_document_is_fixed_once_a_passage_points_into_it():
    commitment = make_commitment()
    make_passage(commitment)
    url = change_url(commitment.document)
    client = desk(people.analyst())
    assert client.post(url, posted(client, url, text="别的", title_en="New title")).status_code == 302
    after = SourceDocument.objects.get()
    assert (after.text, after.title_en) == (TEXT, "New title")
    assert 'id="paragraph-2"' in client.get(url).content.decode()


def test_notes_are_signed_by_the_writer_and_public_ones_kept():
    commitment = make_commitment()
    client = desk(people.analyst())
    add = list_url(Note) + "add/"
    fields = {
        "commitment": commitment.pk,
        "text_zh": "公开的备注",
        "visibility": "public",
        "author": people.reviewer().pk,
    }
    assert client.post(add, posted(client, add, **fields)).status_code == 302
    note = Note.objects.get()
    assert note.author.username == "anna"
    assert client.post(change_url(note, "delete"), {"post": "yes"}).status_code == 403
    internal = make_note(commitment, visibility="internal")
    assert client.post(change_url(internal, "delete"), {"post": "yes"}).status_code == 302


def test_a_check_keeps_its_day_and_outcome_and_is_not_deleted():
    check = make_check(make_commitment())
    client = desk(people.analyst())
    forged = {
        "checked_on": "2020-01-01",
        "outcome": "something",
        "recorded_at": "2020-01-01",
        "searched_zh": "外交部网站",
    }
    client.post(change_url(check), posted(client, change_url(check), **forged))
    after = Check.objects.get()
    assert (after.checked_on, after.outcome, after.recorded_at) == (check.checked_on, check.outcome, check.recorded_at)
    assert after.searched_zh == "外交部网站"
    assert client.post(change_url(check, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Party, {"code": "KZ", "name_zh": "哈萨克斯坦"}),
        (Theme, {"slug": "energy", "name_zh": "能源"}),
        (Publisher, {"slug": "xinhua", "name": "新华社", "origin": "新华社", "voice": "promising_side"}),
    ],
)
def test_references_are_added_by_analysts_only(model, fields):
    add = list_url(model) + "add/"
    assert desk(people.publisher()).post(add, fields).status_code == 403
    client = desk(people.analyst())
    assert client.post(add, posted(client, add, **fields)).status_code == 302
    row = model.objects.get()
    assert row.history.first().history_user.username == "anna"
    assert client.post(change_url(row, "delete"), {"post": "yes"}).status_code == 302


def test_a_publisher_with_evidence_stays_with_a_message():
    evidence = make_evidence()
    client = desk(people.analyst())
    response = client.post(change_url(evidence.publisher, "delete"), {"post": "yes"}, follow=True)
    assert response.status_code == 200
    assert Publisher.objects.exists()


def test_an_exclusion_is_anchored_by_its_quote_and_names_what_covers_it():
    commitment = make_commitment()
    client = desk(people.analyst())
    add = list_url(Exclusion) + "add/"
    fields = {
        "document": commitment.document_id,
        "quote": "举办主题活动",
        "reason_zh": "重复。",
        "covered_by": [commitment.pk],
    }
    assert client.post(add, posted(client, add, **fields)).status_code == 302
    exclusion = Exclusion.objects.get()
    assert commitment.document.text[exclusion.start : exclusion.end] == "举办主题活动"
    assert list(exclusion.covered_by.all()) == [commitment]


def test_someone_with_rights_but_without_a_role_is_told_so_in_the_form(django_user_model):
    root = django_user_model.objects.create_superuser("root", password="x")
    commitment = make_commitment()
    client = desk(root)
    response = client.post(change_url(commitment), posted(client, change_url(commitment), title_zh="越权"))
    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()


def test_a_link_on_the_page_of_evidence_is_written():
    evidence, commitment = make_evidence(), make_commitment()
    client = desk(people.analyst())
    rows = {"links-0-commitment": commitment.pk, "links-0-bears": "completion"}
    assert client.post(change_url(evidence), posted(client, change_url(evidence), **rows)).status_code == 302
    assert evidence.links.get().bears == "completion"
    assert make_link(make_commitment(), evidence).pk
