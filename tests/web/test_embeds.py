"""The card that other sites may frame: what it says, what it answers, and the headers that let it out of the house."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.choices import Status
from commitments.models import Commitment
from tests.factories import make_check, make_commitment, make_document, make_judged, make_passage

pytestmark = pytest.mark.django_db
CARD = "/embed/xian/1.1/"
STATIC = Path(finders.find("commitments/embed.css")).parent


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T04:00:00Z", tick=False):
        yield


@pytest.fixture
def row() -> Commitment:
    """A measure that was judged in April 2024, of a proposal with one more measure that nobody judged."""
    document = make_document(slug="xian", short_zh="西安峰会", short_en="Xi'an summit", site_name_zh="承诺追踪")
    proposal = make_commitment(document=document, code="1", kind="proposal", title_zh="机制建设")
    row = make_commitment(parent=proposal, code="1.1", title_zh="建立机制", title_en="Set up a dialogue")
    make_passage(row, "双方将建立对话机制")
    at = datetime(2024, 5, 1, 4, tzinfo=UTC)
    make_judged(row, Status.UNDERWAY, at, as_of="2024-04-01", momentum="advancing")
    make_commitment(document=document, code="gone", publication="withdrawn", title_zh="撤回的标题")
    make_commitment(document=document, code="draft", publication="draft", title_zh="草稿的标题")
    return row


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    body = re.sub(r"<svg.*?</svg>", "", answer.content.decode().partition("<body>")[2], flags=re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def test_the_card_says_what_was_promised_where_it_stands_when_and_who_says_so(client, row):
    make_check(row, checked_on="2026-10-01", recorded_at=datetime(2026, 10, 1, tzinfo=UTC))
    said = words(client, f"/en{CARD}")
    for part in (
        *("1.1", "Set up a dialogue", "Being carried out", "双方将建立对话机制", "Xi&#x27;an summit · 2023-05-19"),
        *("As of 22 November 2026", "Last checked 2026-10-01", "承诺追踪"),
    ):
        assert part in said
    page = client.get(CARD).content.decode()
    assert '<svg class="mark status-underway"' in page and '<svg class="mark momentum-' in page
    assert "截至" in page and "建立机制" in page


def test_every_link_leaves_the_frame(client, row):
    page = client.get(CARD).content.decode()
    links = re.findall(r"<a [^>]*>", page)
    assert {re.search('href="([^"]*)"', link)[1] for link in links} == {"/commitments/xian/1.1/", "/"}
    assert all('target="_blank" rel="noopener"' in link for link in links)


def test_it_holds_no_script_style_form_or_other_host(client, row):
    page = client.get(CARD).content.decode()
    for part in ("<script", "<style", " style=", "<form", "<input", "<iframe", "http:", "https:", "/admin", " on"):
        assert part not in page.replace("http://www.w3.org", ""), part


def test_of_a_past_day_it_says_so_and_keeps_the_dates(client, row):
    said = words(client, f"/en{CARD}?as_of=2024-03-01&known_on=2024-06-01")
    assert "Not yet assessed" in said and "As of 1 March 2024 , as this site knew on 1 June 2024" in said.replace(
        "2024, as", "2024 , as"
    )
    page = client.get(f"{CARD}?as_of=2024-03-01&known_on=2024-06-01").content.decode()
    assert 'href="/commitments/xian/1.1/?as_of=2024-03-01&amp;known_on=2024-06-01"' in page


def test_the_card_of_a_proposal_shows_the_computed_status_and_what_it_is_made_of(client, row):
    make_judged(make_commitment(parent=row.parent, code="1.2"), Status.INITIATED, as_of="2024-01-01")
    make_commitment(parent=row.parent, code="1.3")
    said = words(client, "/en/embed/xian/1/")
    assert "Overall (computed)" in said
    assert "1 Being carried out 1 Formal steps taken 1 Not yet assessed" in said


def test_a_long_quotation_is_cut(client):
    document = make_document(slug="long", text="长" * 400)
    make_passage(make_commitment(document=document, code="1"), "长" * 300)
    quote = re.search("<blockquote[^>]*>(长+…)</blockquote>", client.get("/embed/long/1/").content.decode())
    assert quote and len(quote[1]) == 90


def test_a_withdrawn_commitment_is_a_small_card_with_the_reason_and_nothing_else(client, row):
    answer = client.get("/embed/xian/gone/")
    assert answer.status_code == 410 and "登记有误。" in answer.content.decode()
    assert "撤回的标题" not in answer.content.decode() and "masthead" not in answer.content.decode()
    assert "frame-ancestors *" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/embed/xian/draft/", "/embed/xian/never/", "/embed/never/1/", "/embed/xian/"])
def test_what_is_not_public_is_not_there(client, row, address):
    answer = client.get(address)
    assert answer.status_code == 404 and "草稿的标题" not in answer.content.decode()


@pytest.mark.parametrize("wrong", ["colour=red", "as_of=2026-13-01", "known_on=2027-01-01", "as_of=1&as_of=2"])
def test_a_wrong_parameter_is_named_in_the_card(client, row, wrong):
    answer = client.get(f"{CARD}?{wrong}")
    assert answer.status_code == 400 and "no-store" in answer["Cache-Control"]
    assert f"<code>{wrong.partition('=')[0]}</code>" in answer.content.decode()


def test_whoever_has_it_is_told_so_and_a_new_status_is_another_card(client, row):
    first = client.get(CARD)
    assert "public" in first["Cache-Control"]
    again = client.get(CARD, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and "frame-ancestors *" in again["Content-Security-Policy"]
    make_judged(row, Status.SUBSTANTIAL, as_of="2024-06-01")
    assert client.get(CARD, headers={"if-none-match": first["ETag"]}).status_code == 200


# --- Headers

FRAMED = {
    *(("/embed/xian/1.1/", 200), ("/en/embed/xian/1/?as_of=2024-12-31", 200), ("/embed/xian/gone/", 410)),
    ("/embed/xian/1.1/?colour=red", 400),
}
KEPT_IN = {
    *(("/", 200), ("/commitments/xian/1.1/", 200), ("/commitments/xian/gone/", 410), ("/documents/xian/", 200)),
    *(("/commitments/xian/1.1/changes.atom", 200), ("/documents/xian/changes.atom", 200), ("/changes.atom", 200)),
    *(("/commitments.json", 200), ("/embed/xian/never/", 404), ("/embed/", 404), ("/admin/login/", 200)),
    *(("/robots.txt", 200), ("/healthz", 200), ("/editions/", 200), ("/reports/", 200)),
}


@pytest.mark.parametrize(("address", "status"), sorted(FRAMED))
@pytest.mark.parametrize("method", ["get", "head"])
def test_only_a_card_may_be_framed_and_does_nothing_there(client, row, address, status, method):
    answer = getattr(client, method)(address, headers={"cookie": "sessionid=x; csrftoken=x"})
    assert answer.status_code == status
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy["frame-ancestors"] == "*"
    for name in ("default-src", "script-src", "connect-src", "form-action", "base-uri", "object-src"):
        assert policy[name] == "'none'"
    assert policy["style-src"] == "'self'"
    assert "X-Frame-Options" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert answer["X-Robots-Tag"] == "noindex" and answer["Referrer-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff" and "Permissions-Policy" in answer
    assert not answer.cookies and "cookie" not in answer.get("Vary", "").lower()


@pytest.mark.parametrize(("address", "status"), sorted(KEPT_IN))
def test_nothing_else_may_be_framed(client, row, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "Cross-Origin-Resource-Policy" not in answer


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_card_is_only_read(client, row, method):
    assert getattr(client, method)(CARD).status_code == 405


def test_what_a_card_loads_may_be_loaded_by_pages_that_isolate_themselves(client, row):
    loaded = re.findall(r'<link [^>]*href="(/static/[^"]+)"', client.get(CARD).content.decode())
    assert len(loaded) == 2
    for address in loaded:
        answer = client.get(address)
        assert answer.getvalue() and answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    other = client.get("/static/commitments/site.css")
    assert other.getvalue() and "Cross-Origin-Resource-Policy" not in other


def test_it_asks_the_database_less_than_the_page(client, row):
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    asked(CARD), asked("/commitments/xian/1/")
    for code in ("1", "1.1"):
        found = asked(f"/embed/xian/{code}/?as_of=2026-11-20")
        assert 0 < found <= 10 and found < asked(f"/commitments/xian/{code}/?as_of=2026-11-20")


# --- Its colours, and the code on the page


def tokens(name: str) -> list[dict[str, str]]:
    """In light, in English, in dark."""
    css = (STATIC / name).read_text(encoding="utf-8")
    blocks = re.findall(r":root[^{]*\{([^}]*--[^}]*)\}", css)
    return [dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block)) for block in blocks]


def test_its_colours_and_letters_are_those_of_the_site():
    ours, site = tokens("embed.css"), tokens("site.css")
    assert len(ours) == 3
    for of_card, of_site in zip(ours, site, strict=False):
        assert of_card.items() <= of_site.items()
    assert {f"--{status.value}" for status in Status} <= ours[0].keys() & ours[2].keys()


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_offers_the_code_with_a_title_and_a_size(client, row, language):
    page = client.get(f"{language}/commitments/xian/1.1/").content.decode()
    shown = f"&lt;iframe src=&quot;http://testserver{language}{CARD}&quot; title=&quot;1.1 "
    assert page.count(shown) == 2, "to read and to copy"
    assert "width=&quot;100%&quot; height=&quot;320&quot;" in page
    assert f'href="{language}{CARD}"' in page


def test_of_a_past_day_the_code_keeps_the_dates(client, row):
    page = client.get("/commitments/xian/1.1/?as_of=2024-12-31").content.decode()
    assert f"{CARD}?as_of=2024-12-31&amp;amp;known_on=2026-11-22&quot;" in page


def test_a_hostile_title_stays_inside_the_attribute(client, row):
    Commitment.objects.filter(pk=row.pk).update(title_zh='"><script>alert(1)</script>')
    page = client.get("/commitments/xian/1.1/").content.decode()
    assert "<script>alert" not in page and "&amp;quot;&amp;gt;&amp;lt;script" in page
    assert settings.X_FRAME_OPTIONS == "DENY"
