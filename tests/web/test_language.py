"""The language comes from the path alone, and a reader keeps page and filters when changing it."""

import re

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from commitments.web.context import other_languages
from tests.factories import make_commitment, make_document
from tracker.middleware import LanguageFromPath

ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"')


def html_lang(answer) -> str:
    return re.search(r'<html lang="([^"]+)"', answer.content.decode())[1]  # type: ignore[index]


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "zh-hans"),
        ("/en/", "en"),
        ("/en/commitments/", "en"),
        ("/en/admin/", "en"),
        ("/en", "en"),
        ("/admin/", "zh-hans"),
        ("/EN/", "zh-hans"),
        ("/english/", "zh-hans"),
        ("/zh-hans/", "zh-hans"),
        ("/en-gb/", "zh-hans"),
        ("/ru/", "zh-hans"),
        ("//en/", "zh-hans"),
        ("/commitments/en/", "zh-hans"),
        ("/commitments/?lang=en", "zh-hans"),
        ("*", "zh-hans"),
        ("", "zh-hans"),
    ],
)
def test_the_first_part_of_the_path_is_the_language(path: str, language: str) -> None:
    seen = []

    def page(request):
        seen.append((translation.get_language(), request.LANGUAGE_CODE))
        return {}

    class Answer(dict):
        headers: dict[str, str] = {}

    request = RequestFactory().get("/" if path in ("*", "") else path)
    if path in ("*", ""):
        request.path_info = path
    with translation.override("ru"):
        LanguageFromPath(lambda request: page(request) or Answer())(request)
        assert translation.get_language() == "ru", "the middleware leaves the language as it found it"
    assert seen == [(language, language)]


@pytest.mark.parametrize(
    ("address", "status", "language"),
    [
        ("/EN/", 404, "zh-Hans"),
        ("/english/", 404, "zh-Hans"),
        ("/zh-hans/", 404, "zh-Hans"),
        ("/en/nothing/", 404, "en"),
    ],
)
def test_only_the_exact_prefix_is_a_language(client: Client, address: str, status: int, language: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, html_lang(answer)) == (status, language)


def test_a_missing_slash_is_added_in_either_language(client: Client) -> None:
    for address, target in [
        ("/en", "/en/"),
        ("/en/commitments?q=a&q2=b", "/en/commitments/?q=a&q2=b"),
        ("/commitments", "/commitments/"),
    ]:
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, target)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "here",
    [
        "/",
        "/?as_of=2024-01-01",
        "/commitments/",
        "/commitments/?q=%E9%93%81%E8%B7%AF+100%25&status=initiated&status=underway",
        "/commitments/?q=%22%3E%3Cscript%3E",
        "/commitments/shown/1/",
        "/commitments/shown/1/?as_of=2024-06-01",
    ],
)
def test_changing_the_language_keeps_page_and_filters(client: Client, prefix: str, here: str) -> None:
    make_commitment(document=make_document(slug="shown"), code="1")
    answer = client.get(prefix + here)
    assert answer.status_code == 200
    assert html_lang(answer) == ("en" if prefix else "zh-Hans")
    assert answer["Content-Language"] == ("en" if prefix else "zh-hans")
    page = answer.content.decode()
    targets = {lang: re.sub("^https?://[^/]+", "", url.replace("&amp;", "&")) for lang, url in ALTERNATE.findall(page)}
    targets.pop("x-default", None)
    assert targets == {"zh-Hans": here, "en": f"/en{here}"}
    for lang, target in targets.items():
        assert html_lang(client.get(target)) == lang
    switch = "/en" + here if not prefix else here
    assert f'href="{switch.replace("&", "&amp;")}"' in page


@pytest.mark.parametrize(
    ("path", "urls"),
    [
        ("/en/en/", ["/en/", "/en/en/"]),
        ("/en/", ["/", "/en/"]),
        ("/english/", ["/english/", "/en/english/"]),
        ("/enx", ["/enx", "/en/enx"]),
    ],
)
def test_links_to_other_languages_change_the_prefix_only(path: str, urls: list[str]) -> None:
    request = RequestFactory().get(path)
    with translation.override("en" if path.startswith("/en/") else "zh-hans"):
        assert [one["url"] for one in other_languages(request)] == urls


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example", "/\\evil.example/", "/%2F/evil.example/"])
def test_no_link_or_redirect_leads_to_another_site(client: Client, path: str) -> None:
    for address in (path, f"/en{path}"):
        answer = client.get("/", PATH_INFO=address)
        assert answer.status_code in (301, 400, 404)
        assert not answer.get("Location", "/x").startswith(("//", "http", "/\\"))
        request = RequestFactory().get("/")
        request.path = request.path_info = address
        for language in ("zh-hans", "en"):
            with translation.override(language):
                assert not any(one["url"].startswith("//") for one in other_languages(request))
