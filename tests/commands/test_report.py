"""`manage.py report`: a file, or one clear sentence and nothing written."""

import io
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils.translation import override

from commitments.reports import formats, report_pdf
from tests.factories import make_commitment, make_document, make_judged
from tests.web.test_commitment_files import rows_of

pytestmark = pytest.mark.django_db
YEAR = {"start": "2024-01-01", "end": "2024-12-31"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-06-30T04:00:00Z", tick=False):
        yield


def run(path: Path, **options: Any) -> bytes:
    given = {"document": ["here"], "format": "csv", "lang": "en", "output": path, **YEAR, **options}
    with override("en"):
        call_command("report", stdout=io.StringIO(), **given)
    return path.read_bytes()


def test_the_options_of_a_shell_give_a_file(tmp_path):
    make_judged(make_commitment(document=make_document(slug="here")), as_of="2024-05-01")
    path = tmp_path / "report.html"
    words = "--document here --from 2024-01-01 --to 2024-12-31 --length brief --format html --lang zh-hans --output"
    call_command("report", *words.split(), str(path), stdout=io.StringIO())
    assert '<html lang="zh-Hans">' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", formats.FORMATS)
def test_the_same_options_give_the_same_bytes_on_any_later_day(tmp_path, name):
    make_judged(make_commitment(document=make_document(slug="here")), as_of="2024-05-01")
    first = run(tmp_path / "a", format=name, known_on="2025-06-30")
    with time_machine.travel("2025-08-01T09:30:00Z", tick=False):
        assert run(tmp_path / "b", format=name, known_on="2025-06-30") == first


def test_a_query_narrows_it_as_it_narrows_the_list(tmp_path):
    document = make_document(slug="here")
    make_judged(make_commitment(document=document, code="1"), as_of="2024-05-01")
    make_commitment(document=document, code="2")
    rows = rows_of(run(tmp_path / "a.csv", query="status=underway"))
    assert [row["code"] for row in rows if row["table"] == "commitments"] == ["1"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"document": ["nowhere"]}, "--document: “nowhere” is not in the register."),
        ({"start": "2024-13-01"}, "--from: “2024-13-01” is not a date"),
        ({"end": "2099-01-01"}, "--to: “2099-01-01” lies in the future"),
        ({"start": "2025-01-01"}, "--from: The period begins after its end, 2024-12-31."),
        ({"known_on": "soon"}, "--known-on: “soon” is not a date"),
        ({"query": "colour=red"}, "--colour: This parameter is not known."),
    ],
)
def test_a_refusal_is_one_sentence_that_names_the_option(tmp_path, options, sentence):
    make_document(slug="here")
    with pytest.raises(CommandError) as caught:
        run(tmp_path / "report.csv", **options)
    assert sentence in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "no/such/folder/report.csv"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path, name):
    make_document(slug="here")
    with pytest.raises(CommandError, match="Cannot write"):
        run(tmp_path / name)


def test_a_report_that_breaks_leaves_the_old_file_as_it_was(tmp_path, monkeypatch):
    make_document(slug="here")
    path = tmp_path / "report.csv"
    path.write_text("old")

    def broken(report):
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(formats.FORMATS, "csv", formats.Format("text/csv", broken))
    with pytest.raises(CommandError, match="No space left on device"):
        run(path)
    assert [each.name for each in tmp_path.iterdir()] == ["report.csv"]
    assert path.read_text() == "old"


def test_a_pdf_that_would_be_too_large_is_refused_and_a_brief_one_is_not(tmp_path, monkeypatch):
    document = make_document(slug="here")
    for _ in range(3):
        make_commitment(document=document)
    monkeypatch.setattr(report_pdf, "MOST", 2)
    with pytest.raises(CommandError, match="holds at most 2 commitments"):
        run(tmp_path / "a.pdf", format="pdf")
    assert run(tmp_path / "b.pdf", format="pdf", length="brief").startswith(b"%PDF")
