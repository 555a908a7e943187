"""A text as it comes from outside -> the text that is stored, with every candidate at its characters."""

from pathlib import Path

import pytest
from django.utils.translation import override

from commitments.extraction.draft import EarlierText, draft, storable
from commitments.extraction.draft_apart import draft_apart
from commitments.extraction.files.refusals import UnreadableFile

GIVEN = (Path(__file__).resolve().parents[1] / "data" / "imports" / "linhu-2026.txt").read_text(encoding="utf-8")


def quotes(drafted: dict) -> list[str]:
    return ["".join(row["quote"].split()) for row in drafted["candidates"]]


def test_broken_lines_are_joined_and_the_same_is_found_either_way():
    joined, given = draft(GIVEN, join_lines=True), draft(GIVEN, join_lines=False)
    assert joined["text"].split("\n")[2].startswith("一、完善创业空间。新建青年创业园2个，改造老旧厂房5处，")
    assert given["text"] == GIVEN
    assert quotes(joined) == quotes(given) and len(quotes(joined)) == 13


@pytest.mark.parametrize("join_lines", [True, False])
def test_every_quote_stands_where_it_is_said_to(join_lines: bool):
    drafted = draft(GIVEN, join_lines=join_lines)
    for row in drafted["candidates"]:
        assert drafted["text"][row["start"] : row["end"]] == row["quote"]
        parent = drafted["candidates"][row["parent"]] if row["parent"] is not None else row
        assert parent["start"] <= row["start"] and row["end"] <= parent["end"]


def test_a_proposal_does_not_take_the_date_of_its_measure():
    rows = draft(GIVEN, join_lines=True)["candidates"]
    assert [row["due_on"] for row in rows if row["due_on"]] == ["2027-12-31"]
    assert next(row for row in rows if row["due_on"])["kind"] == "measure"


def test_what_no_text_may_have_is_left_out_and_counted():
    assert storable("\ufeff甲\x00\r\n乙\x0c\u202e丙") == ("甲\n乙\n丙", 2)
    assert storable("e\u0301") == ("\u00e9", 0)


def test_what_was_registered_before_is_offered_to_what_says_it_again():
    earlier = [EarlierText(5, "推动贸易自由化便利化", False), EarlierText(6, "深化对外交流", True)]
    found = {
        row["title"]: row["hints"].get("like") for row in draft(GIVEN, join_lines=True, earlier=earlier)["candidates"]
    }
    assert found["推动贸易自由化便利化"] == [[5, 1.0]]
    assert found["深化对外交流"] == [[6, 1.0]]
    assert found["改造老旧厂房5处"] is None


def test_a_process_of_its_own_says_the_same():
    apart = draft_apart(GIVEN, join_lines=True, earlier=[(5, "推动贸易自由化便利化", False)])
    here = draft(GIVEN, join_lines=True, earlier=[EarlierText(5, "推动贸易自由化便利化", False)])
    assert apart["text"] == here["text"]
    assert [row["hints"].get("like") for row in apart["candidates"]] == [
        [list(match) for match in row["hints"]["like"]] if "like" in row["hints"] else None
        for row in here["candidates"]
    ]


def test_a_process_that_ends_badly_is_a_sentence(monkeypatch):
    monkeypatch.setattr("commitments.extraction.draft_apart.PATIENCE", 0.01)
    with override("en"), pytest.raises(UnreadableFile, match="time or memory"):
        draft_apart(GIVEN, join_lines=True, earlier=[])
