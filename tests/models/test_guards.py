"""Every guard refuses what it is there to refuse, whoever writes and however; what is allowed still passes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import DataError, IntegrityError, connection, connections, models, transaction

from commitments.checks import guards_are_in_place, sqlite_has_the_wal_fix
from commitments.choices import Bearing, Publication, ReviewState
from commitments.models import (
    Assessment,
    Citation,
    Commitment,
    CurrentStanding,
    Evidence,
    Exclusion,
    FormerAddress,
    FormerSlug,
    Host,
    Job,
    LinkCheck,
    LinkHealth,
    Note,
    Passage,
    Posting,
    Related,
    ReportFile,
    SearchIndex,
    SearchRow,
    SearchTerm,
    Snapshot,
    SourceDocument,
    Stale,
    Tally,
)
from commitments.models.guards import (
    GUARDS,
    all_guards,
    guard_names,
    guarded_tables,
    install_guards,
    installed_guards,
    missing_guards,
    remove_guards,
)
from tests.factories import (
    PUBLISHED_AT,
    TEXT,
    make_assessment,
    make_candidate,
    make_commitment,
    make_document,
    make_former_slug,
    make_passage,
)
from tests.models.world import make_exclusion, make_world

pytestmark = pytest.mark.django_db
LATER = PUBLISHED_AT + timedelta(days=9)


def sql(statement: str, *values: object) -> None:
    """Past the ORM, as any client of the database might."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def change(row: models.Model, **values: object) -> None:
    columns = ", ".join(f'"{column}" = %s' for column in values)
    sql(f"UPDATE {row._meta.db_table} SET {columns} WHERE id = %s", *values.values(), row.pk)


def delete(row: models.Model) -> None:
    sql(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)


def correct(assessment: Assessment, **over) -> None:
    make_assessment(over.pop("commitment", assessment.commitment), corrects=assessment, **over)


VIOLATIONS: dict[str, Callable] = {
    "assessment_frozen": lambda w: change(w.judged, status="sustained"),
    "assessment_withdrawn_once": lambda w: change(w.withdrawn, withdrawn_reason_zh="另一个理由。"),
    "assessment_kept": lambda w: delete(w.judged),
    "assessment_corrects_insert": lambda w: correct(w.judged, commitment=w.sibling),
    "assessment_corrects_update": lambda w: change(make_assessment(w.sibling), corrects_id=w.judged.pk),
    "citation_added": lambda w: Citation.objects.create(assessment=w.judged, evidence=w.evidence),
    "citation_changed": lambda w: change(w.citation, evidence_id=w.evidence.pk),
    "citation_kept": lambda w: delete(w.citation),
    "document_text_fixed": lambda w: change(w.document, text=TEXT + "。"),
    "passage_quote_insert": lambda w: make_passage(w.sibling, start=1),
    "passage_quote_update": lambda w: change(w.passage, quote="建立对话机构"),
    "exclusion_quote_insert": lambda w: make_exclusion(w.document, start=1),
    "exclusion_quote_update": lambda w: change(w.exclusion, quote="双方将缩小贸易规模"),
    "candidate_quote_insert": lambda w: make_candidate(w.candidate.register, start=1),
    "candidate_quote_update": lambda w: change(w.candidate, quote="建立对话机构"),
    "commitment_code_written": lambda w: make_commitment(document=w.document, code="四.2"),
    "evidence_code_written": lambda w: Evidence.objects.bulk_create([_evidence_like(w.evidence, code="E 1")]),
    "commitment_code_fixed": lambda w: change(w.sibling, code="other"),
    "evidence_code_fixed": lambda w: change(w.draft_evidence, code="other"),
    "commitment_parent_insert": lambda w: make_commitment(document=w.elsewhere, parent=w.measure),
    "commitment_parent_update": lambda w: change(w.foreigner, parent_id=w.measure.pk),
    "commitment_published_once": lambda w: change(w.sibling, published_at=LATER),
    "evidence_published_once": lambda w: change(w.evidence, published_at=LATER),
    "sourcedocument_published_once": lambda w: change(w.document, published_at=LATER),
    "commitment_withdrawn_once": lambda w: change(w.withdrawn_commitment, withdrawn_at=LATER),
    "evidence_withdrawn_once": lambda w: change(w.withdrawn_evidence, withdrawn_reason_zh="另一个理由。"),
    "sourcedocument_withdrawn_once": lambda w: change(w.withdrawn_document, withdrawn_reason_en="Another."),
    "commitment_kept": lambda w: delete(w.sibling),
    "evidence_kept": lambda w: delete(w.evidence),
    "sourcedocument_kept": lambda w: delete(w.elsewhere),
    "note_kept": lambda w: delete(w.public_note),
    "snapshot_fixed": lambda w: change(w.snapshot, text="另一段。"),
    "snapshot_kept": lambda w: delete(w.snapshot),
    "linkcheck_fixed": lambda w: change(w.link_check, status=404),
    "linkcheck_kept": lambda w: delete(w.link_check),
    "formeraddress_fixed": lambda w: change(w.former_address, url="https://example.org/other"),
    "formeraddress_kept": lambda w: delete(w.former_address),
    "formerslug_fixed": lambda w: change(w.former_slug, slug="other"),
    "formerslug_kept": lambda w: delete(w.former_slug),
    "formerslug_written": lambda w: make_former_slug(w.document, w.elsewhere.slug),
    "document_slug_written": lambda w: make_document(slug=w.former_slug.slug),
    "document_slug_changed": lambda w: change(w.draft_document, slug=w.former_slug.slug),
    "document_slug_remembered": lambda w: change(w.document, slug="other"),
    "check_kept": lambda w: delete(w.check),
    "edition_fixed": lambda w: change(w.edition, notes_zh="另。"),
    "edition_kept": lambda w: delete(w.edition),
}
HISTORY = [guard for guard in all_guards() if guard not in GUARDS]
MESSAGES = {guard.name: guard.message for guard in all_guards()}


def _evidence_like(row: Evidence, **over) -> Evidence:
    values = {field.attname: getattr(row, field.attname) for field in Evidence._meta.fields if not field.primary_key}
    return Evidence(**{**values, "url": row.url + "/copy", "seed_key": None, **over})


def refused(violate: Callable[[], object], name: str) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        violate()
    assert MESSAGES[name] in str(caught.value)


def allowed(write: Callable[[], object]) -> None:
    """Passes, foreign keys included, and leaves nothing behind."""
    with transaction.atomic():
        write()
        transaction.set_rollback(True)


def test_every_guard_has_a_violation_here():
    assert set(VIOLATIONS) == {guard.name for guard in GUARDS}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses_a_violation_of_and_would_not_without_it(name):
    world = make_world()
    refused(lambda: VIOLATIONS[name](world), name)
    connection.check_constraints()
    remove_guards()
    allowed(lambda: VIOLATIONS[name](world))


def test_the_frozen_columns_are_all_but_those_of_withdrawal_and_of_the_seed():
    free = {"seed_key", "seed_digest", "review_state", "withdrawn_at", "withdrawn_reason_zh", "withdrawn_reason_en"}
    world = make_world()
    other = {
        **{"commitment_id": world.sibling.pk, "party_id": world.measure.party_links.get().party_id},
        **{"corrects_id": world.withdrawn.pk, "status": "dropped", "momentum": "stalled", "confidence": "low"},
        **{"rule_met": "checked", "codebook_version": 2, "id": 999_999, "author_id": 0},
        **{"as_of": "2020-01-01", "assessed_on": "2020-01-01", "rationale_zh": "另。", "rationale_en": "Other."},
        **{"published_at": LATER, "created_at": LATER, "is_editorial": True},
    }
    assert set(other) == {field.column for field in Assessment._meta.concrete_fields} - free
    for column, value in other.items():
        refused(lambda column=column, value=value: change(world.judged, **{column: value}), "assessment_frozen")


def test_every_column_of_a_withdrawal_is_set_once():
    world = make_world()
    for column, value in [("withdrawn_at", LATER), ("withdrawn_reason_zh", "另。"), ("withdrawn_reason_en", "Other.")]:
        refused(lambda c=column, v=value: change(world.withdrawn, **{c: v}), "assessment_withdrawn_once")
    for row in (world.withdrawn_commitment, world.withdrawn_evidence, world.withdrawn_document):
        again = {"publication": "published", "withdrawn_at": None, "withdrawn_reason_zh": ""}
        refused(lambda r=row, v=again: change(r, **v), f"{row._meta.model_name}_withdrawn_once")


def test_a_published_row_cannot_become_a_draft_again():
    world = make_world()
    for row in (world.sibling, world.evidence, world.elsewhere):
        refused(
            lambda r=row: change(r, publication="draft", published_at=None), f"{row._meta.model_name}_published_once"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        change(world.sibling, publication="draft")


@pytest.mark.parametrize(
    "violate",
    [
        lambda w: Assessment.objects.filter(pk=w.judged.pk).update(status="sustained"),
        lambda w: _with(w.judged, status="sustained").save(),
        lambda w: Assessment.objects.bulk_update([_with(w.judged, status="sustained")], ["status"]),
        lambda w: sql("UPDATE commitments_assessment SET status = 'sustained'"),
        lambda w: Assessment.objects.bulk_create(
            [_with(w.judged, status="sustained")],
            update_conflicts=True,
            update_fields=["status"],
            unique_fields=["id"],
        ),
    ],
    ids=["update", "save", "bulk_update", "raw", "upsert"],
)
def test_no_way_of_writing_changes_a_published_assessment(violate):
    world = make_world()
    refused(lambda: violate(world), "assessment_frozen")


def _with(row: models.Model, **values) -> models.Model:
    for field, value in values.items():
        setattr(row, field, value)
    return row


def test_evidence_of_a_published_assessment_is_neither_added_nor_moved_in_any_way():
    world = make_world()
    more = Citation(assessment=world.judged, evidence=world.evidence)
    refused(lambda: Citation.objects.bulk_create([more], ignore_conflicts=True), "citation_added")
    refused(lambda: world.judged.evidence.add(world.evidence), "citation_added")
    refused(lambda: world.judged.evidence.clear(), "citation_kept")
    refused(lambda: change(world.draft_citation, assessment_id=world.judged.pk), "citation_changed")
    refused(lambda: change(world.citation, assessment_id=world.draft.pk), "citation_changed")


def test_a_correction_names_a_published_assessment():
    world = make_world()
    refused(lambda: correct(world.draft), "assessment_corrects_insert")
    allowed(lambda: correct(world.judged))
    allowed(lambda: correct(world.withdrawn))
    allowed(lambda: change(world.draft, corrects_id=world.judged.pk))
    refused(lambda: change(world.draft, corrects_id=world.draft.pk), "assessment_corrects_update")


ALLOWED: dict[str, Callable] = {
    "withdrawing a published assessment": lambda w: change(
        w.judged, review_state="withdrawn", withdrawn_at=LATER, withdrawn_reason_zh="依据有误。"
    ),
    "saving a published assessment as it is": lambda w: w.judged.save(),
    "editing a draft assessment": lambda w: change(w.draft, status="dropped", rationale_zh="改写。"),
    "publishing a draft assessment": lambda w: change(
        w.draft, review_state="published", published_at=LATER, rule_met="one_source", codebook_version=1
    ),
    "deleting a draft assessment": lambda w: w.draft.delete(),
    "citing in a draft": lambda w: Citation.objects.create(assessment=w.draft, evidence=w.evidence),
    "citing something else in a draft": lambda w: change(w.draft_citation, evidence_id=w.evidence.pk),
    "citing less in a draft": lambda w: w.draft_citation.delete(),
    "changing the title of a commitment": lambda w: change(w.measure, title_zh="新的标题"),
    "moving a commitment": lambda w: change(w.measure, parent_id=None, path="000777"),
    "publishing a commitment": lambda w: change(w.draft_commitment, publication="published", published_at=LATER),
    "withdrawing a commitment": lambda w: change(
        w.sibling, publication="withdrawn", withdrawn_at=LATER, withdrawn_reason_zh="登记有误。"
    ),
    "changing the title of a withdrawn commitment": lambda w: change(w.withdrawn_commitment, title_zh="新的标题"),
    "deleting a draft commitment": lambda w: w.draft_commitment.delete(),
    "deleting draft evidence": lambda w: w.draft_evidence.delete(),
    "deleting a draft document": lambda w: w.draft_document.delete(),
    "changing the summary of evidence": lambda w: change(w.evidence, summary_zh="另一段摘要。"),
    "changing the text of a document without passages": lambda w: change(w.elsewhere, text="另一份文本。"),
    "changing the title of a document with passages": lambda w: change(w.document, title_zh="新的标题"),
    "moving a passage to where its quote stands": lambda w: change(w.passage, start=0, end=2, quote="一是"),
    "removing a passage": lambda w: w.passage.delete(),
    "making a note internal": lambda w: change(w.public_note, visibility="internal"),
    "rewording a public note": lambda w: change(w.public_note, text_zh="改写的备注。"),
    "deleting an internal note": lambda w: w.internal_note.delete(),
    "mending a check": lambda w: change(w.check, searched_zh="外交部网站"),
    "bearing otherwise": lambda w: change(w.link, bears=Bearing.CONTEXT),
}


@pytest.mark.parametrize("what", ALLOWED)
def test_the_guards_allow(what):
    world = make_world()
    allowed(lambda: ALLOWED[what](world))


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        *((code, True) for code in ("4.2", "E001", "a", "0", "A-b.c", "x" * 32)),
        *((code, False) for code in ("", ".4", "-4", "4 2", "4/2", "4_2", "é", "４", "4.2\n", "\n4.2", "x" * 33, "a*")),
    ],
)
def test_the_database_knows_what_a_code_looks_like(code, fits):
    document = make_document()
    try:
        with transaction.atomic():
            make_commitment(document=document, code=code)
    except (IntegrityError, DataError) as error:  # PostgreSQL counts the 32 characters itself
        assert not fits, error
    else:
        assert fits


# --- History tables --------------------------------------------------------------------------------------------------


def historical() -> dict[str, type[models.Model]]:
    found = apps.get_app_config("commitments").get_models()
    return {model._meta.db_table: model for model in found if model.__name__.startswith("Historical")}


def test_each_history_table_has_two_guards():
    assert {(g.table, g.event) for g in HISTORY} == {(t, e) for t in historical() for e in ("UPDATE", "DELETE")}


def test_every_edited_model_keeps_history():
    edited = [m for m in apps.get_app_config("commitments").get_models() if not m.__name__.startswith("Historical")]
    without = {
        Exclusion.covered_by.through,
        LinkHealth,
        Host,
        Job,
        ReportFile,
        Stale,
        CurrentStanding,
        Posting,
        Related,
        SearchIndex,
        SearchRow,
        SearchTerm,
        Tally,
    }  # derived; whose turn it is; nobody edits
    only_added_to = {Snapshot, LinkCheck, FormerAddress, FormerSlug}
    assert {m for m in edited if not hasattr(m, "history")} <= without | only_added_to


def test_history_is_neither_changed_nor_removed():
    make_world()
    for table, model in historical().items():
        key = model._meta.pk.column
        assert model._base_manager.exists(), f"the world has no history in {table}"
        refused(lambda t=table, k=key: sql(f"UPDATE {t} SET {k} = {k}"), f"{table}_update")
        refused(lambda t=table: sql(f"DELETE FROM {t}"), f"{table}_delete")
        refused(lambda m=model: m._base_manager.first().delete(), f"{table}_delete")
        refused(lambda m=model: m._base_manager.first().save(), f"{table}_update")


# --- Offsets ---------------------------------------------------------------------------------------------------------

WILD = "𠮷野家👩\u200d👩\u200d👧承诺e\u0301\u0323建成\r\n中亚🇨🇳ÅÅ\u3000\U0001f3fd一\ufeff。\n𝄞"


@pytest.mark.parametrize(
    "quote", ["𠮷", "野家", "👩\u200d👩\u200d👧", "承诺e", "\u0301\u0323建", "\r\n中亚🇨🇳", "Å\u3000", "𝄞", WILD]
)
def test_offsets_count_code_points_beyond_the_basic_plane(quote):
    document = make_document(text=WILD)
    commitment = make_commitment(document=document)
    passage = make_passage(commitment, quote)
    make_exclusion(document, quote)
    assert Passage.objects.get(pk=passage.pk).quote == quote == document.text[passage.start : passage.end]


def test_the_database_cuts_a_text_exactly_as_python_does():
    for start in range(len(WILD)):
        for end in range(start + 1, len(WILD) + 1):
            with connection.cursor() as cursor:
                # The integers of PostgreSQL's substr are not bigint; the guard casts them likewise.
                cursor.execute(
                    "SELECT substr(text, CAST(%s AS INTEGER) + 1, CAST(%s AS INTEGER)) FROM (SELECT %s AS text) AS d",
                    [start, end - start, WILD],
                )
                assert cursor.fetchone()[0] == WILD[start:end]


def test_offsets_in_utf16_units_are_refused():
    document = make_document(text=WILD)
    start = len(WILD[: WILD.index("承诺")].encode("utf-16-le")) // 2
    over = {"start": start, "end": start + 2}
    refused(
        lambda: make_passage(make_commitment(document=document), "承诺", document=document, **over),
        "passage_quote_insert",
    )


@pytest.mark.parametrize(("start", "end"), [(9, 3), (0, 0), (len(TEXT) - 1, len(TEXT) + 5), (-1, 1), (500, 506)])
def test_a_span_that_is_none_is_refused_as_a_breach_of_integrity(start, end):
    commitment = make_commitment()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_passage(commitment, start=start, end=end)


def test_a_passage_may_stand_in_another_document_and_is_compared_with_that_one():
    other = make_document(text="前言。双方将建立对话机制。")
    commitment = make_commitment()
    passage = make_passage(commitment, document=other, role="restated")
    refused(lambda: change(passage, document_id=commitment.document_id), "passage_quote_update")
    refused(lambda: change(other, text="双方将建立对话机制。"), "document_text_fixed")


# --- Installing ------------------------------------------------------------------------------------------------------


def test_guards_are_there_after_migrate():
    assert set(installed_guards()) == guard_names(connection.vendor)
    assert missing_guards() == []


def test_installing_twice_is_the_same_as_once():
    before = installed_guards()
    install_guards()
    install_guards()
    assert installed_guards() == before
    world = make_world()
    refused(lambda: change(world.judged, status="sustained"), "assessment_frozen")


def drop(name: str) -> None:
    table = f" ON {installed_guards()[name]}" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER {name}{table}")


def messages() -> list[str]:
    found = run_checks(tags=[Tags.database], databases=["default"])
    return [message.msg for message in found if message.id == "commitments.W002"]


@pytest.mark.parametrize("name", ["guard_note_kept", "guard_commitments_historicalnote_update"])
def test_a_guard_dropped_by_hand_is_reported_and_made_again(name):
    assert messages() == []
    drop(name)
    assert len(messages()) == 1 and name in messages()[0] and "1 " in messages()[0]
    install_guards()
    assert messages() == []


def test_migrate_makes_dropped_guards_again():
    drop("guard_assessment_frozen")
    call_command("migrate", verbosity=0)
    assert missing_guards() == []


def test_a_guard_of_an_older_version_is_taken_away():
    trigger = {
        "sqlite": "CREATE TRIGGER guard_of_old BEFORE DELETE ON commitments_note BEGIN SELECT RAISE(ABORT, 'no'); END",
        "postgresql": "CREATE TRIGGER guard_of_old BEFORE DELETE ON commitments_note FOR EACH ROW "
        "EXECUTE FUNCTION guard_note_kept()",
    }
    sql(trigger[connection.vendor])
    install_guards()
    assert "guard_of_old" not in installed_guards()


def test_a_database_without_tables_or_without_an_answer_is_left_to_django(monkeypatch):
    assert guards_are_in_place(databases=None) == []
    monkeypatch.setattr(connection.introspection, "table_names", lambda *args, **kwargs: [])
    assert guards_are_in_place(databases=["default"]) == []


@pytest.mark.parametrize(
    ("version", "is_old"),
    [((3, 40, 1), True), ((3, 44, 5), True), ((3, 44, 6), False), ((3, 45, 9), True), ((3, 50, 7), False)]
    + [((3, 51, 2), True), ((3, 51, 3), False), ((4, 0, 0), False)],
)
def test_a_database_library_without_the_wal_fix_is_mentioned(version, is_old, monkeypatch):
    monkeypatch.setattr("sqlite3.sqlite_version_info", version)
    found = [message.id for message in sqlite_has_the_wal_fix(databases=["default"])]
    assert found == (["commitments.I001"] if is_old and connection.vendor == "sqlite" else [])


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_truncate_is_refused_on_every_guarded_table():
    connection.check_constraints()
    assert {SourceDocument, Commitment, Assessment, Citation, Evidence, Note} <= {
        model for model in apps.get_models() if model._meta.db_table in guarded_tables()
    }
    for table in guarded_tables():
        with pytest.raises(IntegrityError, match="nothing published is deleted"), transaction.atomic():
            sql(f"TRUNCATE {table} CASCADE")


@pytest.fixture
def scratch(django_db_blocker):
    """An SQLite database of its own: tables cannot be rebuilt there inside a test's transaction."""
    settings = connections.configure_settings(
        {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    )["default"]
    connections.databases["scratch"] = {**connections.databases["default"], **settings}
    with django_db_blocker.unblock():
        call_command("migrate", database="scratch", verbosity=0)
        yield connections["scratch"]
        connections["scratch"].close()
    del connections["scratch"]
    del connections.databases["scratch"]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite rebuilds tables")
def test_a_rebuilt_table_loses_its_guards_and_the_check_notices(scratch):
    assert guards_are_in_place(databases=["scratch"]) == []
    field = Note._meta.get_field("text_zh")
    wider = models.CharField(max_length=999)
    wider.set_attributes_from_name("text_zh")
    wider.model = Note
    with scratch.schema_editor() as editor:
        editor.alter_field(Note, field, wider)
    assert missing_guards("scratch") == ["guard_note_kept", "mark_note_delete", "mark_note_insert", "mark_note_update"]
    [message] = guards_are_in_place(databases=["scratch"])
    assert message.id == "commitments.W002" and "guard_note_kept" in message.msg and message.hint
    install_guards("scratch")
    assert guards_are_in_place(databases=["scratch"]) == []


@pytest.mark.slow
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite rebuilds tables")
def test_a_migration_back_and_forth_ends_with_all_guards(scratch):
    call_command("migrate", "commitments", "zero", database="scratch", verbosity=0)
    assert installed_guards("scratch") == {}
    call_command("migrate", database="scratch", verbosity=0)
    assert missing_guards("scratch") == []


def test_review_state_of_a_published_assessment_only_becomes_withdrawn():
    world = make_world()
    for state in set(ReviewState) - {ReviewState.PUBLISHED, ReviewState.WITHDRAWN}:
        with pytest.raises(IntegrityError), transaction.atomic():
            change(world.judged, review_state=state.value)


def test_publication_states_are_those_that_the_tests_know():
    assert {state.value for state in Publication} == {"draft", "published", "withdrawn"}
