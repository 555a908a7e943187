"""What may be stored as text, what is refused, and that the refusal can be acted upon."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.text.clean import UncleanText, clean_text

BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
NONCHARACTERS = [*range(0xFDD0, 0xFDF0), *(plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF))]
CONTROLS = [code for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) not in "\t\n"]
SURROGATES = [0xD800, 0xDABC, 0xDBFF, 0xDC00, 0xDFFF]
REFUSED = {*BIDI, *NONCHARACTERS, *CONTROLS, *range(0xD800, 0xE000)}


@pytest.mark.parametrize("code", [*BIDI, *NONCHARACTERS, *CONTROLS, *SURROGATES], ids=hex)
def test_a_forbidden_character_is_named_with_its_place(code: int) -> None:
    with pytest.raises(UncleanText) as refusal:
        clean_text(f"铁路{chr(code)}后")
    assert f"U+{code:04X}" in str(refusal.value)
    assert "3" in str(refusal.value).replace(f"U+{code:04X}", "")


def test_of_all_characters_exactly_the_forbidden_ones_are_refused() -> None:
    def passes(code: int) -> bool:
        try:
            clean_text("a" + chr(code))
        except UncleanText:
            return False
        return True

    refused = {code for code in range(sys.maxunicode + 1) if not passes(code)}
    assert refused == REFUSED


@pytest.mark.parametrize("text", ["", "a\tb\nc", "“引号”——破折号…", "é", "👩‍🌾", "עברית", "\u200b", "\xa0", "𠮷", "　"])
def test_honest_text_is_kept(text: str) -> None:
    assert clean_text(text) == text


def test_text_is_composed_and_line_ends_are_one_character() -> None:
    assert clean_text("e\u0301 \u1100\u1161") == "é 가"
    assert clean_text("一\r\n二\r\n") == "一\n二\n"
    assert clean_text("\u2126") == "\u03a9"
    assert clean_text("ﬁ Ａ①") == "ﬁ Ａ①", "compatibility forms are what the source wrote"


def test_a_lone_carriage_return_is_refused() -> None:
    with pytest.raises(UncleanText):
        clean_text("一\r二")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    try:
        once = clean_text(text)
    except UncleanText:
        return
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_long_text_is_cleaned_in_proportion_to_its_length() -> None:
    assert len(clean_text("铁路\r\n" * 200_000)) == 600_000
