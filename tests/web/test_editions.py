"""The pages and files of editions: what was frozen, how to cite it, what differs, and what was withdrawn since."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from commitments.actions.editions import freeze_edition
from commitments.actions.publication import withdraw
from commitments.models import Commitment, Edition
from commitments.today import ZONE
from tests import people
from tests.factories import make_commitment, make_document, make_judged, make_note, make_passage
from tests.standing import standing, take_over

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _frozen(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("editions")
    with standing(django_db_blocker, folder):
        freeze_two()
        yield folder


@pytest.fixture
def two(_frozen: Path, db: None, _files_of_its_own: None) -> tuple[Edition, Edition]:
    take_over(_frozen)
    first, second = Edition.objects.order_by("number")
    return first, second


def freeze_two() -> None:
    """A measure that went from initiated to underway, and one that came later."""
    document = make_document(slug="shown", short_zh="示例文件")
    row = make_commitment(document=document, code="1", title_zh="建立机制", title_en="Set up a mechanism")
    make_passage(row)
    make_note(row, text_zh="公开备注。")
    make_judged(row, "initiated", rationale_zh="已签署文件。")
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=ZONE)):
        freeze_edition(by=people.publisher(), is_provisional=True, notes_zh="试行。", notes_en="A trial.")
    make_judged(row, "underway", as_of="2024-06-01", rationale_zh="已能看到交付。")
    make_commitment(document=document, code="2", title_zh="新的事项", title_en="Something new")
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=ZONE)):
        freeze_edition(by=people.publisher())


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_without_any_edition_the_list_says_so(client):
    assert "No edition has been released yet." in page(client, "/en/editions/")


def test_the_list_has_every_edition_the_newest_first(client, two):
    text = page(client, "/en/editions/")
    assert text.index("/en/editions/2/") < text.index("/en/editions/1/")
    assert "Edition 1 (provisional)" in text and "A trial." in text
    assert "/en/editions/1/compare/2/" in text and "/en/editions/0/" not in text


@pytest.mark.parametrize("address", ["/data/", "/", "/commitments/"])
def test_it_is_reached_from_every_page(client, two, address):
    assert 'href="/editions/"' in page(client, address)


def test_an_edition_shows_what_was_frozen_whatever_happened_since(client, two):
    before, after = page(client, "/en/editions/1/"), page(client, "/en/editions/2/")
    assert two[0].sha256 in before and two[0].archive_sha256 in before
    assert "Formal steps taken" in plain(before) and "Being carried out" not in plain(before)
    assert "Something new" not in before and "Something new" in after
    assert "Changes since edition 1" in after and "Formal steps taken → to Being carried out" in plain(after)


def test_its_files_are_the_ones_that_the_hashes_name(client, two):
    for ending, digest in (("zip", two[0].archive_sha256), ("json", two[0].sha256)):
        answer = client.get(f"/editions/1.{ending}")
        assert hashlib.sha256(answer.content).hexdigest() == digest
        assert answer["Content-Disposition"] == f'attachment; filename="edition-1.{ending}"'
    assert json.loads(client.get("/editions/1.json").content)["edition"]["number"] == 1


def test_numbers_keep_their_denominators(client, two):
    row = re.search(r'<th scope="row">One-off measures</th>(.*?)</tr>', page(client, "/en/editions/2/"))
    assert row is not None
    assert re.findall(r">(\d+)<", row[1]) == ["0", "1", "0", "1", "0", "2"]


def test_a_commitment_in_it_keeps_its_status_reason_passage_and_notes(client, two):
    text = plain(page(client, "/editions/1/shown/1/"))
    assert "已启动（有文件或安排）" in text and "已签署文件。" in text and "建立对话机制" in text
    assert "公开备注。" in text and "实施中" not in text
    later = plain(page(client, "/editions/2/shown/1/"))
    assert "实施中" in later and "已签署文件。" in later


def test_a_commitment_that_was_withdrawn_since_says_so_and_stays(client, two):
    withdraw(Commitment.objects.get(code="1"), by=people.publisher(), reason_zh="登记有误。", reason_en="A mistake.")
    text = page(client, "/en/editions/1/shown/1/")
    assert "Set up a mechanism" in text
    assert "has been withdrawn since" in text and "A mistake." in text
    assert client.get("/commitments/shown/1/").status_code == 410


@pytest.mark.parametrize(
    "address",
    [
        *("/editions/3/", "/editions/0/", "/editions/99999999999999999999/", "/editions/1/shown/2/"),
        *("/editions/3.zip", "/editions/3.json", "/editions/1/compare/3/", "/editions/3/compare/1.csv"),
    ],
)
def test_what_is_not_there_is_404(client, two, address):
    assert client.get(address).status_code == 404


def test_citations_name_edition_address_and_hash_in_four_styles(client, two):
    for address, key in (("/en/editions/1/", "edition-1"), ("/en/editions/1/shown/1/", "edition-1-shown-1")):
        text = page(client, address)
        cited = dict(re.findall(r"<b>([^<]+)</b><br><code>(.*?)</code>", text, re.DOTALL))
        assert set(cited) == {"GB/T 7714", "APA", "BibTeX", "RIS"}
        assert all(f"http://testserver{address}" in one for one in cited.values())
        assert "[DS/OL]. (2026-11-22)[" in cited["GB/T 7714"]
        assert "(Version 1) [Data set]" in cited["APA"]
        assert cited["BibTeX"].startswith(f"@dataset{{{key},") and two[0].sha256 in cited["BibTeX"]
        assert cited["RIS"].startswith("TY  - DATA\n") and cited["RIS"].endswith("\nER  - ")


def test_two_editions_are_compared_on_a_page_and_as_a_file(client, two):
    text = plain(page(client, "/en/editions/1/compare/2/"))
    assert "Formal steps taken → to Being carried out" in text and "Something new" in text
    assert "Status holds from" in text and "2024-03-01" in text and "2024-06-01" in text
    file = client.get("/editions/1/compare/2.csv").content.decode("utf-8-sig")
    assert '"commitments","shown/1","changed","status","initiated","underway"' in file
    assert '"commitments","shown/2","added","","",""' in file


def test_compared_the_other_way_round_what_came_is_gone(client, two):
    text = plain(page(client, "/en/editions/2/compare/1/"))
    assert "Being carried out → to Formal steps taken" in text and "No longer in it" in text


def test_an_edition_does_not_differ_from_itself(client, two):
    assert "Nothing differs." in page(client, "/en/editions/2/compare/2/")


def test_a_page_that_takes_no_question_says_so(client, two):
    for address in ("/en/editions/", "/en/editions/1/", "/en/editions/1/shown/1/", "/en/editions/1/compare/2/"):
        assert "This page takes no parameters." in page(client, f"{address}?as_of=2024-01-01")


def test_the_sitemap_has_every_edition(client, two):
    text = page(client, "/sitemap.xml")
    assert all(f"http://testserver{path}" in text for path in ("/editions/", "/editions/1/", "/en/editions/2/"))
