"""What only machines read: sitemap, robots.txt, security.txt, and what stands in the head of pages."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from commitments.catalogue import kept
from commitments.catalogue.listing import Listing
from commitments.catalogue.visit import Visit
from commitments.today import today
from commitments.web import machines
from tests.factories import (
    make_assessment,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    withdraw_assessment,
)

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def sitemap(client) -> dict[str, ElementTree.Element]:
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/xml"
    urls = ElementTree.fromstring(answer.content).findall("s:url", NAMES)
    return {str(url.findtext("s:loc", namespaces=NAMES)).removeprefix("http://testserver"): url for url in urls}


def lastmod(client, path: str) -> str | None:
    return sitemap(client)[path].findtext("s:lastmod", namespaces=NAMES)


def test_the_sitemap_has_each_public_page_in_each_language(client):
    row = make_commitment(document=make_document(slug="shown"), code="4.2")
    make_link(row, make_evidence(code="E001"))
    found = sitemap(client)
    for path in (
        "/",
        "/commitments/",
        "/methodology/",
        "/about/",
        "/data/",
        "/documents/shown/",
        "/commitments/shown/4.2/",
    ):
        assert path in found and f"/en{path}" in found
    assert "/evidence/E001/" in found
    assert [path for path in found if client.get(path).status_code != 200] == []


def test_only_published_rows_are_in_it(client):
    for publication in ("draft", "withdrawn"):
        make_commitment(document=make_document(slug=f"of-{publication}", publication=publication))
        make_commitment(document=make_document(), code=f"row-{publication}", publication=publication)
        make_evidence(code=f"E-{publication}", publication=publication)
    assert [path for path in sitemap(client) if "draft" in path or "withdrawn" in path] == []


def test_each_page_names_itself_the_other_languages_and_the_default(client):
    make_commitment(document=make_document(slug="shown"), code="1")
    for path in ("/commitments/shown/1/", "/en/commitments/shown/1/"):
        links = sitemap(client)[path].findall("x:link", NAMES)
        found = {link.get("hreflang"): link.get("href") for link in links}
        assert found == {
            "zh-hans": "http://testserver/commitments/shown/1/",
            "en": "http://testserver/en/commitments/shown/1/",
            "x-default": "http://testserver/commitments/shown/1/",
        }


def entered(**over):
    """A commitment as it was entered on the day on which it was published."""
    with time_machine.travel(datetime(2024, 1, 1, 4, tzinfo=UTC)):
        return make_commitment(document=make_document(slug="shown"), code="1", **over)


def test_lastmod_is_the_newest_public_change(client):
    row = entered()
    assert lastmod(client, "/commitments/shown/1/") == "2024-01-01"
    judged = make_judged(row, at=datetime(2024, 5, 1, tzinfo=UTC))
    assert lastmod(client, "/commitments/shown/1/") == "2024-05-01"
    withdraw_assessment(judged, datetime(2024, 6, 1, tzinfo=UTC))
    assert lastmod(client, "/commitments/shown/1/") == "2024-06-01"
    assert lastmod(client, "/") == "2024-06-01"


def test_what_is_not_public_moves_no_lastmod(client):
    row = entered()
    make_assessment(row)
    make_note(row, visibility="internal")
    assert lastmod(client, "/commitments/shown/1/") == "2024-01-01"
    make_note(row)
    assert lastmod(client, "/commitments/shown/1/") == today().isoformat()


def test_a_new_wording_is_a_change(client):
    row = entered()
    with time_machine.travel(datetime(2024, 4, 1, 4, tzinfo=UTC)):
        row.title_zh = "新的标题"
        row.save()
    assert lastmod(client, "/commitments/shown/1/") == "2024-04-01"


def test_a_document_changes_with_its_commitments(client):
    row = entered()
    make_judged(row, at=datetime(2024, 5, 1, tzinfo=UTC))
    assert lastmod(client, "/documents/shown/") == "2024-05-01"


def test_the_sitemap_asks_the_same_whatever_the_number_of_rows(client):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            sitemap(client)
        return len(queries)

    make_judged(make_commitment())
    few = asked()
    for _ in range(10):
        make_judged(make_commitment())
    assert asked() == few <= 16


def test_a_large_register_has_an_index_of_sitemaps_with_every_page_once(client, monkeypatch):
    make_judged(make_commitment())
    whole = set(sitemap(client))
    kept.forget()
    cache.clear()
    monkeypatch.setattr(machines, "STEP", 1)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [urlsplit(found.text).path for found in index.iterfind("s:sitemap/s:loc", NAMES)]
    found: list[str] = []
    for part in parts:
        answer = client.get(part)
        assert answer.status_code == 200, part
        tree = ElementTree.fromstring(answer.content)
        found += [urlsplit(loc.text).path for loc in tree.iterfind("s:url/s:loc", NAMES)]
    assert set(found) == whole
    assert len(found) == len(set(found))
    assert client.get("/sitemap-commitments-999999.xml").status_code == 404
    assert client.get("/sitemap-drafts-0.xml").status_code == 404


def test_robots_are_kept_from_the_admin_and_shown_the_sitemap(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /en/admin/", "Sitemap: http://testserver/sitemap.xml"} <= set(lines)


def test_security_txt_is_for_those_who_gave_an_address(client, settings):
    settings.TRACKER_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.TRACKER_CONTACT = "security@example.org"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    found = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert found["Contact"] == "mailto:security@example.org"
    assert found["Preferred-Languages"] == "zh-Hans, en"
    assert found["Canonical"] == "http://testserver/.well-known/security.txt"
    assert date.fromisoformat(found["Expires"][:10]) == today() + timedelta(days=365)
    assert found["Expires"].endswith("T00:00:00Z")


def test_a_contact_cannot_add_lines_to_security_txt(client, settings):
    settings.TRACKER_CONTACT = "a@example.org\nPolicy: https://evil.example"
    assert client.get("/.well-known/security.txt").content.decode().count("\n") == 4


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/.well-known/security.txt"])
def test_machines_only_read(client, settings, path):
    settings.TRACKER_CONTACT = "security@example.org"
    assert client.post(path).status_code == 405
    assert not client.get(path).cookies


# The head of pages, as base.html includes it

HEAD = Template(
    "{% load metadata %}"
    '<title>{% kept "page_title" %}{% block title %}{{ title }} · {{ site.name }}{% endblock %}{% endkept %}</title>'
    '{% kept "page_summary" silently %}{% block summary %}{{ summary }}{% endblock %}{% endkept %}'
    '{% include "commitments/components/head_meta.html" %}{% include "commitments/components/jsonld.html" %}'
)


def head(address: str, language: str = "zh-hans", **context) -> str:
    request = RequestFactory().get(address)
    usual = {"site": {"name": "Site"}, "title": "Page", "summary": "What it says."}
    with translation.override(language):
        return HEAD.render(Context({**usual, **context, "request": request}))


def links(text: str) -> dict[str, str]:
    return dict(re.findall(r'hreflang="([^"]+)" href="([^"]+)"', text))


def canonical(text: str) -> str:
    found = re.search(r'<link rel="canonical" href="([^"]+)">', text)
    assert found
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize(("path", "language"), [("/about/", "zh-hans"), ("/en/about/", "en")])
def test_the_head_names_every_language_absolutely(path, language):
    text = head(path, language)
    assert canonical(text) == f"http://testserver{path}"
    assert links(text) == {
        "zh-Hans": "http://testserver/about/",
        "en": "http://testserver/en/about/",
        "x-default": "http://testserver/about/",
    }


def test_the_front_page_has_its_languages_too():
    assert links(head("/en/", "en")) == {
        "zh-Hans": "http://testserver/",
        "en": "http://testserver/en/",
        "x-default": "http://testserver/",
    }


def test_a_page_that_takes_nothing_is_canonical_without_parameters():
    assert canonical(head("/about/?utm_source=x")) == "http://testserver/about/"


def test_the_clocks_stay_in_the_canonical_address():
    address = "/commitments/a/1/?known_on=2024-12-31&as_of=2023-12-31"
    text = head(address, visit=Visit(RequestFactory().get(address).GET))
    assert canonical(text) == "http://testserver/commitments/a/1/?as_of=2023-12-31&known_on=2024-12-31"


def test_a_question_with_errors_is_canonical_without_it():
    address = "/commitments/a/1/?as_of=soon"
    assert (
        canonical(head(address, visit=Visit(RequestFactory().get(address).GET))) == "http://testserver/commitments/a/1/"
    )


def test_a_list_is_the_same_page_in_any_order_and_from_any_place():
    address = "/commitments/?status=underway&order=-code&page_size=50&status=completed&q="
    text = head(address, listing=Listing(RequestFactory().get(address).GET))
    assert canonical(text) == "http://testserver/commitments/?status=completed&status=underway"
    assert links(text)["en"].startswith("http://testserver/en/commitments/?status=completed")


def test_open_graph_says_what_the_page_says():
    text = head("/en/about/", "en")
    said = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', text))
    assert said == {
        "og:title": "Page · Site",
        "og:description": "What it says.",
        "og:type": "website",
        "og:url": "http://testserver/en/about/",
        "og:site_name": "Site",
        "og:locale": "en_US",
        "og:locale:alternate": "zh_CN",
    }
    assert '<meta name="description" content="What it says.">' in text


def test_a_title_cannot_break_out_of_the_head():
    evil = '</script><script>alert("x")</script> & "quoted"'
    text = head("/commitments/a/1/", title=evil, summary=evil, site={"name": evil})
    assert "<script>alert" not in text
    assert 'content="&quot;' not in text and 'content="alert("' not in text
    data = json.loads(text.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["itemListElement"][-1]["position"] == 3


def test_breadcrumbs_are_the_pages_above():
    text = head("/en/commitments/xian/4.2/", "en", title="4.2 A measure")
    data = json.loads(text.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert [(one["position"], one["name"], one["item"]) for one in data["itemListElement"]] == [
        (1, "Overview", "http://testserver/en/"),
        (2, "Commitments", "http://testserver/en/commitments/"),
        (3, "4.2 A measure", "http://testserver/en/commitments/xian/4.2/"),
    ]


def test_the_overview_stands_above_all():
    assert "BreadcrumbList" not in head("/") and "BreadcrumbList" not in head("/en/", "en")


def test_a_page_without_a_request_has_no_addresses():
    assert "canonical" not in HEAD.render(Context({"site": {"name": "Site"}, "title": "Page"}))
