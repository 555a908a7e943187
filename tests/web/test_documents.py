"""The documents and the reader: which phrases are marked, how, for whom, and what stays hidden."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.catalogue import kept
from commitments.choices import Kind, PassageRole, Status
from commitments.models import Exclusion, Provenance, SourceDocument
from tests.factories import make_commitment, make_document, make_judged, make_passage

pytestmark = pytest.mark.django_db

FIRST = "一是加强机制建设。双方将建立对话机制，举办主题活动。"
TEXT = f"会议在西安举行。\n{FIRST}\n此外，双方将扩大贸易规模，并重申建立对话机制。\n"


@pytest.fixture
def document() -> SourceDocument:
    """A proposal over a whole paragraph with two measures, one of them with a part of the same words."""
    document = make_document(slug="speech", text=TEXT, title_zh="讲话全文", title_en="The speech")
    proposal = make_commitment(
        document=document, kind=Kind.PROPOSAL, code="1", title_zh="机制", title_en="Institutions"
    )
    make_passage(proposal, FIRST)
    dialogue = make_commitment(parent=proposal, code="1.1", title_zh="对话机制", title_en="Dialogue")
    make_passage(dialogue, "建立对话机制")
    part = make_commitment(parent=dialogue, kind=Kind.COMPONENT, code="1.1.1", title_zh="首个机制")
    make_passage(part, "建立对话机制")
    events = make_commitment(parent=proposal, code="1.2", title_zh="主题活动")
    make_passage(events, "举办主题活动")
    again = TEXT.rindex("建立对话机制")
    make_passage(dialogue, "建立对话机制", start=again, end=again + 6, role=PassageRole.RESTATED)
    make_judged(dialogue, Status.UNDERWAY)
    make_judged(part, Status.INITIATED)
    make_judged(events, Status.NO_EVIDENCE)
    return document


def page(client, address: str = "/documents/speech/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    """What a reader sees of a paragraph, without codes and marks."""
    return re.sub(r"<[^>]*>", "", re.sub(r'<a class="c .*?</a>', "", html))


def prose(html: str) -> list[str]:
    return re.findall(r'<p class="prose[^"]*" lang="[^"]*">(.*?)</p>', html)


def test_the_whole_text_is_there_to_the_character(client, document):
    assert "\n".join(words(paragraph) for paragraph in prose(page(client))) == TEXT.strip()


def test_a_phrase_is_marked_with_its_status_and_leads_to_its_commitment(client, document):
    marked = prose(page(client))[1]
    start = TEXT.index("举办主题活动")
    assert f'<span class="m no_evidence" id="at-{start}"><a class="c no_evidence"' in marked
    assert 'href="/commitments/speech/1.2/">举办主题活动</a>' in marked


def test_one_mark_lists_all_codes_of_its_span_each_with_its_own_link(client, document):
    marked = prose(page(client))[1]
    mark = marked[marked.index('<span class="m underway"') : marked.index("建立对话机制")]
    assert re.findall(r'<a class="c (\w+)"[^>]*href="([^"]+)"', mark) == [
        ("underway", "/commitments/speech/1.1/"),
        ("initiated", "/commitments/speech/1.1.1/"),
    ]


def test_a_proposal_is_a_bracket_with_its_computed_status_and_no_mark(client, document):
    html = page(client)
    start = TEXT.index(FIRST)
    head = html[html.index(f'<div class="head" id="at-{start}">') :]
    head = head[: head.index("</div>")]
    assert "机制" in head
    assert "总体进度（按举措推算）" in head
    assert 'class="m group"' not in html


def test_a_restated_passage_is_quiet_and_says_so(client, document):
    marked = prose(page(client, "/en/documents/speech/"))[2]
    assert '<span class="m restated"' in marked
    assert "Restated 1.1" in re.sub(r"<[^>]*>", "", marked)


def test_paragraphs_without_a_commitment_recede(client, document):
    html = page(client)
    assert '<div class="place" id="p-0">' in html
    assert '<div class="place marked block" id="p-1">' in html
    assert '<div class="place marked" id="p-2">' in html


def test_every_id_is_given_once_and_every_anchor_exists(client, document):
    Exclusion.objects.create(document=document, start=0, end=8, quote=TEXT[:8], reason_zh="背景叙述。")
    html = page(client)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) - {"main"} <= set(ids)


def test_english_readers_see_the_same_text_in_its_own_language_with_english_titles(client, document):
    html = page(client, "/en/documents/speech/")
    assert '<p class="prose" lang="zh-Hans">' in html
    assert "\n".join(words(paragraph) for paragraph in prose(html)) == TEXT.strip()
    assert "Institutions" in html
    assert '<a class="c underway" lang="en"' in html


def test_the_marks_follow_the_readers_date(client, document):
    assert '<span class="m underway"' in page(client)
    before = page(client, "/documents/speech/?as_of=2023-12-31&known_on=2026-01-01")
    assert '<span class="m underway"' not in before
    assert '<span class="m not_assessed"' in before
    assert 'href="/commitments/speech/1.1/?as_of=2023-12-31&amp;known_on=2026-01-01"' in before


@pytest.mark.parametrize("query", ["colour=red", "as_of=2999-01-01", "known_on=yesterday"])
@pytest.mark.parametrize("address", ["/documents/", "/documents/speech/"])
def test_a_wrong_parameter_is_named(client, document, address, query):
    assert f"<code>{query.split('=')[0]}</code>" in page(client, f"{address}?{query}")


def test_an_unpublished_commitment_leaves_no_mark(client, document):
    hidden = make_commitment(document=document, code="9", title_zh="未公开", publication="draft")
    make_passage(hidden, "扩大贸易规模")
    withdrawn = make_commitment(document=document, code="8", title_zh="已撤回事项", publication="withdrawn")
    make_passage(withdrawn, "扩大贸易规模")
    html = page(client)
    assert f'id="at-{TEXT.index("扩大贸易规模")}"' not in html
    assert "未公开" not in html
    assert "已撤回事项" not in html


def test_what_another_document_promised_is_named_with_that_document(client, document):
    other = make_document(slug="other")
    row = make_commitment(document=other, code="4")
    make_passage(row, "扩大贸易规模", document=document, role=PassageRole.RESTATED)
    assert "other/4" in prose(page(client))[2]
    hidden = make_document(slug="hidden", publication="draft")
    make_passage(
        make_commitment(document=hidden, code="5"), "扩大贸易规模", document=document, role=PassageRole.RESTATED
    )
    assert "hidden/5" not in page(client)


def test_without_a_public_full_text_only_what_is_quoted_is_shown(client, document):
    SourceDocument.objects.filter(pk=document.pk).update(full_text_public=False)
    html = page(client)
    assert "会议在西安举行" not in html
    assert "此外，双方将" not in html
    assert [words(paragraph) for paragraph in prose(html)] == [FIRST, "……建立对话机制……"]


def test_what_was_left_out_is_listed_with_reason_and_what_covers_it(client, document):
    exclusion = Exclusion.objects.create(document=document, start=0, end=8, quote=TEXT[:8], reason_zh="背景叙述。")
    exclusion.covered_by.add(document.commitments.get(code="1.1"))
    exclusion.covered_by.add(make_commitment(document=document, code="secret", publication="draft"))
    html = page(client)
    assert "背景叙述。" in html
    assert '<a href="/commitments/speech/1.1/">1.1</a> </span>' in html
    assert "secret" not in html
    assert '<a href="#out-0">会议在西安举行。</a>' in html


def test_an_unknown_document_and_a_draft_are_404(client):
    make_document(slug="draft", publication="draft")
    assert client.get("/documents/nothing/").status_code == 404
    assert client.get("/documents/draft/").status_code == 404


def test_a_withdrawn_document_is_410_with_its_reason_and_nothing_else(client):
    make_document(slug="gone", publication="withdrawn", title_zh="撤回的标题", withdrawn_reason_zh="文本有误。")
    answer = client.get("/documents/gone/")
    assert answer.status_code == 410
    assert "文本有误。" in answer.content.decode()
    assert "撤回的标题" not in answer.content.decode()


def test_markup_in_a_text_stays_text(client):
    make_document(slug="odd", text="<script>alert(1)</script>\n")
    assert "<script>alert" not in page(client, "/documents/odd/")


def test_the_list_names_each_public_document_with_its_commitments_by_kind(client, document):
    SourceDocument.objects.filter(pk=document.pk).update(
        kind_labels={"measure": {"zh": "任务", "en": "Tasks"}}, url_note_zh="未附网址", issuer_zh="新华社"
    )
    Provenance.objects.create(
        document=document, title_zh="来源", method_zh="方法", reviewed_on="2026-11-22", coder="reviewer"
    )
    make_document(title_zh="草稿文件", publication="draft")
    html = page(client, "/documents/")
    assert "<span>任务 <b>2</b></span>" in html
    for shown in ("讲话全文", "未附网址", "新华社", "2026-11-22", 'href="/documents/speech/"'):
        assert shown in html
    assert "草稿文件" not in html


def test_a_register_without_documents_says_so(client):
    assert "No document has been published yet." in page(client, "/en/documents/")


def leave_out(document: SourceDocument, place: int) -> None:
    Exclusion.objects.create(
        document=document, start=place, end=place + 1, quote=TEXT[place], reason_zh="略。"
    ).covered_by.add(document.commitments.get(code="1.1"))


def test_the_number_of_queries_does_not_grow(client, document):
    def queries(address: str) -> int:
        cache.clear()
        kept.forget()
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    leave_out(document, 0)
    few = {address: queries(address) for address in ("/documents/", "/documents/speech/")}
    other = make_document()
    proposal = document.commitments.get(code="1")
    for place in range(1, 8):
        leave_out(document, place)
        make_judged(make_commitment(document=other), Status.UNDERWAY)
        row = make_commitment(parent=proposal)
        make_passage(row, "举办主题活动")
        make_judged(row, Status.UNDERWAY)
    many = {address: queries(address) for address in few}
    assert many == few
    assert max(many.values()) <= 12


def test_an_older_document_without_a_site_name_leaves_the_name_of_the_site(client, document):
    SourceDocument.objects.filter(pk=document.pk).update(site_name_zh="承诺追踪站")
    make_document(issued_on="1999-01-01")
    assert "承诺追踪站" in client.get("/documents/").content.decode()
