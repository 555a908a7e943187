"""What a form posts as numbers, honest and forged."""

import pytest

from commitments.admin.posted import VERSION_DIGITS, number, versions_of


@pytest.mark.parametrize(("text", "found"), [("0", 0), ("12", 12), ("9" * 18, 10**18 - 1)])
def test_plain_digits_are_a_number(text, found):
    assert number(text) == found


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", " 1", "1 ", "²", "١", "一", "0x1", "1_0", "\x00", "9" * 19])
def test_anything_else_is_none(text):
    assert number(text) is None


def test_a_version_has_fewer_digits_than_a_key():
    assert number("9" * 9, VERSION_DIGITS) == 999_999_999
    assert number("9" * 10, VERSION_DIGITS) is None


def test_rows_are_read_with_their_versions_and_the_rest_is_left_out():
    assert versions_of(["3:1", "x:1", "4:", ":4", "5", "6:1:2", "7:²", "8:0", "3:2"]) == {3: 2, 8: 0}
