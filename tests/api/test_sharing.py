"""Other sites' pages may read the API; readers who have an answer are told so."""

import pytest
from django.test import Client

from tests.factories import make_commitment, make_judged

pytestmark = pytest.mark.django_db
ORIGIN = {"origin": "https://elsewhere.example"}
ASKED = {**ORIGIN, "access-control-request-method": "GET", "access-control-request-headers": "if-none-match"}


def test_any_origin_may_read_and_no_cookie_goes_along(client: Client) -> None:
    for address in ("/api/v1/commitments/", "/api/schema/", "/api/v1/none", "/api/v1/summary/?x=1"):
        answer = client.get(address, headers=ORIGIN)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert "Origin" not in answer.get("Vary", "")
    assert "Access-Control-Allow-Origin" not in client.get("/commitments.json", headers=ORIGIN)


def test_a_preflight_is_answered_without_the_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = client.options("/api/v1/commitments/", headers=ASKED)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Methods"] == answer["Allow"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


def test_a_reader_who_has_the_answer_gets_304_for_one_query(client: Client, django_assert_num_queries) -> None:
    row = make_commitment()
    address = "/api/v1/commitments/?lang=en"
    first = client.get(address)
    assert "max-age=60" in first["Cache-Control"] and "public" in first["Cache-Control"]
    for tag in (first["ETag"], f"W/{first['ETag']}", f'"other", {first["ETag"]}'):
        with django_assert_num_queries(1):
            again = client.get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert again["Access-Control-Allow-Origin"] == "*"
    make_judged(row)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_languages_and_fields_never_share_a_mark(client: Client) -> None:
    make_commitment()
    queries = ("", "?lang=en", "?fields=id", "?fields=id&lang=en")
    assert len({client.get(f"/api/v1/commitments/{query}")["ETag"] for query in queries}) == 4


def test_head_has_the_headers_of_get(client: Client) -> None:
    make_commitment()
    head, get = (ask("/api/v1/commitments/") for ask in (client.head, client.get))
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == get["Content-Type"] and head["Cache-Control"] == get["Cache-Control"]
