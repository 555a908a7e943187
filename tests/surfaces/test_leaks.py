"""Nothing unpublished reaches the public: unique canaries in every hidden row, sought behind every public address."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from pypdf import PdfReader

from commitments.actions.editions import freeze_edition
from commitments.actions.working import work_off_one
from commitments.models import Commitment
from commitments.storage import keep
from tests import people
from tests.factories import (
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_link_health,
    make_note,
    make_party_link,
    make_passage,
    make_snapshot,
)
from tests.standing import standing, take_over
from tests.surfaces.canaries import TOKEN, plant, token

pytestmark = pytest.mark.django_db

QUERIES = [
    "",
    "?page_size=100",
    "?q=canary",
    "?known_on=2024-01-15",
    "?as_of=2024-12-31",
    "?order=relevance&q=c",
    "?evidence=any",
]
LISTS = QUERIES + [
    "?status=underway",
    "?party=CN",
    "?band=in_progress&momentum=unchecked",
    "?document=shown",
    "?ancestor=shown/1",
]
REPORTS = ["?from=2000-01-01", "?from=2000-01-01&to=2024-02-01&length=brief", "?from=2000-01-01&document=shown"]


def _below_api(visit: str) -> str:
    path, mark, query = visit.partition("?")
    return f"/api/{path}/{mark}{query}"


JUDGED = "shown/1@2024-03-01/2024-01-01T04:00:00Z"
# Routes of the API without their last slash -> what to visit below /api/; each answers with and without it.
API_VISITS: dict[str, list[str]] = {
    "v1/commitments": ["v1/commitments" + query for query in LISTS[:7]],
    "v1/commitments/<slug:document>/<str:code>": ["v1/commitments/shown/1" + query for query in ("", *QUERIES[3:5])],
    "v1/assessments": ["v1/assessments" + query for query in LISTS[:5]],
    "v1/assessments/<slug:document>/<str:code>@<str:day>/<str:moment>": [f"v1/assessments/{JUDGED}"],
    "v1/evidence": ["v1/evidence" + query for query in ("", "?page_size=100", "?q=canary", "?bears=progress")],
    "v1/evidence/<str:code>": ["v1/evidence/ESHOWN", "v1/evidence/nothing"],
    "v1/documents": ["v1/documents"],
    "v1/documents/<slug:document>": ["v1/documents/shown", "v1/documents/nothing"],
    "v1/changes": ["v1/changes" + query for query in ("", "?from=2000-01-01&page_size=100", "?known_on=2024-01-15")],
    "v1/editions": ["v1/editions"],
    "v1/editions/<int:number>": ["v1/editions/1", "v1/editions/7"],
    "v1/summary": ["v1/summary", "v1/summary?as_of=2024-12-31"],
    "schema": ["schema", "schema?lang=en"],
    "docs": ["docs", "docs?lang=en"],
}
API = {
    **{f"api/{route}/": [_below_api(visit) for visit in visits] for route, visits in API_VISITS.items()},
    **{f"api/{route}": [f"/api/{visits[0]}"] for route, visits in API_VISITS.items()},
    "api/": ["/api/nothing/"],
}

# Each route of the URLconf without its language prefix -> addresses to visit. A new route must be added here.
VISITS: dict[str, list[str]] = {
    "healthz": ["/healthz"],
    "readyz": ["/readyz"],
    "robots.txt": ["/robots.txt"],
    "sitemap.xml": ["/sitemap.xml", "/sitemap.xml?p=2"],
    "sitemap-<slug:section>-<int:number>.xml": [
        f"/sitemap-{part}-0.xml" for part in ("pages", "commitments", "evidence")
    ],
    ".well-known/security.txt": ["/.well-known/security.txt"],
    "methodology/": ["/methodology/", "/methodology/?q=canary"],
    "about/": ["/about/"],
    "data/": ["/data/"],
    "": ["/" + query for query in QUERIES],
    "commitments/": ["/commitments/" + query for query in LISTS],
    "commitments/suggest/": ["/commitments/suggest/", "/commitments/suggest/?q=canary", "/commitments/suggest/?q=1"],
    "commitments.csv": ["/commitments.csv" + query for query in LISTS],
    "commitments.jsonl": ["/commitments.jsonl" + query for query in LISTS],
    "commitments.xlsx": ["/commitments.xlsx" + query for query in LISTS],
    "commitments.json": ["/commitments.json" + query for query in LISTS],
    "commitments/<slug:document>/<str:code>/": ["/commitments/shown/1/" + query for query in QUERIES]
    + ["/commitments/shown/nothing/"],
    "commitments/<slug:document>/<str:code>/changes.atom": [
        "/commitments/shown/1/changes.atom",
        "/commitments/shown/no/changes.atom",
    ],
    "embed/<slug:document>/<str:code>/": [
        *("/embed/shown/1/", "/embed/shown/1/?as_of=2024-12-31", "/embed/shown/1/?known_on=2024-01-15"),
        "/embed/shown/nothing/",
    ],
    "oembed": [
        f"/oembed?url=http%3A%2F%2Ftestserver%2Fcommitments%2F{at}%2F&format=json" for at in ("shown%2F1", "shown%2Fno")
    ],
    "evidence/": [
        "/evidence/" + query
        for query in QUERIES + ["?bears=progress&document=shown", "?commitment=shown/1", "?voice=unclear"]
    ],
    "evidence/<str:code>/": ["/evidence/ESHOWN/" + query for query in QUERIES] + ["/evidence/nothing/"],
    "evidence/<str:code>/file/": ["/evidence/ESHOWN/file/", "/evidence/nothing/file/"],
    "changes/": [
        "/changes/" + query for query in QUERIES + ["?from=2000-01-01&page_size=100", "?document=shown&from=2000-01-01"]
    ],
    "changes.atom": [
        "/changes.atom",
        "/changes.atom?page_size=100&from=2000-01-01",
        "/changes.atom?known_on=2024-01-15",
    ],
    "reports/": ["/reports/" + query for query in LISTS + REPORTS],
    "reports.csv": ["/reports.csv" + query for query in LISTS + REPORTS],
    "reports.xlsx": ["/reports.xlsx" + query for query in LISTS + REPORTS],
    "editions/": ["/editions/", "/editions/?q=canary"],
    "editions/<int:number>/": ["/editions/1/", "/editions/2/", "/editions/7/"],
    "editions/<int:number>.zip": ["/editions/1.zip", "/editions/2.zip", "/editions/7.zip"],
    "editions/<int:number>.json": ["/editions/1.json", "/editions/2.json", "/editions/7.json"],
    "editions/<int:before>/compare/<int:after>/": ["/editions/1/compare/2/", "/editions/2/compare/1/"],
    "editions/<int:before>/compare/<int:after>.csv": ["/editions/1/compare/2.csv", "/editions/2/compare/1.csv"],
    "editions/<int:number>/<slug:document>/<str:code>/": ["/editions/1/shown/1/", "/editions/2/shown/nothing/"],
    "reports/make/": ["/reports/make/"],  # answers forms alone; what comes of one is read below
    "reports/made/<slug:token>/": ["/reports/made/nothing/"],
    "reports/made/<slug:token>/file/": ["/reports/made/nothing/file/"],
    "documents/": ["/documents/" + query for query in QUERIES],
    "documents/<slug:document>/changes.atom": [
        "/documents/shown/changes.atom",
        "/documents/shown/changes.atom?page_size=100&from=2000-01-01",
        "/documents/nothing/changes.atom",
    ],
    "documents/<slug:document>/": ["/documents/shown/" + query for query in QUERIES] + ["/documents/nothing/"],
    **API,
}
NOT_PUBLIC = ("admin/",)


def routes(patterns=None, prefix: str = "") -> set[str]:
    """Every route below the root, language prefixes left out."""
    found: set[str] = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if here not in NOT_PUBLIC:
                found |= routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            found.add(here)
    return found


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[tuple[Path, list[str]]]:
    folder = tmp_path_factory.mktemp("shown")
    with standing(django_db_blocker, folder):
        yield folder, shown_and_hidden()


@pytest.fixture
def guesses(_world: tuple[Path, list[str]], db: None, _files_of_its_own: None) -> list[str]:
    """A published register among the hidden rows; returns the addresses of the hidden ones."""
    take_over(_world[0])
    return _world[1]


def shown_and_hidden() -> list[str]:
    document = make_document(slug="shown")
    row = make_commitment(document=document, code="1", title_zh="公开事项")
    make_passage(row)
    make_judged(row)
    shown = make_evidence(code="ESHOWN", file=keep(b"%PDF- shown", "uploads", ".pdf"), file_type="application/pdf")
    make_link(row, shown)
    make_link_health(shown)
    make_snapshot(shown, text="公开的开头。" * 40 + token(), title=token(), file=token())
    make_note(row)
    make_party_link(row, "CN")
    make_link(row, make_evidence())
    addresses = plant(document, row)
    freeze_edition(by=people.publisher())
    freeze_edition(by=people.publisher(), is_provisional=True, notes_zh="公开的说明。")
    return [*addresses, *(f"/editions/1/{at.partition('/commitments/')[2]}" for at in addresses if at.count("/") == 4)]


def every_address(guesses: list[str], *, whole: bool) -> list[str]:
    """In English one address of each route, or all of them."""
    plain = [address for addresses in VISITS.values() for address in addresses] + guesses
    api = [
        f"/api/v1{address}" for address in guesses if address.startswith(("/commitments/", "/evidence/", "/documents/"))
    ]
    once = ("/healthz", "/readyz", "/api/")
    again = plain if whole else [addresses[0] for addresses in VISITS.values()] + guesses
    return plain + api + [f"/en{address}" for address in again if not address.startswith(once)]


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return headers + "\n" + unpacked(content).decode()


def unpacked(content: bytes) -> bytes:
    """What is written in a ZIP, and in the ZIPs within it."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"\n".join(unpacked(book.read(name)) for name in book.namelist())


def test_every_public_route_is_visited():
    assert routes() == set(VISITS)


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_no_canary_leaves_the_house(client, guesses, whole):
    leaks = {}
    for address in every_address(guesses, whole=whole):
        asked = set(TOKEN.findall(address))
        answer = client.get(address)
        assert answer.status_code in (200, 404, 405, 410), address
        if found := set(TOKEN.findall(body(answer))) - asked:
            leaks[address] = sorted(found)
    assert leaks == {}


@pytest.mark.parametrize("name", ["pdf", "csv", "xlsx", "json"])
def test_no_canary_is_in_a_file_behind_a_private_link(client, guesses, name):
    page = client.post("/reports/make/", {"query": REPORTS[0].lstrip("?"), "format": name})["Location"]
    while work_off_one():
        pass
    answer = client.get(f"{page}file/")
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    content = answer.content
    if name == "pdf":
        content = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages).encode()
        assert "公开事项".encode() in content
        assert TOKEN.findall(content.decode()) == []
    else:
        assert TOKEN.findall(body(answer)) == []


def test_what_is_hidden_answers_like_what_never_was(client, guesses):
    hidden, nothing = (client.get(address) for address in (guesses[0], "/commitments/never/was/"))
    assert hidden.status_code == nothing.status_code == 404
    assert hidden.content == nothing.content


def test_a_withdrawn_commitment_is_410_with_its_reason_and_nothing_else(client):
    row = make_commitment(publication="withdrawn", title_zh="撤回的标题", withdrawn_reason_zh="与4.1重复登记。")
    answer = client.get(f"/commitments/{row.document.slug}/{row.code}/")
    assert answer.status_code == 410
    assert "与4.1重复登记。" in answer.content.decode()
    assert "撤回的标题" not in answer.content.decode()


def test_searching_for_a_canary_finds_nothing(client, guesses):
    for number in range(1, 200, 9):
        assert client.get(f"/commitments.json?q=canary{number}q").json()["count"] == 0


def test_the_canaries_would_be_seen_if_they_were_public(client, guesses):
    """The control: with the wall down the same walk finds them."""
    Commitment.objects.filter(publication="draft").update(publication="published", published_at="2024-01-01T00:00:00Z")
    assert TOKEN.search(client.get("/commitments.json?page_size=100").content.decode())
