"""Every flipped, cut or missing file is found, and so is a file of which no row speaks."""

import io
import json
import os
import random
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commitments.actions.captures import verify_files
from commitments.models import Snapshot
from commitments.storage import files, keep
from tests.factories import make_evidence, make_snapshot

pytestmark = pytest.mark.django_db


def kept(number: int) -> str:
    return keep(f"content {number}".encode() * 20, "captures", ".warc.gz")


def place(name: str) -> Path:
    return Path(files().path(name))


def flip(name: str, number: int) -> None:
    body = bytearray(place(name).read_bytes())
    body[number % len(body)] ^= 1 << number % 8
    place(name).write_bytes(body)


def damage(name: str, way: str, number: int) -> None:
    if way == "flipped":
        flip(name, number)
    elif way == "cut":
        os.truncate(place(name), place(name).stat().st_size - 1 - number % 99)
    else:
        place(name).unlink()


@pytest.mark.slow
def test_of_a_thousand_damaged_files_all_are_found_and_no_other():
    row = make_evidence()
    names = [kept(number) for number in range(1_300)]
    like = make_snapshot(row, file=names[0])
    Snapshot.objects.bulk_create(
        Snapshot(
            **{field.attname: getattr(like, field.attname) for field in Snapshot._meta.fields if not field.primary_key}
            | {"key": f"k{number}", "file": name}
        )
        for number, name in enumerate(names[1:], 1)
    )
    assert verify_files().is_sound
    victims = random.Random(7).sample(names, 1_000)
    ways = {name: ("flipped", "cut", "missing")[number % 3] for number, name in enumerate(victims)}
    for number, (name, way) in enumerate(ways.items()):
        damage(name, way, number)
    report = verify_files()
    assert set(report.damaged) == {name for name, way in ways.items() if way != "missing"}
    assert set(report.missing) == {name for name, way in ways.items() if way == "missing"}
    assert report.checked == 1_300


@pytest.mark.parametrize("way", ["flipped", "cut", "missing"])
def test_one_damaged_file_ends_the_command_with_an_error(way):
    good, bad = kept(1), kept(2)
    make_snapshot(make_evidence(), file=good)
    make_evidence(url="", file=bad)
    call_command("verify", stdout=io.StringIO())
    damage(bad, way, 3)
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("verify", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert len(said["problems"]) == said["problem_count"] == 1
    assert bad in said["problems"][0]


def test_a_file_that_was_replaced_is_still_spoken_of_by_the_history():
    old, new = kept(1), kept(2)
    row = make_evidence(file=old)
    row.file = new
    row.save()
    assert verify_files().checked == 2


def test_a_file_without_a_row_is_told_once_it_is_old_and_swept_when_asked():
    name, young = kept(1), kept(2)
    draft = place(name).with_name(".draft-left-behind")
    draft.write_bytes(b"x")
    for path in (place(name), draft):
        os.utime(path, (0, 0))
    assert len(verify_files().stray) == 2
    assert files().exists(name)
    assert verify_files(sweep=True).is_sound
    assert verify_files().stray == []
    assert not files().exists(name) and files().exists(young)
