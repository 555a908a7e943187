"""`manage.py backup` and `restore`: what they print, and how they end."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override

from commitments.storage import keep
from tests.actions.backups.machines import Machine, filled, machine, rows

__all__ = ["filled", "machine"]


def command(*words: Any, **options: Any) -> str:
    out = io.StringIO()
    with override("en"):
        call_command(*words, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(machine: Machine) -> Path:
    keep(b"captured", "captures")
    return machine.folder / "backup.zip"


def test_both_print_one_line_with_the_same_counts(machine: Machine, file: Path):
    made = command("backup", output=file)
    machine.at("new")
    done = command("restore", file)
    counts = f"rows {sum(map(len, rows().values()))}, tables {len(rows())}, files 1"
    if machine.is_sqlite:  # it has one table more, with its counters
        counts = made[made.index(": ") + 2 : made.index(";")]
        assert counts.endswith(f"tables {len(rows()) + 1}, files 1")
    assert made.startswith(f"{file}: {counts}; ") and made.endswith(", read back.\n") and made.count("\n") == 1
    assert done.startswith("Restored as of ") and counts in done and done.count("\n") == 1


def test_json_stands_alone(machine: Machine, file: Path):
    made = json.loads(command("backup", output=file, json=True))
    assert made["bytes"] == file.stat().st_size and made["files"] == 1 and made["left_out"] == []
    machine.at("new")
    done = json.loads(command("restore", file, json=True))
    assert {name: done[name] for name in ("rows", "tables", "files")} == {
        name: made[name] for name in ("rows", "tables", "files")
    }
    assert done["is_current"] is True


def test_set_aside_files_are_counted(machine: Machine, file: Path):
    command("backup", output=file)
    path = next(machine.files("old").rglob("*/*/*"))
    path.write_bytes(b"flipped")
    assert "now under set-aside/: 1." in command("restore", file, replace=True)


def test_the_words_after_a_refusal_are_a_sentence_and_the_rows_stay(machine: Machine, file: Path):
    command("backup", output=file)
    User.objects.create(username="someone")
    before = rows()
    with pytest.raises(CommandError, match="holds rows already"):
        command("restore", file)
    assert rows() == before


def test_a_folder_that_cannot_be_written_ends_in_a_sentence(machine: Machine):
    with pytest.raises(CommandError, match="There is no folder"):
        command("backup", output=machine.folder / "nowhere" / "backup.zip")


def test_a_backup_of_an_older_state_comes_back_as_it_was_and_asks_for_migrate(machine: Machine, file: Path):
    call_command("migrate", "sessions", "zero", verbosity=0)
    before = rows()
    command("backup", output=file)
    machine.at("new")
    assert "Next: python3 dev.py migrate" in command("restore", file)
    assert rows() == before
    assert "django_session" not in connection.introspection.table_names()
    call_command("migrate", verbosity=0)
    assert "django_session" in connection.introspection.table_names()
