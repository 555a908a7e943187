"""Times as texts name them."""

from datetime import date

import pytest

from commitments.text.dates import deadline
from commitments.text.numerals import chinese, number_of


@pytest.mark.parametrize(
    ("text", "written", "due_on"),
    [
        ("到2030年建成", "到2030年", date(2030, 12, 31)),
        ("2027年6月底前完成", "2027年6月底前", date(2027, 6, 30)),
        ("于2026年2月3日举行", "于2026年2月3日", date(2026, 2, 3)),
        ("2028年上半年开工", "2028年上半年", date(2028, 6, 30)),
        ("未来5年扩大", "未来5年", None),
        ("两年内提供", "两年内", None),
        ("no later than 2050", "no later than 2050", date(2050, 12, 31)),
        ("by the end of 2029", "by the end of 2029", date(2029, 12, 31)),
        ("2026年13月", "2026年13月", None),
    ],
)
def test_a_deadline_is_read(text: str, written: str, due_on: date | None) -> None:
    found = deadline(text)
    assert found is not None
    assert (found.written, found.due_on) == (written, due_on)


def test_a_text_without_one_has_none() -> None:
    assert deadline("建设平台") is None


@pytest.mark.parametrize("number", range(1, 100))
def test_numerals_are_read_back(number: int) -> None:
    assert number_of(chinese(number)) == number_of(str(number)) == number


@pytest.mark.parametrize("word", ["", "甲", "一甲", "12345"])
def test_what_is_no_numeral_of_a_list_is_none(word: str) -> None:
    assert number_of(word) is None
