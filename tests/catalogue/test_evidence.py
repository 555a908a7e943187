"""The list of evidence: what each filter finds, what stays hidden, and how it pages."""

from datetime import date

import pytest
from django.http import QueryDict

from commitments.catalogue.evidence_listing import EvidenceListing, language_name
from commitments.choices import Kind
from tests.factories import make_commitment, make_document, make_evidence, make_link, make_publisher

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    document, other = make_document(slug="one"), make_document(slug="two")
    proposal = make_commitment(document=document, code="4", kind=Kind.PROPOSAL)
    measure = make_commitment(parent=proposal, code="4.1")
    elsewhere = make_commitment(document=other, code="4")
    fields = {
        "A": {"kind": "official", "language": "zh", "title": "管道开工", "confidence": "high"},
        "B": {"kind": "media", "language": "en", "summary_en": "Railway opened", "published_on": None},
        "C": {"kind": "dataset", "language": "en", "published_on": date(2025, 1, 1), "confidence": "low"},
    }
    voices = {"A": "promising_side", "B": "independent_media", "C": "research"}
    found = {
        code: make_evidence(code=code, publisher=make_publisher(name=f"Agency-{code}", voice=voices[code]), **over)
        for code, over in fields.items()
    }
    make_link(measure, found["A"], "completion")
    make_link(elsewhere, found["B"], "stall")
    make_link(proposal, found["C"], "context")
    hidden = make_commitment(document=document, publication="draft", code="9")
    make_link(hidden, found["B"], "completion")
    make_evidence(code="D", publication="draft")
    make_evidence(code="W", publication="withdrawn")
    return found


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", "CAB"),
        ("order=code", "ABC"),
        ("order=-code", "CBA"),
        ("order=published_on", "ACB"),
        ("kind=official&kind=dataset", "CA"),
        ("voice=promising_side", "A"),
        ("confidence=low", "C"),
        ("language=en", "CB"),
        ("dated=yes", "CA"),
        ("dated=no", "B"),
        ("bears=completion", "A"),
        ("bears=completion&bears=stall", "AB"),
        ("document=one", "CA"),
        ("document=two", "B"),
        ("commitment=one/4", "CA"),
        ("commitment=4", "CAB"),
        ("commitment=4.1", "A"),
        ("commitment=one/4&bears=stall", ""),
        ("q=管道", "A"),
        ("q=railway opened", "B"),
        ("q=agency-C", "C"),
        ("q=agency&kind=media", "B"),
        ("q=100%", ""),
        ("q=E0000", ""),
    ],
)
def test_each_filter_finds_its_rows(rows, query, codes):
    listing = EvidenceListing(QueryDict(query))
    assert listing.errors == {}
    assert "".join(row.code for row in listing.rows) == codes
    assert listing.count == len(codes)
    assert "".join(row.code for row in listing) == codes


@pytest.mark.parametrize(
    "query",
    [
        "kind=page",
        "bears=broken",
        "voice=x",
        "confidence=sure",
        "language=tlh",
        "dated=maybe",
        "document=nowhere",
        "commitment=one/9",
        "commitment=nothing",
        "order=size",
        "cursor=x",
        "page_size=101",
        "as_of=2999-01-01",
        "colour=red",
        "q=a&q=b",
    ],
)
def test_a_wrong_parameter_is_named_and_lists_nothing(rows, query):
    listing = EvidenceListing(QueryDict(query))
    assert list(listing.errors) == [query.partition("=")[0]]
    assert (listing.rows, listing.count, listing.next_query) == ([], 0, None)


def test_hidden_commitments_are_not_among_what_a_row_bears_on(rows):
    listing = EvidenceListing(QueryDict("q=railway"))
    assert [link.commitment.natural_id for link in listing.rows[0].public_links] == ["two/4"]


@pytest.mark.parametrize("order", ["", "published_on", "code", "-code"])
def test_it_pages_without_gap_or_repetition_and_back_again(order):
    for n in range(7):
        make_evidence(published_on=date(2024, 1, 1 + n % 2) if n % 3 else None)
    query, pages = f"page_size=3&order={order}", []
    while query:
        listing = EvidenceListing(QueryDict(query))
        pages.append([row.code for row in listing.rows])
        query = listing.next_query
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({code for page in pages for code in page}) == 7
    back = EvidenceListing(QueryDict(listing.previous_query))
    assert [row.code for row in back.rows] == pages[1]
    assert EvidenceListing(QueryDict(back.previous_query)).previous_query is None


def test_languages_have_their_names():
    assert [language_name(code) for code in ("zh", "kk", "en", "x-none")] == ["简体中文", "哈萨克语", "英语", "x-none"]
