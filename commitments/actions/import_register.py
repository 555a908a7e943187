"""Tables from outside into the register: a dry run says what each row would do; applied, all of it is done, or nothing.

Every row goes through the same actions as the forms, with their roles, rules and history. What is new is a draft.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.derived import writing
from commitments.actions.importing.assessments import Assessments
from commitments.actions.importing.commitments import Commitments
from commitments.actions.importing.evidence import EvidenceRows
from commitments.actions.importing.importer import Importer
from commitments.actions.importing.lines import Line, Part, parts_of
from commitments.actions.importing.named import Named
from commitments.actions.importing.outcomes import WRITING, Outcome, Result, Verdict, Wrong
from commitments.actions.importing.publishers import Publishers
from commitments.actions.importing.turns import Turns
from commitments.actions.roles import User
from commitments.actions.rows import check_role
from commitments.actions.versions import Conflict
from commitments.models import Assessment, Commitment, Evidence, EvidenceLink, Passage, Publisher
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.storage import files, keep
from commitments.tables.reader import Limits, read_tables

LIMITS = Limits(file_bytes=10_000_000, tables=40)
SALT = "commitments.import-register"
KEPT_FOR = 24 * 3600  # seconds between dry run and application
MOST_WRITTEN = 500  # rows of one transaction on the site: other writers wait for it


@dataclass(frozen=True)
class DryRun:
    """`token` stands for this file, what it would do, and this person; none where there is nothing to apply."""

    result: Result
    token: str
    encoding: str


@dataclass(frozen=True)
class _Job:
    """What a token keeps: where the file lies, which table it was said to be, and the digest of its dry run."""

    place: str
    table: str
    digest: str


def dry_run(content: bytes, name: str, *, by: User, table: str = "") -> DryRun:
    """`table`: which one it is, or "" where the headings say it. Raises Refused or UnreadableTable for the whole."""
    check_role(by, Role.ANALYST)
    tables = read_tables(content, name, LIMITS)
    result = _run(tables, table, by=by, why=_why(content), most=MOST_WRITTEN, digest=None)
    token = ""
    if result.written and not result.is_blocked:
        place = keep(content, "imports", "." + name.rpartition(".")[2].lower())
        token = signing.dumps([place, table, _digest(result), by.pk], salt=SALT, compress=True)
    return DryRun(result, token, tables[0].encoding)


def dry_run_again(token: str, *, by: User) -> DryRun:
    """Of the file that waits, as the register stands now."""
    job = _opened(token, by)
    return dry_run(_content(job), job.place, by=by, table=job.table)


def apply(token: str, *, by: User) -> Result:
    """The file of a dry run, if it still does what that said; a second time finds it done and writes nothing."""
    job = _opened(token, by)
    content = _content(job)
    tables = read_tables(content, job.place, LIMITS)
    return _run(tables, job.table, by=by, why=_why(content), most=MOST_WRITTEN, digest=job.digest)


def import_register(content: bytes, name: str, *, by: User, is_kept: bool, table: str = "") -> Result:
    """In one go, for whoever sits at the machine."""
    check_role(by, Role.ANALYST)
    return _run(read_tables(content, name, LIMITS), table, by=by, why=_why(content), most=None, is_kept=is_kept)


def current_rows(table: str, *, most: int) -> list[dict[str, Any]]:
    """The rows that stand, by the names of the columns, for a sheet to edit them in."""
    importer = next(each for each in _importers(None, "", Turns()) if each.sheet.name == table)
    return [importer.values(row) for row in importer.current(most)]


def _opened(token: str, by: User) -> _Job:
    try:
        place, table, digest, person = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        raise Refused(_("This dry run is too old or not whole; upload the file again.")) from None
    if person != by.pk or not files().exists(place):
        raise Refused(_("This dry run is not yours or its file is gone; upload the file again."))
    return _Job(place, table, digest)


def _content(job: _Job) -> bytes:
    with files().open(job.place) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() not in job.place:
        raise Refused(_("The stored file is damaged; upload it again."))
    return content


def _why(content: bytes) -> str:
    """Stands in the history of every row that the file wrote."""
    return f"table import {hashlib.sha256(content).hexdigest()[:16]}"


def _digest(result: Result) -> str:
    """Of everything that would be written, and of the versions of the rows under it."""
    told = [
        (each.table, each.number, each.verdict.value, each.version, [change[2:] for change in each.changes])
        for each in result.written
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def _run(
    tables: Iterable[Any],
    chosen: str,
    *,
    by: User,
    why: str,
    most: int | None,
    digest: str | None = None,
    is_kept: bool | None = None,
) -> Result:
    """Unless all rows are good, nothing stays. Kept where that is said, or where it does what the digest stands for."""
    check_role(by, Role.ANALYST)
    parts, unread = parts_of(list(tables), chosen)
    with writing():
        outcomes = _carry_out(parts, by, why, most)
        ignored = {part.sheet.name: part.ignored for part in parts if part.ignored}
        result = Result(outcomes, unread, ignored)
        is_stale = digest is not None and _digest(result) != digest
        stays = (is_kept if digest is None else not is_stale) and not result.is_blocked
        if not stays or not result.written:
            transaction.set_rollback(True)
    if stays or digest is None:
        return replace(result, is_applied=bool(stays))
    earlier = _applied_before(why)
    return replace(result, is_stale=is_stale and not earlier, earlier=earlier)


def _importers(by: User | None, why: str, turns: Turns) -> list[Importer]:
    named = Named(turns)
    return [
        Publishers(by, why, turns),  # type: ignore[arg-type]
        Commitments(by, why, turns, named),  # type: ignore[arg-type]
        EvidenceRows(by, why, turns, named),  # type: ignore[arg-type]
        Assessments(by, why, turns, named),  # type: ignore[arg-type]
    ]


def _carry_out(parts: list[Part], by: User, why: str, most: int | None) -> list[Outcome]:
    """In the order of what names what; told in the order of the file."""
    by_name = {importer.sheet.name: importer for importer in _importers(by, why, Turns())}
    for part in parts:
        by_name[part.sheet.name].prepare(part.lines)
    found: list[Outcome] = []
    written = 0
    for part in parts:
        importer = by_name[part.sheet.name]
        done = [_outcome(importer, line) for line in importer.in_order(part.lines)]
        written += sum(outcome.verdict in WRITING for outcome in done)
        if most is not None and written > most:
            sentence = _("More than %(most)d rows are new or changed, the most that one file may write. Split it.")
            raise Refused(sentence % {"most": most})
        found += sorted(done, key=lambda outcome: outcome.number)
    return found


def _outcome(importer: Importer, line: Line) -> Outcome:
    try:
        with writing():
            return importer.carry_out(line)
    except Conflict as conflict:
        verdict, sentences = Verdict.CONFLICT, [str(conflict)]
    except Refused as refused:
        verdict, sentences = Verdict.WRONG, [str(refused)]
    except Wrong as wrong:
        verdict, sentences = Verdict.WRONG, wrong.sentences
    return Outcome(importer.sheet.name, line.number, line.key(importer.sheet), "", verdict, [], sentences)


def _applied_before(why: str) -> tuple[datetime, str] | None:
    for model in (Publisher, Commitment, Passage, Evidence, EvidenceLink, Assessment):
        entry = model.history.filter(history_change_reason=why).select_related("history_user").first()
        if entry:
            return entry.history_date, entry.history_user.get_username() if entry.history_user else ""
    return None
