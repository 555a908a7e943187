"""The lists of the API: one envelope, the fields and the language asked for, no more queries than the pages."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from commitments.catalogue import kept, records
from commitments.catalogue.filters import PARAMETERS
from commitments.catalogue.shapes import SHAPES
from commitments.models import SourceDocument
from tests.factories import (
    make_check,
    make_commitment,
    make_document,
    make_edition,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    make_passage,
    withdraw_assessment,
)
from tests.web.test_query_counts import fill

pytestmark = pytest.mark.django_db
LISTS = {
    "commitments": "Commitment",
    "assessments": "Judgement",
    "evidence": "Evidence",
    "documents": "Document",
    "changes": "Change",
    "editions": "Edition",
}
NAMES = {shape.name: [field.name for field in shape.fields] for shape in SHAPES}


@pytest.fixture
def document() -> SourceDocument:
    document = make_document(slug="shown")
    row = make_commitment(document=document, code="1", kind="proposal", position=1)
    make_passage(row)
    make_judged(row)
    make_note(row)
    make_link(row, make_evidence(code="ESHOWN"))
    make_edition()
    return document


def got(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_one_envelope_and_rows_of_its_shape(client: Client, document: SourceDocument, name: str) -> None:
    page = got(client, f"{name}/?from=2000-01-01" if name == "changes" else f"{name}/")
    assert [*page][:5] == ["count", "count_is_exact", "next", "previous", "results"]
    number = 3 if name == "evidence" else 1  # two more carry the judgement
    assert (page["count"], page["count_is_exact"], page["next"], page["previous"]) == (number, True, None, None)
    assert [*page["results"][0]] == NAMES[LISTS[name]]


@pytest.mark.parametrize("name", [*LISTS, "summary"])
def test_addresses_answer_with_and_without_the_last_slash(client: Client, document: SourceDocument, name: str) -> None:
    assert got(client, name) == got(client, f"{name}/")


def test_a_list_of_commitments_is_the_json_file_of_the_pages(client: Client, document: SourceDocument) -> None:
    fill(document, 5)
    page, file = (
        got(client, "commitments/?page_size=2&order=-code"),
        client.get("/commitments.json?page_size=2&order=-code"),
    )
    assert page["next"].replace("/api/v1/commitments/", "/commitments.json") == file.json()["next"]
    assert {**page, "next": None} == {**file.json(), "next": None}


def test_places_lead_through_the_whole_list_with_the_same_wishes(client: Client, document: SourceDocument) -> None:
    fill(document, 7)
    for name, number in (("commitments", 8), ("assessments", 8)):
        where, ids = f"/api/v1/{name}/?page_size=3&fields=id&lang=en", []
        while where:
            page = client.get(where).json()
            assert all([*row] == ["id"] for row in page["results"])
            ids += [row["id"] for row in page["results"]]
            where = page["next"]
        assert len(ids) == len(set(ids)) == number
        back = client.get(page["previous"]).json()["results"]
        assert [row["id"] for row in back] == ids[3:6] and "lang=en" in page["previous"]


def test_only_the_fields_asked_for_come_in_their_own_order(client: Client, document: SourceDocument) -> None:
    assert got(client, "commitments/?fields=status,%20id,,id")["results"] == [{"id": "shown/1", "status": "underway"}]
    assert got(client, "commitments/shown/1/?fields=notes")["notes"][0]["text_zh"]
    assert list(got(client, "changes/?fields=kind&from=2000-01-01")["entered"]["results"][0]) == ["kind"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "“nothing” is not allowed here. Allowed are: id, document"),
        ("zh", "此处不能用“nothing”。可用：id、document"),
    ],
)
def test_an_unknown_field_is_refused_by_name_with_what_is_allowed(
    client: Client, document: SourceDocument, language: str, sentence: str
) -> None:
    answer = client.get(f"/api/v1/commitments/?fields=id,nothing&lang={language}")
    assert answer.status_code == 400
    (found,) = answer.json()["errors"]["fields"]
    assert found.replace(", ", "、" if language == "zh" else ", ").startswith(sentence.replace(", ", ", "))


def test_wishes_are_given_once_and_languages_by_their_codes(client: Client, document: SourceDocument) -> None:
    errors = client.get("/api/v1/summary/?lang=en&lang=zh&fields=as_of&fields=known_on").json()["errors"]
    assert list(errors) == ["lang", "fields"]
    assert list(client.get("/api/v1/summary/?lang=fr").json()["errors"]) == ["lang"]
    assert got(client, "summary/?lang=zh") == got(client, "summary/?lang=zh-hans") == got(client, "summary/?lang=")


def test_labels_and_sentences_come_in_the_language_asked_for(client: Client, document: SourceDocument) -> None:
    assert got(client, "commitments/shown/1/?lang=en")["labels"]["status"] == "Being carried out"
    assert got(client, "commitments/shown/1/")["labels"]["status"] == "实施中"
    assert got(client, "summary/?lang=en")["labels"]["results"] == "Visible results"
    with override("en"):
        pages = client.get("/en/commitments.json?due_after=soon").json()["errors"]
    assert client.get("/api/v1/commitments/?due_after=soon&lang=en").json()["errors"] == pages


def test_the_language_is_told_and_no_header_changes_it(client: Client, document: SourceDocument) -> None:
    plain = client.get("/api/v1/summary/", headers={"accept-language": "en"})
    assert plain["Content-Language"] == "zh-hans" and plain.json()["labels"]["results"] == "已见成果"
    assert client.get("/api/v1/summary/?lang=en")["Content-Language"] == "en"
    assert not {"accept", "accept-language", "cookie"} & {
        part.strip().lower() for part in plain.get("Vary", "").split(",")
    }


def test_judgements_follow_the_question_of_their_commitments(client: Client, document: SourceDocument) -> None:
    other = make_commitment(document=document, code="2", position=2)
    late = make_judged(other, as_of="2024-06-01", status="initiated")
    early = make_judged(other, as_of="2024-05-01", status="underway")
    rows = got(client, "assessments/?status=initiated")["results"]
    assert [(row["commitment"], row["as_of"], row["in_force"]) for row in rows] == [
        ("shown/2", "2024-06-01", True),
        ("shown/2", "2024-05-01", False),
    ]
    assert [row["as_of"] for row in got(client, "assessments/?ancestor=shown/1")["results"]] == []
    assert [row["as_of"] for row in got(client, "assessments/?as_of=2024-05-15&q=2")["results"]] == ["2024-05-01"]
    withdraw_assessment(late, early.published_at)
    assert [row["in_force"] for row in got(client, "assessments/?document=shown&q=2")["results"]] == [False, True]


def test_a_list_of_judgements_takes_no_order_and_refuses_other_cursors(
    client: Client, document: SourceDocument
) -> None:
    assert list(client.get("/api/v1/assessments/?order=code").json()["errors"]) == ["order"]
    fill(document, 3)
    cursor = got(client, "commitments/?page_size=1")["next"].partition("?")[2]
    assert list(client.get(f"/api/v1/assessments/?{cursor}").json()["errors"]) == ["cursor"]


def test_what_happened_and_what_was_entered_stay_apart(client: Client, document: SourceDocument) -> None:
    page = got(client, "changes/?from=2000-01-01&page_size=1")
    assert page["results"][0]["to_status"] == "underway" and page["results"][0]["commitment"] == "shown/1"
    assert page["entered"]["count"] == 1 and page["entered"]["results"][0]["kind"] == "judged"


def _queries(client: Client, address: str) -> int:
    cache.clear()
    kept.forget()
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200, address
    return len(caught)


def test_no_list_asks_more_of_the_database_than_its_page(client: Client, document: SourceDocument) -> None:
    fill(document, 30)
    for query in (
        "",
        "?status=underway",
        "?q=铁路",
        "?evidence=any&order=-as_of",
        "?momentum=unchecked&band=in_progress",
    ):
        asked = _queries(client, f"/api/v1/commitments/{query}")
        assert asked <= _queries(client, f"/commitments.json{query}") <= _queries(client, f"/commitments/{query}")
    for name in ("evidence", "changes", "documents", "editions"):
        assert _queries(client, f"/api/v1/{name}/") <= _queries(client, f"/{name}/"), name
    assert _queries(client, "/api/v1/assessments/?page_size=100") <= 8


def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client, document: SourceDocument) -> None:
    addresses = [f"/api/v1/{name}/" for name in (*LISTS, "summary", "commitments/shown/1", "evidence/ESHOWN")]
    fill(document, 5)
    few = [_queries(client, address) for address in addresses]
    fill(document, 60, first=5)
    assert [_queries(client, address) for address in addresses] == few


def test_fields_that_are_not_asked_for_are_not_read(client: Client, document: SourceDocument) -> None:
    assert _queries(client, "/api/v1/commitments/?fields=id") < _queries(client, "/api/v1/commitments/")


def test_every_field_of_every_shape_says_what_it_is_in_each_language() -> None:
    for shape in SHAPES:
        names = [field.name for field in shape.fields]
        assert len(names) == len(set(names)), shape.name
        assert set(shape.key) <= set(names), shape.name
        for field in (*shape.fields, *(inner for outer in shape.fields for inner in outer.of)):
            assert field.labels["zh"] and field.labels["en"], (shape.name, field.name)
    assert NAMES["Commitment"] == [field.name for field in records.COMMITMENT]
    assert "order" in PARAMETERS


def test_a_check_counts_in_the_summary(client: Client, document: SourceDocument) -> None:
    make_check(make_commitment(document=document, code="3", kind="measure", target="one_off"))
    found = got(client, "summary/?lang=en")
    assert found["one_off"]["total"] == 1 and found["last_checked_on"]
    assert got(client, "summary/?as_of=2020-01-01")["last_checked_on"] is None
