"""The examples of docs/api.md run as they stand, against the shipped register."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.actions.seeded import first_run, seeded

__all__ = ["first_run", "seeded"]

SITE = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    text = Path(settings.BASE_DIR, "docs", "api.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_each_line_for_the_shell_answers_with_something(client: Client, seeded: Any) -> None:
    (lines,) = blocks("sh")
    addresses = re.findall(rf"curl '{SITE}([^']+)'", lines)
    assert len(addresses) == len(lines.splitlines()) > 4
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.content)
        assert answer.json().get("count", 1) > 0, address


def test_the_program_in_python_reads_every_row(
    client: Client, seeded: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def opened(address: str) -> io.BytesIO:
        return io.BytesIO(client.get(address.removeprefix(SITE)).content)

    monkeypatch.setattr("urllib.request.urlopen", opened)
    (program,) = blocks("python")
    exec(compile(program, "docs/api.md", "exec"), {})
    number, of = re.findall(r"\d+", capsys.readouterr().out)
    assert number == of and int(number) > 20


def test_the_program_in_r_asks_what_the_one_in_python_asks() -> None:
    asked = [re.findall(r'"(/api/[^"]+)"', *blocks(language)) for language in ("python", "r")]
    assert asked[0] == asked[1] and len(asked[0]) == 1
