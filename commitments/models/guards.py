"""Triggers that keep published history and anchored texts as they are, on SQLite and PostgreSQL alike.

The markers of stale.py are installed, missed and removed with them.

SQLite drops them silently when a table is rebuilt, so `migrate` ends with install_guards and a system check tells
when one is missing. Writes that a guard refuses end in django.db.IntegrityError.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from commitments.models.stale import MARK, MARKERS, marker_names, marker_statements

PREFIX = "guard_"


class Guard(NamedTuple):
    """`condition` is SQL over NEW and OLD; {differs} stands for the database's null-safe inequality."""

    name: str
    table: str
    event: str  # INSERT, UPDATE or DELETE
    condition: str
    message: str


def _changed(*columns: str) -> str:
    return "(" + " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns) + ")"


def _is_published(assessment: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM commitments_assessment a WHERE a.id = {assessment}.assessment_id "
        "AND a.published_at IS NOT NULL)"
    )


# PostgreSQL's substr fails on a negative length; a span that is not one is left to its constraint.
_QUOTE_DIFFERS = (
    'CASE WHEN NEW."end" > NEW.start THEN NEW.quote {differs} ('
    'SELECT substr(d.text, CAST(NEW.start AS INTEGER) + 1, CAST(NEW."end" - NEW.start AS INTEGER)) '
    "FROM commitments_sourcedocument d WHERE d.id = NEW.document_id) ELSE 1 = 0 END"
)
_BAD_CODE = "NOT ({code_fits})"
_CORRECTS_ANOTHER = (
    "NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM commitments_assessment a WHERE a.id = NEW.corrects_id "
    "AND a.commitment_id = NEW.commitment_id AND a.published_at IS NOT NULL)"
)
_PARENT_ELSEWHERE = (
    "NEW.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM commitments_commitment c WHERE c.id = NEW.parent_id "
    "AND c.document_id = NEW.document_id)"
)
_ASSESSMENT_CONTENT = (
    *("id", "commitment_id", "party_id", "status", "momentum", "confidence", "as_of", "assessed_on"),
    *("rationale_zh", "rationale_en", "corrects_id", "is_editorial", "author_id", "rule_met"),
    *("codebook_version", "published_at", "created_at"),
)
_SLUG_OF_ANOTHER = "EXISTS (SELECT 1 FROM commitments_formerslug f WHERE f.slug = NEW.slug{but})"
_PUBLISHABLE = ("commitment", "evidence", "sourcedocument")
_WITHDRAWAL = ("withdrawn_at", "withdrawn_reason_zh", "withdrawn_reason_en")

GUARDS = [
    Guard(
        "assessment_frozen",
        "commitments_assessment",
        "UPDATE",
        f"OLD.published_at IS NOT NULL AND {_changed(*_ASSESSMENT_CONTENT)}",
        "a published assessment does not change; correct it with a new one",
    ),
    Guard(
        "assessment_withdrawn_once",
        "commitments_assessment",
        "UPDATE",
        f"OLD.withdrawn_at IS NOT NULL AND {_changed(*_WITHDRAWAL, 'review_state')}",
        "a withdrawal is recorded once",
    ),
    Guard(
        "assessment_kept",
        "commitments_assessment",
        "DELETE",
        "OLD.published_at IS NOT NULL",
        "nothing published is deleted; withdraw it with a reason",
    ),
    *(
        Guard(
            f"assessment_corrects_{event.lower()}",
            "commitments_assessment",
            event,
            _CORRECTS_ANOTHER,
            "a correction names a published assessment of the same commitment",
        )
        for event in ("INSERT", "UPDATE")
    ),
    Guard("citation_added", "commitments_citation", "INSERT", _is_published("NEW"), "the assessment is published"),
    Guard(
        "citation_changed",
        "commitments_citation",
        "UPDATE",
        f"({_is_published('OLD')} OR {_is_published('NEW')})",
        "the assessment is published",
    ),
    Guard("citation_kept", "commitments_citation", "DELETE", _is_published("OLD"), "the assessment is published"),
    Guard(
        "document_text_fixed",
        "commitments_sourcedocument",
        "UPDATE",
        _changed("text", "text_sha256")
        + " AND (EXISTS (SELECT 1 FROM commitments_passage p WHERE p.document_id = OLD.id)"
        " OR EXISTS (SELECT 1 FROM commitments_exclusion e WHERE e.document_id = OLD.id)"
        " OR EXISTS (SELECT 1 FROM commitments_candidate c WHERE c.register_id = OLD.id))",
        "passages point into this text; a corrected text is a new version of the document",
    ),
    *(
        Guard(
            f"{noun}_quote_{event.lower()}",
            f"commitments_{noun}",
            event,
            _QUOTE_DIFFERS,
            "text[start:end] is not the quote",
        )
        for noun in ("passage", "exclusion")
        for event in ("INSERT", "UPDATE")
    ),
    *(
        Guard(
            f"candidate_quote_{event.lower()}",
            "commitments_candidate",
            event,
            _QUOTE_DIFFERS.replace("NEW.document_id", "NEW.register_id"),  # the register's key is its document's
            "text[start:end] is not the quote",
        )
        for event in ("INSERT", "UPDATE")
    ),
    *(
        Guard(
            f"{noun}_code_written",
            f"commitments_{noun}",
            "INSERT",
            _BAD_CODE,
            "code: A-Z a-z 0-9 . - up to 32, no sign first",
        )
        for noun in ("commitment", "evidence")
    ),
    Guard(
        "commitment_code_fixed",
        "commitments_commitment",
        "UPDATE",
        _changed("code", "document_id"),
        "the code and the document of a commitment never change",
    ),
    Guard("evidence_code_fixed", "commitments_evidence", "UPDATE", _changed("code"), "an evidence code never changes"),
    *(
        Guard(
            f"commitment_parent_{event.lower()}",
            "commitments_commitment",
            event,
            _PARENT_ELSEWHERE,
            "the parent of a commitment is of the same document",
        )
        for event in ("INSERT", "UPDATE")
    ),
    *(
        Guard(
            f"{noun}_published_once",
            f"commitments_{noun}",
            "UPDATE",
            f"OLD.published_at IS NOT NULL AND {_changed('published_at')}",
            "the date of publication never changes",
        )
        for noun in _PUBLISHABLE
    ),
    *(
        Guard(
            f"{noun}_withdrawn_once",
            f"commitments_{noun}",
            "UPDATE",
            f"OLD.withdrawn_at IS NOT NULL AND {_changed(*_WITHDRAWAL, 'publication')}",
            "a withdrawal is recorded once",
        )
        for noun in _PUBLISHABLE
    ),
    *(
        Guard(
            f"{noun}_kept",
            f"commitments_{noun}",
            "DELETE",
            "OLD.published_at IS NOT NULL",
            "nothing published is deleted",
        )
        for noun in _PUBLISHABLE
    ),
    Guard(
        "document_slug_written",
        "commitments_sourcedocument",
        "INSERT",
        _SLUG_OF_ANOTHER.format(but=""),
        "this was the slug of another document",
    ),
    Guard(
        "document_slug_changed",
        "commitments_sourcedocument",
        "UPDATE",
        _SLUG_OF_ANOTHER.format(but=" AND f.document_id <> NEW.id"),
        "this was the slug of another document",
    ),
    Guard(
        "document_slug_remembered",
        "commitments_sourcedocument",
        "UPDATE",
        f"OLD.published_at IS NOT NULL AND {_changed('slug')} AND NOT EXISTS "
        "(SELECT 1 FROM commitments_formerslug f WHERE f.slug = OLD.slug AND f.document_id = OLD.id)",
        "a public document that is renamed keeps its former slug",
    ),
    Guard(
        "formerslug_written",
        "commitments_formerslug",
        "INSERT",
        "EXISTS (SELECT 1 FROM commitments_sourcedocument d WHERE d.slug = NEW.slug AND d.id <> NEW.document_id)",
        "this is the slug of another document",
    ),
    Guard("note_kept", "commitments_note", "DELETE", "OLD.visibility = 'public'", "nothing published is deleted"),
    *(
        Guard(f"{noun}_{verb}", f"commitments_{noun}", event, "1 = 1", "what was found stays as it was found")
        for noun in ("snapshot", "linkcheck", "formeraddress", "formerslug")
        for verb, event in (("fixed", "UPDATE"), ("kept", "DELETE"))
    ),
    Guard("check_kept", "commitments_check", "DELETE", "1 = 1", "a check stays on record"),
    Guard("edition_fixed", "commitments_edition", "UPDATE", "1 = 1", "an edition never changes; freeze a new one"),
    Guard("edition_kept", "commitments_edition", "DELETE", "1 = 1", "an edition stays"),
]


def all_guards() -> list[Guard]:
    """The list above, and for every history table: rows are added, never changed or removed."""
    return GUARDS + [
        Guard(f"{table}_{event.lower()}", table, event, "1 = 1", "history is only added to")
        for table in sorted(
            model._meta.db_table
            for model in apps.get_app_config("commitments").get_models()
            if model.__name__.startswith("Historical")
        )
        for event in ("UPDATE", "DELETE")
    ]


def guard_names(vendor: str = "sqlite") -> set[str]:
    """On PostgreSQL there is one more for each table: its rows cannot be removed by TRUNCATE."""
    names = {PREFIX + guard.name for guard in all_guards()} | marker_names()
    return names | {_truncate_name(table) for table in guarded_tables()} if vendor == "postgresql" else names


def guarded_tables() -> list[str]:
    return sorted({guard.table for guard in all_guards()})


def missing_guards(using: str = "default") -> list[str]:
    return sorted(guard_names(connections[using].vendor) - set(installed_guards(using)))


def _sqlite(guard: Guard) -> list[str]:
    name = PREFIX + guard.name
    code_fits = "length(NEW.code) <= 32 AND NEW.code GLOB '[A-Za-z0-9]*' AND NOT NEW.code GLOB '*[^A-Za-z0-9.-]*'"
    condition = guard.condition.format(differs="IS NOT", code_fits=code_fits)
    return [
        f"CREATE TRIGGER {name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.table}: {guard.message}'); END"
    ]


def _postgresql(guard: Guard) -> list[str]:
    """The condition stands in the function, so that no column of the table depends on the trigger."""
    name = PREFIX + guard.name
    code_fits = "NEW.code ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$'"
    condition = guard.condition.format(differs="IS DISTINCT FROM", code_fits=code_fits)
    row = "OLD" if guard.event == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ({condition}) THEN "
        f"RAISE EXCEPTION '{guard.table}: {guard.message}' USING ERRCODE = 'check_violation'; END IF; "
        f"RETURN {row}; END $guard$",
        f"CREATE TRIGGER {name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _truncate_name(table: str) -> str:
    return f"{PREFIX}{table}_truncate"


def _postgresql_truncate(table: str) -> list[str]:
    name = _truncate_name(table)
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
        f"RAISE EXCEPTION '{table}: nothing published is deleted' USING ERRCODE = 'check_violation'; END $guard$",
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def installed_guards(using: str = "default") -> dict[str, str]:
    """Name of each guard in the database -> its table."""
    connection = connections[using]
    listing = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(listing[connection.vendor])
        return {name: table for name, table in cursor.fetchall() if name.startswith((PREFIX, MARK))}


def remove_guards(using: str = "default") -> None:
    connection = connections[using]
    on_table = connection.vendor == "postgresql"
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, table in installed_guards(using).items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_table else ""))


@contextmanager
def without_marks() -> Iterator[None]:
    """Within a transaction that writes in bulk and marks by itself: no other transaction sees the markers gone."""
    connection = connections["default"]
    with transaction.atomic(), connection.cursor() as cursor:
        on_table = connection.vendor == "postgresql"
        for mark in MARKERS:
            cursor.execute(f"DROP TRIGGER {mark.name}" + (f" ON {mark.table}" if on_table else ""))
        yield
        for mark in MARKERS:
            for statement in marker_statements(mark, connection.vendor):
                cursor.execute(statement)


def install_guards(using: str = "default") -> None:
    """Idempotent: leaves exactly the guards of this version in place."""
    connection = connections[using]
    write = _writer(connection)
    with transaction.atomic(using=using):
        remove_guards(using)
        tables = set(connection.introspection.table_names())
        statements = [line for guard in all_guards() if guard.table in tables for line in write(guard)]
        statements += [
            line for mark in MARKERS if mark.table in tables for line in marker_statements(mark, connection.vendor)
        ]
        if connection.vendor == "postgresql":
            guarded = [table for table in guarded_tables() if table in tables]
            statements += [line for table in guarded for line in _postgresql_truncate(table)]
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _writer(connection: BaseDatabaseWrapper) -> Callable[[Guard], list[str]]:
    return {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
