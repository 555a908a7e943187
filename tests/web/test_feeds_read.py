"""Every feed as a feed reader sees it: feedparser finds nothing to complain about, whatever stands in the rows."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest

from commitments.choices import Status
from commitments.models import Commitment, SourceDocument
from tests.factories import make_commitment, make_document, make_evidence, make_judged, make_link, withdraw_assessment

pytestmark = pytest.mark.django_db
BEGIN = datetime(2025, 2, 1, 4, tzinfo=UTC)
HOSTILE = [
    "a\x0bb\x01c\x1fd\ufffe\uffff\x9be\u202ef\u2028g",
    "]]><entry><title>no</title></entry><![CDATA[",
    "<script>alert(1)</script>&lt;b&gt;&amp;&nbsp;&#0;&#xD800;",
    "<?xml version='1.0' encoding='gbk'?><!DOCTYPE feed [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "https://example.org/?a=1&b=2#\"'%00%0d%0a",
    "𠮷👩\u200d👧ÅÅ\u0301\u0323 承诺 " + "长" * 3000,
]
FEEDS = ["/changes.atom", "/documents/xian/changes.atom", "/commitments/xian/1/changes.atom"]


@pytest.fixture
def register() -> Commitment:
    """A proposal with a measure and its part, each of another hostile text; another document beside it."""
    document = make_document(slug="xian", short_zh=HOSTILE[2][:100], short_en=HOSTILE[1][:100])
    proposal = make_commitment(document=document, code="1", kind="proposal")
    measure = make_commitment(parent=proposal, code="1.1")
    part = make_commitment(parent=measure, code="1.1.1", kind="component")
    for n, row in enumerate((proposal, measure, part, measure, part, measure)):
        text = HOSTILE[n]
        make_judged(row, Status.INITIATED, BEGIN + timedelta(days=n), as_of=f"2024-03-{n + 1:02}", rationale_zh=text)
        type(row).objects.filter(pk=row.pk).update(title_zh=text[:300], title_en=text[:300])
    withdrawn = make_judged(part, at=BEGIN, as_of="2024-04-01", rationale_zh=HOSTILE[0], rationale_en=HOSTILE[0])
    withdraw_assessment(withdrawn, BEGIN + timedelta(days=9), HOSTILE[1])
    make_commitment(
        **{"parent": proposal, "code": "1.2", "publication": "withdrawn", "withdrawn_reason_zh": HOSTILE[3]},
        withdrawn_at=BEGIN + timedelta(days=10),
    )
    gone = {"publication": "withdrawn", "withdrawn_at": BEGIN + timedelta(days=11), "withdrawn_reason_zh": HOSTILE[0]}
    make_link(part, make_evidence(code="EGONE", **gone))
    make_judged(make_commitment(document=make_document(slug="other"), code="1"), at=BEGIN)
    return proposal


def read(client, address: str):
    answer = client.get(address)
    assert answer.status_code == 200, address
    found = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not found.bozo, (address, found.get("bozo_exception"))
    assert found.version == "atom10" and found.encoding == "utf-8"
    return found


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", FEEDS)
def test_a_reader_finds_all_that_a_feed_must_say(client, register, address, language):
    found = read(client, language + address)
    feed, entries = found.feed, found.entries
    assert feed.title and feed.author and feed.id.startswith("tag:testserver,")
    assert feed.language == ("en" if language else "zh-Hans")
    assert feed.links[0].href.startswith(f"http://testserver{language}/")
    assert [link.href for link in feed.links if link.rel == "self"] == [f"http://testserver{language}{address}"]
    assert feed.updated_parsed == max(entry.updated_parsed for entry in entries)
    assert [entry.updated_parsed for entry in entries] == sorted((e.updated_parsed for e in entries), reverse=True)
    assert len({entry.id for entry in entries}) == len(entries) > 8
    for entry in entries:
        assert entry.title and entry.summary and entry.link.startswith(f"http://testserver{language}/")
        assert "<script" not in entry.summary and "<entry" not in entry.summary


@pytest.mark.parametrize("address", FEEDS)
def test_entries_are_the_same_in_every_language(client, register, address):
    ids = [[entry.id for entry in read(client, language + address).entries] for language in ("", "/en")]
    assert ids[0] == ids[1]


def test_the_feed_of_a_proposal_tells_of_all_below_it_and_of_nothing_else(client, register):
    links = {entry.link.removeprefix("http://testserver") for entry in read(client, FEEDS[2]).entries}
    assert links == {
        *("/commitments/xian/1/", "/commitments/xian/1.1/", "/commitments/xian/1.1.1/"),
        *("/commitments/xian/1.2/", "/evidence/EGONE/"),
    }
    of_measure = {entry.link for entry in read(client, "/commitments/xian/1.1/changes.atom").entries}
    assert not any(link.endswith(("/xian/1/", "/xian/1.2/")) for link in of_measure)
    of_part = {entry.link for entry in read(client, "/commitments/xian/1.1.1/changes.atom").entries}
    assert of_part == {"http://testserver/commitments/xian/1.1.1/", "http://testserver/evidence/EGONE/"}


def test_the_feed_of_a_document_tells_of_it_alone(client, register):
    of_one, of_all = (read(client, address).entries for address in (FEEDS[1], FEEDS[0]))
    assert {entry.id for entry in of_one} < {entry.id for entry in of_all}
    assert not any("/other/" in entry.link for entry in of_one)


@pytest.mark.parametrize("address", FEEDS)
def test_a_long_feed_comes_page_by_page_and_each_entry_once(client, register, address):
    seen, here = [], f"{address}?page_size=3"
    for _page in range(9):
        found = read(client, here)
        assert len(found.entries) <= 3
        seen += [entry.id for entry in found.entries]
        following = [link.href for link in found.feed.links if link.rel == "next"]
        if not following:
            break
        here = following[0].removeprefix("http://testserver")
    assert seen == [entry.id for entry in read(client, address).entries]
    assert [link.rel for link in found.feed.links if link.rel in ("previous", "next")] == ["previous"]


@pytest.mark.parametrize("address", FEEDS)
def test_a_reader_who_has_it_is_told_so(client, register, address):
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    make_judged(register, at=BEGIN + timedelta(days=20), as_of="2024-06-01")
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize("wrong", ["colour=red", "from=x", "page_size=101", "page_size=0", "entered_cursor=x"])
def test_a_wrong_parameter_is_named(client, register, address, wrong):
    answer = client.get(f"{address}?{wrong}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [wrong.partition("=")[0]]


@pytest.mark.parametrize("address", FEEDS[1:])
def test_a_feed_of_one_thing_takes_no_other_source(client, register, address):
    answer = client.get(f"{address}?document=other")
    assert answer.status_code == 400 and list(answer.json()["errors"]) == ["document"]


@pytest.mark.parametrize("address", ["/documents/xian/", "/commitments/xian/1/", "/changes/"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_lead_to_their_feed_in_the_head_and_in_the_text(client, register, address, language):
    page = client.get(language + address).content.decode()
    feed = f'href="{language}{address.rstrip("/")}.atom"' if address == "/changes/" else None
    feed = feed or f'href="{language}{address}changes.atom"'
    assert page.count(feed) == 2
    assert '<link rel="alternate" type="application/atom+xml" title="' in page


def test_a_document_answers_like_its_page(client):
    make_document(slug="draft", publication="draft")
    make_document(slug="gone", publication="withdrawn", withdrawn_reason_zh="文本有误。")
    assert client.get("/documents/draft/changes.atom").status_code == 404
    answer = client.get("/documents/gone/changes.atom")
    assert answer.status_code == 410 and "文本有误。" in answer.content.decode()


def test_a_document_without_a_judgement_has_an_empty_feed_of_the_day_it_was_published(client):
    document = make_document(slug="new")
    found = read(client, "/documents/new/changes.atom")
    assert found.entries == []
    assert datetime(*found.feed.updated_parsed[:6], tzinfo=UTC) == SourceDocument.objects.get(
        pk=document.pk
    ).published_at.replace(microsecond=0)
