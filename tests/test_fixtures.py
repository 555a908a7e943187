"""The shipped fixtures themselves: they are whole, they hold together, and no code knows what they are about."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from commitments.actions.seeding.reading import read_fixtures
from commitments.actions.seeding.rows import Row
from tests.actions.seeded import FIXTURES, NOW, SLUG, entries, table

ROOMS = [Path(settings.BASE_DIR) / room for room in ("commitments", "tracker")]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with time_machine.travel(NOW, tick=False):
        return read_fixtures(FIXTURES)


def test_the_files_hold_what_they_should(rows: list[Row]) -> None:
    assert Counter(row.model.__name__ for row in rows) == {
        "Party": 6,
        "Publisher": 110,
        "SourceDocument": 1,
        "Provenance": 1,
        "Commitment": 85,
        "Passage": 96,
        "Exclusion": 30,
        "CommitmentParty": 506,
        "Evidence": 184,
        "EvidenceLink": 251,
        "Note": 28,
        "Check": 10,
        "Assessment": 131,
    }


def test_no_two_rows_share_a_key(rows: list[Row]) -> None:
    assert not [key for key, n in Counter((row.model, row.key) for row in rows).items() if n > 1]


def test_every_relation_leads_to_a_row(rows: list[Row]) -> None:
    keys = {row.key for row in rows}
    for row in rows:
        assert {key for key in row.to.values() if key} | {key for many in row.many.values() for key in many} <= keys


def test_the_paragraphs_are_the_newspaper_text_unwrapped() -> None:
    one, other = (
        (FIXTURES / SLUG / entries("document.json")[name]).read_text(encoding="utf-8")
        for name in ("text_file", "raw_file")
    )
    assert re.sub(r"\s+", "", one) == re.sub(r"\s+", "", other)


def test_the_review_says_that_a_machine_helped() -> None:
    provenance = entries("provenance.json")
    assert provenance["coder"] == "machine-assisted"
    assert "尚未经人工复核" in provenance["method_zh"]


def test_json_files_are_in_one_format() -> None:
    for name in ("evidence.json", "assessments.json", "provenance.json"):
        text = (FIXTURES / SLUG / name).read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


def test_no_code_knows_the_register() -> None:
    words = [SLUG, "中亚", "西安", "Central Asia", *(row["name_zh"] for row in table("../party_names.csv")[1:])]
    found = [
        (file.name, word)
        for room in ROOMS
        for file in room.rglob("*.py")
        if "migrations" not in file.parts
        for word in words
        if word in file.read_text(encoding="utf-8")
    ]
    assert not found


def test_every_file_is_described() -> None:
    described = (FIXTURES / "README.md").read_text(encoding="utf-8")
    for name in {file.name for file in (FIXTURES / SLUG).iterdir()} - {
        entries("document.json")[name] for name in ("text_file", "raw_file")
    }:
        assert f"`{name}`" in described
