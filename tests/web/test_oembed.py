"""oEmbed: from the address of a commitment to its card, and to nothing else."""

import re

import pytest

from tests.factories import make_commitment, make_document, make_former_slug, make_judged

pytestmark = pytest.mark.django_db
PAGE = "http://testserver/commitments/xian/1/"


@pytest.fixture(autouse=True)
def _register():
    document = make_document(slug="xian", site_name_zh="承诺追踪", site_name_en="Follow-up")
    make_former_slug(document, "summit")
    make_judged(make_commitment(document=document, code="1", title_zh="题", title_en='Title "1" <b>'))
    make_commitment(document=document, code="p", kind="proposal")
    make_commitment(document=document, code="draft", publication="draft")
    make_commitment(document=document, code="gone", publication="withdrawn")


def ask(client, url: str, **more):
    return client.get("/oembed", {"url": url, **more})


def test_the_answer_holds_the_card_its_size_and_who_provides_it(client):
    answer = ask(client, PAGE.replace("/comm", "/en/comm"), format="json")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/json" and answer["ETag"]
    found = answer.json()
    assert {name: found[name] for name in ("version", "type", "title", "provider_name", "provider_url")} == {
        "version": "1.0",
        "type": "rich",
        "title": '1 Title "1" <b>',
        "provider_name": "Follow-up",
        "provider_url": "http://testserver/en/",
    }
    assert (found["width"], found["height"]) == (480, 320)
    assert 'src="http://testserver/en/embed/xian/1/"' in found["html"]
    assert "Title &quot;1&quot; &lt;b&gt;" in found["html"]


def test_the_page_leads_to_it(client):
    page = client.get("/commitments/xian/1/").content.decode()
    found = re.search('<link rel="alternate" type="application/json[+]oembed" href="([^"]*)">', page)
    answer = client.get(found[1].replace("&amp;", "&"))
    assert answer.status_code == 200 and answer.json()["title"] == "1 题"


def test_the_dates_of_the_address_are_kept(client):
    html = ask(client, f"{PAGE}?as_of=2024-12-31").json()["html"]
    assert "/embed/xian/1/?as_of=2024-12-31&amp;known_on=" in html


def test_a_former_name_and_the_card_itself_are_known_too(client):
    for path in ("commitments/summit/1/", "embed/xian/1/", "embed/summit/1/"):
        assert "/embed/xian/1/" in ask(client, f"http://testserver/{path}").json()["html"]


def test_it_keeps_to_the_room_that_there_is(client):
    found = ask(client, "http://testserver/commitments/xian/p/", maxwidth="300", maxheight="200").json()
    assert (found["width"], found["height"]) == (300, 200)
    assert 'height="200"' in found["html"] and "max-width:300px" in found["html"]
    assert ask(client, "http://testserver/commitments/xian/p/", maxwidth="9999").json()["height"] == 380


@pytest.mark.parametrize(
    "url",
    [
        *("http://testserver/commitments/xian/draft/", "http://testserver/commitments/xian/gone/"),
        *("http://testserver/commitments/xian/no/", "http://testserver/", "http://testserver/admin/", "nonsense"),
        *("http://elsewhere/commitments/xian/1/", "//testserver", "http://testserver", f"{PAGE}?colour=red"),
        *(f"{PAGE}?as_of=x", "http://[", "javascript:alert(1)", "http://testserver:80x/commitments/xian/1/"),
    ],
)
def test_what_has_no_card_is_not_found(client, url):
    assert ask(client, url).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        *(({"url": ""}, "url"), ({"format": "xml"}, "format"), ({"maxwidth": "100"}, "maxwidth")),
        *(({"maxheight": "x"}, "maxheight"), ({"callback": "f"}, "callback"), ({"url": ["a", "b"]}, "url")),
    ],
)
def test_a_wrong_parameter_is_named(client, wrong, name):
    answer = client.get("/oembed", {"url": PAGE, **wrong})
    assert answer.status_code == 400 and list(answer.json()["errors"]) == [name]
