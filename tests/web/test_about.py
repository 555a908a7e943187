"""The about page: what it says with and without an address to write to."""

import pytest

pytestmark = pytest.mark.django_db


def page(client, address="/en/about/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_with_a_contact_it_says_where_to_write(client, settings):
    settings.TRACKER_CONTACT = "corrections@example.org"
    text = page(client)
    assert text.count("mailto:corrections@example.org") >= 3
    assert "has not given an address" not in text


def test_without_a_contact_it_says_so_and_asks_for_no_letter(client, settings):
    settings.TRACKER_CONTACT = ""
    text = page(client)
    assert "Whoever runs it has not given an address to write to." in text
    assert "mailto:" not in text and "Write to" not in text
    assert 'id="errors"' in text  # what happens with errors holds all the same


def test_it_names_the_site_and_escapes_it(client, settings):
    settings.TRACKER_SITE_NAME_ZH = settings.TRACKER_SITE_NAME_EN = "A <b>site</b>"
    assert "A &lt;b&gt;site&lt;/b&gt;" in page(client)


def test_it_answers_in_both_languages(client):
    assert '<html lang="zh-Hans">' in page(client, "/about/")
    assert '<html lang="en">' in page(client)


def test_a_parameter_is_named(client):
    assert "<code>as_of</code> This page takes no parameters." in page(client, "/en/about/?as_of=2024-01-01")


def test_what_it_says_of_cookies_is_true(client):
    assert not client.get("/about/").cookies
    assert not client.get("/").cookies
