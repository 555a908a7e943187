"""A backup that is damaged, cut, foreign, newer or made to harm is refused with a sentence, and nothing is touched."""

import hashlib
import json
import random
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override

from commitments.actions.backup import back_up
from commitments.actions.backups.archive import MARK, SEAL, is_safe
from commitments.actions.backups.problems import BackupRefused
from commitments.actions.restore import restore
from commitments.storage import keep
from tests.actions.backups.machines import Machine, contents, filled, machine, rows

__all__ = ["filled", "machine"]

Members = list[tuple[zipfile.ZipInfo, bytes]]
Manifest = dict[str, Any]


@pytest.fixture(scope="module")
def made_before() -> list[bytes]:
    """The backup, once it is made: all machines are alike."""
    return []


@pytest.fixture
def backup(machine: Machine, made_before: list[bytes]) -> Path:
    keep(b"captured", "captures")
    path = machine.folder / "backup.zip"
    if not made_before:
        back_up(output=path)
        made_before.append(path.read_bytes())
    path.write_bytes(made_before[0])
    return path


def seal(path: Path) -> None:
    """As the tracker does it: whoever wants to do harm can do so too."""
    body = path.read_bytes()[:-64]
    path.write_bytes(body + hashlib.sha256(body).hexdigest().encode())


def remade(path: Path, change: Callable[[Members, Manifest], Any]) -> Path:
    """A well-sealed copy whose members or manifest were changed."""
    with zipfile.ZipFile(path) as old:
        members = [(info, old.read(info)) for info in old.infolist()]
    manifest = json.loads(members.pop()[1])
    change(members, manifest)
    made = path.with_name("changed.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info, content in members:
            new.writestr(info, content)
        new.writestr("manifest.json", json.dumps(manifest))
        new.comment = SEAL + b"0" * 64
    seal(made)
    return made


def refused(path: Path, machine: Machine, words: str) -> None:
    """By name, on a new machine and in the place of a register, both of which stay as they are."""
    machine.at("new")
    with override("en"), pytest.raises(BackupRefused, match=words):
        restore(source=path)
    assert not machine.is_sqlite or not machine.database.exists()
    assert not machine.files("new").exists() or not contents(machine.files("new"))
    machine.at("old")
    before, files = rows(), contents(machine.files("old"))
    with override("en"), pytest.raises(BackupRefused, match=words):
        restore(source=path, replace=True)
    assert rows() == before
    assert contents(machine.files("old")) == files


def test_a_well_sealed_copy_without_change_is_taken(machine: Machine, backup: Path):
    """Else the refusals below would prove nothing."""
    before = rows()
    machine.at("new")
    restore(source=remade(backup, lambda members, manifest: None))
    assert rows() == before


def test_every_flipped_byte_is_found(machine: Machine, backup: Path):
    whole = backup.read_bytes()
    places = [0, 29, 30, len(whole) - 1, len(whole) - 64, len(whole) - 65, len(whole) - 104]
    places += random.Random(5).sample(range(len(whole)), 200)
    machine.at("new")
    for place in places:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        backup.write_bytes(flipped)
        with override("en"), pytest.raises(BackupRefused, match="damaged"):
            restore(source=backup)
    assert not machine.is_sqlite or not machine.database.exists()


def test_every_cut_is_found(machine: Machine, backup: Path):
    whole = backup.read_bytes()
    machine.at("new")
    for length in (len(whole) - 1, len(whole) - 64, len(whole) - 200, len(whole) // 2, 100):
        backup.write_bytes(whole[:length])
        with override("en"), pytest.raises(BackupRefused, match="damaged or was cut short"):
            restore(source=backup)
    backup.write_bytes(whole + b"\0")
    with pytest.raises(BackupRefused):
        restore(source=backup)


@pytest.mark.parametrize("content", [b"", b"PK", b"SQLite format 3\0" + b"\0" * 5000, "承诺".encode() * 999])
def test_what_is_no_backup_is_called_so(machine: Machine, content: bytes):
    path = machine.folder / "something.zip"
    path.write_bytes(content)
    refused(path, machine, "not a backup of this tracker")


def test_another_zip_is_no_backup_even_when_sealed(machine: Machine):
    path = machine.folder / "something.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
        archive.comment = SEAL + b"0" * 64
    seal(path)
    refused(path, machine, "not a backup of this tracker")


def test_a_file_that_is_not_there_is_named(machine: Machine):
    refused(machine.folder / "nothing.zip", machine, r"nothing\.zip cannot be read")


def newer_format(members: Members, manifest: Manifest) -> None:
    manifest["format"] = 2
    manifest["database"] = {"kind": "of which we know nothing"}


def newer_migration(members: Members, manifest: Manifest) -> None:
    manifest["database"]["migrations"].append(["commitments", "0999_add_something"])


def newer_application(members: Members, manifest: Manifest) -> None:
    manifest["database"]["migrations"].append(["surveys", "0001_initial"])


@pytest.mark.parametrize("change", [newer_format, newer_migration, newer_application])
def test_a_backup_of_a_newer_version_asks_for_an_update(machine: Machine, backup: Path, change: Callable):
    refused(remade(backup, change), machine, "A newer version of the tracker made this backup.*Update this one first")


def test_a_backup_of_the_other_kind_of_database_is_refused(machine: Machine, backup: Path):
    path = remade(backup, lambda _, manifest: manifest["database"].update(vendor="oracle"))
    refused(path, machine, f"is of oracle, and DATABASE_URL names a database of {connection.vendor}")


def add(name: str, content: bytes = b"x", mode: int = stat.S_IFREG | 0o600, known: bool = True) -> Callable:
    """A stored file of this name, entered in the manifest as well."""

    def change(members: Members, manifest: Manifest) -> None:
        info = zipfile.ZipInfo("files/" + name)
        info.external_attr = mode << 16
        members.append((info, content))
        if known:
            item = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            manifest["files"][name] = item

    return change


def bomb(members: Members, manifest: Manifest) -> None:
    """Says that it is small and inflates without end."""
    add("bomb", b"\0" * 50_000_000)(members, manifest)
    manifest["files"]["bomb"]["size"] = 1000


def lost_member(members: Members, manifest: Manifest) -> None:
    del members[-1]


def twice(members: Members, manifest: Manifest) -> None:
    add("captures/double")(members, manifest)
    add("captures/double", b"y")(members, manifest)


def wrong_hash(members: Members, manifest: Manifest) -> None:
    add("captures/x")(members, manifest)
    manifest["files"]["captures/x"]["sha256"] = "0" * 64


HARMFUL: dict[str, Callable] = {
    "path upwards": add("../../outside"),
    "path upwards on Windows": add("..\\outside"),
    "absolute path": add("/etc/cron.d/outside"),
    "drive": add("C:/outside"),
    "dots and spaces": add("captures/.. /outside"),
    "no name": add("captures//x"),
    "control character": add("captures/x\n"),
    "symbolic link": add("captures/link", b"/etc/passwd", stat.S_IFLNK | 0o777),
    "device": add("captures/device", b"", stat.S_IFBLK | 0o600),
    "folder": add("captures/", b""),
    "not in the manifest": add("captures/x", known=False),
    "bomb": bomb,
    "lost member": lost_member,
    "wrong hash": wrong_hash,
    "manifest without tables": lambda _, manifest: manifest["database"].pop("tables"),
    "manifest of other types": lambda _, manifest: manifest["database"].update(tables=[1]),
    "negative size": lambda _, manifest: manifest["files"].update(x={"size": -1, "sha256": "0" * 64}),
    "manifest is a list": lambda _, manifest: manifest.update(files=[]),
    "wrong row hash": lambda _, manifest: manifest["database"]["tables"]["auth_group"].update(sha256="0" * 64),
    "wrong number of rows": lambda _, manifest: manifest["database"]["tables"]["auth_group"].update(rows=4),
    "table too many": lambda _, manifest: manifest["database"]["tables"].update(
        zebra={"rows": 0, "sha256": hashlib.sha256().hexdigest(), "columns": []}
    ),
    "migration too few": lambda _, manifest: manifest["database"]["migrations"].pop(),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_backup_made_to_harm_is_refused(machine: Machine, backup: Path, name: str):
    outside = contents(machine.folder)
    path = remade(backup, HARMFUL[name])
    refused(path, machine, "damaged|not a backup")
    path.unlink()
    after = contents(machine.folder)
    shm = {name for name in after if name.endswith(("-shm", "-wal"))}
    assert set(after) - shm <= set(outside)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(machine: Machine, backup: Path):
    refused(remade(backup, twice), machine, "damaged")


def test_a_backup_larger_than_the_disk_is_refused_before_anything_is_written(
    machine: Machine, backup: Path, monkeypatch: pytest.MonkeyPatch
):
    small = shutil.disk_usage(machine.folder)._replace(free=3)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: small)
    refused_on = remade(backup, add("captures/x", b"four"))
    refused(refused_on, machine, "needs .* for this backup and has .* free")


def test_a_stored_file_with_an_unsafe_name_stops_the_backup(machine: Machine):
    folder = machine.files("old")
    folder.mkdir()
    (folder / "a\\b").write_bytes(b"x")
    with override("en"), pytest.raises(BackupRefused, match="Rename it"):
        back_up(output=machine.folder / "backup.zip")
    assert not (machine.folder / "backup.zip").exists()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("captures/ab/abc.warc.gz", True),
        ("上传/说明 1.pdf", True),
        (".hidden", True),
        ("no:drive", True),
        ("", False),
        (".", False),
        ("a/../b", False),
        ("a/... /b", False),
        ("/a", False),
        ("a/", False),
        ("c:a", False),
        ("a\\b", False),
        ("a\0b", False),
        ("a\u202eb", False),
    ],
)
def test_safe_names(name: str, safe: bool):
    assert is_safe(name) == safe


def test_a_refusal_ends_the_command_with_its_sentence(machine: Machine, backup: Path):
    backup.write_bytes(backup.read_bytes()[:-1])
    with override("en"), pytest.raises(CommandError, match="cut short"):
        call_command("restore", str(backup))


def test_whoever_opens_the_archive_reads_what_it_is(backup: Path):
    with zipfile.ZipFile(backup) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == MARK
        assert b"dev.py restore FILE" in archive.read(MARK)
