"""The ZIP of an edition: the same bytes twice, tables that agree with each other, and readers that can read them."""

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import pytest
import time_machine
from django.conf import settings
from django.utils.translation import override

from commitments.catalogue.edition_changes import changes
from commitments.catalogue.edition_rows import frozen_rows
from commitments.catalogue.edition_tables import TABLES
from commitments.catalogue.editions import Frozen
from commitments.choices import Status
from commitments.reports.cells import plain, plain_text
from commitments.reports.edition_archive import archive
from commitments.reports.release import Release
from tests.actions.seeded import NOW, first_run, seeded
from tests.factories import make_commitment, make_judged

__all__ = ["first_run", "seeded"]
DAY = date(2026, 11, 22)
NAMES = {"zh": "中国—中亚峰会承诺落实追踪", "en": "China–Central Asia Summit Commitments: Follow-up"}


def release(tables: dict[str, Any], previous: Release | None = None) -> Release:
    number = previous.frozen.number + 1 if previous else 1
    before = {"number": number - 1, "sha256": previous.frozen.sha256, "archive_sha256": "0" * 64} if previous else None
    frozen = Frozen(number, DAY, number == 1, {"zh": "说明。", "en": "A note."}, before, tables)
    return Release(frozen, changes(previous.frozen.tables, tables) if previous else [], NAMES)


@pytest.fixture(scope="module")
def made(first_run: Any, django_db_blocker: Any) -> tuple[Release, dict[str, bytes]]:
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        of_the_register = release(frozen_rows(DAY))
        return of_the_register, opened(archive(of_the_register))


@pytest.fixture
def shipped(seeded: Any, made: tuple[Release, dict[str, bytes]]) -> Release:
    return made[0]


@pytest.fixture
def files(made: tuple[Release, dict[str, bytes]]) -> dict[str, bytes]:
    return made[1]


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"csv/{name}.csv"].decode("utf-8-sig"), newline="")))


def test_the_same_rows_give_the_same_bytes_in_any_language_and_leave_no_trace_of_time(shipped: Release):
    made = []
    for language in ("zh-hans", "en"):
        with override(language):
            made.append(archive(release(frozen_rows(DAY))))
    assert made[0] == made[1]
    for content in (made[0], opened(made[0])["tables.xlsx"]):
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            entries = found.infolist()
        assert {entry.date_time for entry in entries} == {(2026, 11, 22, 0, 0, 0)}
        assert {(entry.compress_type, entry.create_system) for entry in entries} == {(zipfile.ZIP_STORED, 3)}


def test_every_table_says_the_same_in_every_format(shipped: Release, files: dict[str, bytes]):
    book = openpyxl.load_workbook(io.BytesIO(files["tables.xlsx"]), read_only=True)
    assert book.sheetnames == ["cover", *(each.name for each in TABLES)]
    assert json.loads(files["edition.json"])["tables"] == shipped.frozen.tables
    for each in TABLES:
        rows = shipped.frozen.tables[each.name]
        assert [json.loads(line) for line in files[f"jsonl/{each.name}.jsonl"].decode().splitlines()] == rows
        written = [{name: plain(value) for name, value in row.items()} for row in rows]
        found = [{name: plain_text(value) for name, value in row.items()} for row in table(files, each.name)]
        assert found == written
        names, *lines = list(book[each.name].iter_rows(values_only=True))
        assert list(names) == [field.name for field in each.fields]
        assert [field.labels["zh"] for field in each.fields] == list(lines[0])
        assert len(lines) == 2 + len(rows)


def test_csv_begins_with_a_byte_order_mark_and_dates_are_dates_in_the_workbook(files: dict[str, bytes]):
    assert all(content.startswith(b"\xef\xbb\xbf") for name, content in files.items() if name.endswith(".csv"))
    sheet = openpyxl.load_workbook(io.BytesIO(files["tables.xlsx"]))["commitments"]
    column = [cell.value for cell in sheet[1]].index("as_of") + 1
    assert sheet.cell(row=5, column=column).is_date


def test_the_dictionary_describes_every_column_with_its_words(files: dict[str, bytes]):
    package = json.loads(files["datapackage.json"])
    assert package["$schema"].endswith("/2.0/datapackage.json") and package["licenses"][0]["name"] == "CC-BY-4.0"
    described = {resource["name"]: resource for resource in package["resources"]}
    assert set(described) == {*(each.name for each in TABLES), "changes"}
    for each in TABLES:
        fields = described[each.name]["schema"]["fields"]
        assert [field["name"] for field in fields] == [field.name for field in each.fields]
        assert all(field["labels"]["zh"] and field["labels"]["en"] for field in fields)
    status = next(field for field in described["commitments"]["schema"]["fields"] if field["name"] == "status")
    assert status["constraints"]["enum"] == [word.value for word in Status]
    assert status["valueLabels"]["sustained"] == {"zh": "已常态化", "en": "Running regularly"}
    for resource in described.values():
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_key_is_unique_and_leads_to_a_row(files: dict[str, bytes]):
    for each in TABLES:
        rows = table(files, each.name)
        keys = [tuple(row[name] for name in each.key) for row in rows]
        assert not each.key or len(set(keys)) == len(rows)
        for field, target in each.refers.items():
            (first, *_rest) = next(other.key for other in TABLES if other.name == target)
            there = {row[first] for row in table(files, target)}
            assert {row[field] for row in rows} - {""} <= there


def test_the_sums_are_of_every_other_file(files: dict[str, bytes]):
    sums = dict(line.split("  ")[::-1] for line in files.pop("sha256sums.txt").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_papers_name_the_edition_its_hash_and_the_licence(shipped: Release, files: dict[str, bytes]):
    for name in ("CITATION.cff", "release-notes.zh.md", "release-notes.en.md"):
        assert shipped.frozen.sha256 in files[name].decode()
    assert "date-released: 2026-11-22" in files["CITATION.cff"].decode()
    assert "CC BY 4.0" in files["LICENSE.txt"].decode()
    assert "A note." in files["release-notes.en.md"].decode() and "说明。" in files["release-notes.zh.md"].decode()
    assert "Provisional" in files["release-notes.en.md"].decode()


def test_the_next_edition_tells_what_changed(shipped: Release):
    make_judged(make_commitment(code="9.9", title_en="A new one"))
    rows = frozen_rows(DAY)
    row = next(one for one in rows["commitments"] if one["id"] == "xian-2023/4.2")
    row["status"] = "underway"
    files = opened(archive(release(rows, shipped)))
    said = files["release-notes.en.md"].decode()
    assert "Changes since edition 1" in said and "Provisional" not in said
    assert "4.2 Speed up Line D of the China–Central Asia gas pipeline: Formal steps taken → Being carried out" in said
    assert "9.9 A new one" in said
    lines = list(csv.DictReader(io.StringIO(files["changes.csv"].decode("utf-8-sig"), newline="")))
    assert {"table": "commitments", "id": "xian-2023/4.2", "what": "changed", "field": "status"}.items() <= {
        **next(line for line in lines if line["field"] == "status")
    }.items()


def test_the_python_of_the_documentation_reads_it(shipped: Release, tmp_path: Path):
    text = (Path(settings.BASE_DIR) / "docs" / "editions.md").read_text(encoding="utf-8")
    (snippet,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (tmp_path / "edition-1.zip").write_bytes(archive(shipped))
    ran = subprocess.run([sys.executable, "-c", snippet], cwd=tmp_path, capture_output=True, text=True, check=True)
    underway = sum(row["status"] == "underway" for row in shipped.frozen.tables["commitments"])
    assert ran.stdout.split() == ["85", str(underway)]


@pytest.mark.slow
def test_frictionless_finds_nothing_wrong(shipped: Release, tmp_path: Path):
    (tmp_path / "edition-1.zip").write_bytes(archive(shipped))
    report = frictionless.Package(str(tmp_path / "edition-1.zip")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert len(report.tasks) == len(TABLES) + 1
