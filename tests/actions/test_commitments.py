"""Commitments and their parts: what may be saved, where a commitment stands, and who says so."""

from datetime import date

import pytest
from django.utils.translation import override

from commitments.actions.commitments import remove_part, save_commitment, save_part
from commitments.choices import Bearing, Kind, PartyRole, Publication, Target
from commitments.models import (
    Commitment,
    CommitmentParty,
    CommitmentTheme,
    EvidenceLink,
    Exclusion,
    Passage,
    SourceDocument,
)
from tests import people
from tests.factories import (
    TEXT,
    make_commitment,
    make_document,
    make_evidence,
    make_party,
    make_party_link,
    make_passage,
    make_theme,
)
from tests.models.written import refuses, writes_one_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def new(document: SourceDocument | None = None, **over) -> Commitment:
    fields = {"code": "4.2", "kind": Kind.MEASURE, "target": Target.ONE_OFF, "title_zh": "建立对话机制"}
    return Commitment(document=document or make_document(), **{**fields, **over})


def paths(*rows: Commitment) -> list[str]:
    return [Commitment.objects.values_list("path", flat=True).get(pk=row.pk) for row in rows]


# --- Saving ----------------------------------------------------------------------------------------------------------


def test_a_new_commitment_is_a_draft_with_one_entry():
    anna, commitment = people.analyst(), new()
    with writes_one_entry(Commitment, anna, "from the speech"):
        save_commitment(commitment, by=anna, why="from the speech")
    stored = Commitment.objects.get()
    assert (stored.publication, stored.version, stored.path) == ("draft", 1, "000001")


def test_a_change_writes_one_entry():
    commitment, anna = make_commitment(), people.analyst()
    commitment.title_zh = "新的标题"
    with writes_one_entry(commitment, anna, "typo"):
        save_commitment(commitment, by=anna, why="typo", expected_version=1)
    assert Commitment.objects.get().title_zh == "新的标题"


@pytest.mark.parametrize(
    ("over", "part", "field"),
    [
        ({"code": "四.2"}, "“四.2” is not a code", "code"),
        ({"code": ""}, "is not a code", "code"),
        ({"code": "-1"}, "is not a code", "code"),
        ({"code": "x" * 33}, "is not a code", "code"),
        ({"kind": "pledge"}, "(kind='pledge')", "kind"),
        ({"kind": ""}, "(kind='')", "kind"),
        ({"target": "soon"}, "(target='soon')", "target"),
        ({"target": ""}, "needs a type of target", "target"),
        ({"kind": Kind.PROPOSAL}, "must be left out", "target"),
        ({"kind": Kind.PROPOSAL, "target": "", "criterion_en": "Done."}, "has no criterion", "criterion_zh"),
        ({"kind": Kind.COMPONENT}, "cannot stand at the top", "parent"),
        ({"title_zh": ""}, "(title_zh='')", "title_zh"),
        ({"title_zh": "长" * 301}, "(title_zh=", "title_zh"),
        ({"verifiability": "perhaps"}, "(verifiability='perhaps')", "verifiability"),
        ({"due_on": "someday"}, "(due_on='someday')", "due_on"),
        ({"position": 0}, None, None),
        ({"due_on": date(2030, 12, 31)}, None, None),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_field(over, part, field):
    commitment, anna = new(**over), people.analyst()
    if part is None:
        save_commitment(commitment, by=anna)
        return
    with refuses(part, field):
        save_commitment(commitment, by=anna)


@pytest.mark.parametrize("name", ["reviewer", "publisher", "visitor"])
def test_only_an_analyst_writes_commitments_and_their_parts(name):
    person, commitment = getattr(people, name)(), make_commitment()
    link = make_party_link(commitment)
    with refuses("This needs the role: analyst."):
        save_commitment(commitment, by=person)
    with refuses("This needs the role: analyst."):
        save_part(link, by=person)
    with refuses("This needs the role: analyst."):
        remove_part(link, by=person)


@pytest.mark.parametrize("publication", [Publication.DRAFT, Publication.PUBLISHED])
def test_a_code_and_a_document_stay_as_they_were_first_saved(publication):
    commitment, other = make_commitment(code="4.2", publication=publication), make_document()
    anna = people.analyst()
    commitment.code = "4.3"
    with refuses("does not change once it is saved (it is “4.2”)", "code"):
        save_commitment(commitment, by=anna)
    commitment.code, commitment.document = "4.2", other
    with refuses("does not change once it is saved", "document"):
        save_commitment(commitment, by=anna)


def test_a_code_is_given_once_in_a_document_and_anew_in_another():
    first, anna = make_commitment(code="4.2"), people.analyst()
    again, elsewhere = new(first.document), new()
    with refuses("already exists"):
        save_commitment(again, by=anna)
    save_commitment(elsewhere, by=anna)


# --- Places ----------------------------------------------------------------------------------------------------------


def test_a_new_commitment_comes_last_among_its_siblings():
    document, anna = make_document(), people.analyst()
    for code in ("1", "2", "3"):
        save_commitment(new(document, code=code, kind=Kind.PROPOSAL, target=""), by=anna)
    second = Commitment.objects.get(code="2")
    for code in ("2.1", "2.2"):
        save_commitment(new(document, code=code, parent=second), by=anna)
    save_commitment(new(), by=anna)
    codes = Commitment.objects.filter(document=document).in_tree_order().values_list("code", flat=True)
    assert list(codes) == ["1", "2", "2.1", "2.2", "3"]


def test_a_given_position_is_kept_and_a_taken_one_refused():
    document, anna = make_document(), people.analyst()
    save_commitment(new(document, code="9", position=9), by=anna)
    assert paths(Commitment.objects.get()) == ["000009"]
    second = new(document, code="10", position=9)
    with refuses("Position 9 is taken by commitment 9.", "position"):
        save_commitment(second, by=anna)


def test_moving_a_commitment_brings_all_below_it():
    document, anna = make_document(), people.analyst()
    one = make_commitment(document=document, kind=Kind.PROPOSAL, position=1)
    two = make_commitment(document=document, kind=Kind.PROPOSAL, position=2)
    measure = make_commitment(parent=one, position=1)
    part = make_commitment(parent=measure, kind=Kind.COMPONENT, position=1)
    measure.parent, measure.position = two, 5
    save_commitment(measure, by=anna)
    assert paths(measure, part) == ["000002" + "000005", "000002" + "000005" + "000001"]
    two.position = 7
    save_commitment(two, by=anna)
    assert paths(two, measure, part) == ["000007", "000007000005", "000007000005000001"]
    assert list(Commitment.objects.below(two)) == [measure, part]
    assert list(Commitment.objects.below(one)) == []
    save_commitment(part, by=anna)


def test_a_parent_of_another_document_is_refused():
    anna = people.analyst()
    commitment = new(parent=make_commitment(kind=Kind.PROPOSAL))
    with refuses("is of another document", "parent"):
        save_commitment(commitment, by=anna)


@pytest.mark.parametrize(("kind", "under"), [(Kind.MEASURE, Kind.MEASURE), (Kind.PRINCIPLE, Kind.PROPOSAL)])
def test_a_kind_stands_only_where_it_may(kind, under):
    parent, anna = make_commitment(kind=under), people.analyst()
    commitment = new(parent.document, parent=parent, kind=kind)
    with refuses(f"“{kind.label}” cannot stand under “{under.label}”", "parent"):
        save_commitment(commitment, by=anna)


def test_a_change_of_kind_may_not_leave_its_parts_astray():
    measure, anna = make_commitment(), people.analyst()
    make_commitment(parent=measure, kind=Kind.COMPONENT)
    measure.kind = Kind.OUTCOME
    with refuses("“Part” cannot stand under “Summit agreement”", "parent"):
        save_commitment(measure, by=anna)


# --- Parts -----------------------------------------------------------------------------------------------------------

QUOTE = "扩大贸易规模"
START = TEXT.index(QUOTE)
PARTS = {
    "passage": lambda c: Passage(
        commitment=c, document=c.document, start=START, end=START + len(QUOTE), quote=QUOTE, role="primary"
    ),
    "party": lambda c: CommitmentParty(commitment=c, party=make_party(), role=PartyRole.HOST),
    "theme": lambda c: CommitmentTheme(commitment=c, theme=make_theme()),
    "evidence link": lambda c: EvidenceLink(commitment=c, evidence=make_evidence(), bears=Bearing.STALL),
    "exclusion": lambda c: Exclusion(
        document=c.document, start=START, end=START + len(QUOTE), quote=QUOTE, reason_zh="与另一项重复。"
    ),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_added_and_removed_with_one_entry_each(name):
    anna, part = people.analyst(), PARTS[name](make_commitment())
    with writes_one_entry(type(part), anna, "second reading"):
        save_part(part, by=anna, why="second reading")
    with writes_one_entry(type(part), anna, "entered twice"):
        remove_part(part, by=anna, why="entered twice")
    assert not type(part).objects.exists()


@pytest.mark.parametrize("name", ["passage", "exclusion"])
def test_a_quote_that_does_not_stand_there_is_refused_with_what_does(name):
    anna, part = people.analyst(), PARTS[name](make_commitment())
    part.start, part.end = part.start - 2, part.end - 2
    with refuses("At this place stands: “方将扩大贸易”", "quote"):
        save_part(part, by=anna)


@pytest.mark.parametrize(
    ("over", "part"),
    [({"start": None}, "(start=None)"), ({"end": 0}, "At this place stands"), ({"role": "third"}, "(role=")],
)
def test_a_passage_that_is_none_is_refused(over, part):
    anna, passage = people.analyst(), PARTS["passage"](make_commitment())
    for field, value in over.items():
        setattr(passage, field, value)
    with refuses(part):
        save_part(passage, by=anna)


def test_a_second_first_statement_is_refused():
    passage, anna = make_passage(make_commitment()), people.analyst()
    second = PARTS["passage"](passage.commitment)
    with refuses("passage_one_primary"):
        save_part(second, by=anna)
