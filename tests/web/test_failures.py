"""Pages for what goes wrong: status, language, no trace, no database."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from commitments.models import Commitment
from commitments.web import failures
from tests.factories import make_commitment, make_document

PREFIXES = [("", "zh-Hans"), ("/en", "en")]


def language_of(answer) -> str:
    return re.search(r'<html lang="([^"]+)"', answer.content.decode())[1]  # type: ignore[index]


def check_plain(answer, status: int, language: str) -> None:
    assert answer.status_code == status
    assert language_of(answer) == language
    page = answer.content.decode()
    assert "Traceback" not in page and "Exception" not in page and "canary" not in page
    assert answer["Cache-Control"] == "no-store"
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert "Set-Cookie" not in answer and not answer.cookies


@pytest.mark.parametrize(("prefix", "language"), PREFIXES)
@pytest.mark.parametrize(
    "address",
    [
        "/nothing/",
        "/commitments",
        "/commitments.xml",
        "/commitments/-/",
        "/nothing/?q=%E9%93%81",
        "/commitments/a b/c/",
    ],
)
def test_an_address_that_leads_nowhere_is_404_without_the_database(
    client: Client, prefix: str, language: str, address: str
) -> None:
    """No database mark: a query would raise here."""
    answer = client.get(prefix + address)
    if address == "/commitments":
        assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/commitments/")
    else:
        check_plain(answer, 404, language)


@pytest.mark.parametrize(("prefix", "language"), PREFIXES)
@pytest.mark.parametrize("query", ["q=%00", "q=%FF", "%C0%AF=1", "q=%ED%A0%80", "a=" + "x" * 10_000])
def test_an_address_that_cannot_be_read_is_400_without_the_database(
    client: Client, prefix: str, language: str, query: str
) -> None:
    check_plain(client.get(f"{prefix}/commitments/?{query}"), 400, language)


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "language"), PREFIXES)
def test_more_parameters_than_any_page_takes_are_400(client: Client, prefix: str, language: str) -> None:
    check_plain(client.get(f"{prefix}/commitments/?" + "&".join("a" * 2000)), 400, language)


@pytest.mark.parametrize(("prefix", "language"), PREFIXES)
@pytest.mark.parametrize(("fault", "status"), [(RuntimeError("canary"), 500), (PermissionDenied("canary"), 403)])
def test_a_fault_in_a_page_is_answered_in_its_language_without_a_trace(
    prefix: str, language: str, fault: Exception, status: int, monkeypatch: pytest.MonkeyPatch, settings, caplog
) -> None:
    settings.DEBUG = False

    def broken(*_: object) -> None:
        raise fault

    monkeypatch.setattr("commitments.web.commitments.Listing", broken)
    monkeypatch.setattr("commitments.web.caching.content_version", lambda: "x")
    client = Client(raise_request_exception=False)
    check_plain(client.get(f"{prefix}/commitments/"), status, language)


def test_the_failure_views_ask_nothing_of_the_database(rf, db, django_assert_num_queries) -> None:
    request = rf.get("/")
    with django_assert_num_queries(0):
        for view, status in [
            (failures.bad_request, 400),
            (failures.forbidden, 403),
            (failures.not_found, 404),
            (failures.csrf_failure, 403),
        ]:
            assert view(request).status_code == status
        assert failures.server_error(request).status_code == 500


def test_a_form_without_its_token_is_refused_on_a_page_of_ours() -> None:
    strict = Client(enforce_csrf_checks=True)
    for prefix, language in PREFIXES:
        check_plain(strict.post(f"{prefix}/admin/login/", {"username": "x"}), 403, language)


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "language"), PREFIXES)
def test_a_withdrawn_commitment_or_document_is_410_with_the_reason(client: Client, prefix: str, language: str) -> None:
    words = {"withdrawn_reason_zh": "重复登记。", "withdrawn_reason_en": "Registered twice."}
    row = make_commitment(publication="withdrawn", title_zh="秘密标题", **words)
    inside = make_commitment(
        document=make_document(publication="withdrawn", title_zh="秘密标题", **words), title_zh="秘密标题"
    )
    for one in (row, inside):
        answer = client.get(f"{prefix}/commitments/{one.document.slug}/{one.code}/")
        page = answer.content.decode()
        assert (answer.status_code, language_of(answer)) == (410, language)
        assert ("Registered twice." if prefix else "重复登记。") in page
        assert "秘密标题" not in page
        assert client.get(f"/commitments.json?document={one.document.slug}").json().get("count", 0) == 0


@pytest.mark.django_db
def test_the_reason_of_a_withdrawn_document_does_not_open_its_drafts(client: Client) -> None:
    row = make_commitment(document=make_document(publication="withdrawn"), publication="draft")
    assert client.get(f"/commitments/{row.document.slug}/{row.code}/").status_code == 404


@pytest.mark.django_db
def test_a_withdrawal_is_seen_on_the_next_request(client: Client) -> None:
    row = make_commitment(title_zh="曾经公开")
    address = f"/commitments/{row.document.slug}/{row.code}/"
    for one in (address, "/commitments/", "/"):
        assert client.get(one).status_code == 200
    row.publication, row.withdrawn_at, row.withdrawn_reason_zh = "withdrawn", row.published_at, "有误。"
    row.save()
    assert Commitment.objects.published().count() == 0
    assert client.get(address).status_code == 410
    assert "曾经公开" not in client.get("/commitments/").content.decode()
