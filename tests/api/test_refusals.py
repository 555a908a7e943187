"""Every refusal is problem details (RFC 9457) in the language asked for, and nobody keeps it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commitments.api import commitments as views
from tests.factories import make_commitment, make_document

LISTS = ["commitments", "assessments", "evidence", "documents", "changes", "editions", "summary"]
METHODS = ["post", "put", "patch", "delete", "trace"]


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert "no-store" in answer["Cache-Control"] and answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" not in answer and "Set-Cookie" not in answer and not answer.cookies
    body: dict[str, Any] = answer.json()
    assert body["status"] == status and body["type"] == "about:blank" and body["title"] and body["detail"]
    return body


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v1/", "/api/v2/commitments/", "/api/v1/commitments/a/b/c/", "/api/x"]
)
def test_an_address_that_leads_nowhere_is_404_without_the_database(client: Client, address: str) -> None:
    problem(client.get(address), 404)
    problem(client.get(f"{address}?q=1&lang=en"), 404)


@pytest.mark.parametrize("query", ["q=%00", "q=%FF", "%C0%AF=1", "q=%ED%A0%80", "a=" + "x" * 10_000])
def test_an_address_that_cannot_be_read_is_400_without_the_database(client: Client, query: str) -> None:
    problem(client.get(f"/api/v1/commitments/?{query}"), 400)


@pytest.mark.django_db
def test_more_parameters_than_anything_takes_are_400(client: Client) -> None:
    problem(client.get("/api/v1/commitments/?" + "&".join("a" * 2000)), 400)


def test_another_host_is_refused_as_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/commitments/", headers={"host": "evil.example"})
    assert b"evil.example" not in answer.content
    problem(answer, 400)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", LISTS)
def test_the_api_is_only_read(client: Client, name: str, method: str) -> None:
    answer = getattr(client, method)(f"/api/v1/{name}/")
    problem(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"", b"{", b"[" * 10_000, b"\x00\xff", b'{"q": "x"}'])
def test_a_body_is_ignored(client: Client, body: bytes) -> None:
    answer = client.generic("GET", "/api/v1/commitments/", body, content_type="application/json")
    assert answer.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("application/*", 200),
        ("text/html", 406),
        ("application/xml", 406),
        (";;;", 406),
        ("a" * 4000, 406),
    ],
)
def test_json_is_what_there_is(client: Client, accept: str, status: int) -> None:
    answer = client.get("/api/v1/summary/", headers={"accept": accept})
    if status == 200:
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    else:
        problem(answer, status)


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_parameter_is_refused_by_name_everywhere(client: Client, name: str) -> None:
    for query in ("colour=red", "format=json", "status__in=x", "limit=1"):
        body = problem(client.get(f"/api/v1/{name}/?{query}&lang=en"), 400)
        assert list(body["errors"]) == [query.partition("=")[0]]
        assert body["errors"][query.partition("=")[0]][0].startswith("This parameter is not known. Known are: ")


@pytest.mark.django_db
def test_a_fault_of_ours_is_500_without_a_trace(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEBUG = False

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("canary")

    monkeypatch.setattr(views, "find", broken)
    document = make_document(slug="shown")
    make_commitment(document=document, code="1")
    answer = Client(raise_request_exception=False).get("/api/v1/commitments/shown/1/")
    assert b"canary" not in answer.content and b"Traceback" not in answer.content
    problem(answer, 500)


def test_pages_keep_their_own_failures(client: Client) -> None:
    assert client.get("/nothing/")["Content-Type"].startswith("text/html")
    assert client.get("/apix/")["Content-Type"].startswith("text/html")
    assert reverse("api:commitments") == "/api/v1/commitments/"
