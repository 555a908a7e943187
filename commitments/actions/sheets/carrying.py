"""One row of an update sheet, carried out by the same actions as the forms: check, evidence, note, assessment."""

from django.utils.translation import gettext as _

from commitments.actions.assessments import lacking, save_draft
from commitments.actions.checks import record_check, unchanged_outcome
from commitments.actions.evidence import link_evidence
from commitments.actions.notes import save_note
from commitments.actions.review import move
from commitments.actions.roles import User
from commitments.actions.sheets.entries import Entry
from commitments.actions.sheets.mentions import Named, named
from commitments.actions.versions import take_turn
from commitments.choices import CheckOutcome, Confidence, ReviewState, Status, Vocabulary
from commitments.models import Assessment, Check, Commitment, Note
from commitments.reports.update_columns import Column
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed
from commitments.today import today


class Verdict(Vocabulary):
    """What a row comes to."""

    NEW = "new", "新评估", "New assessment"
    CHECKED = "checked", "已核查无变化", "Checked, no change"
    ADDED = "added", "补充备注或证据", "Note or evidence added"
    UNCHANGED = "unchanged", "未改动", "Unchanged"
    WRONG = "wrong", "有误", "Wrong"
    CONFLICT = "conflict", "冲突", "Conflict"


def carry_out(entry: Entry, commitment: Commitment, *, by: User, then: ReviewState, why: str) -> tuple[Verdict, str]:
    """The verdict, with a remark where a draft could not be submitted as it is. Raises Refused and Conflict."""
    take_turn(commitment, entry.version)
    _check_whole(entry)
    evidence = named(entry.mentions, commitment)
    _check_not_idle(entry, evidence)
    for each in evidence:
        if each.bears:
            link_evidence(each.evidence, commitment, each.bears, by=by, why=why)
    if entry.note_zh or entry.note_en:
        note = Note(commitment=commitment, dated=today(), text_zh=entry.note_zh, text_en=entry.note_en)
        save_note(note, by=by, why=why)
    if entry.checked or entry.looked:
        _check(entry, commitment, by=by, why=why)
    if entry.status is None:
        return Verdict.CHECKED if entry.checked else Verdict.ADDED, ""
    assessment = _assessment(entry, entry.status, commitment)
    save_draft(assessment, by=by, evidence=[each.evidence for each in evidence], why=why)
    if then != ReviewState.DRAFT:
        move(assessment, then, by=by)
    return Verdict.NEW, lacking(assessment) if then == ReviewState.DRAFT else ""


def _check_whole(entry: Entry) -> None:
    """Cells that only make sense together."""
    if entry.checked and not entry.looked:
        sentence = _("%(column)s: a check says where someone looked, and it is empty.")
        raise Refused(sentence % {"column": Column.LOOKED.label}, Column.LOOKED)
    if entry.status is None:
        if alone := _only_with_a_status(entry):
            sentence = _("%(columns)s: only with a new status, which is empty.")
            raise Refused(sentence % {"columns": listed(column.label for column in alone)}, alone[0])
        if entry.looked and not entry.checked:
            sentence = _("%(column)s: say too what came of it, “%(checked)s” or a new status.")
            raise Refused(sentence % {"column": Column.LOOKED.label, "checked": Column.CHECKED.label}, Column.LOOKED)
    elif entry.checked and entry.status != Status.NO_EVIDENCE:
        sentence = _("“%(checked)s” and a new status (%(status)s) exclude each other.")
        words = {"checked": Column.CHECKED.label, "status": entry.status.label}
        raise Refused(sentence % words, Column.CHECKED)


def _only_with_a_status(entry: Entry) -> list[Column]:
    given = {
        Column.AS_OF: entry.as_of and not entry.checked,
        Column.MOMENTUM: entry.momentum,
        Column.CONFIDENCE: entry.confidence,
        Column.RATIONALE_ZH: entry.rationale_zh,
        Column.RATIONALE_EN: entry.rationale_en,
    }
    return [column for column, value in given.items() if value]


def _check_not_idle(entry: Entry, evidence: list[Named]) -> None:
    """Without a new status evidence is linked, not cited; what is linked already would go unnoticed."""
    idle = [each.evidence.code for each in evidence if not each.bears]
    if entry.status is None and idle:
        sentence = _("%(codes)s: linked already, and cited only by a new status, which is empty.")
        raise Refused(sentence % {"codes": listed(idle)}, Column.EVIDENCE)


def _check(entry: Entry, commitment: Commitment, *, by: User, why: str) -> None:
    """Beside a new status something was found, except where the status says that nothing was."""
    if entry.status is None:
        outcome = unchanged_outcome(commitment)
    else:
        outcome = CheckOutcome.NOTHING if entry.status == Status.NO_EVIDENCE else CheckOutcome.SOMETHING
    day = entry.as_of if entry.status is None and entry.as_of else today()
    check = Check(commitment=commitment, checked_on=day, outcome=outcome, searched_zh=entry.looked)
    record_check(check, by=by, why=why)


def _assessment(entry: Entry, status: Status, commitment: Commitment) -> Assessment:
    return Assessment(
        commitment=commitment,
        status=status,
        momentum=entry.momentum or "",
        confidence=entry.confidence or _present_confidence(commitment),
        as_of=entry.as_of or today(),
        assessed_on=today(),
        rationale_zh=entry.rationale_zh,
        rationale_en=entry.rationale_en,
    )


def _present_confidence(commitment: Commitment) -> str:
    row = Commitment.objects.with_assessment(today(), today()).get(pk=commitment.pk)
    if row.confidence:
        return row.confidence
    sentence = _("%(column)s: there is no assessment yet to take it from; choose one of: %(allowed)s.")
    words = {"column": Column.CONFIDENCE.label, "allowed": listed(each.label for each in Confidence)}
    raise Refused(sentence % words, Column.CONFIDENCE)
