"""Codes that are free, places where a quote can be cut, and what may follow what."""

import pytest

from commitments.choices import CandidateDecision, Kind
from commitments.rules.candidates import check_decided, check_joinable, check_open, cuts, halves, propose_code
from commitments.rules.refusal import Refused


@pytest.mark.parametrize(
    ("kind", "parent", "taken", "code"),
    [
        (Kind.PROPOSAL, "", [], "1"),
        (Kind.PROPOSAL, "", ["1", "2"], "3"),
        (Kind.MEASURE, "4", ["4.1"], "4.2"),
        (Kind.MEASURE, "", ["M1"], "M2"),
        (Kind.COMPONENT, "4.2", [], "4.2.1"),
        (Kind.PRINCIPLE, "", ["P1", "1"], "P2"),
        (Kind.OUTCOME, "", [], "S1"),
        (Kind.PRESS, "", [], "J1"),
    ],
)
def test_the_next_free_code_follows_the_numbering(kind: Kind, parent: str, taken: list[str], code: str):
    assert propose_code(kind, parent, taken) == code


def test_a_quote_is_cut_after_marks_and_before_joining_words():
    quote = "新建学校、改造医院和办好图书馆"
    assert [quote[:cut] for cut in cuts(quote)] == ["新建学校、", "新建学校、改造医院"]
    assert cuts("新建学校") == cuts("、学校、") == []
    assert cuts("build schools and mend roads") == [14]


def test_the_halves_leave_out_what_separated_them():
    assert halves(100, "新建学校、改造医院", 5) == ((100, 104), (105, 109))
    assert halves(0, "build schools, mend roads", 14) == ((0, 13), (15, 25))


@pytest.mark.parametrize("cut", [0, 9, -1, 99])
def test_a_cut_outside_the_quote_is_refused_with_what_is_allowed(cut: int):
    with pytest.raises(Refused, match="8") as caught:
        halves(0, "新建学校、改造医院", cut)
    assert caught.value.field == "cut" and str(cut) in str(caught.value)


def test_a_cut_that_leaves_nothing_is_refused():
    with pytest.raises(Refused):
        halves(0, "、学校", 1)


@pytest.mark.parametrize("decision", CandidateDecision)
def test_only_what_is_open_is_decided_and_only_what_is_decided_is_undone(decision: CandidateDecision):
    done, undone = (check_open, check_decided) if decision == CandidateDecision.OPEN else (check_decided, check_open)
    done(decision, "1.1")
    with pytest.raises(Refused, match="1.1"):
        undone(decision, "1.1")


@pytest.mark.parametrize(
    ("kinds", "parents", "count"),
    [({Kind.MEASURE}, {1}, 1), ({Kind.MEASURE, Kind.PROPOSAL}, {1}, 2), ({Kind.MEASURE}, {1, 2}, 2)],
)
def test_only_sisters_of_one_kind_are_merged(kinds: set[Kind], parents: set[int | None], count: int):
    with pytest.raises(Refused):
        check_joinable(kinds, parents, count)
    check_joinable({Kind.MEASURE}, {None}, 2)
