"""Every named constraint of every table refuses what it is there to refuse, behind Django's own validation.

The guards step aside here: each constraint has to hold alone.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from commitments.choices import Kind, Publication, ReviewState
from commitments.models import (
    Assessment,
    Citation,
    Commitment,
    CommitmentParty,
    CommitmentTheme,
    Evidence,
    EvidenceLink,
    Note,
    Passage,
    Posting,
    Tally,
)
from commitments.models.guards import remove_guards
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
    make_job,
    make_judged,
    make_link,
    make_link_check,
    make_link_health,
    make_note,
    make_party_link,
    make_passage,
    make_publisher,
    make_report_definition,
    make_report_file,
    make_snapshot,
    make_theme,
)
from tests.models.world import make_exclusion


def change(row: models.Model, **values) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def add(row: models.Model) -> None:
    type(row)._base_manager.bulk_create([row])


def copy(row: models.Model, **values) -> None:
    """The same row once more, under a new key."""
    row.pk, row._state.adding = None, True
    for field, value in values.items():
        setattr(row, field, value)
    row.save()


def withdraw_without_reason(row: models.Model) -> None:
    change(row, publication=Publication.WITHDRAWN, withdrawn_at=PUBLISHED_AT)


def take_place_of_sibling() -> None:
    first = make_commitment()
    second = make_commitment(document=first.document)
    change(second, path=first.path)


def correct_itself() -> None:
    draft = make_assessment(make_commitment())
    change(draft, corrects=draft.pk)


def second_primary() -> None:
    first = make_passage(make_commitment())
    make_passage(first.commitment, "扩大贸易规模")


def cite_twice() -> None:
    assessment = make_assessment(make_commitment(), [evidence := make_evidence()])
    add(Citation(assessment=assessment, evidence=evidence))


def link_twice() -> None:
    link = make_link(make_commitment())
    add(EvidenceLink(evidence=link.evidence, commitment=link.commitment, bears="context"))


def same_part_twice() -> None:
    link = make_party_link(make_commitment())
    add(CommitmentParty(commitment=link.commitment, party=link.party, role=link.role))


def same_theme_twice() -> None:
    commitment, theme = make_commitment(), make_theme()
    add(CommitmentTheme(commitment=commitment, theme=theme))
    add(CommitmentTheme(commitment=commitment, theme=theme))


def accepted_twice() -> None:
    row = make_commitment()
    for _ in range(2):
        make_candidate(decision="accepted", commitment=row)


def withdraw_before_publication() -> None:
    values = {"review_state": ReviewState.WITHDRAWN, "withdrawn_reason_zh": "依据有误。"}
    change(make_judged(make_commitment()), **values, withdrawn_at=PUBLISHED_AT - timedelta(microseconds=1))


def its_own(field: str) -> Callable[[], None]:
    def violate() -> None:
        row = make_commitment()
        change(row, **{field: row.pk})

    return violate


VIOLATIONS: dict[str, Callable[[], object]] = {
    "sourcedocument_kind_known": lambda: change(make_document(), kind="poem"),
    "sourcedocument_publication_known": lambda: change(make_document(), publication="secret"),
    "sourcedocument_published_has_date": lambda: change(make_document(), published_at=None),
    "sourcedocument_withdrawn_has_reason": lambda: withdraw_without_reason(make_document()),
    "exclusion_once_per_span": lambda: copy(make_exclusion(make_document())),
    "exclusion_span_not_empty": lambda: make_exclusion(make_document(), quote="", end=0),
    "commitment_code_once_per_document": lambda: copy(make_commitment(), position=999),
    "commitment_place_once_per_document": take_place_of_sibling,
    "commitment_kind_known": lambda: change(make_commitment(), kind="pledge"),
    "commitment_target_known": lambda: change(make_commitment(), target="soon"),
    "commitment_verifiability_known": lambda: change(make_commitment(), verifiability="perhaps"),
    "commitment_title_zh_given": lambda: change(make_commitment(), title_zh=""),
    "commitment_target_unless_proposal": lambda: change(make_commitment(), target=""),
    "commitment_not_its_own_parent": its_own("parent"),
    "commitment_not_its_own_successor": its_own("successor"),
    "commitment_publication_known": lambda: change(make_commitment(), publication="secret"),
    "commitment_published_has_date": lambda: change(make_commitment(), published_at=None),
    "commitment_withdrawn_has_reason": lambda: withdraw_without_reason(make_commitment()),
    "publisher_voice_known": lambda: make_publisher(voice="loud"),
    "publisher_origin_given": lambda: make_publisher(origin=""),
    "evidence_kind_known": lambda: make_evidence(kind="rumour"),
    "evidence_supports_known": lambda: make_evidence(supports="everything"),
    "evidence_confidence_known": lambda: make_evidence(confidence="total"),
    "evidence_one_per_address": lambda: copy(make_evidence(), code="E9999"),
    "evidence_has_address_or_file": lambda: change(make_evidence(), url=""),
    "snapshot_key_given": lambda: make_snapshot(make_evidence(), key=""),
    "snapshot_sha256_given": lambda: make_snapshot(make_evidence(), sha256=""),
    "snapshot_file_given": lambda: make_snapshot(make_evidence(), file=""),
    "linkcheck_end_known": lambda: make_link_check(make_evidence(), end="shrug"),
    "linkcheck_problem_known": lambda: make_link_check(make_evidence(), problem="bad luck"),
    "linkcheck_key_given": lambda: make_link_check(make_evidence(), key=""),
    "linkhealth_verdict_known": lambda: make_link_health(make_evidence(), verdict="fine"),
    "formerslug_slug_given": lambda: make_former_slug(make_document(), ""),
    "formeraddress_url_given": lambda: make_former_address(make_evidence(), url=""),
    "evidence_publication_known": lambda: change(make_evidence(), publication="secret"),
    "evidence_published_has_date": lambda: change(make_evidence(), published_at=None),
    "evidence_withdrawn_has_reason": lambda: withdraw_without_reason(make_evidence()),
    "evidencelink_bears_known": lambda: make_link(make_commitment(), bears="proof"),
    "evidencelink_once": link_twice,
    "commitmentparty_role_known": lambda: make_party_link(make_commitment(), role="guest"),
    "commitmentparty_once_per_role": same_part_twice,
    "assessment_status_known": lambda: make_assessment(make_commitment(), status="broken"),
    "assessment_momentum_known": lambda: make_assessment(make_commitment(), momentum="quiet"),
    "assessment_confidence_known": lambda: make_assessment(make_commitment(), confidence="total"),
    "assessment_review_state_known": lambda: make_assessment(make_commitment(), review_state="lost"),
    "assessment_rule_met_known": lambda: make_assessment(make_commitment(), rule_met="luck"),
    "assessment_rationale_zh_given": lambda: make_assessment(make_commitment(), rationale_zh=""),
    "assessment_momentum_fits_status": lambda: make_assessment(
        make_commitment(), status="not_started", momentum="advancing"
    ),
    "assessment_published_is_whole": lambda: make_assessment(make_commitment(), review_state=ReviewState.PUBLISHED),
    "assessment_withdrawn_has_reason": lambda: change(
        make_judged(make_commitment()), review_state=ReviewState.WITHDRAWN, withdrawn_at=PUBLISHED_AT
    ),
    "assessment_withdrawn_after_published": withdraw_before_publication,
    "assessment_not_its_own_correction": correct_itself,
    "assessment_editorial_only_as_correction": lambda: make_assessment(make_commitment(), is_editorial=True),
    "citation_once": cite_twice,
    "check_outcome_known": lambda: make_check(make_commitment(), outcome="maybe"),
    "note_visibility_known": lambda: make_note(make_commitment(), visibility="friends"),
    "note_text_zh_given": lambda: make_note(make_commitment(), text_zh=""),
    "passage_role_known": lambda: make_passage(make_commitment(), role="third"),
    "passage_span_not_empty": lambda: change(make_passage(make_commitment()), start=5, end=5),
    "passage_one_primary": second_primary,
    "passage_once_per_span": lambda: copy(make_passage(make_commitment(), role="restated")),
    "commitmenttheme_once": same_theme_twice,
    "candidate_kind_known": lambda: make_candidate(kind="pledge"),
    "candidate_target_known": lambda: make_candidate(target="soon"),
    "candidate_relation_known": lambda: make_candidate(relation="cousin"),
    "candidate_decision_known": lambda: make_candidate(decision="perhaps"),
    "candidate_span_not_empty": lambda: make_candidate(end=0),
    "candidate_accepted_is_one": lambda: make_candidate(decision="accepted"),
    "candidate_restates_something": lambda: make_candidate(decision="restates"),
    "candidate_commitment_once": accepted_twice,
    "job_state_known": lambda: make_job(state="lost", finished_at=PUBLISHED_AT),
    "job_kind_given": lambda: make_job(kind=""),
    "job_key_given": lambda: make_job(key=""),
    "job_held_while_running": lambda: make_job(state="running", holder="x"),
    "job_finished_has_time": lambda: make_job(state="done"),
    "edition_number_once": lambda: make_edition(number=make_edition().number),
    "edition_number_from_one": lambda: make_edition(number=0),
    "edition_sha256_given": lambda: make_edition(sha256=""),
    "edition_archive_sha256_given": lambda: make_edition(archive_sha256=""),
    "reportdefinition_name_zh_given": lambda: make_report_definition(name_zh=""),
    "reportdefinition_length_known": lambda: make_report_definition(length="endless"),
    "reportdefinition_period_in_order": lambda: make_report_definition(ends_on="2023-12-31"),
    "reportdefinition_edition_from_one": lambda: make_report_definition(edition=0),
    "reportfile_token_given": lambda: make_report_file(token=""),
    "reportfile_format_given": lambda: make_report_file(format=""),
    "reportfile_language_given": lambda: make_report_file(language=""),
    "posting_once": lambda: Posting.objects.bulk_create(
        Posting(commitment=made, word="theme:1", document=made.document, path="1") for made in [make_commitment()] * 2
    ),
    "tally_once": lambda: Tally.objects.bulk_create(Tally(document_id=1, kind="measure", number=1) for _ in range(2)),
    "reportfile_version_given": lambda: make_report_file(version=""),
}


def all_constraints() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_app_config("commitments").get_models()
        if not model.__name__.startswith("Historical")
        for constraint in model._meta.constraints
    }


def is_named_in(error: IntegrityError, constraint: models.BaseConstraint) -> bool:
    """PostgreSQL names the constraint; SQLite names a check, and the columns of a unique one."""
    if connection.vendor == "postgresql":
        return error.__cause__.diag.constraint_name == constraint.name
    if isinstance(constraint, models.UniqueConstraint):
        columns = [column.rpartition(".")[2].removesuffix("_id") for column in str(error).split(": ")[1].split(", ")]
        return columns == [field.removesuffix("_id") for field in constraint.fields]
    return str(error) == f"CHECK constraint failed: {constraint.name}"


def test_every_constraint_has_a_violation_here():
    assert set(VIOLATIONS) == set(all_constraints())


@pytest.mark.django_db
@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses_a_violation_of(name):
    remove_guards()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        VIOLATIONS[name]()
    assert is_named_in(caught.value, all_constraints()[name]), caught.value


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["update", "bulk_create", "bulk_update", "save", "raw"])
def test_no_way_of_writing_gets_past_a_constraint(way):
    row = make_commitment()
    ways: dict[str, Callable[[], object]] = {
        "update": lambda: change(row, kind="pledge"),
        "bulk_create": lambda: add(
            Commitment(document=row.document, code="x", kind="pledge", title_zh="某事", path="9")
        ),
        "bulk_update": lambda: Commitment.objects.bulk_update([row], ["kind"]),
        "save": row.save,
        "raw": lambda: connection.cursor().execute("UPDATE commitments_commitment SET kind = 'pledge'"),
    }
    row.kind = "pledge"
    with pytest.raises(IntegrityError), transaction.atomic():
        ways[way]()


@pytest.mark.django_db
def test_valid_neighbours_of_the_violations_pass():
    proposal = make_commitment(kind=Kind.PROPOSAL)
    measure = make_commitment(parent=proposal, verifiability="", target="continuing")
    make_passage(measure)
    make_passage(measure, role="restated", document=make_document())
    make_passage(measure, "扩大贸易规模", role="restated")
    make_party_link(measure)
    make_party_link(measure, role="host")
    make_assessment(measure, status="completed", momentum="stalled")
    judged = make_judged(measure)
    change(
        judged, review_state=ReviewState.WITHDRAWN, withdrawn_at=judged.published_at, withdrawn_reason_zh="依据有误。"
    )
    assert Passage.objects.count() == 3 and Assessment.objects.count() == 2 and Note.objects.count() == 0
    assert Evidence.objects.count() == 2
