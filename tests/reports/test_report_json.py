"""The report as JSON: codes, texts in both languages, numbers that agree with the list's."""

import json
from typing import Any

import pytest
import time_machine

from commitments.choices import Status
from commitments.reports import report_json
from tests.actions.seeded import NOW, first_run, seeded
from tests.factories import make_commitment, make_judged
from tests.reports.asking import YEAR, report
from tests.reports.shipped import written

__all__ = ["first_run", "seeded"]


@pytest.fixture
def data() -> Any:
    return json.loads(written("json"))


@pytest.mark.usefixtures("seeded")
class TestShipped:
    def test_it_says_what_the_api_of_the_list_says(self, client: Any, data: Any) -> None:
        with time_machine.travel(NOW, tick=False):
            listed = client.get("/commitments.json?document=xian-2023&as_of=2025-12-31&page_size=100").json()["results"]
        found = {row["id"]: row for row in data["commitments"]}
        assert len(found) == len(data["commitments"]) == len(listed) == 85
        for row in listed:
            assert {name: found[row["id"]][name] for name in row} == row

    def test_each_source_is_there_once_and_every_reference_finds_it(self, data: Any) -> None:
        codes = [source["code"] for source in data["sources"]]
        assert len(codes) == len(set(codes))
        named = {code for row in data["commitments"] for code in (*row["evidence"], *row["also_on_record"])}
        named |= {code for step in data["happened"] for code in step["sources"]}
        assert named == set(codes)

    def test_numbers_add_up(self, data: Any) -> None:
        numbers = data["numbers"]
        assert numbers["measures"] == sum(numbers["statuses_of_measures"].values()) == 43
        for row in numbers["at_the_end"].values():
            assert row.pop("total") == sum(row.values())

    def test_chinese_is_readable_and_the_same_question_gives_the_same_bytes(self) -> None:
        raw = written("json")
        assert "主体完成".encode() in raw or "中国—中亚".encode() in raw
        assert b"\\u" not in raw
        assert raw == written("json")

    def test_a_brief_one_has_all_of_it_too(self, data: Any) -> None:
        brief = json.loads(written("json", "brief"))
        assert (brief.pop("length"), data.pop("length")) == ("brief", "full")
        assert len(brief.pop("method")) < len(data.pop("method"))
        for found in (brief, data):  # those that the pages of a brief report name are numbered first
            assert [one.pop("number") for one in found["sources"]] == [*range(1, len(found["sources"]) + 1)]
            found["sources"].sort(key=lambda one: one["code"])
        assert brief == data

    def test_every_source_that_is_named_is_listed(self, data: Any) -> None:
        listed = {one["code"] for one in data["sources"]}
        steps = [*data["happened"], *data["entered_about_earlier_times"], *data["corrections"]]
        assert {code for step in steps for code in step["sources"]} <= listed


@pytest.mark.django_db
def test_a_step_is_in_codes_with_its_reasons() -> None:
    row = make_commitment()
    judged = make_judged(row, Status.UNDERWAY, as_of="2024-05-01", rationale_en="Work began.")
    found = json.loads(report_json.document(report(f"{YEAR}&document={row.document.slug}")))
    (step,) = found["happened"]
    assert (step["id"], step["from"], step["to"]) == (row.natural_id, "not_assessed", "underway")
    assert (step["rationale_zh"], step["rationale_en"]) == (judged.rationale_zh, "Work began.")
    assert step["as_of"] == "2024-05-01"
