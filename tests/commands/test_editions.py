"""`manage.py freeze_edition` and `manage.py verify`: what they print and how they end."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from commitments.models import Edition
from commitments.storage import files
from tests import people
from tests.factories import make_commitment, make_judged

pytestmark = pytest.mark.django_db


def run(name: str, **options: Any) -> str:
    out = io.StringIO()
    with override("en"):
        call_command(name, stdout=out, **options)
    return out.getvalue()


def test_a_publisher_freezes_by_name():
    make_judged(make_commitment())
    people.publisher()
    printed = run("freeze_edition", by="petra", provisional=True, notes_zh="首版。")
    row = Edition.objects.get()
    assert row.sha256 in printed and "Edition 1" in printed
    assert (row.is_provisional, row.notes_zh) == (True, "首版。")


def test_json_stands_alone():
    make_judged(make_commitment())
    people.publisher()
    told = json.loads(run("freeze_edition", by="petra", json=True))
    assert told["number"] == 1 and told["archive_sha256"] == Edition.objects.get().archive_sha256
    assert json.loads(run("verify", json=True))["problems"] == []


@pytest.mark.parametrize(("name", "reason"), [("nobody", "no user named"), ("anna", "role")])
def test_others_are_refused_in_words(name: str, reason: str):
    make_judged(make_commitment())
    people.analyst()
    with pytest.raises(CommandError, match=reason):
        run("freeze_edition", by=name)
    assert not Edition.objects.exists()


def test_verify_names_what_was_altered_and_ends_with_an_error():
    make_judged(make_commitment())
    people.publisher()
    run("freeze_edition", by="petra")
    row = Edition.objects.get()
    Path(files().path(row.archive_name)).write_bytes(b"altered")
    out = io.StringIO()
    with pytest.raises(CommandError), override("en"):
        call_command("verify", json=True, stdout=out)
    assert json.loads(out.getvalue())["problems"] == [f"Edition 1: file altered: {row.archive_name}"]
