"""The report as JSON: codes and texts in every language, Chinese unescaped, the same keys whatever is empty.

All of it in both lengths, as in CSV and XLSX: what is brief are pages.
"""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from commitments.catalogue import records
from commitments.catalogue.changes import Step
from commitments.languages import active, codes, html_lang, suffix
from commitments.reports import words
from commitments.reports.content import Report
from commitments.reports.histories import Entered
from commitments.reports.items import Item
from commitments.reports.source_notes import Source
from commitments.rules.bands import Headline, Row

CONTENT_TYPE = "application/json"
Values = dict[str, Any]


def document(report: Report) -> str:
    return json.dumps(values(report), ensure_ascii=False, indent=1, cls=DjangoJSONEncoder) + "\n"


def values(report: Report) -> Values:
    """`title` and `method` are in the active language."""
    return {
        "title": report.title,
        "language": html_lang(active()),
        "site": report.site.name,
        "period": {"from": report.period.start, "to": report.period.end},
        "known_on": report.clock.known_on,
        "edition": report.edition,
        "length": report.length.value,
        "documents": [chapter.document.slug for chapter in report.chapters],
        "selection": [{"name": label, "value": value} for label, value in report.filters],
        "checked_by_person": not report.is_unchecked,
        "codebook_version": report.codebook_version,
        "foreword": report.foreword,
        "numbers": _numbers(report),
        "happened": [_step(report, step) for step in report.happened],
        "happened_count": len(report.happened),
        "entered_about_earlier_times": [_entered(report, entry) for entry in report.earlier],
        "entered_together": [
            {
                "published_at": batch.at,
                "judgements": batch.number,
                "commitments": batch.commitments,
                "as_of": {"from": batch.first, "to": batch.last},
            }
            for batch in report.batches
        ],
        "corrections": [_entered(report, entry) for entry in report.corrections],
        "withdrawn": [
            {
                "kind": "evidence" if one.is_evidence else "commitment",
                "id": one.name,
                "on": one.day,
                **_reason(one.event),
            }
            for one in report.withdrawn
        ],
        "attention": [
            {"concern": concern.code, "of": concern.of, "commitments": [item.row.natural_id for item in concern.items]}
            for concern in report.concerns
        ],
        "commitments": [_item(item) for item in report.items],
        "sources": [_source(source) for source in report.every_source],
        "method": words.method(report),
        "limits": [limit for row in report.provenances for limit in row.limits],
    }


def _numbers(report: Report) -> Values:
    numbers = report.numbers
    return {
        "at_the_end": _headline(numbers.headline),
        "the_day_before": _headline(numbers.began),
        "statuses_of_measures": numbers.statuses,
        "statuses_of_measures_before": numbers.began_statuses,
        "measures": numbers.measures,
        "measures_moved": numbers.moved,
        "kinds": numbers.kinds,
    }


def _headline(found: Headline) -> Values:
    def row(one: Row) -> Values:
        return {"total": one.total, **{band.value: number for band, number in one.by_band.items()}}

    return {name: row(getattr(found, name)) for name in ("one_off", "continuing", "outcomes", "press")}


def _in_languages(row: Any, name: str) -> Values:
    found = {f"{name}_{suffix(code)}": getattr(row, f"{name}_{suffix(code)}", "") or None for code in codes()}
    return {key.removeprefix("withdrawn_"): text for key, text in found.items()}


def _reason(row: Any) -> Values:
    return _in_languages(row, "reason")


def _step(report: Report, step: Step) -> Values:
    change, assessment = step.change, step.assessment
    return {
        "id": step.commitment.natural_id,
        "as_of": assessment.as_of,
        "from": change.from_status.value,
        "to": change.to_status.value,
        "momentum": assessment.momentum or None,
        "confidence": assessment.confidence,
        **_in_languages(assessment, "rationale"),
        "sources": [source.evidence.code for source in report.sources_of(step)],
    }


def _entered(report: Report, entry: Entered) -> Values:
    kind = "withdrawal" if entry.is_withdrawal else "correction" if entry.is_correction else "judgement"
    reason = _in_languages(entry.step.assessment, "withdrawn_reason") if entry.is_withdrawal else {}
    is_editorial = entry.is_correction and entry.step.assessment.is_editorial
    found = {"kind": kind, "wording_only": is_editorial, "published_on": entry.day}
    return {**found, **_step(report, entry.step), **reason}


def _item(item: Item) -> Values:
    return {
        **records.commitment(item.row),
        "status_before": None if item.is_proposal else item.before.value,
        "lead": [party.code for party in item.leads] or None,
        "also_on_record": [source.evidence.code for source in item.related],
        "notes": [{"dated": note.dated, **_in_languages(note, "text")} for note in item.notes],
    }


def _source(source: Source) -> Values:
    evidence = source.evidence
    return {
        "number": source.number,
        "code": evidence.code,
        "publisher": evidence.publisher.name,
        "voice": evidence.publisher.voice,
        "kind": evidence.kind,
        "title": evidence.title or None,
        "url": evidence.url,
        "language": evidence.language or None,
        "published_on": evidence.published_on,
        "captured_on": source.captured_on,
        **_in_languages(evidence, "summary"),
    }
