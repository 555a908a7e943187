"""/healthz says that the process lives, /readyz that it has all that it needs; neither tells anything secret."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from commitments.web import readiness
from tests.factories import make_job

pytestmark = pytest.mark.django_db
POINTS = {"database", "migrations", "oldest_job", "broker", "disk"}


@pytest.fixture(autouse=True)
def broker(monkeypatch) -> list[bool]:
    answers = [True]
    monkeypatch.setattr(readiness, "broker_answers", lambda: answers[0])
    return answers


def points(client, status: int) -> dict:
    answer = client.get("/readyz")
    assert answer.status_code == status and "no-store" in answer["Cache-Control"]
    body = answer.json()
    assert body["ready"] is (status == 200)
    return body["points"]


def test_healthz_needs_nothing(client, broker):
    broker[0] = False
    assert client.get("/healthz").content == b"ok"


def test_ready_names_every_point(client):
    assert set(points(client, 200)) == POINTS


def test_a_broker_that_does_not_answer_is_named(client, broker):
    broker[0] = False
    found = points(client, 503)
    assert [name for name in found if not found[name]["ok"]] == ["broker"]


def test_a_database_that_does_not_answer_is_named_and_asked_no_more(client, monkeypatch):
    def broken(self):
        raise DatabaseError("password=secret")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503 and b"secret" not in answer.content
    assert answer.json()["points"]["database"] == {"ok": False, "figure": None}


def test_a_migration_that_has_not_run_is_counted(client):
    MigrationRecorder.Migration.objects.filter(app="commitments").order_by("-id").first().delete()
    assert points(client, 503)["migrations"] == {"ok": False, "figure": 1}


@pytest.mark.parametrize(("minutes", "is_ready"), [(59, True), (61, False)])
def test_a_job_may_wait_an_hour(client, minutes, is_ready):
    make_job(due_at=timezone.now() - timedelta(minutes=minutes))
    make_job(due_at=timezone.now() + timedelta(days=1))
    found = points(client, 200 if is_ready else 503)["oldest_job"]
    assert found["ok"] is is_ready and found["figure"] == pytest.approx(60 * minutes, abs=5)


def test_a_disk_that_is_almost_full_is_named(client, monkeypatch):
    monkeypatch.setattr(readiness, "LEAST_FREE", 10**12)
    assert points(client, 503)["disk"]["ok"] is False
