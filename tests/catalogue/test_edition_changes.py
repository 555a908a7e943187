"""What differs between two editions, row by row and value by value."""

from commitments.catalogue.edition_changes import Change, changes
from commitments.choices import Difference

A = {"id": "x/1", "title_zh": "甲", "status": "initiated", "evidence": ["E1"]}
B = {"id": "x/2", "title_zh": "乙", "status": "underway", "evidence": []}
NOTE = {"commitment": "x/1", "dated": "2024-01-01", "text_zh": "备注", "text_en": None}


def test_nothing_differs_from_itself():
    tables = {"commitments": [A, B], "notes": [NOTE]}
    assert changes(tables, tables) == []


def test_rows_that_came_went_and_changed():
    later = {**A, "status": "underway", "evidence": ["E1", "E2"]}
    assert changes({"commitments": [A]}, {"commitments": [B]}) == [
        Change("commitments", "x/1", Difference.REMOVED),
        Change("commitments", "x/2", Difference.ADDED),
    ]
    assert changes({"commitments": [A, B]}, {"commitments": [later, B]}) == [
        Change("commitments", "x/1", Difference.CHANGED, "status", "initiated", "underway"),
        Change("commitments", "x/1", Difference.CHANGED, "evidence", ["E1"], ["E1", "E2"]),
    ]


def test_the_other_way_round_it_is_the_reverse():
    forth = changes({"commitments": [A]}, {"commitments": [{**A, "title_zh": "丙"}, B]})
    back = changes({"commitments": [{**A, "title_zh": "丙"}, B]}, {"commitments": [A]})
    turned = {Difference.ADDED: Difference.REMOVED, Difference.CHANGED: Difference.CHANGED}
    assert sorted((one.id, turned[one.what], one.after or "", one.before or "") for one in forth) == sorted(
        (one.id, one.what, one.before or "", one.after or "") for one in back
    )


def test_a_row_without_a_name_is_there_or_not():
    found = changes({"notes": [NOTE]}, {"notes": [{**NOTE, "text_zh": "另一条"}]})
    assert [(one.what, one.field) for one in found] == [(Difference.REMOVED, None), (Difference.ADDED, None)]


def test_an_older_edition_without_a_table_or_a_column_can_be_compared():
    assert [one.what for one in changes({}, {"commitments": [A]})] == [Difference.ADDED]
    older = {name: value for name, value in A.items() if name != "status"}
    assert changes({"commitments": [older]}, {"commitments": [A]}) == [
        Change("commitments", "x/1", Difference.CHANGED, "status", None, "initiated")
    ]
