"""The weekly sheet comes back: a dry run says what each row would do; applied, all of it is done, or nothing."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.derived import writing
from commitments.actions.review import is_alone
from commitments.actions.roles import User, roles_of
from commitments.actions.rows import check_role
from commitments.actions.sheets.carrying import Verdict, carry_out
from commitments.actions.sheets.entries import Line, ids_given_twice, lines_of
from commitments.actions.sheets.standing import by_id, status_texts, stored
from commitments.actions.sheets.words import alike
from commitments.actions.versions import Conflict
from commitments.choices import ReviewState
from commitments.models import Assessment, Check, Commitment, EvidenceLink, Note
from commitments.reports.update_columns import Column
from commitments.rules.refusal import Refused
from commitments.rules.review import Role, check_transition
from commitments.storage import files, keep
from commitments.tables.reader import Table, read_table

SALT = "commitments.update-sheet"
KEPT_FOR = 24 * 3600  # seconds between preview and application
MOST_TOUCHED = 200  # rows of one transaction: other writers wait for it
BLOCKING = (Verdict.WRONG, Verdict.CONFLICT)


@dataclass(frozen=True)
class Outcome:
    """Of one row: `sentence` says what is wrong, `remark` what a draft still lacks."""

    number: int
    id: str
    title: str
    verdict: Verdict
    sentence: str = ""
    remark: str = ""
    typed: list[tuple[str, str]] = field(default_factory=list)
    stored: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Result:
    """`earlier`: when and by whom the same file was applied before."""

    outcomes: list[Outcome]
    is_applied: bool = False
    earlier: tuple[datetime, str] | None = None

    def counts(self) -> dict[Verdict, int]:
        counted = Counter(outcome.verdict for outcome in self.outcomes)
        return {verdict: counted[verdict] for verdict in Verdict if counted[verdict]}

    @property
    def is_blocked(self) -> bool:
        return any(outcome.verdict in BLOCKING for outcome in self.outcomes)

    @property
    def touched(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.verdict != Verdict.UNCHANGED]


@dataclass(frozen=True)
class Preview:
    """`token` stands for this file, this purpose and this person; none where there is nothing to apply."""

    result: Result
    token: str
    encoding: str


def preview(content: bytes, name: str, *, by: User, then: ReviewState) -> Preview:
    """Raises Refused or UnreadableTable for the file as a whole."""
    check_role(by, Role.ANALYST)
    table = read_table(content, name)
    result = run(table, by=by, then=then, why=_why(content), is_kept=False)
    token = ""
    if result.touched and not result.is_blocked:
        place = keep(content, "update-sheets", "." + name.rpartition(".")[2].lower())
        token = signing.dumps([place, then.value, by.pk], salt=SALT, compress=True)
    return Preview(result, token, table.encoding)


def apply(token: str, *, by: User) -> Result:
    """The file that was previewed, once; a second time finds every row changed and writes nothing."""
    place, then = _opened(token, by)
    with files().open(place) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() not in place:
        raise Refused(_("The stored sheet is damaged; upload it again."))
    return run(read_table(content, place), by=by, then=then, why=_why(content), is_kept=True)


def _opened(token: str, by: User) -> tuple[str, ReviewState]:
    try:
        place, then, person = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        raise Refused(_("This preview is too old or not whole; upload the sheet again.")) from None
    if person != by.pk or not files().exists(place):
        raise Refused(_("This preview is not yours or its file is gone; upload the sheet again."))
    return place, ReviewState(then)


def _why(content: bytes) -> str:
    """Stands in the history of every row that the sheet wrote."""
    return f"update sheet {hashlib.sha256(content).hexdigest()[:16]}"


def run(table: Table, *, by: User, then: ReviewState, why: str, is_kept: bool) -> Result:
    """Every row by the same actions as the forms, each in a savepoint; unless all are good, nothing stays."""
    check_role(by, Role.ANALYST)
    if then != ReviewState.DRAFT:
        own = Assessment(author=by)
        check_transition(ReviewState.DRAFT, then, roles_of(by), alone=is_alone(own, by))
    lines = lines_of(table)
    twice = ids_given_twice(lines)
    with writing():
        known = by_id(line.id for line in lines)
        asking = [line for line in lines if line.id in twice or _asks(line, known.get(line.id))]
        _check_number(asking)
        # In one order for all writers: two sheets never wait for each other.
        asking.sort(key=lambda line: known[line.id].pk if line.id in known else 0)
        done = {line.number: _outcome(line, known, twice, by, then, why) for line in asking}
        result = Result([done.get(line.number) or _unchanged(line, known) for line in lines], is_kept)
        if result.is_blocked or not is_kept:
            transaction.set_rollback(True)
    if result.is_blocked:
        return Result(result.outcomes, is_applied=False, earlier=_applied_before(why))
    return result


def _asks(line: Line, commitment: Commitment | None) -> bool:
    return line.is_touched or _edits_what_is_given(line, commitment)


def _edits_what_is_given(line: Line, commitment: Commitment | None) -> bool:
    """Someone wrote the new status over the current one; a computed one may have moved by itself."""
    shown = line.cells.get(Column.CURRENT)
    if not shown or commitment is None or commitment.in_force_id is None:
        return False
    is_current = line.cells.get(Column.VERSION) == str(commitment.version)
    return is_current and alike(str(shown)) not in {alike(text) for text in status_texts(commitment)}


def _check_number(asking: list[Line]) -> None:
    if len(asking) > MOST_TOUCHED:
        sentence = _("%(count)d rows are filled in; at most %(most)d can be changed at once. Split the sheet.")
        raise Refused(sentence % {"count": len(asking), "most": MOST_TOUCHED})


def _unchanged(line: Line, known: dict[str, Commitment]) -> Outcome:
    return Outcome(line.number, line.id, _title(known.get(line.id)), Verdict.UNCHANGED)


def _title(commitment: Commitment | None) -> str:
    return commitment.words("title").text if commitment else ""


def _outcome(
    line: Line, known: dict[str, Commitment], twice: set[str], by: User, then: ReviewState, why: str
) -> Outcome:
    commitment = known.get(line.id)
    place = (line.number, line.id, _title(commitment))
    try:
        with writing():
            verdict, remark = carry_out(
                _checked(line, commitment, twice).entry(), known[line.id], by=by, then=then, why=why
            )
    except Conflict:
        return Outcome(*place, Verdict.CONFLICT, _in_conflict(), typed=line.typed(), stored=stored(known[line.id]))
    except Refused as refused:
        return Outcome(*place, Verdict.WRONG, str(refused), typed=line.typed())
    return Outcome(*place, verdict, remark=remark, typed=line.typed())


def _in_conflict() -> str:
    sentence = _(
        "Someone changed it after the sheet was made. Compare; where yours still holds, "
        "write the present number into “%(version)s” and upload the sheet again."
    )
    return sentence % {"version": Column.VERSION.label}


def _checked(line: Line, commitment: Commitment | None, twice: set[str]) -> Line:
    if line.id in twice:
        raise Refused(_("%(id)s stands in more than one row.") % {"id": line.id}, Column.ID)
    if commitment is None:
        sentence = _("%(column)s: there is no commitment “%(id)s”.")
        raise Refused(sentence % {"column": Column.ID.label, "id": line.id[:60]}, Column.ID)
    if _edits_what_is_given(line, commitment):
        sentence = _("“%(current)s” was edited; write a new judgement into “%(new)s”.")
        words = {"current": Column.CURRENT.label, "new": Column.STATUS.label}
        raise Refused(sentence % words, Column.CURRENT)
    return line


def _applied_before(why: str) -> tuple[datetime, str] | None:
    for model in (Assessment, Check, Note, EvidenceLink):
        entry = model.history.filter(history_change_reason=why).select_related("history_user").first()
        if entry:
            return entry.history_date, entry.history_user.get_username() if entry.history_user else ""
    return None
