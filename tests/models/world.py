"""One row or more of every table, in the states that guards look at, each written with its history."""

from datetime import date, timedelta
from types import SimpleNamespace

from commitments.choices import Kind, Publication
from commitments.models import CommitmentTheme, Exclusion, Provenance
from tests.factories import (
    PUBLISHED_AT,
    make_assessment,
    make_candidate,
    make_check,
    make_commitment,
    make_document,
    make_edition,
    make_evidence,
    make_former_address,
    make_former_slug,
    make_judged,
    make_link,
    make_link_check,
    make_link_health,
    make_note,
    make_party_link,
    make_passage,
    make_report_definition,
    make_snapshot,
    make_theme,
    withdraw_assessment,
)


def make_world() -> SimpleNamespace:
    document, elsewhere = make_document(), make_document()
    proposal = make_commitment(document=document, kind=Kind.PROPOSAL)
    measure = make_commitment(parent=proposal)
    judged = make_judged(measure)
    draft = make_assessment(measure, [make_evidence()])
    exclusion = make_exclusion(document)
    exclusion.covered_by.add(measure)
    make_party_link(measure)
    CommitmentTheme.objects.create(commitment=measure, theme=make_theme())
    Provenance.objects.create(
        document=document, title_zh="来历", method_zh="逐句摘录。", reviewed_on=date(2024, 3, 1), coder="desk"
    )
    return SimpleNamespace(
        document=document,
        elsewhere=elsewhere,
        measure=measure,
        sibling=make_commitment(parent=proposal),
        foreigner=make_commitment(document=elsewhere),
        passage=make_passage(measure),
        candidate=make_candidate(),
        exclusion=exclusion,
        evidence=make_evidence(),
        link=make_link(measure),
        judged=judged,
        citation=judged.citations.first(),
        draft=draft,
        draft_citation=draft.citations.get(),
        withdrawn=withdraw_assessment(make_judged(measure), PUBLISHED_AT + timedelta(days=1)),
        public_note=make_note(measure),
        internal_note=make_note(measure, visibility="internal"),
        check=make_check(measure),
        report_definition=make_report_definition(),
        snapshot=make_snapshot(judged.citations.first().evidence),
        link_check=make_link_check(judged.citations.first().evidence),
        link_health=make_link_health(judged.citations.first().evidence),
        former_address=make_former_address(judged.citations.first().evidence),
        former_slug=make_former_slug(document),
        edition=make_edition(),
        draft_commitment=make_commitment(document=document, publication=Publication.DRAFT),
        draft_evidence=make_evidence(publication=Publication.DRAFT),
        draft_document=make_document(publication=Publication.DRAFT),
        withdrawn_commitment=make_commitment(document=document, publication=Publication.WITHDRAWN),
        withdrawn_evidence=make_evidence(publication=Publication.WITHDRAWN),
        withdrawn_document=make_document(publication=Publication.WITHDRAWN),
    )


def make_exclusion(document, quote: str = "双方将扩大贸易规模", **over) -> Exclusion:
    start = document.text.index(quote)
    fields = {"start": start, "end": start + len(quote), "quote": quote, "reason_zh": "与另一项重复。"}
    return Exclusion.objects.create(document=document, **{**fields, **over})
