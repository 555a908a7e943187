"""The methodology page: whole, in both languages, with what was left out and why."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.choices import Status
from commitments.models import Exclusion, Provenance
from tests.factories import make_commitment, make_document, make_judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    document = make_document(slug="shown", short_en="Shown")
    Provenance.objects.create(
        document=document,
        title_zh="说明",
        method_zh="案头初评。",
        limits_zh=["未经复核。"],
        reviewed_on="2024-01-01",
        coder="x",
    )
    row = Exclusion.objects.create(document=document, start=0, end=4, quote=document.text[:4], reason_zh="总体愿望。")
    row.covered_by.add(make_commitment(document=document, code="4.2"))
    return document


def page(client, address="/methodology/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("address", ["/methodology/", "/en/methodology/"])
def test_every_entry_of_the_contents_leads_to_a_section(client, register, address):
    text = page(client, address)
    contents = text[text.index('class="contents"') : text.index("prose-page")]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert len(anchors) == 13
    assert all(text.count(f'id="{anchor}"') == 1 for anchor in anchors)


def test_every_status_has_a_row_with_its_mark(client):
    text = page(client)
    for status in Status:
        assert f'<tr id="{status}">' in text
        assert f'href="#status-{status}"' in text
        assert status.labels["zh"] in text


def test_no_id_is_given_twice(client, register):
    ids = re.findall(r'\bid="([^"]+)"', page(client))
    assert len(ids) == len(set(ids))


def test_what_was_left_out_has_quote_reason_and_what_covers_it(client, register):
    text = page(client, "/en/methodology/")
    part = text[text.index('id="exclusions"') :]
    assert '<blockquote lang="zh-Hans"><a href="/en/documents/shown/#out-0">一是加强</a></blockquote>' in part
    assert '<span lang="zh-Hans">总体愿望。</span>' in part
    assert 'href="/en/commitments/shown/4.2/">4.2</a>' in part


def test_sections_without_data_are_not_there(client):
    text = page(client)
    assert 'id="exclusions"' not in text and 'href="#exclusions"' not in text
    assert 'id="review"' not in text


def test_it_says_whether_a_person_has_checked(client, register):
    assert "not yet checked by a person" in page(client, "/en/methodology/")
    Provenance.objects.update(checked_by_person=True)
    register.save()  # the cache asks for the newest history row
    assert "Checked by a person." in page(client, "/en/methodology/")


def test_a_parameter_is_named(client):
    text = page(client, "/en/methodology/?status=underway")
    assert "<code>status</code> This page takes no parameters." in text


def test_a_quote_cannot_break_the_page(client):
    evil = "<script>alert(1)</script>"
    document = make_document(text=evil + "\n", short_zh=evil)
    Exclusion.objects.create(document=document, start=0, end=len(evil), quote=evil, reason_zh=evil)
    assert "<script>alert" not in page(client)


def test_queries_do_not_grow(client, register):
    for _ in range(20):
        make_judged(make_commitment(document=register))
    Exclusion.objects.create(document=register, start=5, end=8, quote=register.text[5:8], reason_zh="重复。")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(client)
    assert len(asked) <= 12


def test_nothing_is_inline(client, register):
    text = page(client)
    assert "<style" not in text and " style=" not in text and " onclick=" not in text
    assert not re.search(r"<script(?![^>]*(src=|ld\+json))", text)


def test_caches_may_keep_it_and_no_cookie_is_set(client):
    answer = client.get("/methodology/")
    assert "public" in answer["Cache-Control"] and answer["ETag"]
    assert not answer.cookies
    assert client.get("/methodology/", headers={"if-none-match": answer["ETag"]}).status_code == 304
