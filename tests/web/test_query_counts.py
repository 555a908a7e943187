"""However many rows there are, a public page asks the database equally often."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.actions.derived import refresh
from commitments.actions.editions import freeze_edition
from commitments.actions.roles import desk_review_user
from commitments.catalogue import kept
from commitments.choices import CheckOutcome, Confidence, Kind, ReviewState, Rule, Status, Target, Verifiability
from commitments.models import (
    Assessment,
    Check,
    Commitment,
    CommitmentParty,
    EvidenceLink,
    Note,
    Passage,
    SourceDocument,
)
from commitments.storage import keep
from tests import people
from tests.factories import (
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    make_party,
    make_passage,
)
from tests.surfaces.test_leaks import VISITS

pytestmark = pytest.mark.django_db
QUERIES = [
    *(
        "/commitments/?page_size=100",
        "/commitments/?status=underway&page_size=100",
        "/commitments/?band=results&page_size=100",
    ),
    *(
        "/commitments/?momentum=unchecked&page_size=100",
        "/commitments/?q=铁路&page_size=100",
        "/commitments/?evidence=any&page_size=100",
    ),
    *(
        "/commitments/?ancestor=shown/1&page_size=100",
        "/commitments.json?page_size=100",
        "/commitments/?order=-as_of&page_size=100",
    ),
]
UNTOLD = (
    *("/healthz", "/readyz", "/.well-known/security.txt", "/oembed", "/api/nothing/"),
    *("/reports/make/", "/reports/made/nothing/", "/reports/made/nothing/file/"),
)
PLAIN = [addresses[0].partition("?")[0] for addresses in VISITS.values()]
ADDRESSES = [*(address for address in PLAIN if address not in UNTOLD), *QUERIES]
STATUSES = [Status.UNDERWAY, Status.COMPLETED, Status.NO_EVIDENCE, Status.INITIATED]
EARLY = datetime(2024, 1, 1, 4, tzinfo=UTC)


def fill(document: SourceDocument, number: int, first: int = 0) -> None:
    """Judged, checked, noted, linked measures under one proposal, without history."""
    proposal = Commitment.objects.get(document=document, code="1")
    common = {"document": document, "parent": proposal, "kind": Kind.MEASURE, "target": Target.ONE_OFF}
    public = {"publication": "published", "published_at": EARLY, "verifiability": Verifiability.VERIFIABLE}
    rows = Commitment.objects.bulk_create(
        Commitment(
            code=f"m{n}",
            title_zh=f"铁路{n}",
            title_en=f"Railway {n}",
            position=n,
            path=f"000001{n:06}",
            **common,
            **public,
        )
        for n in range(first + 1, first + number + 1)
    )
    author, evidence, party = desk_review_user(), make_evidence(), make_party("CN")
    judged = {
        "confidence": Confidence.MEDIUM,
        "assessed_on": date(2024, 3, 2),
        "author": author,
        "rationale_zh": "依据。",
    }
    state = {
        "review_state": ReviewState.PUBLISHED,
        "published_at": EARLY,
        "rule_met": Rule.ONE_SOURCE,
        "codebook_version": 1,
    }
    Assessment.objects.bulk_create(
        Assessment(commitment=row, status=STATUSES[n % 4], as_of=date(2024, 1 + n % 3, 1), **judged, **state)
        for n, row in enumerate(rows)
    )
    looked = {"checked_on": date(2024, 3, 1), "outcome": CheckOutcome.NOTHING, "by": author, "recorded_at": EARLY}
    Check.objects.bulk_create(Check(commitment=row, **looked) for row in rows[::2])
    Note.objects.bulk_create(
        Note(commitment=row, dated=date(2024, 3, 1), author=author, text_zh="备注", visibility="public")
        for row in rows[::3]
    )
    EvidenceLink.objects.bulk_create(
        EvidenceLink(commitment=row, evidence=evidence, bears="progress") for row in rows[::4]
    )
    CommitmentParty.objects.bulk_create(CommitmentParty(commitment=row, party=party, role="proposer") for row in rows)
    start = document.text.index("举办主题活动")
    span = {"document": document, "start": start, "end": start + 6, "quote": "举办主题活动"}
    Passage.objects.bulk_create(Passage(commitment=row, **span) for row in rows)


@pytest.fixture
def document() -> SourceDocument:
    document = make_document(slug="shown")
    row = make_commitment(document=document, code="1", kind=Kind.PROPOSAL, position=1)
    make_passage(row)
    make_judged(row)
    make_note(row)
    file = {"file": keep(b"%PDF-", "uploads", ".pdf"), "file_type": "application/pdf"}
    make_link(row, make_evidence(code="ESHOWN", **file))
    for _number in (1, 2):
        freeze_edition(by=people.publisher())
    return document


def queries(client: Client, address: str) -> list[str]:
    cache.clear()
    kept.forget()
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.status_code == 200, address
    return [query["sql"] for query in caught]


def test_the_number_of_queries_is_the_same_at_ten_and_at_sixty_rows(client: Client, document: SourceDocument) -> None:
    fill(document, 10)
    refresh()
    for address in ADDRESSES:
        queries(client, address)
    few = {address: len(queries(client, address)) for address in ADDRESSES}
    fill(document, 50, first=10)
    refresh()
    many = {address: queries(client, address) for address in ADDRESSES}
    more = {address: (few[address], len(asked)) for address, asked in many.items() if len(asked) > few[address]}
    assert more == {}  # fewer: where the page ends before the rows without a date begin
    for address, asked in many.items():
        most = 24 if "q=" in address else 16  # what was found, and the texts that snippets are cut from
        most += 2 if address.startswith("/reports.") else 0  # written after the view: asks for the version anew
        assert len(asked) <= most, (address, len(asked))


@pytest.mark.slow
def test_filtered_lists_of_thousands_of_rows_stay_within_bounds(client: Client, document: SourceDocument) -> None:
    fill(document, 5000)
    for address in QUERIES:
        asked = queries(client, address)
        assert len(asked) <= (24 if "q=" in address else 16), (address, len(asked))
        longest = max(len(sql) for sql in asked)
        assert longest < 60_000, "no query names its rows one by one"
