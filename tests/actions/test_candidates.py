"""What an analyst makes of a candidate: only accepting makes a commitment, and everything can be taken back."""

import pytest
from django.utils.translation import override

from commitments.actions.candidates import accept, refuse, restate, save_candidate, undo
from commitments.actions.reshaping import add_candidate, merge, split
from commitments.actions.versions import Conflict
from commitments.models import Candidate, Commitment, CommitmentTheme, Passage
from commitments.rules.refusal import Refused
from tests import people
from tests.factories import (
    make_candidate,
    make_commitment,
    make_document,
    make_draft_register,
    make_note,
    make_party,
    make_theme,
)
from tests.models.written import refuses, writes_one_entry

pytestmark = pytest.mark.django_db
FIRST, SECOND = "建立对话机制", "举办主题活动"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def anna():
    return people.analyst()


def proposal(**over) -> Candidate:
    return make_candidate(
        over.pop("register", None),
        "一是加强机制建设。双方将建立对话机制，举办主题活动。",
        kind="proposal",
        code="1",
        **over,
    )


def fresh(row: Candidate) -> Candidate:
    return Candidate.objects.get(pk=row.pk)


# --- Accepting


def test_an_accepted_candidate_is_a_draft_anchored_to_its_characters(anna):
    head = proposal()
    row = make_candidate(head.register, parent=head, code="1.1", target="quantified", due_on="2027-12-31", title_en="A")
    row.themes.add(make_theme())
    row.parties.add(make_party("KZ"))
    top = accept(head, by=anna)
    why = f"accepted at the import desk from {row.start}–{row.end}"
    with writes_one_entry(Commitment, anna, why), writes_one_entry(Passage, anna, why):
        with writes_one_entry(Candidate, anna, "open → accepted"):
            made = accept(row, by=anna, expected_version=row.version)
    assert (made.code, made.parent, made.publication, made.target, str(made.due_on)) == (
        *("1.1", top, "draft", "quantified", "2027-12-31"),
    )
    passage = made.passages.get()
    assert (passage.role, passage.quote, passage.start, passage.end) == ("primary", row.quote, row.start, row.end)
    assert [link.role for link in made.party_links.all()] == ["partner"] and CommitmentTheme.objects.count() == 1
    assert (fresh(row).decision, fresh(row).decided_by, fresh(row).commitment) == ("accepted", anna, made)


def test_the_order_of_deciding_makes_no_difference_to_the_order_of_the_register(anna):
    register = make_draft_register()
    later, earlier = make_candidate(register, SECOND, code="B"), make_candidate(register, FIRST, code="A")
    accept(later, by=anna)
    accept(earlier, by=anna)
    assert [row.code for row in Commitment.objects.in_tree_order()] == ["A", "B"]


@pytest.mark.parametrize(
    ("over", "part", "field"),
    [
        ({"title_zh": ""}, "title_zh", "title_zh"),
        ({"target": ""}, "type of target", "target"),
        ({"code": "四.2"}, "四.2", "code"),
        ({"kind": "component"}, "Part", "parent"),
    ],
)
def test_what_no_commitment_may_be_is_refused_by_name(anna, over: dict, part: str, field: str):
    row = make_candidate(**over)
    with refuses(part, field):
        accept(row, by=anna)


def test_a_code_that_is_taken_is_named_with_who_has_it(anna):
    register = make_draft_register()
    make_commitment(document=register.document, code="9", title_zh="已有的事项")
    with refuses("已有的事项", "code"):
        accept(make_candidate(register, code="9"), by=anna)


def test_a_measure_waits_for_its_proposal(anna):
    head = proposal()
    row = make_candidate(head.register, parent=head)
    with refuses("not accepted yet", "parent"):
        accept(row, by=anna)


def test_sent_twice_it_is_accepted_once(anna):
    row = make_candidate()
    accept(row, by=anna, expected_version=1)
    with refuses("", kind=Conflict):
        accept(row, by=anna, expected_version=1)
    with refuses("decided already"):
        accept(row, by=anna)
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize("act", [accept, refuse, restate, undo, save_candidate])
@pytest.mark.parametrize("who", [people.reviewer, people.publisher])
def test_only_analysts_decide(act, who):
    row = make_candidate()
    who()
    with refuses("analyst"):
        act(row, by=who())


# --- What was said before


def test_what_only_says_something_again_makes_no_commitment(anna):
    earlier = make_commitment(title_zh="旧事项")
    row = make_candidate(earlier=earlier)
    restate(row, by=anna)
    passage = earlier.passages.get()
    assert (passage.role, passage.document, passage.quote) == ("restated", row.document, row.quote)
    assert Commitment.objects.count() == 1 and fresh(row).decision == "restates"
    undo(row, by=anna)
    assert not Passage.objects.exists() and fresh(row).decision == "open"


def test_without_an_earlier_one_there_is_nothing_to_say_again(anna):
    row = make_candidate()
    with refuses("document/code", "earlier"):
        restate(row, by=anna)


def test_a_successor_is_linked_and_unlinked(anna):
    earlier = make_commitment()
    row = make_candidate(earlier=earlier, relation="succeeds")
    made = accept(row, by=anna)
    assert Commitment.objects.get(pk=earlier.pk).successor == made
    other = make_candidate(row.register, SECOND, earlier=Commitment.objects.get(pk=earlier.pk), relation="succeeds")
    with refuses("replaced already", "earlier"):
        accept(other, by=anna)
    undo(row, by=anna)
    assert Commitment.objects.get().successor is None


def test_it_may_be_new_and_say_an_earlier_one_again(anna):
    earlier = make_commitment()
    row = make_candidate(earlier=earlier, relation="restates")
    made = accept(row, by=anna)
    assert {(p.commitment, p.role) for p in Passage.objects.all()} == {(made, "primary"), (earlier, "restated")}
    undo(row, by=anna)
    assert not Passage.objects.exists() and list(Commitment.objects.all()) == [earlier]


def test_a_withdrawn_commitment_is_not_linked_to(anna):
    row = make_candidate(earlier=make_commitment(publication="withdrawn"), relation="succeeds")
    with refuses("withdrawn", "earlier"):
        accept(row, by=anna)


# --- Taking back


def test_an_acceptance_is_undone_and_may_be_repeated(anna):
    row = make_candidate(code="7")
    accept(row, by=anna)
    undo(row, by=anna)
    assert not Commitment.objects.exists() and fresh(row).is_open
    assert accept(row, by=anna).code == "7"


def test_a_draft_that_somebody_worked_on_is_not_taken_away(anna):
    changed, noted, shown = (make_candidate() for _ in range(3))
    rows = [accept(row, by=anna) for row in (changed, noted, shown)]
    Commitment.objects.filter(pk=rows[0].pk).update(version=99)
    make_note(rows[1])
    Commitment.objects.filter(pk=rows[2].pk).update(publication="published", published_at="2024-01-01T00:00Z")
    for row, part in ((changed, "changed since"), (noted, "still refer"), (shown, "public")):
        with refuses(part):
            undo(row, by=anna)


def test_a_proposal_stays_while_its_measures_are_accepted(anna):
    head = proposal()
    row = make_candidate(head.register, parent=head)
    accept(head, by=anna)
    accept(row, by=anna)
    with refuses("still refer"):
        undo(head, by=anna)


def test_a_refusal_keeps_its_reason_until_it_is_undone(anna):
    row = make_candidate()
    with writes_one_entry(Candidate, anna, "open → refused"):
        refuse(row, by=anna, reason=" 只是背景 ")
    assert (fresh(row).decision, fresh(row).reason) == ("refused", "只是背景")
    undo(row, by=anna)
    assert (fresh(row).decision, fresh(row).reason, fresh(row).decided_by) == ("open", "", None)
    with refuses("nothing to undo"):
        undo(row, by=anna)


# --- Changing


def test_words_that_were_changed_are_found_near_their_old_place(anna):
    text = "要办学校。要办学校。双方将新建学校三所，要办学校。"
    row = make_candidate(make_draft_register(document=make_document(text=text, publication="draft")), "新建学校三所")
    row.quote = "将新建学校"
    save_candidate(row, by=anna, expected_version=1)
    assert text[row.start : row.end] == "将新建学校" == fresh(row).quote
    row.quote = "要办学校"
    with refuses("3 times", "start"):
        save_candidate(fresh_with(row, quote="要办学校"), by=anna)
    save_candidate(fresh_with(row, quote="要办学校", start=5), by=anna)
    assert fresh(row).start == 5


def fresh_with(row: Candidate, **values) -> Candidate:
    found = fresh(row)
    for name, value in values.items():
        setattr(found, name, value)
    return found


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"quote": "没有这句话"}, "quote"),
        ({"quote": ""}, "quote"),
        ({"kind": "component"}, "parent"),
        ({"kind": "pledge"}, "kind"),
        ({"code": ""}, "code"),
        ({"code": "taken"}, "code"),
        ({"relation": "succeeds"}, "earlier"),
        ({"title_zh": "长" * 301}, "title_zh"),
    ],
)
def test_what_does_not_hold_is_refused_at_its_field(anna, values: dict, field: str):
    row = make_candidate()
    make_candidate(row.register, SECOND, code="taken")
    with refuses("", field):
        save_candidate(fresh_with(row, **values), by=anna)


def test_a_candidate_of_another_document_is_no_parent(anna):
    row, other = make_candidate(), proposal()
    with refuses("no candidate", "parent"):
        save_candidate(fresh_with(row, parent=other), by=anna)


def test_a_proposal_with_measures_does_not_become_a_measure(anna):
    head = proposal()
    make_candidate(head.register, parent=head)
    with refuses("cannot stand", "parent"):
        save_candidate(fresh_with(head, kind="measure", target="one_off"), by=anna)


def test_the_later_one_of_two_is_told(anna):
    row = make_candidate(title_zh="原题")
    save_candidate(fresh_with(row, title_zh="甲写的"), by=anna, expected_version=1)
    with refuses("Someone else", kind=Conflict):
        save_candidate(fresh_with(row, title_zh="乙写的"), by=anna, expected_version=1)


# --- Merging, splitting, adding


def test_two_become_one_and_two_again(anna):
    head = proposal()
    first = make_candidate(head.register, FIRST, parent=head, code="1.1", title_zh="机制")
    second = make_candidate(head.register, SECOND, parent=head, code="1.2", title_zh="活动", target="quantified")
    second.themes.add(make_theme())
    new = merge([(second, 1), (first, 1)], by=anna)
    assert (new.quote, new.code, new.title_zh, new.target) == (
        "建立对话机制，举办主题活动",
        "1.1",
        "机制；活动",
        "quantified",
    )
    assert new.themes.count() == 1 and {fresh(row).decision for row in (first, second)} == {"replaced"}
    with refuses("decided already"):
        accept(first, by=anna)
    undo(new, by=anna)
    assert {fresh(row).decision for row in (first, second)} == {"open"}
    assert not Candidate.objects.filter(pk=new.pk).exists()


def test_one_becomes_two_with_codes_of_their_own_and_one_again(anna):
    head = proposal()
    row = make_candidate(head.register, "建立对话机制，举办主题活动", parent=head, code="1.1")
    make_candidate(head.register, "加强机制建设", parent=head, code="1.2")
    first, second = split(row, by=anna, cut=7, expected_version=1)
    assert [(part.code, part.quote, part.title_zh) for part in (first, second)] == [
        ("1.1", FIRST, FIRST),
        ("1.3", SECOND, SECOND),
    ]
    accept(head, by=anna)
    accept(second, by=anna)
    with refuses("decided already"):
        undo(first, by=anna)
    undo(second, by=anna)
    undo(first, by=anna)
    assert fresh(row).is_open and Candidate.objects.count() == 3


def test_what_another_made_of_the_other_part_is_not_lost_by_undoing_this_one(anna):
    first, second = split(make_candidate(quote="建立对话机制，举办主题活动"), by=anna, cut=7)
    save_candidate(fresh_with(second, title_zh="改好的题目"), by=people.one_for_all())
    with refuses("olga", "decision"):
        undo(first, by=anna, expected_version=1)
    assert fresh(second).title_zh == "改好的题目"
    undo(fresh(second), by=anna)
    assert Candidate.objects.get().is_open, "on its own row it is seen"


def test_measures_follow_their_proposal_through_merge_and_split(anna):
    head = proposal()
    first = make_candidate(head.register, FIRST, parent=head)
    second = make_candidate(head.register, SECOND, parent=head)
    parts = split(head, by=anna, cut=head.quote.index("举办"))
    assert (fresh(first).parent, fresh(second).parent) == parts
    joined = merge([(part, part.version) for part in parts], by=anna)
    assert {fresh(first).parent, fresh(second).parent} == {joined}
    undo(joined, by=anna)
    assert (fresh(first).parent, fresh(second).parent) == parts
    undo(fresh(parts[0]), by=anna)
    assert {fresh(first).parent, fresh(second).parent} == {head}


def test_two_that_are_no_sisters_are_not_merged(anna):
    first, second = make_candidate(), make_candidate()
    with refuses("one document", "rows"):
        merge([(first, 1), (second, 1)], by=anna)
    with refuses("two candidates", "rows"):
        merge([(first, 1)], by=anna)
    with refuses("", kind=Conflict):
        merge([(first, 1), (make_candidate(first.register, SECOND), 7)], by=anna)


def test_what_was_not_found_is_added_under_the_proposal_that_it_stands_in(anna):
    head = proposal()
    new = add_candidate(head.register, by=anna, quote="加强机制建设", kind="measure")
    assert (new.parent, new.code, new.title_zh, new.decision) == (head, "1.1", "加强机制建设", "open")
    outside = add_candidate(head.register, by=anna, quote="扩大贸易规模", kind="measure")
    assert (outside.parent, outside.code) == (None, "M1")
    with refuses("candidate already", "quote"):
        add_candidate(head.register, by=anna, quote="扩大贸易规模", kind="measure")
    with refuses("stands 2 times", "start"):
        add_candidate(head.register, by=anna, quote="双方将", kind="measure")
    with refuses("does not stand", "quote"):
        add_candidate(head.register, by=anna, quote="没有", kind="measure")
    with pytest.raises(Refused):
        add_candidate(head.register, by=anna, quote="拓展经贸关系", kind="pledge")
