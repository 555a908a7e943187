"""A renamed document: what the API answers under a former name leads to today's, whatever else the address holds."""

import pytest
from django.test import Client

from commitments.actions.documents import rename_document
from commitments.models import SourceDocument
from tests import people
from tests.factories import make_document

pytestmark = pytest.mark.django_db
RESTS = ["1", "4.2%0A", "%0D%0AX:y", "a%25", "4.2%3Fx", "4.2%23x", "%E4%B8%AD"]


@pytest.fixture
def document() -> SourceDocument:
    """Once `summit`, now `xian-2023`."""
    document = make_document(slug="summit")
    rename_document(document, slug="xian-2023", by=people.publisher())
    return document


@pytest.mark.parametrize("rest", RESTS)
@pytest.mark.parametrize("noun", ["commitments/{}/%s/", "commitments/{}/%s", "assessments/{}/%s@2026-01-01/x/"])
def test_whatever_stands_behind_the_name_stays_as_it_is(client: Client, document, noun: str, rest: str) -> None:
    address = "/api/v1/" + noun.replace("%s", rest)
    answer = client.get(address.format("summit") + "?lang=en")
    assert answer.status_code == 301
    assert answer["Location"] == address.format("xian-2023") + "?lang=en"


def test_nobody_keeps_where_a_name_led(client: Client, document) -> None:
    answer = client.get("/api/v1/documents/summit")
    assert answer["Location"] == "/api/v1/documents/xian-2023"
    assert "no-store" in answer["Cache-Control"], "a name may come back"
