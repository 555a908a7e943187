"""`check_evidence` visits what is due without a worker, and nothing at all unless outgoing checks are allowed."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from commitments.actions import turns, visits
from commitments.models import LinkCheck
from tests.factories import make_evidence
from tests.sources.answers import answer

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("check_evidence", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def web(monkeypatch, settings):
    settings.TRACKER_FETCH = True
    asked: list[str] = []
    monkeypatch.setattr(turns, "PAUSE", timedelta(seconds=0.05))
    monkeypatch.setattr(visits, "fetch", lambda url, before: asked.append(url) or answer(url, b"", status=503))
    return asked


def test_it_refuses_with_a_sentence_while_checks_are_switched_off():
    make_evidence()
    with pytest.raises(CommandError, match="TRACKER_FETCH"):
        run()


def test_it_visits_what_is_due_up_to_the_limit_though_all_are_of_one_host(web):
    rows = [make_evidence() for _ in range(4)]
    said = json.loads(run("--limit", "3", "--json"))
    assert {one["code"] for one in said} == {row.code for row in rows[:3]}
    assert {(one["verdict"], one["status"], one["captured"]) for one in said} == {("temporary", 503, False)}
    assert json.loads(run("--json"))[0]["code"] == rows[3].code
    assert json.loads(run("--json")) == []
    assert LinkCheck.objects.count() == 4


def test_it_visits_the_one_that_is_named_and_says_how_it_stands(web):
    row = make_evidence(code="E001")
    assert "E001" in run("--code", "E001")
    assert [url for url in web if not url.endswith("robots.txt")] == [row.url]


def test_a_code_that_is_unknown_or_has_no_address_is_named(web):
    make_evidence(code="E002", url="", file="uploads/aa/x.pdf")
    with pytest.raises(CommandError, match=r"E002, E003"):
        run("--code", "E002", "--code", "E003")
