"""Hostile strings in every parameter of every public address: an answer every time, never a fault, never a trace."""

import base64
import json
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client

from commitments.catalogue.filters import PARAMETERS
from commitments.catalogue.listing import Listing
from tests.factories import (
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    make_party_link,
    make_passage,
)
from tests.standing import standing
from tests.surfaces.test_leaks import VISITS

pytestmark = pytest.mark.django_db


def packed(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


STRINGS = [
    *(
        "",
        " ",
        "\t\n",
        "'",
        '"',
        "''",
        "\\",
        "\\\\",
        "%",
        "%%",
        "_",
        "%_%",
        "*",
        "?",
        ";",
        "--",
        "/*",
        "`",
        "$(id)",
        "|id",
    ),
    *(
        "' OR '1'='1",
        "1; DROP TABLE commitments_commitment--",
        '" OR ""="',
        "1 UNION SELECT NULL,NULL",
        "'||(SELECT 1)||'",
    ),
    *(
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        "</title><svg/onload=alert(1)>",
    ),
    *(
        "{{ 7*7 }}",
        "{% debug %}",
        "{{ settings.SECRET_KEY }}",
        "${7*7}",
        "#{7*7}",
        "%(name)s",
        "%s%s%s%n",
        "{0.__class__}",
        "{}",
    ),
    *(
        "\u202eevil",
        "\u2066x\u2069",
        "\u200b",
        "\ufeff",
        "\u0301",
        "e\u0301" * 40,
        "עברית",
        "مرحبا",
        "👩‍👩‍👧‍👦",
        "𠮷",
        "\u2028",
        "\x85",
    ),
    *(
        "\ufffe",
        "\U0010ffff",
        "\ufdd0",
        "\x01",
        "\x0b",
        "\x1b[31m",
        "\x7f",
        "\r\nSet-Cookie: a=b",
        "ｓｃｒｉｐｔ",
        "ﷺ" * 20,
        "İıſK",
    ),
    *(
        "-1",
        "0",
        "1e9",
        "1e309",
        "nan",
        "inf",
        "-inf",
        "0x10",
        "1_000",
        "１２",
        "٣",
        "9" * 25,
        "9" * 5000,
        "1.5",
        "+5",
        "２０２４-01-01",
    ),
    *(
        "2024-02-30",
        "0000-00-00",
        "9999-12-31",
        "0001-01-01",
        "2199-12-31",
        "1900-01-01",
        "2024-1-1",
        "2024-01-01T00:00:00Z",
    ),
    *(
        "20240101",
        "1899-12-31",
        "2024-W01-1",
        "-2024-01-01",
        "null",
        "None",
        "undefined",
        "true",
        "[]",
        "[1,2]",
        '{"a":1}',
        "a[]",
        "a[0]",
    ),
    *(
        "[" * 3000,
        "(" * 3000,
        "a" * 3000,
        "铁" * 500,
        "a " * 1500,
        "' " * 1000,
        "%_" * 100,
        "." * 300,
        "../../etc/passwd",
        "//evil.example",
    ),
    *(
        "xian-2023/4.2",
        "/",
        "//",
        "4.2/",
        "en",
        "admin",
        "__proto__",
        "id__gt",
        "document__text",
        "pk",
        "-pk",
        "password",
    ),
    *(
        packed(["code", 0, 2**70, "0"]),
        packed(["code", 0, 1, "0" * 300]),
        packed([[[[[]]]]]),
        packed(["code"]),
        packed({"a": 1}),
        "eyJ",
    ),
]
RAW = [  # as they stand in the address: NUL and bytes that are no UTF-8
    *(
        "%00",
        "a%00b",
        "%FF",
        "%C0%AF",
        "%ED%A0%80",
        "%ED%B0%80",
        "%F4%90%80%80",
        "%E9%93",
        "%80",
        "%F8%88%80%80%80",
        "%FE%FF",
    ),
]
BROKEN = [
    "%",
    "%zz",
    "%u4e00",
    "&&&",
    "=",
    "a",
    "a=b=c",
    "+",
    "%2500",
    ";a=b",
    "#",
    "q",
    "q[]=1",
    "q=1&q=2&q=3",
    "%26",
    "?",
    "a=" * 50,
]
ONE_LANGUAGE = ("/api/", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt")
LISTS = ("/commitments/", "/commitments.csv", "/commitments.json", "/api/v1/commitments/")
ALLOWED = (200, 301, 304, 400, 404, 405, 410)


def base_addresses() -> list[str]:
    """One of every public route, from the URLconf by way of the leak test, which fails when one is missing there."""
    every = [addresses[0].partition("?")[0] for addresses in VISITS.values()]
    return [address for address in every if address.endswith("/") or not address.startswith("/api/")]


@pytest.fixture(scope="module", autouse=True)
def _register(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with standing(django_db_blocker):
        document = make_document(slug="shown")
        row = make_commitment(document=document, code="1", title_zh="铁路 100%_\\", title_en="Railway")
        make_passage(row)
        make_judged(row)
        make_note(row)
        make_party_link(row, "CN")
        make_link(row, make_evidence(code="ESHOWN"))
        yield


def check(client: Client, address: str, allowed: tuple[int, ...] = ALLOWED) -> bytes:
    """The test client raises what a view raises, so a fault ends here with its own trace."""
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert answer.status_code in allowed, (answer.status_code, address[:200])
    assert b"Traceback" not in content and settings.SECRET_KEY.encode() not in content
    if "html" in answer["Content-Type"] or "xml" in answer["Content-Type"]:
        assert b"<script>alert" not in content and b"<img src=x" not in content and b"<svg/onload" not in content
    assert "Set-Cookie" not in answer and not answer.cookies
    return content


def parameters() -> list[str]:
    return [*PARAMETERS, "anything"]


def query_of(name: str, text: str) -> str:
    return f"{name}={quote(text, safe='')}"


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", parameters())
def test_a_list_answers_every_string_in_this_parameter(client: Client, name: str, step: int) -> None:
    """With rows, or with a refusal that names it; now and then through the page, JSON and CSV as well."""
    for n, text in list(enumerate(STRINGS))[len(name) % step :: step]:
        listing = Listing(QueryDict(query_of(name, text)))
        assert list(listing.errors) in ([], [name]), (name, text[:60])
        assert len(listing.rows) <= listing.count <= 1 and (listing.is_valid or not listing.count)
        assert "cursor" not in listing.canonical and listing.next_query is None
        assert all(len(sentence) < 6000 for sentences in listing.errors.values() for sentence in sentences)
        if n % 48 == len(name) % 48 and len(query_of(name, text)) < 8000:
            content = check(client, f"/en/commitments/?{query_of(name, text)}", (200,)).decode()
            assert bool(listing.errors) == (f"<code>{name}</code>" in content)
            for file in ("csv", "json"):
                check(client, f"/commitments.{file}?{query_of(name, text)}", (400,) if listing.errors else (200,))


def test_every_public_address_answers_hostile_strings(client: Client) -> None:
    names = ["as_of", "q", "page_size", "cursor", "from", "document", "<script>alert(1)</script>"]
    for n, address in enumerate(base_addresses()):
        for m, text in enumerate(STRINGS[n % 24 :: 24]):
            check(client, f"{address}?{query_of(quote(names[m % 7]), text[:1500])}")
        for query in BROKEN[n % 3 :: 3]:
            check(client, f"{address}?{query}")


@pytest.mark.slow
@pytest.mark.parametrize("address", base_addresses())
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_public_address_answers_every_string_in_every_parameter(
    client: Client, address: str, prefix: str
) -> None:
    for n, name in enumerate([*PARAMETERS, "from", "to", "bears", "voice", "commitment", "p", "x"]):
        for text in STRINGS[n % 16 :: 16]:
            check(client, f"{prefix}{address}?{query_of(name, text[:1500])}")
    for query in BROKEN:
        check(client, f"{prefix}{address}?{query}")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_is_no_text_is_400_on_every_public_address(client: Client, prefix: str) -> None:
    for n, address in enumerate(base_addresses()):
        if prefix and address.startswith(ONE_LANGUAGE):
            continue
        for m, text in enumerate(RAW):
            query = (f"q={text}", f"{text}=1", text)[(n + m) % 3]
            check(client, f"{prefix}{address}?{query}", (400,))
        check(client, f"{prefix}{address}?q={'x' * 10_000}", (400,))


@pytest.mark.parametrize("raw", [b"q=\xff", b"q=\xe9\x93", b"\xc0\xaf=1", b"q=a\x00b", b"q=\xed\xa0\x80"])
def test_bytes_that_are_no_text_are_400_also_when_they_come_bare(client: Client, raw: bytes) -> None:
    for address in LISTS:
        assert client.get(address, QUERY_STRING=raw.decode("latin-1")).status_code == 400


def test_chinese_that_comes_bare_is_understood(client: Client) -> None:
    query = "q=铁路".encode().decode("latin-1")
    assert client.get("/commitments.json", QUERY_STRING=query).json()["count"] == 1


@pytest.mark.parametrize(
    "text",
    [*RAW, "%0A", "%E2%80%AE", "..%2F..%2Fetc", "%2e%2e/%2e%2e", "a" * 5000, "%25ff", "%2500", "'", "%3Cscript%3E"],
)
@pytest.mark.parametrize(
    "place",
    ["/%s", "/en/%s/", "/commitments/%s/1/", "/commitments/shown/%s/", "/static/%s", "/admin/%s/", "/evidence/%s/"],
)
def test_a_path_that_names_nothing_is_404_or_400(client: Client, place: str, text: str) -> None:
    answer = client.get(place % text)
    assert answer.status_code in (301, 302, 400, 404)
    assert b"Traceback" not in getattr(answer, "content", b"")


@pytest.mark.parametrize("order", ["", "order=-code", "order=as_of", "order=-due_on", "order=relevance&q=1"])
def test_a_changed_cursor_is_refused_or_another_place(client: Client, order: str) -> None:
    for _ in range(4):
        make_commitment(document=make_document(), criterion_zh="1")
    source = random.Random(11)
    following = client.get(f"/commitments.json?page_size=2&{order}").json()["next"]
    whole = QueryDict(following.partition("?")[2])["cursor"]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    changed = [whole[:n] for n in range(0, len(whole), 9)] + [whole + "A", whole + "=", whole[::-1]]
    for _ in range(20):
        n = source.randrange(len(whole))
        changed.append(whole[:n] + source.choice(alphabet) + whole[n + 1 :])
    for cursor in changed:
        answer = client.get(f"/commitments.json?page_size=2&{order}&cursor={cursor}")
        assert answer.status_code == 200 or list(answer.json()["errors"]) == ["cursor"]
    for other in ("code", "-code", "as_of", "-as_of", "due_on", "-relevance"):
        if f"order={other}" not in order and not (other == "code" and not order):
            refused = client.get(f"/commitments.json?order={other}&cursor={whole}&q=1")
            assert list(refused.json()["errors"]) == ["cursor"], other


def test_several_hostile_parameters_at_once_are_all_named(client: Client) -> None:
    source = random.Random(3)
    for _ in range(25):
        chosen = {name: source.choice(STRINGS)[:300] for name in source.sample(parameters(), 6)}
        query = "&".join(f"{name}={quote(text, safe='')}" for name, text in chosen.items())
        alone = {
            name for name, text in chosen.items() if name in Listing(QueryDict(f"{name}={quote(text, safe='')}")).errors
        }
        answer = client.get(f"/commitments.json?{query}")
        named = set(answer.json().get("errors", {}))
        assert named - {"cursor"} == alone - {"cursor"}, query
