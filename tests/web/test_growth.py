"""However many rows there are, a page makes the database do about the same: the steps of SQLite are counted."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from commitments.actions.synthetic.making import make_synthetic
from commitments.catalogue import kept
from commitments.models import Commitment, Evidence, SourceDocument

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite's machine"),
]
STEPS = 100  # counted at once
FEW, MANY = 2_000, 8_000  # commitments
GROWTH, MORE = 1.6, 60_000  # by this factor and so many steps; all rows would be four times as many
LISTS = (
    *("", "?order=-code", "?order=due_on", "?order=-as_of", "?order=last_checked_on"),
    *("?status=underway", "?band=results", "?momentum=unchecked", "?kind=measure", "?verifiability=partly"),
    *("?confidence=high", "?evidence=none", "?theme=energy", "?party=MN", "?due_after=2026-01-01"),
    *("?document={document}", "?ancestor={document}/1", "?checked_before=2030-01-01&order=last_checked_on"),
    *("?q=合作", "?q=code:{code}", "?q={code}", "?q=plan"),
)
# Left out: changes, feeds and judgements, counted to 10,000, and the overview with a curve of up to 20,000 measures.
ADDRESSES = (
    *("/commitments/" + query for query in LISTS),
    *("/documents/", "/documents/{document}/", "/commitments/{document}/{code}/", "/commitments/{document}/1/"),
    *("/evidence/", "/evidence/?order=code", "/evidence/?dated=no", "/evidence/?document={document}"),
    *("/evidence/{evidence}/", "/data/", "/methodology/", "/sitemap.xml"),
    *("/commitments/suggest/?q=1", "/commitments/suggest/?q=合作"),
    *("/api/v1/commitments", "/api/v1/evidence", "/api/v1/documents", "/api/v1/summary"),
)


@contextmanager
def counted() -> Iterator[list[int]]:
    steps = [0]

    def one_more() -> int:
        steps[0] += STEPS
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(one_more, STEPS)
    try:
        yield steps
    finally:
        connection.connection.set_progress_handler(None, 0)


def steps_of(client: Client, address: str) -> int:
    """With nothing kept of the page; what is kept for a state of the register is there."""
    client.get(address)
    cache.clear()
    with counted() as steps:
        answer = client.get(address)
        assert answer.status_code == 200, address
    return steps[0]


def measured(client: Client, names: dict[str, str]) -> dict[str, int]:
    kept.forget()
    return {address: steps_of(client, address.format(**names)) for address in ADDRESSES}


def test_a_page_costs_about_the_same_in_a_register_four_times_as_large(client: Client) -> None:
    make_synthetic(rows=FEW)
    document = SourceDocument.objects.order_by("pk")[1]
    row = Commitment.objects.published().filter(document=document, kind="measure").in_tree_order()[5]
    evidence = Evidence.objects.published().order_by("pk")[80]
    names = {"document": document.slug, "code": row.code, "evidence": evidence.code}
    few = measured(client, names)
    make_synthetic(rows=MANY - FEW, seed=2, beside_others=True)
    many = measured(client, names)
    grown = {address: (few[address], many[address]) for address in ADDRESSES}
    assert {address: pair for address, pair in grown.items() if pair[1] > GROWTH * pair[0] + MORE} == {}
