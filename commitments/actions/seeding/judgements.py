"""Assessments of the fixtures -> published assessments; a changed one arrives as a correction of the one in place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.assessments import claim_of, mark_published
from commitments.actions.seeding.problems import Problem, SeedRefused
from commitments.actions.seeding.report import Outcome
from commitments.actions.seeding.rows import Row, digest_as_stored
from commitments.actions.seeding.run import Known, Run, deleted_keys
from commitments.models import Assessment, Citation, Evidence
from commitments.rules.gates import check_gate
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed


def load_assessments(run: Run, rows: Sequence[Row]) -> None:
    """Gates are held to what the database says; all that are not met are told at once."""
    latest = _latest(run.look_up(Assessment))
    removed = deleted_keys(Assessment, [row.key for row in rows if row.key not in latest])
    problems: list[Problem] = []
    for row in rows:
        number, known = latest.get(row.key, (0, None))
        if known is None and row.key in removed:
            run.report.keep(Assessment, row.key, _("it was removed here"))
        elif known is None:
            _publish(run, row, problems, at=row.once["published_at"])
        elif known.digest == row.digest:
            run.report.note(Assessment, Outcome.UNCHANGED)
        else:
            _correct(run, row, known, number + 1, problems)
    if problems:
        raise SeedRefused(problems)
    for key in sorted(set(latest) - {row.key for row in rows}):
        run.report.keep(Assessment, key, _("it is no longer in the fixtures"))


def _latest(known: dict[str, Known]) -> dict[str, tuple[int, Known]]:
    """Key in the fixtures -> number and row of the last that came under it: `…`, then `…#2`, `…#3`."""
    latest: dict[str, tuple[int, Known]] = {}
    for key, each in known.items():
        base, _mark, number = key.partition("#")
        latest[base] = max(latest.get(base, (0, each)), (int(number or 1), each))
    return latest


def _correct(run: Run, row: Row, known: Known, number: int, problems: list[Problem]) -> None:
    """This site has said the old thing until now, so the correction is published now."""
    last = Assessment.objects.select_related("commitment").get(pk=known.pk)
    stored = digest_as_stored(last, row)
    if stored == row.digest:
        Assessment.objects.filter(pk=last.pk).update(seed_digest=row.digest)
        run.report.note(Assessment, Outcome.UNCHANGED)
    elif last.withdrawn_at:
        run.report.keep(Assessment, row.key, _("it was withdrawn here, and the fixtures changed too"))
    elif last.corrected_by.filter(withdrawn_at__isnull=True).exists():
        run.report.keep(Assessment, row.key, _("it was corrected here, and the fixtures changed too"))
    elif stored != last.seed_digest:
        run.report.keep(Assessment, row.key, _("it was edited here, and the fixtures changed too"))
    else:
        _publish(run, row, problems, at=timezone.now(), corrects=last, key=f"{row.key}#{number}")


def _publish(
    run: Run, row: Row, problems: list[Problem], *, at: datetime, corrects: Assessment | None = None, key: str = ""
) -> None:
    if reason := _reason_to_leave(run, row):
        return run.report.keep(Assessment, row.key, reason)
    assessment = Assessment(author=run.by, corrects=corrects)
    run.fill(assessment, row)
    run.save(assessment, row, key)
    for evidence in _cited(run, row):
        citation: Any = Citation(assessment=assessment, evidence=evidence)
        citation._history_user, citation._change_reason = run.by, f"seed: {row.place.file}"
        citation.save()
    try:
        rule = check_gate(claim_of(assessment))
    except Refused as refusal:
        problems.append(Problem(row.place, refusal.field, _value(row, refusal.field), str(refusal)))
        return None
    mark_published(assessment, rule, at=at)
    run.save(assessment, row, key)
    run.touch(assessment)
    return run.report.note(Assessment, Outcome.UPDATED if corrects else Outcome.CREATED)


def _cited(run: Run, row: Row) -> list[Evidence]:
    found = (run.target(Evidence, key) for key in row.many["evidence"])
    return [evidence for evidence in found if evidence]


def _reason_to_leave(run: Run, row: Row) -> str:
    """Nothing is judged on what is not here, nor in public on what is hidden."""
    if missing := run.missing(row):
        return _("it rests on %(key)s, which is not here") % {"key": missing[0]}
    hidden = [evidence.code for evidence in _cited(run, row) if not evidence.is_published]
    return _("it cites evidence that is not public here: %(codes)s") % {"codes": listed(hidden)} if hidden else ""


def _value(row: Row, field: str) -> Any:
    if field == "evidence":
        return listed(key.removeprefix("evidence/") for key in row.many["evidence"])
    return row.values.get(field)
