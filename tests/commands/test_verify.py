"""`verify` without a worker: JSON alone on stdout, progress on stderr, a code that scripts can ask."""

import json

import pytest
from django.core.management import CommandError, call_command

from commitments.choices import JobState
from commitments.management.commands import _progress
from commitments.models import Job, SourceDocument
from commitments.models.guards import install_guards, remove_guards
from tests.factories import make_commitment, make_passage

pytestmark = pytest.mark.django_db


def test_it_prints_json_alone_and_leaves_a_job(capsys):
    make_passage(make_commitment())
    call_command("verify", json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["problem_count"] == 0 and told["examined"] > 2
    assert Job.objects.get().state == JobState.DONE


def test_it_fails_and_names_what_is_wrong(capsys):
    make_passage(make_commitment())
    remove_guards()
    SourceDocument.objects.update(text="另一篇文字")
    install_guards()
    with pytest.raises(CommandError) as raised:
        call_command("verify")
    assert raised.value.returncode == 1
    assert SourceDocument.objects.get().slug in capsys.readouterr().out


def test_where_nobody_looks_on_progress_is_a_line_now_and_then_on_stderr(capsys, monkeypatch):
    monkeypatch.setattr(_progress, "LINE_EVERY", 0)
    with _progress.Shown("verify") as shown:
        shown.tell(1, 2, "half")
    assert capsys.readouterr() == ("", "verify: 1/2 half\n")


def test_where_a_person_looks_on_progress_is_a_bar_that_goes_away(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with _progress.Shown("verify") as shown:
        shown.tell(1, 2, "")
        assert shown._bar.tasks[0].completed == 1 and shown._bar.tasks[0].total == 2
    assert capsys.readouterr().out == ""
