"""The list with words: what is marked, what is said about them, what is offered where nothing is found."""

import pytest
from django.test import Client

from commitments.actions.derived import refresh
from commitments.models import SearchTerm
from tests.factories import make_commitment, make_document, make_judged, make_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    document = make_document(slug="here")
    titles = {"1": "天然气<管道>建设", "2": "鐵路通道", "3": "青年交流"}
    rows = {code: make_commitment(document=document, code=code, title_zh=title) for code, title in titles.items()}
    make_note(rows["3"], text_zh="三批<团组>来访。")
    refresh()
    return rows


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_words_are_marked_in_titles_and_snippets_and_escaped(client, rows):
    assert "天然气&lt;<mark>管道</mark>&gt;建设" in page(client, "/commitments/?q=管道")
    assert "<mark>鐵路</mark>通道" in page(client, "/commitments/?q=铁路")
    assert "备注: <span" in page(client, "/commitments/?q=团组")
    assert "三批&lt;<mark>团组</mark>&gt;来访。" in page(client, "/commitments/?q=团组")
    assert "<script>" not in page(client, "/commitments/?q=<script>alert(1)</script>管道")


def test_relaxed_results_say_so_on_the_page_and_are_the_same_everywhere(client, rows):
    q = "青年交流团组访问火星的计划"
    assert 'class="notice"' in page(client, f"/commitments/?q={q}")
    assert client.get(f"/commitments.json?q={q}").json()["count"] == 1
    assert client.get(f"/commitments.csv?q={q}").getvalue().count(b"here/3") >= 1
    assert 'class="notice"' not in page(client, "/commitments/?q=青年交流")


def test_a_short_phrase_that_was_read_as_words_says_that_instead(client, rows):
    html = page(client, "/commitments/?q=通道铁路")
    assert "原样" in html and "<mark>鐵路</mark><mark>通道</mark>" in html or "<mark>鐵路通道</mark>" in html
    assert client.get("/commitments.json?q=通道铁路").json()["relaxed"] is True
    assert "原样" not in page(client, "/commitments/?q=铁路通道")
    assert "原样" not in page(client, "/commitments/?q=木星火星"), "nothing is shown"


def test_where_nothing_is_found_other_questions_are_offered_with_their_counts(client, rows):
    html = page(client, '/commitments/?q=铁路+"火星"&kind=press')
    assert 'class="advice"' not in html
    html = page(client, "/commitments/?q=铁路&kind=press")
    assert 'class="advice"' in html and 'href="/commitments/?q=%E9%93%81%E8%B7%AF"' in html
    html = page(client, '/commitments/?q="铁路" "火星"')
    assert 'class="advice"' in html and ">&quot;铁路&quot;</a> <small>1</small>" in html
    assert "铁路</a> <small>1</small>" in page(client, "/commitments/?q=高铁"), "of near meaning"
    assert 'class="advice"' not in page(client, "/commitments/?q=火星")


def test_typing_suggests_codes_titles_and_terms(client, rows):
    SearchTerm.objects.create(text="青年团组", key="青年团组", commitments=2)
    hidden = make_commitment(title_zh="青年密件", publication="draft")
    html = page(client, "/commitments/suggest/?q=青年")
    assert "青年团组" in html and 'href="/commitments/here/3/"' in html and hidden.title_zh not in html
    assert 'href="/commitments/here/2/"' in page(client, "/commitments/suggest/?q=铁")
    assert 'href="/commitments/here/1/"' in page(client, "/commitments/suggest/?q=1")
    make_commitment(title_zh="管线", title_en="Pipelines and ports")
    assert "Pipelines" in page(client, "/en/commitments/suggest/?q=pipeli")
    for nothing in ("", "?q=", "?q=%20", "?q=，", "?q=" + "长" * 500, "?x=1"):
        assert page(client, f"/commitments/suggest/{nothing}").strip() == ""


def test_at_most_eight_are_suggested(client):
    for n in range(12):
        make_commitment(title_zh=f"铁路{n}")
        SearchTerm.objects.create(text=f"铁路{n}", key=f"铁路 {n}", commitments=n)
    assert page(client, "/commitments/suggest/?q=铁路").count("<li>") == 8


def test_another_day_is_shown_with_the_words_of_today(client, rows):
    make_judged(rows["1"], rationale_zh="今天的依据")
    html = page(client, "/commitments/?q=今天的依据&as_of=2024-01-02")
    assert "今天的" in html and html.count('<tr class="measure">') == 1
