"""Places in a list: what encode() made is read again, everything else is refused without harm."""

import base64
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.catalogue.cursor import BadCursor, Cursor, Key, decode, encode

KEYS = (Key("order_date", date, True), Key("document_id", int), Key("path", str))
VALUES = (date(2024, 2, 29), 7, "000001000002")


def packed(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@given(st.dates(), st.integers(-(2**63) + 1, 2**63 - 1), st.text("0123456789", max_size=120), st.booleans())
def test_a_place_is_read_as_it_was_written(day: date, number: int, path: str, backwards: bool) -> None:
    cursor = Cursor("-as_of", backwards, (day, number, path))
    assert decode(encode(cursor), "-as_of", KEYS) == cursor


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "====",
        "é",
        "\x00",
        "\ud800",
        "a" * 601,
        packed(None),
        packed(7),
        packed("text"),
        packed({"a": 1}),
        packed([]),
        packed(["-as_of"]),
        packed(["-as_of", 0]),
        packed(["as_of", 0, "2024-02-29", 7, "000001"]),
        packed(["-as_of", 2, "2024-02-29", 7, "000001"]),
        packed(["-as_of", "0", "2024-02-29", 7, "000001"]),
        packed(["-as_of", 0, "2024-02-30", 7, "000001"]),
        packed(["-as_of", 0, 20240229, 7, "000001"]),
        packed(["-as_of", 0, None, 7, "000001"]),
        packed(["-as_of", 0, "2024-02-29", 2**63, "000001"]),
        packed(["-as_of", 0, "2024-02-29", -(2**80), "000001"]),
        packed(["-as_of", 0, "2024-02-29", 7.5, "000001"]),
        packed(["-as_of", 0, "2024-02-29", True, "000001"]),
        packed(["-as_of", 0, "2024-02-29", "7", "000001"]),
        packed(["-as_of", 0, "2024-02-29", [7], "000001"]),
        packed(["-as_of", 0, "2024-02-29", 7, 1]),
        packed(["-as_of", 0, "2024-02-29", 7, "\x00"]),
        packed(["-as_of", 0, "2024-02-29", 7, "\ud800"]),
        packed(["-as_of", 0, "2024-02-29", 7, {}]),
        packed(["-as_of", 0, "2024-02-29", 7, "000001", "more"]),
        base64.urlsafe_b64encode(b"\xff\xfe\xfd").decode(),
        base64.urlsafe_b64encode(b"[" * 430).decode(),
        base64.urlsafe_b64encode(b'{"a":' * 85).decode(),
        base64.urlsafe_b64encode(b'["-as_of",0,"2024-02-29",' + b"9" * 400 + b',"1"]').decode(),
        base64.urlsafe_b64encode(b'["-as_of",0,"2024-02-29",1e999,"1"]').decode(),
        base64.urlsafe_b64encode(b'["-as_of",0,"2024-02-29",NaN,"1"]').decode(),
    ],
)
def test_what_is_no_place_of_this_order_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        decode(text, "-as_of", KEYS)


def test_a_cut_or_flipped_place_is_refused_or_is_another_place_of_this_order() -> None:
    whole = encode(Cursor("-as_of", False, VALUES))
    broken = [whole[:n] for n in range(len(whole))] + [
        whole[:n] + chr(ord(whole[n]) ^ 1 << bit) + whole[n + 1 :] for n in range(len(whole)) for bit in range(7)
    ]
    for text in broken:
        try:
            found = decode(text, "-as_of", KEYS)
        except BadCursor:
            continue
        assert [type(value) for value in found.values] == [date, int, str]


@given(st.text(max_size=80))
def test_any_text_is_refused_or_read_without_another_error(text: str) -> None:
    try:
        decode(text, "-as_of", KEYS)
    except BadCursor:
        pass
