"""What was backed up comes back, row for row and file for file, and nothing else does."""

import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection
from django.test import override_settings
from django.utils.translation import override

from commitments.actions.backup import back_up
from commitments.actions.backups.problems import BackupRefused
from commitments.actions.restore import restore
from commitments.checks import guards_are_in_place
from commitments.models import Assessment, Note
from commitments.models.guards import guard_names, installed_guards
from commitments.storage import keep
from tests.actions.backups.machines import VIRTUAL, Machine, contents, filled, machine, rows, run

__all__ = ["filled", "machine"]

HARD = "制表\t换行\n反斜杠\\N\\. “引号” ' \" 😀 \u00a0" + "长" * 5000
SESSION = "sessioncanary0123456789abcdefghi"


@pytest.fixture
def backup(machine: Machine) -> Path:
    """Of a register with some difficult text and two files."""
    note = Note.objects.first()
    Note.objects.filter(pk=note.pk).update(text_zh=HARD, text_en="")
    keep(b"captured", "captures", ".warc.gz")
    keep(b"\x00\xff" * 700_000, "uploads", ".pdf")
    back_up(output=machine.folder / "backup.zip")
    return machine.folder / "backup.zip"


def test_rows_and_files_come_back_on_a_machine_where_nothing_exists(machine: Machine, backup: Path):
    before = rows()
    assert any(HARD in row for row in before["commitments_note"]) and len(before["commitments_assessment"]) == 131
    machine.at("new")
    done = restore(source=backup)
    assert rows() == before
    assert contents(machine.files("new")) == contents(machine.files("old"))
    assert len(done.files.missing) == 2 and done.is_current


def test_guards_stand_after_a_restore(machine: Machine, backup: Path):
    machine.at("new")
    restore(source=backup)
    assert set(installed_guards()) == guard_names(connection.vendor)
    assert guards_are_in_place(["default"]) == []
    with pytest.raises(IntegrityError):
        Assessment.objects.filter(published_at__isnull=False).update(status="underway")


def test_new_rows_get_numbers_of_their_own_after_a_restore(machine: Machine, backup: Path):
    highest = max(pk for pk, *_rest in run("SELECT id FROM auth_group"))
    machine.at("new")
    restore(source=backup)
    assert Group.objects.create(name="new").pk > highest


@pytest.mark.parametrize("state", ["without tables", "migrated"])
def test_an_empty_database_takes_a_backup(machine: Machine, backup: Path, state: str):
    before = rows()
    machine.at("new")
    if machine.is_sqlite:
        machine.database.touch()
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {connection.settings_dict['NAME']} TEMPLATE template0")
    if state == "migrated":
        machine.migrate()
    restore(source=backup)
    assert rows() == before


def test_rows_that_are_there_give_way_to_replace_alone(machine: Machine, backup: Path):
    before = rows()
    machine.at("other")
    User.objects.create(username="someone-else")
    other = rows()
    with override("en"), pytest.raises(BackupRefused, match="use --replace"):
        restore(source=backup)
    assert rows() == other
    assert not machine.files("other").exists()
    restore(source=backup, replace=True)
    assert rows() == before


def test_a_migrated_database_with_one_user_is_not_empty(machine: Machine, backup: Path):
    machine.at("new")
    restore(source=backup)
    back = machine.folder / "again.zip"
    back_up(output=back)
    with pytest.raises(BackupRefused):
        restore(source=back)


def test_files_with_the_same_hash_are_kept(machine: Machine, backup: Path):
    kept = keep(b"captured", "captures", ".warc.gz")
    machine.at("new")
    assert keep(b"captured", "captures", ".warc.gz") == kept
    keep(b"of this machine", "captures")
    path = machine.files("new") / kept
    before = path.stat()
    done = restore(source=backup)
    assert done.files.same == [kept]
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert len(contents(machine.files("new"))) == 3


def test_a_file_that_differs_is_refused_and_set_aside_by_replace(machine: Machine, backup: Path):
    name = keep(b"captured", "captures", ".warc.gz")
    machine.at("new")
    path = machine.files("new") / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"flipped!")
    with override("en"), pytest.raises(BackupRefused, match=r"differ from the backup's: 1, first captures/"):
        restore(source=backup)
    assert contents(machine.files("new")) == {name: b"flipped!"}
    assert not machine.is_sqlite or not machine.database.exists()
    done = restore(source=backup, replace=True)
    assert done.files.differing == [name]
    assert path.read_bytes() == b"captured"
    assert b"flipped!" in contents(machine.files("new") / "set-aside").values()


def test_secrets_and_sessions_are_not_inside(machine: Machine):
    key, password = "canary-of-the-secret-key", "canary-of-a-password"
    run(
        "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s)",
        *(SESSION, "data", "2099-01-01 00:00:00"),
    )
    User.objects.create(username="canary-of-a-row")
    User.objects.create(username="canary-of-the-deleted").delete()
    connection.settings_dict["PASSWORD"] = password
    with override_settings(SECRET_KEY=key):
        back_up(output=machine.folder / "backup.zip")
    inside = (machine.folder / "backup.zip").read_bytes()
    with zipfile.ZipFile(machine.folder / "backup.zip") as archive:
        inside += b"".join(archive.read(name) for name in archive.namelist())
    assert b"canary-of-a-row" in inside
    secret = [
        key,
        password,
        SESSION,
        machine.url,
        str(connection.settings_dict["HOST"] or "no host"),
        "canary-of-the-d",
    ]
    assert [word for word in secret if word.encode() in inside] == []
    assert run("SELECT session_key FROM django_session") == [(SESSION,)]


def test_an_older_backup_gives_way_and_other_files_do_not(machine: Machine, backup: Path):
    old = backup.read_bytes()
    back_up(output=backup)
    assert backup.read_bytes() != old
    other = machine.folder / "thesis.docx"
    other.write_bytes(b"PK\x03\x04 but something else")
    for output in (other, machine.folder, machine.folder / "nowhere" / "backup.zip"):
        with pytest.raises(BackupRefused):
            back_up(output=output)
    assert other.read_bytes() == b"PK\x03\x04 but something else"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_only_its_owner_may_read_a_backup(backup: Path):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_nothing_stays_beside_a_backup_or_a_restored_database(machine: Machine, backup: Path):
    machine.at("new")
    restore(source=backup)
    assert list(machine.folder.glob(".tracker-backup-*")) == []


def test_a_database_that_is_not_there_is_not_backed_up(machine: Machine):
    machine.at("new")
    with override("en"), pytest.raises(BackupRefused, match="no database"):
        back_up(output=machine.folder / "none.zip")
    assert list(machine.folder.glob("n*")) == []


def test_the_manifest_tells_versions_migrations_and_every_table(machine: Machine, backup: Path):
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert set(manifest["versions"]) == {"tracker", "python", "django", connection.vendor}
    assert ["commitments", "0001_create_register"] in manifest["database"]["migrations"]
    there = set(connection.introspection.table_names()) - VIRTUAL
    assert set(manifest["database"]["tables"]) - {"sqlite_sequence"} == there
    assert manifest["database"]["tables"]["commitments_assessment"]["rows"] == 131
    assert manifest["database"]["strangers"] == []


def test_tables_of_others_are_named_and_left_alone(machine: Machine, backup: Path):
    if machine.is_sqlite:
        pytest.skip("an SQLite file is ours alone and goes whole")
    run("CREATE TABLE ledger (id integer PRIMARY KEY)")
    manifest = back_up(output=backup)
    assert manifest.database.strangers == ["ledger"]
    restore(source=backup, replace=True)
    assert run("SELECT count(*) FROM ledger") == [(0,)]


def test_a_damaged_database_is_set_aside_by_replace(machine: Machine, backup: Path):
    if not machine.is_sqlite:
        pytest.skip("PostgreSQL keeps its own files")
    before = rows()
    connection.close()
    machine.database.write_bytes(b"no database any more" * 1000)
    with pytest.raises(BackupRefused):
        restore(source=backup)
    restore(source=backup, replace=True)
    assert rows() == before
    (aside,) = machine.folder.glob("old.sqlite3.damaged-*")
    assert aside.read_bytes().startswith(b"no database any more")


def test_readers_that_have_the_file_open_see_the_restored_rows(machine: Machine, backup: Path):
    before = rows()
    User.objects.create(username="after-the-backup")
    reader = connection.copy()
    with reader.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM auth_user")
        count = cursor.fetchone()[0]
        restore(source=backup, replace=True)
        cursor.execute("SELECT count(*) FROM auth_user")
        assert cursor.fetchone()[0] == count - 1
    reader.close()
    assert rows() == before


def test_a_search_index_comes_along_with_its_triggers(machine: Machine):
    """Whatever tables others add: virtual ones with their shadows, and triggers that are no guards."""
    if not machine.is_sqlite:
        pytest.skip("FTS5 is SQLite's")
    run("CREATE VIRTUAL TABLE found USING fts5(name, content='auth_group', content_rowid='id')")
    run(
        "CREATE TRIGGER found_added AFTER INSERT ON auth_group "
        "BEGIN INSERT INTO found (rowid, name) VALUES (new.id, new.name); END"
    )
    Group.objects.create(name="before the backup")
    back_up(output=machine.folder / "backup.zip")
    machine.at("new")
    restore(source=machine.folder / "backup.zip")
    Group.objects.create(name="after the restore")
    assert run("SELECT name FROM found WHERE found MATCH 'before'") == [("before the backup",)]
    assert run("SELECT name FROM found WHERE found MATCH 'after'") == [("after the restore",)]
    run("INSERT INTO found (found) VALUES ('integrity-check')")
