"""The list as CSV and JSON: every byte that a spreadsheet or a script relies on."""

import codecs
import csv
import io
import json
import re
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.http import StreamingHttpResponse
from django.test import Client

from commitments.catalogue import listing, paging, records
from commitments.choices import Kind, Status
from commitments.reports.cells import plain_text
from tests.factories import make_commitment, make_document, make_judged, make_passage

pytestmark = pytest.mark.django_db
NAMES = [field.name for field in records.COMMITMENT]
CELL = r'"([^"]|"")*"'
EVIL = '=HYPERLINK("http://evil.example","a"),\'\r\n铁路\n-'


def raw_csv(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def rows_of(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_csv_has_a_mark_for_spreadsheets_crlf_and_quotes_around_every_cell(client: Client) -> None:
    make_commitment(title_zh='说“好”，"ok"', due_on=date(2024, 2, 29))
    raw = raw_csv(client, "/commitments.csv")
    assert raw.startswith(codecs.BOM_UTF8 + b'"id","document",')
    assert raw.count(codecs.BOM_UTF8) == 1
    lines = raw.removeprefix(codecs.BOM_UTF8).decode().split("\r\n")
    assert lines.pop() == ""
    assert lines[0] == ",".join(f'"{name}"' for name in NAMES)
    for line in lines:
        assert re.fullmatch(",".join([CELL] * len(NAMES)), line)
    assert '"2024-02-29"' in lines[1] and '"说“好”，""ok"""' in lines[1]


def test_csv_without_rows_is_its_header(client: Client) -> None:
    assert raw_csv(client, "/commitments.csv").decode("utf-8-sig") == ",".join(f'"{name}"' for name in NAMES) + "\r\n"


def test_csv_columns_are_the_records(client: Client) -> None:
    proposal = make_commitment(kind=Kind.PROPOSAL)
    row = make_commitment(parent=proposal, title_en="In English")
    make_passage(row)
    make_judged(row, Status.UNDERWAY)
    given = {record["id"]: record for record in client.get("/commitments.json").json()["results"]}
    for line in rows_of(raw_csv(client, "/commitments.csv")):
        record = given[line["id"]]
        assert list(line) == list(record) == NAMES
        for name, value in record.items():
            wanted = "|".join(value) if isinstance(value, list) else "" if value is None else value
            assert plain_text(line[name]) == wanted, name


def test_no_cell_of_the_csv_is_a_formula_and_the_text_comes_back(client: Client) -> None:
    row = make_commitment(title_zh=EVIL, title_en="\u200b＝1", criterion_zh="-1", criterion_en="'quoted")
    (line,) = rows_of(raw_csv(client, "/commitments.csv"))
    assert line["title_zh"] == "'" + EVIL
    assert line["title_en"] == "'\u200b＝1"
    assert line["criterion_zh"] == "-1"
    assert line["criterion_en"] == "''quoted"
    assert plain_text(line["title_zh"]) == row.title_zh
    assert plain_text(line["criterion_en"]) == row.criterion_en


@pytest.mark.parametrize(
    "order", ["", "order=-code", "order=as_of", "order=-as_of", "order=due_on", "order=relevance&q=第"]
)
def test_csv_has_every_row_once_whatever_page_was_asked_for(
    client: Client, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    document = make_document()
    rows = [make_commitment(document=document, due_on=date(2024, 1, 1 + n % 2) if n % 3 else None) for n in range(7)]
    make_judged(rows[2])
    make_judged(rows[5])
    first = client.get(f"/commitments.json?page_size=2&{order}").json()
    second = first["next"].replace(".json", ".csv")
    ids = [record["id"] for record in client.get(f"/commitments.json?page_size=100&{order}").json()["results"]]
    assert len(ids) == 7
    for chunk in (1, 3, 7):
        monkeypatch.setattr(listing, "CHUNK", chunk)
        for address in (f"/commitments.csv?{order}", f"/commitments.csv?page_size=2&{order}", second):
            assert [line["id"] for line in rows_of(raw_csv(client, address))] == ids


def test_csv_and_json_are_the_same_in_every_language(client: Client) -> None:
    make_judged(make_commitment(title_en="In English"), Status.UNDERWAY)
    assert raw_csv(client, "/commitments.csv") == raw_csv(client, "/en/commitments.csv")
    assert client.get("/commitments.json").content == client.get("/en/commitments.json").content


def test_csv_is_named_after_the_day_in_shanghai(client: Client) -> None:
    with time_machine.travel(datetime(2025, 6, 15, 16, 30, tzinfo=UTC), tick=False):
        answer = client.get("/commitments.csv")
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="commitments-2025-06-16.csv"'


def test_csv_reads_the_database_piece_by_piece(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries
) -> None:
    monkeypatch.setattr(listing, "CHUNK", 5)
    document = make_document()
    for _ in range(20):
        make_commitment(document=document)
    content = client.get("/commitments.csv").streaming_content  # type: ignore[attr-defined]
    with django_assert_max_num_queries(8):
        for _ in range(4):
            next(content)
    assert len(list(content)) == 1 + 20 - 4


def test_json_is_readable_text_with_iso_dates_and_null_for_what_is_absent(client: Client) -> None:
    make_commitment(title_zh="建立机制", due_on=date(2024, 2, 29))
    answer = client.get("/commitments.json")
    assert answer["Content-Type"] == "application/json"
    assert "建立机制".encode() in answer.content
    (record,) = answer.json()["results"]
    assert record["due_on"] == "2024-02-29"
    absent = (
        "parent",
        "title_en",
        "quote",
        "momentum",
        "confidence",
        "as_of",
        "last_checked_on",
        "rationale_zh",
        "criterion_en",
    )
    assert {name: record[name] for name in absent} == dict.fromkeys(absent)
    assert record["evidence"] == []
    assert "" not in record.values()


def test_json_has_the_promised_shape(client: Client) -> None:
    document = make_document(slug="xi-an")
    row = make_commitment(document=document, code="4.2")
    body = client.get("/commitments.json").json()
    assert list(body) == ["count", "count_is_exact", "next", "previous", "results", "relaxed"]
    assert (body["count"], body["count_is_exact"], body["next"], body["previous"]) == (1, True, None, None)
    (record,) = body["results"]
    promised = "id document code kind parent title_zh title_en quote status status_basis momentum confidence as_of"
    assert {*promised.split(), "last_checked_on", "url"} <= set(record)
    assert (record["id"], record["url"]) == ("xi-an/4.2", "/commitments/xi-an/4.2/")
    assert client.get(record["url"]).status_code == 200
    assert record["status"] == "not_assessed" and row.pk


def test_next_and_previous_keep_the_question_and_the_language(client: Client) -> None:
    document = make_document(slug="here")
    for n in range(9):
        make_commitment(document=document, title_zh=f"铁路 {n}&=%+", due_on=date(2024, 1, 1))
    asked = "q=铁路+%26%3D%25%2B&document=here&kind=measure&kind=press&due_after=2024-01-01&page_size=4&order=-due_on"
    first = client.get(f"/en/commitments.json?{asked}").json()
    second = client.get(first["next"]).json()
    assert [len(page["results"]) for page in (first, second)] == [4, 4]
    for address in (first["next"], second["next"], second["previous"]):
        parts = urlsplit(address)
        assert parts.path == "/en/commitments.json" and not parts.netloc
        kept = parse_qs(parts.query)
        assert len(kept.pop("cursor")) == 1
        assert kept == parse_qs(asked)
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_a_count_that_would_cost_too_much_is_said_to_be_no_more_than_a_floor(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "COUNTED", 3)
    document = make_document()
    for expected in [(1, True), (2, True), (3, True), (3, False)]:
        make_commitment(document=document)
        body = client.get("/commitments.json?page_size=1").json()
        assert (body["count"], body["count_is_exact"]) == expected
    assert body["next"] is not None
    answer = client.get("/en/commitments/").content.decode()
    assert "more than" in answer.lower() or "over" in answer.lower()


def test_refusals_say_the_same_on_page_csv_and_json(client: Client) -> None:
    asked = "colour=red&status=broken&as_of=2999-01-01&page_size=0&order=up&evidence=some&party=XX&due_after=soon"
    for prefix in ("", "/en"):
        given = client.get(f"{prefix}/commitments.json?{asked}")
        assert given.status_code == 400
        assert given["Content-Type"] == "application/problem+json"
        body = json.loads(given.content)
        assert (body["title"], body["status"]) == ("Bad Request", 400)
        names = {pair.partition("=")[0] for pair in asked.split("&")}
        assert set(body["errors"]) == names
        same = client.get(f"{prefix}/commitments.csv?{asked}")
        assert (same.status_code, same.json()) == (400, body)
        page = client.get(f"{prefix}/commitments/?{asked}")
        assert page.status_code == 200
        shown = page.content.decode()
        for name, sentences in body["errors"].items():
            assert f"<code>{name}</code>" in shown
            for sentence in sentences:
                assert sentence in shown, sentence


@pytest.mark.parametrize(
    "query", ["status=broken", "momentum=fast", "kind=pledge", "order=sideways", "evidence=maybe", "band=red"]
)
def test_a_refused_word_is_answered_with_the_words_that_are_allowed(client: Client, query: str) -> None:
    name, _, value = query.partition("=")
    (sentence,) = client.get(f"/en/commitments.json?{query}").json()["errors"][name]
    assert value in sentence
    allowed = sentence.split(":")[-1]
    assert len(allowed.split(",")) >= 2
    assert client.get(f"/commitments.json?{name}={allowed.split(',')[0].strip()}").status_code == 200
