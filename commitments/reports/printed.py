"""What a printed report says, line by line in the active language: Report -> plain values that any typesetter takes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.choices import FURTHEST_FIRST
from commitments.languages import active, html_lang
from commitments.reports.content import Report
from commitments.reports.printed_changes import attention, changes, next_steps
from commitments.reports.printed_entries import commitments, method, sources
from commitments.reports.printed_pieces import Values, runs, status


def printed(report: Report) -> Values:
    found = {
        "lang": html_lang(active()),
        "brief": report.is_brief,
        "site": report.site.name,
        "length": report.length.label,
        "title": report.title,
        "dates": _dates(report),
        "selection": [f"{label}: {value}" for label, value in report.filters],
        "selection_label": _("Selection:"),
        "notices": list(_notices(report)),
        "foreword": {"title": _("Foreword"), "paragraphs": report.foreword_paragraphs},
        "empty": "" if report.chapters else _("No commitment fits this selection."),
    }
    if report.chapters:
        found |= {"overview": _overview(report), "ledger": _ledger(report), **changes(report)}
        found |= {
            "attention": attention(report),
            "next": next_steps(),
            "method": method(report),
            "sources": sources(report),
        }
        if not report.is_brief:
            found["commitments"] = commitments(report)
    return found


def _dates(report: Report) -> str:
    sentence = _("Period %(start)s to %(end)s; as this site knew on %(known)s")
    dates = sentence % {"start": report.period.start, "end": report.period.end, "known": report.clock.known_on}
    return " · ".join(filter(None, (dates, report.basis)))


def _notices(report: Report) -> Iterable[str]:
    if report.is_unchecked:
        yield _("The assessments are a machine-assisted first review, not yet checked by a person.")
    since = report.site.published_since
    if since and report.clock.known_on < since:
        sentence = _("This site publishes assessments since %(day)s; before that day it said nothing.")
        yield sentence % {"day": since}


# Overview


def _overview(report: Report) -> Values:
    numbers = report.numbers
    caption = _("On %(end)s; in brackets on %(before)s. Each row with its own total.")
    return {
        "title": _("Overview in numbers"),
        "sentence": runs(_sentence(report)) if numbers.measures else [],
        "moved": runs(_moved(report)) if numbers.measures else [],
        "bar_label": _("Statuses of the measures; the line below has the numbers."),
        "bar": [{**status(each), "number": n} for each, n in numbers.statuses.items() if n],
        "caption": caption % {"end": report.period.end, "before": report.day_before},
        "bands": [band.label for band in numbers.headline.one_off.by_band],
        "total": _("Total"),
        "rows": [
            {
                "label": label,
                "numbers": [[number, began.by_band[band]] for band, number in row.by_band.items()],
                "total": row.total,
            }
            for label, row, began in numbers.rows
        ],
        "no_count": " · ".join(f"{kind.label} {number}" for kind, number in numbers.in_no_count.items()),
        "no_count_label": _("In no count:"),
    }


def _sentence(report: Report) -> str:
    bands = report.numbers.by_band
    found = ngettext(
        "Of <strong>%(n)s</strong> measure, <strong>%(a)s</strong> show visible results, %(b)s are in progress, for "
        "%(c)s no public progress is seen and %(d)s are not (yet) assessed.",
        "Of <strong>%(n)s</strong> measures, <strong>%(a)s</strong> show visible results, %(b)s are in progress, for "
        "%(c)s no public progress is seen and %(d)s are not (yet) assessed.",
        report.numbers.measures,
    )
    results, progress, none_seen, unassessed, changed = bands.values()
    counts = {"n": report.numbers.measures, "a": results, "b": progress, "c": none_seen, "d": unassessed}
    sentence = found % counts
    if changed:
        more = ngettext("%(n)s was adjusted or ended.", "%(n)s were adjusted or ended.", changed)
        sentence = f"{sentence} {more % {'n': changed}}"
    return sentence


def _moved(report: Report) -> str:
    moved = report.numbers.moved
    found = ngettext(
        "<strong>%(n)s</strong> has another status than on %(day)s.",
        "<strong>%(n)s</strong> have another status than on %(day)s.",
        moved,
    )
    return found % {"n": moved, "day": report.day_before}


def _ledger(report: Report) -> Values:
    columns = [each for each in FURTHEST_FIRST if report.numbers.statuses[each]]
    groups = [group for chapter in report.chapters for group in chapter.groups if group.measures]
    note = _("One circle is one measure, in the order of its code; parts are not counted.")
    if not report.is_brief:
        note = _(
            "One circle is one measure, in the order of its code; parts are not counted. Beside the name of a proposal "
            "stands its overall status, computed from its measures."
        )
    return {
        "title": _("Proposal by proposal"),
        "head": [_("Proposal"), _("Measures by code"), _("Total")],
        "columns": [status(each) for each in columns],
        "rows": [
            {
                "numeral": group.numeral,
                "name": group.title.text,
                "overall": group.own.standing.label if group.own and not report.is_brief else "",
                "marks": [status(item.standing.status) for item in group.measures],
                "numbers": [group.numbers[each] for each in columns],
                "total": len(group.measures),
            }
            for group in groups
        ],
        "totals": [report.numbers.statuses[each] for each in columns],
        "total": report.numbers.measures,
        "total_label": _("Total"),
        "note": note,
    }
