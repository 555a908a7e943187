"""The two clocks on the shipped register, through the public address, against the fixture files alone."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.actions.seeded import NOW, entries, first_run, seeded, table

__all__ = ["first_run", "seeded"]
pytestmark = pytest.mark.usefixtures("seeded")

REVIEWED_ON = date(2026, 11, 22)
TODAY = NOW.date()
ENDS = ["2023-05-18", "2023-05-19", "2023-12-31", "2024-12-31", "2025-06-17", "2026-03-30", "2026-03-31"]
STEPS = sorted({step["as_of"] for step in entries("assessments.json")})
DAYS = sorted({*ENDS, *STEPS[::12], *(str(date.fromisoformat(day) - timedelta(days=1)) for day in STEPS[5::18])})
LEVELS = ["no_evidence not_started", "initiated", "underway", "substantial", "completed sustained"]


def ask(client: Client, query: str) -> dict[str, dict[str, Any]]:
    body = client.get(f"/commitments.json?page_size=100&{query}").json()
    assert (body["count"], body["next"]) == (85, None)
    return {row["code"]: row for row in body["results"]}


def steps_in_force(day: str) -> dict[str, dict[str, Any]]:
    """The newest step by then; no two of one code hold from the same day."""
    found: dict[str, dict[str, Any]] = {}
    for step in sorted(entries("assessments.json"), key=lambda step: step["as_of"]):
        if step["as_of"] <= day:
            found[step["code"]] = step
    return found


def level(word: str) -> int | None:
    return next((n for n, words in enumerate(LEVELS) if word in words.split()), None)


def overall(statuses: list[str]) -> str:
    """Design section 3 once more, in its own words."""
    judged = [word for word in statuses if level(word) is not None]
    if not judged or 2 * len(judged) < len(statuses):
        return "not_assessed"
    reached = max(n for n in range(5) if 2 * sum(level(word) >= n for word in judged) >= len(judged))
    counts = Counter(judged)
    if reached == 0:
        return "not_started" if counts["not_started"] > counts["no_evidence"] else "no_evidence"
    if reached == 4:
        return "sustained" if counts["sustained"] > counts["completed"] else "completed"
    return LEVELS[reached]


@pytest.mark.parametrize("day", DAYS)
def test_what_was_true_on_a_day_is_the_last_step_by_then(client: Client, day: str) -> None:
    found, steps = ask(client, f"as_of={day}"), steps_in_force(day)
    for given in table("register.csv"):
        code, row = given["code"], found[given["code"]]
        if given["kind"] == "proposal":
            parts = [one["code"] for one in table("register.csv") if one["parent"] == code]
            status = overall([steps[part]["status"] if part in steps else "not_assessed" for part in parts])
            assert (row["status"], row["status_basis"], row["as_of"]) == (status, "computed", None), code
            continue
        step = steps.get(code)
        wanted = (step["status"], step["as_of"], step["confidence"]) if step else ("not_assessed", None, None)
        assert (row["status"], row["as_of"], row["confidence"]) == wanted, code
        assert row["status_basis"] == "assessed"
        assert sorted(row["evidence"]) == sorted(step["evidence"] if step else [])
        assert row["rationale_zh"] == (step["rationale_zh"] if step else None)


def test_today_is_the_day_that_no_date_means(client: Client) -> None:
    assert ask(client, "") == ask(client, f"as_of={TODAY}&known_on={TODAY}") == ask(client, f"known_on={TODAY}")
    assert ask(client, f"known_on={REVIEWED_ON}") == ask(client, f"as_of={REVIEWED_ON}&known_on={REVIEWED_ON}")


@pytest.mark.parametrize("known_on", ["1900-01-01", "2023-05-19", "2024-12-31", "2026-11-21"])
@pytest.mark.parametrize("as_of", ["", "&as_of=2026-11-22", "&as_of=2024-06-30"])
def test_before_its_first_publication_this_site_said_nothing(client: Client, known_on: str, as_of: str) -> None:
    for row in ask(client, f"known_on={known_on}{as_of}").values():
        assert row["status"] == "not_assessed", row["code"]
        gone = ("momentum", "confidence", "as_of", "last_checked_on", "rationale_zh", "rationale_en")
        assert [row[name] for name in gone] == [None] * len(gone)
        assert row["evidence"] == []


def test_a_later_as_of_than_known_on_is_what_was_known_then_carried_forward(client: Client) -> None:
    """Allowed, and plain: no later publication counts, but time goes on for movement and due dates."""
    then = ask(client, f"as_of={TODAY}&known_on={REVIEWED_ON}")
    assert {code: row["status"] for code, row in then.items()} == {
        code: row["status"] for code, row in ask(client, f"known_on={TODAY}").items()
    }


@pytest.mark.parametrize("name", ["as_of", "known_on"])
def test_a_future_day_is_refused_by_name(client: Client, name: str) -> None:
    tomorrow = TODAY + timedelta(days=1)
    answer = client.get(f"/en/commitments.json?{name}={tomorrow}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]
    (sentence,) = answer.json()["errors"][name]
    assert str(tomorrow) in sentence and str(TODAY) in sentence


def test_a_search_log_is_the_only_check_before_anybody_looked_again(client: Client) -> None:
    logged = {step["code"] for step in entries("assessments.json") if "search_log_zh" in step}
    found = ask(client, f"as_of={REVIEWED_ON}")
    assert {code for code, row in found.items() if row["last_checked_on"]} == logged
    assert {row["last_checked_on"] for code, row in found.items() if code in logged} == {"2026-11-22"}
    assert not any(row["last_checked_on"] for row in ask(client, "as_of=2026-11-21").values())
