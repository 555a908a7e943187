"""Pages in the order of nearness: ranked rows, then the rest, forwards and back, each row once."""

import pytest
from django.http import QueryDict

from commitments.actions.derived import refresh
from commitments.catalogue.listing import Listing
from commitments.search import find
from tests.factories import make_commitment, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rows(monkeypatch):
    monkeypatch.setattr(find, "MOST_RANKED", 3)
    document = make_document()
    titles = ["别的", "铁路", "别的", "铁路通道", "别的", "建设铁路与公路", "别的"]
    for n, title in enumerate(titles):
        kind = "press" if n % 3 == 0 else "measure"
        make_commitment(document=document, code=f"c{n}", title_zh=title, criterion_zh="铁路开工。", kind=kind)
    refresh()


def walk(query: str, step: str = "next_query") -> list[list[str]]:
    pages, asked = [], query
    while asked:
        listing = Listing(QueryDict(asked))
        assert listing.is_valid, listing.errors
        pages.append([row.code for row in listing.rows])
        asked = getattr(listing, step)
    return pages


@pytest.mark.parametrize("order", ["relevance", "-relevance", "code", "-code"])
@pytest.mark.parametrize("others", ["", "&kind=press", "&kind=measure"])
def test_every_row_stands_on_one_page_whatever_its_size(order, others):
    whole = [row.code for row in Listing(QueryDict(f"q=铁路&order={order}{others}"))]
    assert len(whole) == len(set(whole)) == {"": 7, "&kind=press": 3, "&kind=measure": 4}[others]
    for size in (1, 2, 3, 5):
        pages = walk(f"q=铁路&order={order}&page_size={size}{others}")
        assert [code for page in pages for code in page] == whole
        last = Listing(QueryDict(f"q=铁路&order={order}&page_size={size}{others}"))
        while last.next_query:
            last = Listing(QueryDict(last.next_query))
        back = walk(last.query(cursor=last.params.get("cursor", "")), "previous_query")
        assert [code for page in reversed(back) for code in page] == whole


def test_the_nearest_come_first_and_what_is_not_ranked_in_tree_order():
    assert [row.code for row in Listing(QueryDict("q=铁路"))] == ["c1", "c3", "c5", "c0", "c2", "c4", "c6"]
    assert Listing(QueryDict("q=铁路")).count == 7
