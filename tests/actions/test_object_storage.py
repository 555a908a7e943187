"""Captures, reports, editions and backups where files lie in object storage, which has neither folders nor paths."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from commitments.actions.backup import back_up
from commitments.actions.captures import verify_files
from commitments.actions.edition_checks import examine_editions
from commitments.actions.editions import freeze_edition
from commitments.actions.report_files import ask_for_file, content_of, remove_strays
from commitments.actions.restore import restore
from commitments.actions.working import work_off_one
from commitments.storage import files, keep, stored
from tests import people
from tests.actions.backups.machines import Machine, filled, machine
from tests.factories import make_commitment, make_evidence, make_judged, make_snapshot
from tests.object_storage import ObjectStorage
from tests.reports.asking import question

__all__ = ["filled", "machine"]


@pytest.fixture(autouse=True)
def store(_files_of_its_own: None, settings) -> dict:
    settings.STORAGES = {**settings.STORAGES, "files": {"BACKEND": "tests.object_storage.ObjectStorage"}}
    held = files()
    assert isinstance(held, ObjectStorage)
    return held.objects


def make_old(store: dict, name: str) -> None:
    store[name] = (store[name][0], timezone.now() - timedelta(days=2))


def test_the_same_bytes_are_one_object(store: dict):
    assert keep("丝路".encode(), "captures", ".warc.gz") == keep("丝路".encode(), "captures", ".warc.gz")
    assert list(stored()) == list(stored("captures")) == list(store)


@pytest.mark.django_db
def test_changed_missing_and_stray_objects_are_found(store: dict):
    names = [keep(f"content {number}".encode(), "captures", ".warc.gz") for number in range(4)]
    row = make_evidence()
    for name in names[:3]:
        make_snapshot(row, file=name)
    store[names[0]] = (b"other", store[names[0]][1])
    del store[names[1]]
    make_old(store, names[3])
    young = keep(b"its row comes in a moment", "captures", ".warc.gz")
    report = verify_files(sweep=True)
    assert (report.damaged, report.missing, report.stray) == ([names[0]], [names[1]], [names[3]])
    assert names[3] not in store and young in store


@pytest.mark.django_db
def test_a_report_is_made_read_and_swept_when_no_row_speaks_of_it(store: dict):
    make_commitment()
    row = ask_for_file(question(), "csv")
    work_off_one()
    row.refresh_from_db()
    content = content_of(row)
    assert content and store[row.name][0] == content
    row.delete()
    make_old(store, row.name)
    assert remove_strays() == 1 and not store


@pytest.mark.django_db
def test_an_edition_is_frozen_served_and_its_change_is_named(store: dict, client: Client):
    make_judged(make_commitment())
    edition = freeze_edition(by=people.publisher())
    content, moment = store[edition.archive_name]
    assert client.get(f"/editions/{edition.number}.zip").content == content
    assert [problem for problem in examine_editions() if problem] == []
    store[edition.archive_name] = (content[:-1] + b"x", moment)
    assert [edition.archive_name in problem for problem in examine_editions() if problem] == [True]


def test_a_backup_of_one_store_comes_back_in_another(machine: Machine, store: dict, settings, tmp_path: Path):
    settings.STORAGES = {**settings.STORAGES, "files": {"BACKEND": "tests.object_storage.ObjectStorage"}}
    held = files().objects  # another than before: the machine has a folder of its own
    kept = keep(b"captured", "captures", ".warc.gz")
    back_up(output=tmp_path / "backup.zip")
    before = dict(held)
    held.clear()
    held[kept] = (b"another", timezone.now())
    done = restore(source=tmp_path / "backup.zip", replace=True)
    assert done.files.differing == [kept]
    assert {name: held[name][0] for name in before} == {name: content for name, (content, _when) in before.items()}
    assert [content for name, (content, _when) in held.items() if name.startswith("set-aside/")] == [b"another"]
