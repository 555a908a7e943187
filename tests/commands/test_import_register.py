"""`manage.py import_register`: what it prints, how it ends, and who writes."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from commitments.models import Commitment
from tests import people
from tests.actions.tables_in import csv_of, new_commitment
from tests.factories import make_commitment, make_document, make_user
from tests.models.written import everything
from tests.tables import forged

pytestmark = pytest.mark.django_db


def run(content: bytes, folder: Path, name: str = "表.csv", **options: Any) -> str:
    (folder / name).write_bytes(content)
    out = io.StringIO()
    with override("en"):
        try:
            call_command("import_register", str(folder / name), stdout=out, **options)
        except CommandError as error:
            error.printed = out.getvalue()  # type: ignore[attr-defined]
            raise
    return out.getvalue()


def test_the_only_analyst_writes(tmp_path: Path):
    people.analyst()
    printed = run(csv_of(new_commitment(make_document())), tmp_path)
    assert "Commitments: New 1" in printed and "Written." in printed
    assert Commitment.objects.get().history.get().history_user.username == "anna"


def test_a_dry_run_writes_nothing_and_says_the_same_in_json(tmp_path: Path):
    people.analyst()
    row = make_commitment(title_zh="原题")
    before = everything()
    printed = run(csv_of({"id": row.natural_id, "title_zh": "新题"}), tmp_path, dry_run=True, json=True)
    told = json.loads(printed)
    assert (told["applied"], told["counts"]) == (False, {"commitments": {"changed": 1}})
    assert told["rows"][0]["changes"] == [{"column": "title_zh", "from": "原题", "to": "新题"}]
    assert everything() == before


def test_a_wrong_row_ends_it_with_an_error_and_json_alone(tmp_path: Path):
    people.analyst()
    document = make_document()
    content = csv_of(new_commitment(document), new_commitment(document, id=f"{document.slug}/2", kind="?"))
    before = everything()
    with pytest.raises(CommandError) as caught:
        run(content, tmp_path, json=True)
    told = json.loads(caught.value.printed)  # type: ignore[attr-defined]
    assert told["rows"][0] | {"wrong": ""} == {
        **{"table": "commitments", "row": 3, "id": f"{document.slug}/2", "verdict": "wrong"},
        **{"changes": [], "wrong": "", "remarks": []},
    }
    assert "Kind: “?” is not allowed" in told["rows"][0]["wrong"][0]
    assert everything() == before


@pytest.mark.parametrize(("by", "reason"), [("", "anna, olga"), ("nobody", "no user named"), ("rui", "role")])
def test_who_writes_must_be_clear(tmp_path: Path, by: str, reason: str):
    people.analyst(), people.one_for_all(), people.reviewer()
    with pytest.raises(CommandError, match=reason):
        run(csv_of(new_commitment(make_document())), tmp_path, by=by)
    assert not Commitment.objects.exists()


def test_whoever_left_is_not_asked(tmp_path: Path):
    people.analyst(), make_user("gone", "analyst", is_active=False)
    assert "Written." in run(csv_of(new_commitment(make_document())), tmp_path)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.csv", "no rows"),
        (b"a,b\n1,2\n", "a.csv", "headings"),
        (b"a" * 10_000_001, "a.csv", "10 MB"),
        (forged.macros(), "a.xlsx", "macros"),
        (b"x", "a.docx", "a.docx"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, name: str, reason: str):
    people.analyst()
    with pytest.raises(CommandError, match=f"{reason}.*Nothing was written"):
        run(content, tmp_path, name)


def test_a_file_that_is_not_there(tmp_path: Path):
    people.analyst()
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_register", str(tmp_path / "none.csv"))
