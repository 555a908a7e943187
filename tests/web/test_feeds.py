"""The feeds: valid Atom with stable ids, of what was entered, whatever stands in the texts."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
import time_machine

from commitments.choices import Status
from commitments.text.xml import xml_safe
from tests.factories import make_commitment, make_document, make_evidence, make_judged, withdraw_assessment

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
POISON = "a\x0bb\x00c\x1fd\ufffee\x9bf<&>\u202e"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-06-30T04:00:00Z", tick=False):
        yield


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T04:00:00+00:00")


def entries(client, address: str = "/changes.atom") -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.find(f"{ATOM}updated").text
    assert root.find(f"{ATOM}author/{ATOM}name").text
    return [
        {part: entry.find(ATOM + part).text for part in ("id", "title", "updated", "summary")}
        | {"link": entry.find(f"{ATOM}link").get("href")}
        for entry in root.findall(f"{ATOM}entry")
    ]


def test_an_entry_says_what_changed_why_and_where(client):
    document = make_document(slug="xian")
    row = make_commitment(document=document, code="4.2", title_zh="建设D线")
    make_judged(row, Status.INITIATED, on("2025-02-01"), as_of="2024-03-01", rationale_zh="开工消息。")
    [entry] = entries(client)
    assert entry["title"].startswith("4.2 建设D线")
    assert "尚未评估 → 已启动（有文件或安排）" in entry["title"]
    assert "开工消息。" in entry["summary"]
    assert entry["updated"] == "2025-02-01T04:00:00+00:00"
    assert entry["link"] == "http://testserver/commitments/xian/4.2/"
    assert entry["id"] == "tag:testserver,2025-02-01:xian/4.2/2024-03-01/20250201T040000.000000Z"


def test_english_readers_have_their_own_feed_with_the_same_ids(client):
    row = make_commitment(title_en="Build Line D")
    make_judged(row, at=on("2025-02-01"))
    [entry], [chinese] = entries(client, "/en/changes.atom"), entries(client)
    assert "Build Line D" in entry["title"]
    assert "Being carried out" in entry["title"]
    assert "/en/commitments/" in entry["link"]
    assert entry["id"] == chinese["id"]


def test_every_id_is_its_own(client):
    row = make_commitment()
    wrong = make_judged(row, at=on("2025-02-01"), as_of="2024-03-01")
    make_judged(row, at=on("2025-02-02"), as_of="2024-03-01", corrects=wrong)
    withdraw_assessment(make_judged(row, at=on("2025-02-03"), as_of="2024-04-01"), on("2025-02-03"))
    make_evidence(code="E9", publication="withdrawn", withdrawn_at=on("2025-02-04"))
    make_commitment(publication="withdrawn", withdrawn_at=on("2025-02-05"))
    make_document(publication="withdrawn", withdrawn_at=on("2025-02-06"))
    found = [entry["id"] for entry in entries(client)]
    assert len(found) == len(set(found)) == 7


def test_the_seed_is_one_entry(client):
    document = make_document()
    for n in range(21):
        make_judged(make_commitment(document=document), at=on("2025-02-01"), seed_key=f"k{n}")
    [entry] = entries(client, "/en/changes.atom")
    assert entry["title"] == "First review: 21 judgements on 21 commitments, 2024-03-01 to 2024-03-01"


def test_it_reaches_back_beyond_a_year_unless_asked_for_a_period(client):
    make_judged(make_commitment(), at=on("2020-02-01"), as_of="2020-01-01")
    assert len(entries(client)) == 1
    assert entries(client, "/changes.atom?from=2024-01-01") == []
    assert entries(client, "/changes.atom?known_on=2019-12-31") == []


@pytest.mark.parametrize("address", ["/changes.atom?colour=red", "/changes.atom?from=x"])
def test_a_wrong_parameter_is_400_with_its_name(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [address.partition("?")[2].partition("=")[0]]


def test_poison_in_any_text_leaves_the_feeds_and_pages_whole(client):
    row = make_commitment(code="4.2")
    make_judged(row, at=on("2025-02-01"), rationale_zh=POISON.replace("\x00", ""))
    type(row).objects.filter(pk=row.pk).update(title_zh=POISON.replace("\x00", ""))
    make_evidence(
        publication="withdrawn", withdrawn_at=on("2025-02-02"), withdrawn_reason_zh=POISON.replace("\x00", "")
    )
    withdrawn, judged = entries(client)
    assert "abcde\x9bf<&>" in judged["title"].replace("\u202e", "")
    assert entries(client, f"/commitments/{row.document.slug}/4.2/changes.atom")
    assert client.get("/changes/").status_code == 200
    assert "abcde" in withdrawn["summary"]


def test_what_xml_forbids_is_left_out_and_nothing_else():
    assert xml_safe(POISON) == "abcde\x9bf<&>\u202e"
    assert xml_safe("表\t\n\r😀\ud800") == "表\t\n\r😀"


def test_the_history_of_one_commitment_has_its_steps_alone(client):
    row = make_commitment(code="4.2")
    make_judged(row, Status.INITIATED, on("2025-02-01"), as_of="2024-03-01")
    make_judged(row, Status.UNDERWAY, on("2025-02-01"), as_of="2024-08-01")
    make_judged(make_commitment(), at=on("2025-02-01"))
    make_evidence(publication="withdrawn", withdrawn_at=on("2025-02-04"))
    assert len(entries(client, f"/commitments/{row.document.slug}/4.2/changes.atom")) == 2


def test_one_that_nobody_judged_has_an_empty_history(client):
    row = make_commitment()
    assert entries(client, f"/commitments/{row.document.slug}/{row.code}/changes.atom") == []


def test_the_feed_of_a_commitment_answers_like_its_page(client):
    draft, withdrawn = make_commitment(publication="draft"), make_commitment(publication="withdrawn")
    for row, status in ((draft, 404), (withdrawn, 410)):
        assert client.get(f"/commitments/{row.document.slug}/{row.code}/changes.atom").status_code == status
