"""What changed and what needs attention, as a printed report says it: Report -> plain values."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.catalogue.changes import Step
from commitments.reports.attention import Concern
from commitments.reports.content import Report
from commitments.reports.histories import Entered
from commitments.reports.printed_pieces import Values, item_in_brief, movement, numbers_of, runs, status
from commitments.today import ZONE


def changes(report: Report) -> Values:
    told, happened = report.told, report.happened
    steps = ngettext("%(n)s step", "%(n)s steps", len(happened)) % {"n": len(happened)}
    rest = _("Here are %(n)s of %(of)s steps, changes of a status before others; the full report has them all.")
    entered_by = _("by the day on which this site published it")
    return {
        "happened": {
            "title": _("What happened in the period"),
            "remark": f"{_('by the day from which the evidence shows it')} · {steps}",
            "steps": [step_line(report, step, step.assessment.as_of) for step in told],
            "rest": rest % {"n": len(told), "of": len(happened)} if len(told) < len(happened) else "",
            "empty": "" if told else _("No step of these commitments is dated within the period."),
        },
        "entered": {
            "title": _("Entered in the period, about earlier times"),
            "remark": entered_by,
            "lines": [*_batches(report), *_single(report)],
            "steps": [] if report.is_brief else [_entry(report, entry) for entry in report.earlier],
        },
        "corrections": {
            "title": _("Corrections and withdrawals"),
            "remark": entered_by,
            "lines": [_gone(one) for one in report.withdrawn],
            "steps": [_entry(report, entry) for entry in report.corrections],
        },
    }


def step_line(report: Report, step: Step, day: Any, reason: str = "", remark: str = "") -> Values:
    change = step.change
    remarks = [remark] if remark else []
    if change.confidence:
        words_ = {"before": change.confidence[0].label, "after": change.confidence[1].label}
        remarks.append(_("confidence %(before)s → %(after)s") % words_)
    if change.is_update:
        remarks.append(_("basis updated"))
    elif change.is_first and not change.status_changes:
        remarks.append(_("first entry"))
    commitment = step.commitment
    return {
        "day": str(day),
        "code": commitment.code,
        "anchor": "" if report.is_brief else f"{commitment.document.slug}-{commitment.code}",
        "title": commitment.words("title").text,
        "from": status(change.from_status, step.from_label) if change.status_changes else None,
        "to": status(change.to_status, step.to_label),
        "momentum": movement(change.momentum),
        "remarks": remarks,
        "reason": reason or step.assessment.words("rationale").text,
        "sources": numbers_of(report.sources_of(step)) if not report.is_brief or step in report.told else [],
    }


def _entry(report: Report, entry: Entered) -> Values:
    kind = ""
    if entry.is_withdrawal:
        kind = _("Withdrawn")
    elif entry.is_correction:
        kind = _("Correction of wording") if entry.step.assessment.is_editorial else _("Correction")
    about = _("about %(day)s") % {"day": entry.step.assessment.as_of}
    return step_line(report, entry.step, entry.day, entry.reason.text, f"{kind} {about}".strip())


def _batches(report: Report) -> Iterable[Values]:
    sentence = _("<b>%(n)s</b> judgements on %(of)s commitments, about %(first)s to %(last)s")
    for batch in report.batches:
        told = {"n": batch.number, "of": batch.commitments, "first": batch.first, "last": batch.last}
        yield {"day": str(batch.at.astimezone(ZONE).date()), "runs": runs(sentence % told)}


def _single(report: Report) -> Iterable[Values]:
    number = len(report.earlier)
    if report.is_brief and number:
        found = ngettext(
            "%(n)s single judgement; the full report has it.",
            "%(n)s single judgements; the full report has them.",
            number,
        )
        yield {"day": "", "runs": runs(found % {"n": number})}


def _gone(one: Any) -> Values:
    kind = _("Evidence withdrawn") if one.is_evidence else _("Commitment withdrawn")
    return {"day": str(one.day), "runs": runs(f"{one.name} {kind}: {one.reason.text}")}


# Attention, and what the author adds


def attention(report: Report) -> Values:
    return {
        "title": _("What needs attention"),
        "remark": _("among measures, their parts, outcomes and press statements"),
        "concerns": [_concern(report, concern) for concern in report.concerns],
        "empty": "" if report.concerns else _("Nothing on these dates."),
    }


def _concern(report: Report, concern: Concern) -> Values:
    names = [f"{item.row.code} {item.title.text}" for item in concern.items]
    codes = [item.row.code for item in concern.items]
    listed = names if concern.in_words and report.is_brief else codes if not concern.in_words else []
    return {
        "title": concern.title,
        "number": len(concern.items),
        "of": _("of %(n)s") % {"n": concern.of},
        "meaning": concern.meaning,
        "items": [item_in_brief(item) for item in concern.items] if concern.in_words and not report.is_brief else [],
        "listed": [] if report.is_brief and not concern.in_words else listed,
    }


def next_steps() -> Values:
    return {"title": _("Next"), "remark": _("for the author to fill in")}
