"""Backups of a site that is being written to, and backups and restores that are killed half-way."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from commitments.actions.backup import back_up
from commitments.actions.backups.archive import Archive
from commitments.actions.restore import restore
from tests.actions.backups.machines import ROOT, Machine, Rows, contents, filled, machine, rows, run
from tests.actions.backups.writing import FIRST

__all__ = ["filled", "machine"]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="SIGKILL")]
BACKUPS, KILLS, PER_SECOND = 20, 20, 50
WRITTEN = ("auth_group", "auth_user")
# A counter may be ahead of its rows: it is no row.
COUNTERS = ("sqlite_sequence",)


@contextmanager
def written_to(machine: Machine, name: str) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-m", "tests.actions.backups.writing", str(PER_SECOND)]
    environment = machine.environment(name) | {"DJANGO_SETTINGS_MODULE": "tracker.settings"}
    writer = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout.readline().strip() == "writing"
        yield writer
        assert writer.poll() is None, "the writer stopped by itself"
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


def last_write() -> int:
    ((number,),) = run("SELECT last_name FROM auth_user WHERE username = %s", FIRST)
    return int(number)


def moment(before: Rows, now: Rows) -> int:
    """Which write was the last, after a proof that the rows are exactly those of that moment."""
    number = last_write()
    groups = {
        name.split()[0]: name.split()[1] for (name,) in run("SELECT name FROM auth_group WHERE name LIKE '%% %%'")
    }
    users = {name for (name,) in run("SELECT username FROM auth_user WHERE username LIKE 'user-%%'")}
    wanted = {str(each) for each in range(1, number + 1)}
    assert set(groups) == wanted
    assert users == {f"user-{each}" for each in wanted}
    untouched = set(before) - {*WRITTEN, *COUNTERS}
    assert {name: now[name] for name in untouched} == {name: before[name] for name in untouched}
    return number


def test_backups_under_fifty_writes_a_second_each_restore_one_moment(machine: Machine):
    before, made = rows(), []
    with written_to(machine, "old"):
        time.sleep(3)
        alone = last_write() / 3  # what this machine allows just now
        start, first = time.monotonic(), last_write()
        for number in range(BACKUPS):
            made.append(machine.folder / f"{number}.zip")
            back_up(output=made[-1])
            time.sleep(random.random() / 4)
        seconds = time.monotonic() - start
        written = last_write() - first
    assert moment(before, rows()) >= written
    assert written >= seconds * alone * 0.5, "the backups held the writer up"
    moments = []
    machine.at("new")
    for path in made:
        restore(source=path, replace=True)
        moments.append(moment(before, rows()))
        files = contents(machine.files("new"))
        assert all(hashlib.sha256(content).hexdigest() == name.split("/")[-1] for name, content in files.items())
        assert {name.split()[1] for (name,) in run("SELECT name FROM auth_group WHERE name LIKE '%% %%'")} <= set(files)
    assert moments == sorted(moments) and len(set(moments)) > BACKUPS / 2


def manage(machine: Machine, name: str, *words: str) -> subprocess.Popen:
    command = [sys.executable, "manage.py", *words]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, env=machine.environment(name), stdout=quiet, stderr=quiet)


def killed(process: subprocess.Popen, after: float) -> bool:
    """Whether it was still running."""
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def duration(process: subprocess.Popen) -> float:
    start = time.monotonic()
    assert process.wait() == 0
    return time.monotonic() - start


def fill_up(machine: Machine) -> None:
    """Enough rows and files that a kill finds something under way."""
    User.objects.bulk_create(User(username=f"ballast-{n}", password=f"{n:0100}") for n in range(20_000))
    folder = machine.files(machine.database.stem if machine.is_sqlite else "old")
    for number in range(500):
        path = folder / "uploads" / f"{number}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(random.Random(number).randbytes(20_000))


def is_whole(path: Path) -> bool:
    with open(path, "rb") as file:
        Archive(file).check()
    return True


def test_a_killed_backup_leaves_the_one_before(machine: Machine):
    output = machine.folder / "backup.zip"
    fill_up(machine)
    back_up(output=output)
    usual = duration(manage(machine, "old", "backup", "--output", str(output)))
    hits = 0
    for number in range(KILLS):
        before = output.stat().st_mtime_ns
        # The first kills come while it starts; those that count are spread over the work.
        after = usual * (0.3 + 0.7 * number / KILLS)
        was_killed = killed(manage(machine, "old", "backup", "--output", str(output)), after)
        hits += was_killed and output.stat().st_mtime_ns == before
        assert is_whole(output)
    assert hits > KILLS / 4


def test_a_killed_restore_leaves_the_rows_of_before_or_those_of_the_backup(machine: Machine):
    backup = machine.folder / "backup.zip"
    fill_up(machine)
    back_up(output=backup)
    wanted, files = rows(), contents(machine.files("old"))
    machine.at("other")
    User.objects.create(username="of-the-other")
    other = machine.folder / "other.zip"
    back_up(output=other)
    before = rows()
    usual = duration(manage(machine, "other", "restore", str(backup), "--replace"))
    assert (now := rows()) == wanted
    outcomes = {"before": 0, "backup": 0}
    for number in range(KILLS):
        if now == wanted:
            restore(source=other, replace=True)
        for path in (machine.files("other") / "uploads").iterdir():
            path.unlink()
        killed(manage(machine, "other", "restore", str(backup), "--replace"), usual * (0.4 + 0.65 * number / KILLS))
        now = rows()
        assert now in (before, wanted)
        outcomes["before" if now == before else "backup"] += 1
        kept = contents(machine.files("other"))
        assert all(files[name] == content for name, content in kept.items() if ".draft-" not in name)
        if now == wanted:
            assert {name for name in kept if ".draft-" not in name} == set(files)
        if machine.is_sqlite:
            assert run("PRAGMA integrity_check") == [("ok",)]
    assert outcomes["before"] > KILLS / 4
    restore(source=backup, replace=True)
    assert rows() == wanted
    assert restore(source=backup, replace=True).files.missing == []
