"""The data page: every file, every parameter and every field of the records, with the words that are allowed."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.catalogue import records
from commitments.catalogue.dictionary import columns, parameters
from commitments.catalogue.filters import PARAMETERS, REPEATABLE
from tests.factories import make_commitment, make_document, make_judged

pytestmark = pytest.mark.django_db


def page(client, address="/en/data/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("address", ["/data/", "/en/data/"])
def test_every_file_answers(client, address):
    make_judged(make_commitment())
    text = page(client, address)
    files = re.findall(r'<li><a href="([^"]+)">[A-Za-z ]+</a> <code>', text)
    assert len(files) == 4
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200
        assert answer.getvalue()  # read to the end: the client closes it then, without the database's connection


def test_every_parameter_is_explained(client):
    text = page(client)
    assert [parameter.name for parameter in parameters()] == list(PARAMETERS)
    for parameter in parameters():
        assert f'id="parameter-{parameter.name}"' in text
        assert parameter.values or parameter.takes
        assert parameter.is_repeatable is (parameter.name in REPEATABLE)


def test_every_field_is_explained_with_its_words(client):
    text = page(client)
    assert [column.name for column in columns()] == [field.name for field in records.COMMITMENT]
    for field in records.COMMITMENT:
        assert f'id="field-{field.name}"' in text
    assert "<code>sustained</code> Running regularly" in text


def test_labels_are_in_the_language_of_the_page(client):
    assert "<code>sustained</code> 已常态化" in page(client, "/data/")


def dataset(text: str) -> dict:
    """The one block of JSON-LD on the page that describes the data."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    (found,) = [data for data in map(json.loads, blocks) if data["@type"] == "Dataset"]
    return found


def test_it_is_described_for_machines(client):
    make_judged(make_commitment(document=make_document(issued_on="2023-05-19")))
    data = dataset(page(client))
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["url"] == "http://testserver/en/data/"
    assert data["dateModified"] == "2024-01-01"
    assert data["temporalCoverage"] == "2023-05-19/.."
    assert {one["encodingFormat"] for one in data["distribution"]} >= {"text/csv", "application/json"}
    assert all(one["contentUrl"].startswith("http://testserver/en/commitments.") for one in data["distribution"])
    assert 50 <= len(data["description"]) <= 5000


def test_a_name_cannot_end_the_script(client, settings):
    settings.TRACKER_SITE_NAME_ZH = settings.TRACKER_SITE_NAME_EN = "</script><script>alert(1)</script>"
    text = page(client)
    assert "<script>alert" not in text
    assert dataset(text)["name"] == "</script><script>alert(1)</script>"


def test_the_whole_register_can_be_cited(client):
    text = page(client)
    assert "GB/T 7714" in text and "@online{register" in text


def test_a_parameter_is_named(client):
    assert "<code>q</code> This page takes no parameters." in page(client, "/en/data/?q=x")


def test_queries_do_not_grow(client):
    document = make_document()
    for _ in range(15):
        make_judged(make_commitment(document=document))
    with CaptureQueriesContext(connection) as asked:
        page(client)
    assert len(asked) <= 12
