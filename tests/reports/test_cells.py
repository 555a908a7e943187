"""Cells that no spreadsheet runs, and that come back as they were."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.reports.cells import guarded, plain, plain_text

SIGNS = ["=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠", "｜", "％"]
BLANKS = [
    "",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\xa0",
    "\u1680",
    "\u2003",
    "\u2028",
    "\u3000",
]
UNSEEN = ["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff", "\xad", "\x00", " \u200b\ufeff \u3000"]
SHELLS = ["cmd|' /C calc'!A0", "=1+1", "@SUM(1)", '=HYPERLINK("http://x")', "-2+3", "+A1", "%0A=1", "|id", "＝１＋１"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BLANKS + UNSEEN)
def test_what_could_run_is_text_also_behind_what_cannot_be_seen(sign: str, before: str) -> None:
    assert guarded(f"{before}{sign}1+1").startswith("'")


@pytest.mark.parametrize("text", [text for text in SHELLS if not text.startswith("cmd")])
def test_known_attacks_are_text(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("number", ["-1", "+1", "-0.5", "-999999999999999", "+86", "-1.25"])
def test_a_number_stays_a_number(number: str) -> None:
    assert guarded(number) == number


@pytest.mark.parametrize(
    "text", ["-1\n", "-1 ", "-1e5", "+1-1", "--1", "-１", "-1.", "-.5", "+1=1", "-" + "1" * 16, "-"]
)
def test_what_only_looks_like_a_number_is_text(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", "铁路", "4.2", "2024-12-31", "a=b", "1-2", "https://example.org/?a=1", "100%", "（－）"]
)
def test_honest_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (date(2024, 2, 9), "2024-02-09"),
        (["E1", "E2"], "E1|E2"),
        ((), ""),
        (0, "0"),
        (True, "True"),
        (-3, "-3"),
    ],
)
def test_values_are_written_in_one_way(value: Any, text: str) -> None:
    assert plain(value) == guarded(value) == text


texts = st.text() | st.builds(
    "".join, st.lists(st.sampled_from([*SIGNS, *BLANKS, *UNSEEN, "'", "''", "1", "a", "铁"]), max_size=6)
)


@given(texts)
def test_the_guard_comes_off_again_and_leaves_the_text_as_it_was(text: str) -> None:
    assert plain_text(guarded(text)) == plain(text)


@given(texts)
def test_nothing_that_is_not_a_number_begins_with_a_sign(text: str) -> None:
    first = re.sub("^[\\s\u200b-\u200f\u2060\ufeff\xad\x00]+", "", guarded(text))[:1]
    assert first not in SIGNS or re.fullmatch(r"[+-]\d+(\.\d+)?", guarded(text), re.ASCII)
