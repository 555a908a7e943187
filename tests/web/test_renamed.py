"""A renamed document: every address under a former name leads to today's, and every question still finds it."""

import re

import feedparser
import pytest

from commitments.actions.documents import rename_document
from commitments.actions.editions import freeze_edition
from commitments.actions.publication import withdraw
from commitments.models import SourceDocument
from tests import people
from tests.factories import make_commitment, make_document, make_evidence, make_judged, make_link, make_passage

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/documents/{}/",
    "/documents/{}/changes.atom",
    "/commitments/{}/1/",
    "/commitments/{}/1/changes.atom",
    "/embed/{}/1/",
]


@pytest.fixture
def document() -> SourceDocument:
    """Once `summit`, then `xian`, now `xian-2023`."""
    document = make_document(slug="summit")
    row = make_commitment(document=document, code="1", kind="proposal")
    part = make_commitment(parent=row, code="1.1")
    make_passage(part)
    make_judged(part)
    make_link(part, make_evidence(code="E9"))
    make_commitment(document=document, code="gone", publication="withdrawn")
    rename(document, "xian")
    return rename(document, "xian-2023")


def rename(document: SourceDocument, slug: str) -> SourceDocument:
    rename_document(document, slug=slug, by=people.publisher())
    return document


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_under_any_former_name_leads_to_the_one_of_today(client, document, address, language):
    asked = "?as_of=2024-12-31" if "embed" in address else "?as_of=2024-12-31&q=%E4%B8%80%26+%23"
    for former in ("summit", "xian"):
        answer = client.get(language + address.format(former) + asked)
        assert answer.status_code == 301
        assert answer["Location"] == language + address.format("xian-2023") + asked
        assert "no-store" in answer["Cache-Control"], "a name may come back: no browser shall keep where it led"
    assert client.get(language + address.format("xian-2023")).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_name_that_came_back_leads_nowhere_else(client, document, address):
    rename(document, "xian")
    assert client.get(address.format("xian")).status_code == 200
    for former in ("summit", "xian-2023"):
        assert client.get(address.format(former))["Location"] == address.format("xian")
    assert client.get("/commitments/xian/nothing/").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_never_was_public_answers_like_what_never_was(client, address):
    rename(make_document(slug="draft", publication="draft"), "later")
    assert client.get(address.format("draft")).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_withdrawn_document_says_why_under_its_name_of_today(client, document, address):
    withdraw(document, by=people.publisher(), reason_zh="文本有误。", expected_version=None)
    answer = client.get(address.format("summit"), follow=True)
    assert answer.redirect_chain == [(address.format("xian-2023"), 301)]
    assert answer.status_code == 410 and "文本有误。" in answer.content.decode()


def test_a_withdrawn_commitment_says_why_there_too(client, document):
    assert client.get("/commitments/summit/gone/", follow=True).status_code == 410


@pytest.mark.parametrize("question", ["document={}", "ancestor={}/1"])
def test_a_filter_by_a_former_name_finds_the_same_in_the_words_of_today(client, document, question):
    old, new = question.format("summit"), question.format("xian-2023")
    found = client.get(f"/commitments.json?{old}&page_size=1").json()
    today = client.get(f"/commitments.json?{new}&page_size=1").json()
    assert found == today and found["results"][0]["id"].startswith("xian-2023/")
    assert client.get(f"/commitments.csv?{old}").getvalue() == client.get(f"/commitments.csv?{new}").getvalue()
    page = client.get(f"/commitments/?{old}").content.decode()
    assert "summit" not in re.sub(r"<link rel=.alternate.*|<ul class=.languages.*", "", page).replace(f"?{old}", "")
    assert f'<link rel="canonical" href="http://testserver/commitments/?{new.replace("/", "%2F")}">' in page


@pytest.mark.parametrize(
    "address",
    [
        "/evidence/?document={}",
        "/evidence/?commitment={}/1.1",
        "/changes/?document={}&from=2023-01-01",
        "/reports/?document={}&from=2023-01-01",
        "/changes.atom?document={}",
        "/reports.csv?document={}&from=2023-01-01",
    ],
)
def test_other_lists_understand_a_former_name(client, document, address):
    old, new = (client.get(address.format(slug)) for slug in ("summit", "xian-2023"))
    assert old.status_code == new.status_code == 200
    if address.startswith(("/evidence", "/changes/")):
        assert old.context["listing" if "evidence" in address else "stream"].is_valid
    words = [re.sub(rb"summit|xian-2023", b"x", answer.content) for answer in (old, new)]
    assert words[0] == words[1]


def test_a_name_that_nobody_had_is_refused_as_before(client, document):
    assert client.get("/commitments.json?document=other").status_code == 400
    assert client.get("/commitments.json?ancestor=other/1").status_code == 400


def test_readers_of_a_feed_meet_no_entry_twice(client, document):
    """Nobody's feed reader shall show everything again as new."""

    def ids(address: str) -> list[str]:
        feed = feedparser.parse(client.get(address, follow=True).content)
        return [feed.feed.id, *(entry.id for entry in feed.entries)]

    for address in ("/changes.atom", *(each.format("summit") for each in ADDRESSES if "atom" in each)):
        before = ids(address)
        rename(document, "another")
        assert ids(address) == before and len(before) > 1
        rename(document, "xian-2023")


def test_an_edition_keeps_the_name_that_it_was_frozen_with_and_leads_to_today(client, document):
    freeze_edition(by=people.publisher())
    rename(document, "later")
    page = client.get("/editions/1/xian-2023/1.1/")
    assert page.status_code == 200
    assert 'href="/commitments/later/1.1/"' in page.content.decode()
