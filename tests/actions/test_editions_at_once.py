"""Several people freeze at the same moment, and a freezing is killed half-way: one edition after the other, whole."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
SETUP = """
import django, sys
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from commitments.models import Edition
from tests import people
from tests.factories import make_commitment, make_judged
if not Edition.objects.exists():
    for _ in range(3):
        make_judged(make_commitment())
people.publisher()
"""
FREEZE = """
import django, sys
django.setup()
from commitments.actions import editions
from tests import people
if sys.argv[1:]:
    keep = editions.keep
    def slowly(*given):
        name = keep(*given)
        print("kept", flush=True)
        import time; time.sleep(30)
        return name
    editions.keep = slowly
print(editions.freeze_edition(by=people.publisher()).number)
"""
REPORT = """
import django, json
django.setup()
from commitments.actions.edition_checks import verify_editions
from commitments.models import Edition
print(json.dumps([sorted(Edition.objects.values_list("number", flat=True)), verify_editions()]))
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def elsewhere(tmp_path: Path, django_db_blocker):
    """The environment of a database of its own, on the same kind of server."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings", "TRACKER_FILES": str(tmp_path / "files")}
    if connection.vendor == "sqlite":
        yield {**environment, "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
        return
    name = f"editions_at_once_{os.getpid()}"
    with django_db_blocker.unblock():
        admin = connection.copy()
        with admin._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
        yield {**environment, "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()}
        with admin._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def run(script: str, environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *words]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def said(script: str, environment: dict[str, str]) -> str:
    process = run(script, environment)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out


def test_four_at_once_become_four_editions_each_whole(elsewhere):
    said(SETUP, elsewhere)
    together = [run(FREEZE, elsewhere) for _ in range(4)]
    numbers = sorted(int(process.communicate(timeout=120)[0]) for process in together)
    assert numbers == [1, 2, 3, 4]
    assert json.loads(said(REPORT, elsewhere)) == [[1, 2, 3, 4], []]


def test_killed_half_way_it_leaves_no_edition_and_the_next_one_takes_the_number(elsewhere):
    said(SETUP, elsewhere)
    victim = run(FREEZE, elsewhere, "slowly")
    assert victim.stdout is not None and victim.stdout.readline() == "kept\n"
    time.sleep(0.2)
    victim.send_signal(signal.SIGKILL)
    victim.wait(20)
    victim.stdout.close()
    assert json.loads(said(REPORT, elsewhere)) == [[], []]
    assert said(FREEZE, elsewhere) == "1\n"
    assert json.loads(said(REPORT, elsewhere)) == [[1], []]
