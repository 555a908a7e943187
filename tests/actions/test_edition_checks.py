"""Whoever changes anything of an edition, in the tables or on disk, is found, and what was changed is named."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from django.utils.translation import override

from commitments.actions.edition_checks import COPIED, examine_editions, verify_editions
from commitments.actions.editions import freeze_edition
from commitments.catalogue import editions
from commitments.models import Edition
from commitments.models.guards import remove_guards
from commitments.reports.zipped import stored
from commitments.storage import files, keep
from tests import people
from tests.factories import PUBLISHED_AT, make_commitment, make_edition, make_judged
from tests.standing import standing, take_over

pytestmark = pytest.mark.django_db
HISTORY = ("history_date", "history_change_reason", "history_type", "history_user_id")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture(scope="module")
def _frozen(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Path]:
    """Two editions, and the guards out of the way."""
    folder = tmp_path_factory.mktemp("editions")
    with standing(django_db_blocker, folder):
        make_judged(make_commitment())
        freeze_edition(by=people.publisher(), notes_zh="第一。")
        make_judged(make_commitment())
        freeze_edition(by=people.publisher())
        remove_guards()
        yield folder


@pytest.fixture
def two(_frozen: Path, db: None, _files_of_its_own: None) -> tuple[Edition, Edition]:
    take_over(_frozen)
    first, second = Edition.objects.order_by("number")
    return first, second


def other_value(row: Any, name: str) -> Any:
    value = getattr(row, name)
    field = row._meta.get_field(name.removesuffix("_id"))
    if isinstance(value, bool):
        return not value
    if isinstance(field, models.DateTimeField):
        return PUBLISHED_AT
    if isinstance(field, models.DateField):
        return PUBLISHED_AT.date()
    if name == "history_type":
        return "~"
    if name.endswith("_id"):
        return people.visitor().pk
    return value + 90 if isinstance(value, int) else "0" * 64 if "sha256" in name else "改"


def change(rows: Any, of: int, **values: Any) -> None:
    rows.filter(number=of).update(**values)


def test_what_nobody_touched_holds(two):
    assert list(examine_editions()) == ["", ""]


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("name", COPIED)
def test_every_column_of_the_row(two, name, number):
    row = two[number - 1]
    change(Edition.objects, number, **{name: other_value(row, name)})
    found = verify_editions()
    assert found and any("dition" in sentence for sentence in found)
    if name != "number":
        assert name in found[0] or "history" in found[0]


@pytest.mark.parametrize("name", [*COPIED, *HISTORY])
def test_every_column_of_its_history(two, name):
    change(Edition.history, 2, **{name: other_value(Edition.history.get(number=2), name)})
    assert verify_editions()


def test_every_column_at_once_in_row_and_history(two):
    """Row and history agree on what was never frozen: the content says otherwise."""
    for name in ("day", "is_provisional", "notes_zh", "notes_en"):
        row = Edition.objects.get(number=2)
        for model in (Edition.objects, Edition.history):
            change(model, 2, **{name: other_value(row, name)})
        assert any(f"content differ: {name}" in sentence for sentence in verify_editions())
        for model in (Edition.objects, Edition.history):
            change(model, 2, **{name: getattr(row, name)})
        assert verify_editions() == []


def test_a_row_that_was_removed_and_one_that_was_put_in(two):
    Edition.objects.filter(number=2)._raw_delete("default")
    assert verify_editions() == ["Edition 2: its row is missing"]
    make_edition(number=2)
    assert "history" in " ".join(verify_editions())


def test_all_that_is_left_of_an_edition_in_the_middle(two):
    Edition.objects.filter(number=1)._raw_delete("default")
    Edition.history.filter(number=1)._raw_delete("default")
    found = verify_editions()
    assert found[0] == "Edition 1: its row is missing"
    assert "not the one that it names" in found[1]


def test_every_file_flipped_cut_lengthened_or_gone(two):
    for row in two:
        for name in (row.content_name, row.archive_name):
            path = Path(files().path(name))
            whole = path.read_bytes()
            for damaged in (_flipped(whole, 0), _flipped(whole, len(whole) // 2), whole[:-1], whole + b" ", b""):
                path.write_bytes(damaged)
                assert any(name in sentence and f"Edition {row.number}" in sentence for sentence in verify_editions())
            path.unlink()
            assert any(f"missing: {name}" in sentence for sentence in verify_editions())
            path.write_bytes(whole)
    assert verify_editions() == []


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_every_file_inside_a_zip_that_was_made_anew(two):
    """Row and history even name the new ZIP; its own sums, or the content, still tell."""
    row = two[1]
    with zipfile.ZipFile(io.BytesIO(editions.archive(row))) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    for name in inside:
        forged = stored({**inside, name: inside[name] + b"\n"}.items(), row.day)
        keep(forged, "editions", ".zip")
        for model in (Edition.objects, Edition.history):
            change(model, 2, archive_sha256=hashlib.sha256(forged).hexdigest())
        assert any(name in sentence or "another content" in sentence for sentence in verify_editions()), name


def test_another_content_under_the_same_number(two):
    """Files, row and history of the first are all forged together: the second one names what it was."""
    first, second = two
    change(Edition.objects, 1, sha256=second.sha256)
    change(Edition.history, 1, sha256=second.sha256)
    found = " ".join(verify_editions())
    assert "Edition 1: row and content differ: number" in found
    assert "Edition 2: the edition before it is not the one that it names" in found


def test_pages_never_serve_what_was_altered(two, client):
    path = Path(files().path(two[1].archive_name))
    path.write_bytes(b"PK")
    with pytest.raises(editions.Altered, match=r"\.zip"):
        client.get("/editions/2.zip")
    client.raise_request_exception = False
    assert client.get("/editions/2.zip").status_code == 500
