"""Headers and methods of the public side: no cookie, no negotiation, a strict policy, and what caches may keep."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.factories import make_commitment, make_document, make_judged, make_passage, make_user
from tests.standing import standing
from tracker.middleware import CookiesForAdminOnly

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/commitments/",
    "/commitments/?status=underway&page_size=1",
    "/commitments/?colour=red",
    "/commitments.csv",
    "/commitments.json",
    "/commitments/shown/1/",
    "/commitments/shown/1/?as_of=2024-06-01",
    "/commitments/shown/gone/",
    "/nothing/",
]
EVERYWHERE = [prefix + page for page in PAGES for prefix in ("", "/en")]
MACHINES = ["/healthz", "/readyz"]
COOKIES = [
    "django_language=en; sessionid=longenoughtobeakey",
    "sessionid=x",  # malformed: the session middleware takes it back
    "csrftoken=x",  # malformed: the CSRF middleware gives another
]
READ_ONLY = [page for page in EVERYWHERE if "nothing" not in page]


@pytest.fixture(scope="module", autouse=True)
def _register(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with standing(django_db_blocker):
        document = make_document(slug="shown")
        row = make_commitment(document=document, code="1")
        make_passage(row)
        make_judged(row)
        make_commitment(document=document, code="gone", publication="withdrawn")
        yield


def read(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/", {}),
        ("/commitments/", {}),
        ("/en/commitments/admin/", {}),
        ("/adminx/", {}),
        ("/admin/", {"a": "1"}),
        ("/en/admin/x/", {"a": "1"}),
    ],
)
def test_only_the_admin_sees_cookies(path: str, seen: dict[str, str]) -> None:
    request = RequestFactory(headers={"cookie": "a=1"}).get(path)
    CookiesForAdminOnly(lambda request: HttpResponse())(request)
    assert request.COOKIES == seen


@pytest.mark.parametrize("address", [*EVERYWHERE, *MACHINES])
@pytest.mark.parametrize("cookie", COOKIES)
def test_no_cookie_is_set_and_nothing_is_negotiated(client: Client, address: str, cookie: str) -> None:
    answer = client.get(address, headers={"accept-language": "en", "cookie": cookie})
    assert not answer.cookies and "Set-Cookie" not in answer
    vary = {name.strip().lower() for name in answer.get("Vary", "").split(",")}
    assert not vary & {"cookie", "accept-language", "*"}
    read(answer)


@pytest.mark.parametrize("address", EVERYWHERE)
def test_an_answer_depends_on_the_address_alone(client: Client, address: str) -> None:
    """Not on language headers, cookies, or on who is logged in."""
    plain = read(client.get(address))
    assert read(client.get(address, headers={"accept-language": "ru,en;q=0.5"})) == plain
    client.cookies["django_language"] = "en"
    assert read(client.get(address)) == plain
    client.force_login(make_user("olga", "analyst", is_superuser=True))
    answer = client.get(address)
    assert read(answer) == plain
    assert "Set-Cookie" not in answer and not answer.cookies


@pytest.mark.parametrize("address", [*EVERYWHERE, *MACHINES])
def test_every_answer_carries_a_strict_policy_and_says_what_caches_may_do(client: Client, address: str) -> None:
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy and "*" not in policy and "http:" not in policy
    for part in (
        "default-src 'none'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ):
        assert part in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"]
    assert "Permissions-Policy" in answer
    keeping, is_page = answer["Cache-Control"], answer.status_code == 200 and address not in MACHINES
    if is_page and "colour" not in address:
        assert "public" in keeping and "max-age" in keeping and "private" not in keeping
    else:  # also a page that names errors: every mistake would take room
        assert "no-store" in keeping and "public" not in keeping
    read(answer)


@pytest.mark.parametrize("address", READ_ONLY)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_are_only_read(client: Client, address: str, method: str) -> None:
    answer = getattr(client, method)(address)
    assert answer.status_code == 405
    assert set(answer["Allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("address", MACHINES)
def test_machines_only_read_too(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", EVERYWHERE)
def test_head_has_the_headers_of_get_and_no_body(client: Client, address: str) -> None:
    head, get = client.head(address), client.get(address)
    assert head.status_code == get.status_code
    assert read(head) == b""
    assert head["Content-Type"] == get["Content-Type"]
    assert head.get("Cache-Control") == get.get("Cache-Control")
    read(get)


def test_a_host_that_is_not_ours_is_refused_without_a_page(client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["register.example"]
    answer = client.get("/commitments/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content


@pytest.mark.parametrize(
    "name", ["x-forwarded-host", "x-forwarded-for", "x-original-url", "x-rewrite-url", "forwarded"]
)
def test_headers_of_proxies_are_reflected_nowhere(client: Client, name: str) -> None:
    for address in ("/", "/commitments/", "/commitments.json"):
        assert b"evil.example" not in client.get(address, headers={name: "evil.example"}).content
