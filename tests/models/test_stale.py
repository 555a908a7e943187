"""Whatever is written, and however: the commitments whose derived rows it concerns are marked."""

from collections.abc import Callable
from datetime import date

import pytest

from commitments.choices import Kind, NoteVisibility, Publication
from commitments.models import Citation, Commitment, CommitmentTheme, Evidence, Note, SourceDocument, Stale
from commitments.models.stale import MARKERS
from tests.factories import (
    PUBLISHED_AT,
    make_assessment,
    make_check,
    make_commitment,
    make_document,
    make_evidence,
    make_link,
    make_note,
    make_party_link,
    make_passage,
    make_theme,
)

pytestmark = pytest.mark.django_db


class Tree:
    """Proposal 1 → measure 1.1 → part 1.1.1, measure 1.2 beside; and one of everything that hangs on 1.1."""

    def __init__(self) -> None:
        self.document = make_document()
        self.proposal = self.make("1", Kind.PROPOSAL, None, target="")
        self.measure = self.make("1.1", Kind.MEASURE, self.proposal)
        self.part = self.make("1.1.1", Kind.COMPONENT, self.measure, publication=Publication.DRAFT)
        self.beside = self.make("1.2", Kind.MEASURE, self.proposal)
        self.evidence, self.unlinked = make_evidence(), make_evidence()
        self.link = make_link(self.measure, self.evidence)
        self.draft = make_assessment(self.measure, [self.evidence])
        self.citation = Citation.objects.get(assessment=self.draft)
        self.note = make_note(self.measure, visibility=NoteVisibility.INTERNAL)
        self.passage = make_passage(self.measure)
        self.party_link = make_party_link(self.measure)
        self.theme_link = CommitmentTheme.objects.create(commitment=self.measure, theme=make_theme())

    def make(self, code: str, kind: Kind, parent: Commitment | None, **over) -> Commitment:
        return make_commitment(document=self.document, parent=parent, kind=kind, code=code, **over)


def change(row, **values) -> int:
    """Past `save`, as a bulk write does."""
    return type(row)._base_manager.filter(pk=row.pk).update(**values)


def marked() -> set[str]:
    ids = set(Stale.objects.values_list("commitment_id", flat=True))
    Stale.objects.all().delete()
    return set(Commitment.objects.filter(pk__in=ids).values_list("code", flat=True))


def codes(*found: str) -> set[str]:
    return set(found)


WITHDRAWN = {"publication": "withdrawn", "withdrawn_at": PUBLISHED_AT, "withdrawn_reason_zh": "原文有误。"}
ALONE, UP = codes("1.1"), codes("1", "1.1")
WRITES: dict[str, tuple[Callable[[Tree], object], set[str]]] = {
    "commitment_insert": (lambda t: t.make("1.1.2", Kind.COMPONENT, t.measure, position=2), codes("1", "1.1", "1.1.2")),
    "commitment_update": (lambda t: change(t.part, title_zh="新标题"), codes("1", "1.1", "1.1.1")),
    "commitment_delete": (lambda t: t.part.delete(), UP),
    "assessment_insert": (lambda t: make_assessment(t.measure), UP),
    "assessment_update": (lambda t: change(t.draft, rationale_zh="另一个依据。"), UP),
    "assessment_delete": (lambda t: t.draft.delete(), UP),
    "citation_insert": (lambda t: Citation.objects.create(assessment=t.draft, evidence=t.unlinked), UP),
    "citation_update": (lambda t: change(t.citation, evidence=t.unlinked), UP),
    "citation_delete": (lambda t: t.citation.delete(), UP),
    "evidencelink_insert": (lambda t: make_link(t.part, t.evidence), codes("1", "1.1", "1.1.1")),
    "evidencelink_update": (lambda t: change(t.link, commitment=t.beside), codes("1", "1.1", "1.2")),
    "evidencelink_delete": (lambda t: t.link.delete(), UP),
    "check_insert": (lambda t: make_check(t.measure), ALONE),
    "note_insert": (lambda t: make_note(t.measure), ALONE),
    "note_update": (lambda t: change(t.note, text_zh="另一条备注"), ALONE),
    "note_delete": (lambda t: t.note.delete(), ALONE),
    "passage_insert": (lambda t: make_passage(t.part), codes("1.1.1")),
    "passage_update": (lambda t: change(t.passage, section="一"), ALONE),
    "passage_delete": (lambda t: t.passage.delete(), ALONE),
    "commitmentparty_insert": (lambda t: make_party_link(t.beside), codes("1.2")),
    "commitmentparty_update": (lambda t: change(t.party_link, role="partner"), ALONE),
    "commitmentparty_delete": (lambda t: t.party_link.delete(), ALONE),
    "commitmenttheme_insert": (
        lambda t: CommitmentTheme.objects.create(commitment=t.beside, theme=t.theme_link.theme),
        codes("1.2"),
    ),
    "commitmenttheme_update": (lambda t: change(t.theme_link, commitment=t.beside), codes("1.1", "1.2")),
    "commitmenttheme_delete": (lambda t: t.theme_link.delete(), ALONE),
    "evidence_update": (lambda t: change(t.evidence, title="另一个题目"), UP),
    "sourcedocument_update": (lambda t: change(t.document, **WITHDRAWN), codes("1", "1.1", "1.1.1", "1.2")),
}
# Checks are added and never changed or removed: guards refuse what these two would mark.
NEVER = {"check_update", "check_delete"}


@pytest.fixture
def tree() -> Tree:
    tree = Tree()
    Stale.objects.all().delete()
    return tree


@pytest.mark.parametrize("name", sorted({marker.name.removeprefix("mark_") for marker in MARKERS} - NEVER))
def test_a_write_marks_what_it_concerns(name: str, tree: Tree):
    write, expected = WRITES[name]
    write(tree)
    assert marked() == expected


def test_what_derives_nothing_marks_nothing(tree: Tree):
    change(tree.measure, version=9, next_check_on=date(2024, 1, 1))
    change(tree.evidence, version=9, confidence="high")
    change(tree.document, version=9)
    change(tree.unlinked, title="无人引用")
    assert marked() == set()


def test_a_removed_commitment_is_marked_itself(tree: Tree):
    pk = tree.part.pk
    tree.part.delete()
    assert Stale.objects.filter(commitment_id=pk).exists()


def test_a_document_marks_what_it_is_quoted_for_elsewhere(tree: Tree):
    other = make_document(slug="another", publication=Publication.DRAFT)
    make_passage(tree.beside, document=other, role="restated")
    Stale.objects.all().delete()
    SourceDocument.objects.filter(pk=other.pk).update(slug="another-name")
    assert marked() == codes("1.2")


def test_many_rows_in_one_write_are_all_marked(tree: Tree):
    Note.objects.bulk_create(
        Note(commitment=row, dated=date(2024, 1, 1), author=tree.note.author, text_zh="备注")
        for row in (tree.part, tree.beside)
    )
    assert marked() == codes("1.1.1", "1.2")
    Evidence.objects.update(summary_zh="同一个摘要")
    assert marked() == UP
