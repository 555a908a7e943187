"""The list of commitments as a page: what it shows, what it refuses, and how it pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.catalogue import kept
from commitments.choices import Kind, Status
from tests.factories import make_commitment, make_document, make_judged, make_passage

pytestmark = pytest.mark.django_db


def test_it_shows_published_commitments_with_their_status(client):
    row = make_commitment(title_zh="建立对话机制")
    make_passage(row)
    make_judged(row, Status.UNDERWAY)
    page = client.get("/commitments/").content.decode()
    assert "建立对话机制" in page
    assert "实施中" in page


def test_it_answers_in_english_under_en(client):
    make_judged(make_commitment(title_en="Set up a dialogue"), Status.UNDERWAY)
    page = client.get("/en/commitments/").content.decode()
    assert '<html lang="en">' in page
    assert "Set up a dialogue" in page
    assert "Being carried out" in page


def test_a_title_without_english_is_shown_in_chinese_and_marked(client):
    make_commitment(title_zh="只有中文", title_en="")
    page = client.get("/en/commitments/").content.decode()
    assert '<span lang="zh-Hans">只有中文</span> <span class="pending">English pending</span>' in page


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("colour=red", "colour"),
        ("status=broken", "status"),
        ("as_of=2023-02-30", "as_of"),
        ("as_of=2999-01-01", "as_of"),
        ("known_on=yesterday", "known_on"),
        ("page_size=1000", "page_size"),
        ("order=sideways", "order"),
        ("cursor=nonsense", "cursor"),
        ("ancestor=nowhere/9", "ancestor"),
        ("party=XX", "party"),
        ("as_of=2024-01-01&as_of=2024-01-02", "as_of"),
    ],
)
def test_a_wrong_parameter_is_named_and_lists_nothing(client, query, named):
    make_commitment(title_zh="建立对话机制")
    answer = client.get(f"/commitments/?{query}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"<code>{named}</code>" in page
    assert "建立对话机制" not in page


def test_an_unknown_parameter_cannot_bring_markup_into_the_page(client):
    page = client.get("/commitments/?<script>alert(1)</script>=1").content.decode()
    assert "<script>alert" not in page


def test_pages_follow_each_other_without_gap_or_repetition(client):
    document = make_document()
    codes = [make_commitment(document=document).code for _ in range(25)]
    seen, address = [], "/commitments.json?page_size=10"
    while address:
        body = client.get(address).json()
        seen += [row["code"] for row in body["results"]]
        address = body["next"]
    assert seen == codes


def test_the_page_before_shows_the_same_rows_as_on_the_way_there(client):
    document = make_document()
    for _ in range(25):
        make_commitment(document=document)
    first = client.get("/commitments.json?page_size=10").json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    assert third["next"] is None
    back = client.get(third["previous"]).json()
    assert back["results"] == second["results"]
    start = client.get(back["previous"]).json()
    assert start["results"] == first["results"]
    assert start["previous"] is None


@pytest.mark.parametrize("order", ["as_of", "-as_of", "last_checked_on", "due_on", "-due_on", "-code", "relevance"])
def test_every_order_reaches_every_row_once(client, order):
    document = make_document()
    rows = [make_commitment(document=document) for _ in range(7)]
    for n, row in enumerate(rows[:4]):
        make_judged(row, as_of=f"2024-0{1 + n % 2}-01")
    seen, address = [], f"/commitments.json?page_size=2&order={order}"
    while address:
        body = client.get(address).json()
        seen += [row["code"] for row in body["results"]]
        address = body["next"]
    assert sorted(seen) == sorted(row.code for row in rows)
    assert len(seen) == 7


def test_rows_without_a_date_come_last_in_either_direction(client):
    document = make_document()
    early, none, late = (make_commitment(document=document) for _ in range(3))
    make_judged(early, as_of="2024-01-01")
    make_judged(late, as_of="2024-02-01")
    up = [row["code"] for row in client.get("/commitments.json?order=as_of").json()["results"]]
    down = [row["code"] for row in client.get("/commitments.json?order=-as_of").json()["results"]]
    assert up == [early.code, late.code, none.code]
    assert down == [late.code, early.code, none.code]


def test_a_proposal_is_found_by_its_computed_status(client):
    proposal = make_commitment(kind=Kind.PROPOSAL)
    for status in (Status.UNDERWAY, Status.UNDERWAY, Status.NOT_STARTED):
        make_judged(make_commitment(parent=proposal), status)
    found = client.get("/commitments.json?status=underway&kind=proposal").json()["results"]
    assert [(row["code"], row["status"], row["status_basis"]) for row in found] == [
        (proposal.code, "underway", "computed")
    ]
    assert client.get("/commitments.json?band=in_progress&kind=proposal").json()["count"] == 1
    assert client.get("/commitments.json?status=not_assessed&kind=proposal").json()["count"] == 0


def test_the_number_of_queries_does_not_grow_with_the_rows(client):
    proposal = make_commitment(kind=Kind.PROPOSAL)
    for _ in range(3):
        make_judged(make_commitment(parent=proposal))
    with CaptureQueriesContext(connection) as few:
        client.get("/commitments/?page_size=2")
    for _ in range(30):
        make_judged(make_commitment(parent=proposal))
    kept.forget()
    with CaptureQueriesContext(connection) as many:
        client.get("/commitments/?page_size=30")
    assert len(few) == len(many)
    assert len(many) <= 16
