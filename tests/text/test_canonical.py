"""Canonical JSON against the rules and the examples of RFC 8785."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.text.canonical import LARGEST, NotCanonical, canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def test_names_are_sorted_by_utf_16_units_as_in_the_standard():
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    assert list(json.loads(canonical(dict.fromkeys(names, 0)))) == [
        *("\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33")
    ]


def test_text_is_escaped_as_in_the_standard():
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert canonical(text) == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (0, "0"),
        (-7, "-7"),
        ("毖谰", '"毖谰"'),
        ("\u2028\u007f", '"\u2028\u007f"'),
        ([1, [], {}], "[1,[],{}]"),
        ({"b": 1, "a": {"d": None, "c": "x"}}, '{"a":{"c":"x","d":null},"b":1}'),
    ],
)
def test_there_is_one_spelling(value, written):
    assert canonical(value) == written.encode()


@given(VALUES)
def test_what_is_read_back_is_what_was_written_and_the_order_of_names_does_not_matter(value):
    def turned(one):
        if isinstance(one, dict):
            return {name: turned(one[name]) for name in reversed(one)}
        return [turned(each) for each in one] if isinstance(one, list) else one

    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(turned(value)) == written


@pytest.mark.parametrize("value", [0.5, float("nan"), 2**53, -(2**53), "\ud800", {1: 2}, {"\ud800": 1}, {"a": {1, 2}}])
def test_what_has_no_one_spelling_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)
