"""What a database is told when it is opened."""

from pathlib import Path

import pytest

from tracker import environment


def options(monkeypatch: pytest.MonkeyPatch, url: str) -> dict:
    monkeypatch.setenv("DATABASE_URL", url)
    return environment.database("DATABASE_URL", Path("unused"))["OPTIONS"]


def test_postgresql_is_told_not_to_compile_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "jit=off" in options(monkeypatch, "postgres://someone@localhost/name")["options"]


def test_what_the_address_says_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    given = options(monkeypatch, "postgres://someone@localhost/name?options=-c%20jit%3Don&sslmode=require")
    assert given == {"options": "-c jit=on", "sslmode": "require"}


@pytest.mark.parametrize("url", ["", "sqlite:////tmp/register.sqlite3", "postgres://someone@localhost/name"])
def test_connections_are_kept_for_the_next_request(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert environment.database("DATABASE_URL", tmp_path / "register.sqlite3")["CONN_MAX_AGE"] > 0
