"""Every commitment, the method and the sources, as a printed report says them: Report -> plain values."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commitments.choices import Status
from commitments.reports import words
from commitments.reports.content import Report
from commitments.reports.items import Group, Item
from commitments.reports.printed_pieces import Values, item_in_brief, movement, numbers_of, status
from commitments.reports.source_notes import Source

SCHEMES = ("http://", "https://")


def commitments(report: Report) -> Values:
    number = len(report.items)
    return {
        "title": _("Commitment by commitment"),
        "remark": ngettext("%(n)s entry", "%(n)s entries", number) % {"n": number},
        "chapters": [
            {
                "title": chapter.document.words("short").text if len(report.chapters) > 1 else "",
                "groups": [_group(group) for group in chapter.groups],
            }
            for chapter in report.chapters
        ],
    }


def _group(group: Group) -> Values:
    return {
        "numeral": group.numeral,
        "title": group.title.text,
        "own": _item(group.own) if group.own else None,
        "items": [_item(item) for item in group.items],
    }


def _item(item: Item) -> Values:
    standing = item.standing
    since = _("since %(day)s") % {"day": standing.as_of} if standing.as_of else ""
    confidence = f"{pgettext('label', 'confidence:')} {standing.confidence.label}" if standing.confidence else ""
    return {
        **item_in_brief(item),
        "is_part": item.is_part,
        "momentum": movement(standing.momentum),
        "remarks": [one for one in (_basis(item), confidence, since) if one],
        "quote": item.quote if item.quote != item.title.text else "",  # a title may be the source's own words
        "reason": item.rationale.text or ("" if item.is_proposal else _("No judgement is in force on this day.")),
        "sources": numbers_of(item.cited),
        "notes": [f"{_('Note')} {note.dated} {note.words('text')}" for note in item.notes],
        "facts": _facts(item),
        "related_label": _("Related, not sufficient:")
        if standing.status == Status.NO_EVIDENCE
        else _("Also on record:"),
        "related": numbers_of(item.related),
    }


def _found_nothing(item: Item) -> bool:
    return item.standing.status == Status.NO_EVIDENCE


def _basis(item: Item) -> str:
    return item.standing.basis.label if item.standing.basis == "computed" else ""


def _facts(item: Item) -> list[str]:
    lead = f"{_('Lead body:')} {item.lead}"
    due = [f"{_('Due:')} {item.row.due_on}"] if item.row.due_on else []
    if item.is_proposal:
        return [lead, *due]
    checked = item.standing.last_checked_on or _("no check on record")
    return [item.kind_label, lead, *due, f"{_('Last checked:')} {checked}"]


# Method and sources


def method(report: Report) -> Values:
    whole = not report.is_brief
    return {
        "title": _("Method, scope and limits") if whole else _("How to read this report"),
        "lines": words.method(report),
        "reviews": [
            {
                "title": row.document.words("short").text if len(report.provenances) > 1 else "",
                "method": row.words("method").text,
                "limits": row.limits,
            }
            for row in report.provenances
            if whole
        ],
        "statuses_title": _("The statuses"),
        "statuses": [{**status(each), "gloss": gloss} for each, gloss in words.glosses()] if whole else [],
    }


def sources(report: Report) -> Values:
    number = len(report.sources)
    return {
        "title": _("Sources cited"),
        "remark": ngettext("%(n)s page", "%(n)s pages", number) % {"n": number},
        "items": [_source(report, source) for source in report.sources],
    }


def _source(report: Report, source: Source) -> Values:
    evidence = source.evidence
    archived = "" if report.is_brief else _("not yet archived")
    if source.captured_on:
        archived = _("archived on %(day)s") % {"day": source.captured_on}
    return {
        "number": source.number,
        "publisher": evidence.publisher.name,
        "title": evidence.title or _host(evidence.url),
        "url": evidence.url if evidence.url.startswith(SCHEMES) else "",
        "facts": [str(evidence.published_on or _("undated")), evidence.code, *([archived] if archived else [])],
        "lang": evidence.language,
    }


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
