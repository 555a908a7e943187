"""Who asks too often waits, whichever process answers; who comes through a proxy is told apart by it."""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from rest_framework.settings import api_settings

from tests.factories import make_commitment
from tracker import environment

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/documents/"


@pytest.fixture(autouse=True)
def _three_a_minute(settings: Any, tmp_path: Path) -> None:
    settings.TRACKER_API_RATE = "3/min"
    settings.CACHES = {**settings.CACHES, "readers": environment.shared_cache("filesystem://", tmp_path / "readers")}


def statuses(number: int, **headers: str) -> list[int]:
    """Each with a client of its own: nothing but the address tells readers apart."""
    return [Client().get(ADDRESS, headers=headers).status_code for _ in range(number)]


def test_who_asks_too_often_is_told_when_to_come_again(client: Client) -> None:
    with time_machine.travel("2026-12-01T08:00:00Z", tick=False) as clock:
        assert statuses(4) == [200, 200, 200, 429]
        answer = client.get(f"{ADDRESS}?lang=en")
        assert answer["Content-Type"] == "application/problem+json" and answer["Retry-After"] == "60"
        assert answer.json()["detail"] == "Too many requests: ask again in 60 seconds."
        assert answer.json()["retry_after"] == 60 and "no-store" in answer["Cache-Control"]
        assert client.get("/documents/").status_code == 200  # pages are no API
        clock.shift(61)
        assert statuses(1) == [200]


def test_what_is_counted_is_seen_by_every_process(client: Client) -> None:
    assert statuses(3) == [200] * 3
    del caches["readers"]  # as another process would open it
    assert statuses(1) == [429]


def test_no_address_of_a_reader_is_written_down(settings: Any) -> None:
    statuses(1)
    folder = Path(settings.CACHES["readers"]["LOCATION"])
    written = b"".join(path.name.encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert written and b"127.0.0.1" not in written


def test_a_made_up_header_makes_nobody_another_reader() -> None:
    assert [statuses(1, **{"x-forwarded-for": f"10.0.0.{n}"})[0] for n in range(4)] == [200, 200, 200, 429]


def test_behind_a_proxy_of_ours_the_address_that_it_saw_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_settings, "NUM_PROXIES", 1)
    assert [statuses(1, **{"x-forwarded-for": f"10.0.0.{n}"})[0] for n in range(4)] == [200] * 4
    assert [statuses(1, **{"x-forwarded-for": f"10.0.0.{n}, 192.0.2.1"})[0] for n in range(4)] == [200, 200, 200, 429]


def test_preflights_count_for_nothing(client: Client) -> None:
    for _ in range(6):
        assert client.options(ADDRESS).status_code == 204
    assert statuses(1) == [200]


def test_a_store_that_does_not_answer_refuses_nobody(settings: Any, tmp_path: Path, caplog: Any) -> None:
    make_commitment()
    (tmp_path / "file").write_text("no folder")
    settings.CACHES = {**settings.CACHES, "readers": environment.shared_cache("filesystem://", tmp_path / "file")}
    assert statuses(5) == [200] * 5


def test_no_rate_means_as_often_as_anybody_likes(settings: Any) -> None:
    settings.TRACKER_API_RATE = ""
    assert statuses(6) == [200] * 6


@pytest.mark.parametrize(("value", "found"), [("", "300/min"), ("off", ""), ("5000/hour", "5000/hour")])
def test_the_rate_is_set_by_the_environment(monkeypatch: pytest.MonkeyPatch, value: str, found: str) -> None:
    monkeypatch.setenv("TRACKER_API_RATE", value)
    assert environment.rate("TRACKER_API_RATE", "300/min") == found


@pytest.mark.parametrize("value", ["many", "0/min", "5", "5/week", "-1/min"])
def test_a_rate_that_is_none_says_how_to_write_one(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TRACKER_API_RATE", value)
    with pytest.raises(Exception, match="300/min"):
        environment.rate("TRACKER_API_RATE", "300/min")


def test_redis_counts_where_it_rings(tmp_path: Path) -> None:
    assert environment.shared_cache("redis://127.0.0.1:6379/0", tmp_path)["BACKEND"].endswith("RedisCache")
    assert environment.shared_cache("amqp://host//", tmp_path)["LOCATION"] == str(tmp_path)
