"""One row each: all that is public of it, what was withdrawn with its reason, and nothing of what is hidden."""

import pytest
from django.test import Client

from commitments.choices import EntryKind
from commitments.models import SourceDocument
from tests.factories import (
    PUBLISHED_AT,
    make_check,
    make_commitment,
    make_document,
    make_edition,
    make_evidence,
    make_former_slug,
    make_judged,
    make_link,
    make_note,
    make_party_link,
    make_passage,
    make_theme,
    withdraw_assessment,
)

pytestmark = pytest.mark.django_db
WITHDRAWN = {
    "publication": "withdrawn",
    "withdrawn_at": PUBLISHED_AT,
    "withdrawn_reason_zh": "重复登记。",
    "withdrawn_reason_en": "Registered twice.",
}


@pytest.fixture
def document() -> SourceDocument:
    return make_document(slug="shown", full_text_public=False)


def test_a_commitment_comes_with_all_that_its_page_tells(client: Client, document: SourceDocument) -> None:
    row = make_commitment(document=document, code="1", kind="measure", target="one_off")
    part = make_commitment(document=document, code="1.1", kind="component", parent=row)
    make_passage(row)
    first = make_judged(row, as_of="2024-01-05")
    make_judged(row, as_of="2024-03-05", status="initiated")
    withdraw_assessment(first, PUBLISHED_AT)
    make_link(row, make_evidence(code="E1"), "stall")
    make_party_link(row, "CN")
    row.theme_links.create(theme=make_theme("energy"))
    make_note(row, text_zh="备注一")
    make_note(row, text_zh="内部", visibility="internal")
    make_check(row)
    found = client.get("/api/v1/commitments/shown/1/").json()
    assert found["id"] == "shown/1" and found["quote"] and found["status"] == "initiated"
    assert found["parts"] == [part.natural_id]
    assert [(one["as_of"], one["in_force"], bool(one["withdrawn_at"])) for one in found["history"]] == [
        ("2024-03-05", True, False),
        ("2024-01-05", False, True),
    ]
    assert {"evidence": "E1", "bears": "stall"} in found["evidence_links"]
    assert [one["party"] for one in found["parties"]] == ["CN"]
    assert [one["theme"] for one in found["themes"]] == ["energy"]
    assert [one["text_zh"] for one in found["notes"]] == ["备注一"]
    assert len(found["checks"]) == 1 and found["passages"][0]["document"] == "shown"
    assert client.get("/api/v1/commitments/shown/1/?as_of=2024-02-01").json()["status"] == "not_assessed"


def test_a_judgement_is_found_by_the_name_that_lists_give_it(client: Client, document: SourceDocument) -> None:
    row = make_commitment(document=document, code="1")
    for status in ("underway", "initiated"):  # published at one moment about one day: the second has a number
        make_judged(row, as_of="2024-01-05", status=status)
    listed = client.get("/api/v1/assessments/").json()["results"]
    assert len({one["id"] for one in listed}) == 2
    for one in listed:
        assert client.get(f"/api/v1/assessments/{one['id']}/").json() == one
    assert client.get("/api/v1/assessments/shown/1@2024-01-05/2001-01-01T00:00:00Z/").status_code == 404


def test_a_source_gives_its_text_where_that_is_public(client: Client, document: SourceDocument) -> None:
    assert client.get("/api/v1/documents/shown/").json()["text"] is None
    SourceDocument.objects.filter(pk=document.pk).update(full_text_public=True)
    make_note(make_commitment(document=document))  # a new state of the register
    assert client.get("/api/v1/documents/shown/").json()["text"] == document.text


def test_evidence_names_the_public_commitments_that_it_bears_on(client: Client, document: SourceDocument) -> None:
    evidence = make_evidence(code="E1")
    make_link(make_commitment(document=document, code="1"), evidence)
    make_link(make_commitment(document=document, code="2", publication="draft"), evidence)
    assert client.get("/api/v1/evidence/E1/").json()["links"] == [{"commitment": "shown/1", "bears": "progress"}]


def test_an_edition_names_its_files_and_hashes(client: Client) -> None:
    edition = make_edition(number=1)
    found = client.get("/api/v1/editions/1").json()
    assert (found["number"], found["sha256"], found["zip"]) == (1, edition.sha256, "/editions/1.zip")
    assert client.get(f"/api/v1/editions/{'9' * 40}").status_code == 404


@pytest.mark.parametrize(("language", "reason"), [("zh", "重复登记。"), ("en", "Registered twice.")])
def test_what_is_withdrawn_is_410_with_the_reason_and_nothing_else(
    client: Client, document: SourceDocument, language: str, reason: str
) -> None:
    make_commitment(document=document, code="1", title_zh="秘密标题", **WITHDRAWN)
    make_evidence(code="E1", title="秘密标题", **WITHDRAWN)
    make_document(slug="gone", title_zh="秘密标题", **WITHDRAWN)
    moment = "1@2024-01-01/2024-01-01T00:00:00Z"
    for address in ("commitments/shown/1", "evidence/E1", "documents/gone", f"assessments/shown/{moment}"):
        answer = client.get(f"/api/v1/{address}/?lang={language}")
        assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json"), address
        body = answer.json()
        assert (body["detail"], body["reason_zh"], body["reason_en"]) == (reason, "重复登记。", "Registered twice.")
        assert "秘密标题" not in answer.content.decode()


def test_drafts_answer_like_what_never_was(client: Client, document: SourceDocument) -> None:
    make_commitment(document=document, code="1", publication="draft")
    make_evidence(code="E1", publication="draft")
    make_document(slug="hidden", publication="draft")
    nothing = client.get("/api/v1/commitments/never/was/")
    for address in ("commitments/shown/1", "evidence/E1", "documents/hidden"):
        answer = client.get(f"/api/v1/{address}/")
        assert (answer.status_code, answer.content) == (404, nothing.content), address


def test_a_withdrawal_is_told_among_the_changes(client: Client, document: SourceDocument) -> None:
    make_commitment(document=document, code="1", **WITHDRAWN)
    make_evidence(code="E1", **WITHDRAWN)
    told = {row["kind"]: row for row in client.get("/api/v1/changes/?from=2000-01-01").json()["entered"]["results"]}
    assert told["commitment_withdrawn"]["commitment"] == "shown/1"
    assert told["commitment_withdrawn"]["reason_en"] == "Registered twice."
    assert told["evidence_withdrawn"]["evidence"] == ["E1"]
    assert told["evidence_withdrawn"]["page"] == "/evidence/E1/"
    assert set(told) <= set(EntryKind)


def test_an_address_under_a_former_name_leads_to_the_one_of_today(client: Client, document: SourceDocument) -> None:
    make_commitment(document=document, code="1")
    make_former_slug(document, "v1")
    for ending in ("/", ""):
        answer = client.get(f"/api/v1/commitments/v1/1{ending}?fields=id")
        assert (answer.status_code, answer["Location"]) == (301, f"/api/v1/commitments/shown/1{ending}?fields=id")
    assert client.get("/api/v1/documents/v1/")["Location"] == "/api/v1/documents/shown/"
    assert client.get("/api/v1/commitments/v1/2/", follow=True).status_code == 404
    assert client.get("/api/v1/assessments/?document=v1").json()["count"] == 0
    assert client.get("/api/v1/commitments/?document=v1&fields=id").json()["results"] == [{"id": "shown/1"}]
