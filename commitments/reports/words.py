"""Sentences that every format of a report has: Report -> how it was made and how to read it."""

from django.utils.translation import gettext as _

from commitments.catalogue.method import Method
from commitments.choices import STATUS_GLOSSES, Status
from commitments.languages import choose
from commitments.reports.content import Report


def method(report: Report) -> list[str]:
    """In brief what a reader must know; in full also whence and how it may be used."""
    found = [_judged(report), _silence(), _counted()]
    if report.is_brief:
        return found
    found.insert(1, _clock(report))
    if newest := report.newest_evidence_on:
        found.append(_("The newest dated evidence behind a status is of %(day)s.") % {"day": newest})
    return [*found, _moving(), _pages(), _licence()]


def _judged(report: Report) -> str:
    sentence = _(
        "A status is a dated judgement with a reason and evidence, on the fixed scale of codebook version %(version)d; "
        "what carries it, the method page of the site says."
    )
    return sentence % {"version": report.codebook_version}


def _clock(report: Report) -> str:
    sentence = _(
        "Statuses are those of %(end)s, as this site knew on %(known)s; wording, sources and selection are of that "
        "day. What happened is told by the day that the evidence shows, what was entered by the day on which it was "
        "published here."
    )
    return sentence % {"end": report.period.end, "known": report.clock.known_on}


def _silence() -> str:
    return _(
        "“No direct evidence found” means not found in the public sources searched; it does not "
        "mean that nothing happened."
    )


def _counted() -> str:
    return _(
        "Measures are counted, one-off and continuing apart; agreements and press statements stand in rows of their "
        "own; principles, proposals and parts of measures are in no count."
    )


def _moving() -> str:
    sentence = _(
        "Recent movement is shown for %(statuses)s; what was judged of it expires %(months)d months after its newest "
        "dated evidence."
    )
    method = Method()
    return sentence % {"statuses": method.moving, "months": method.months}


def _pages() -> str:
    return _(
        "Evidence that is dated after the period and that no status cites is left out. “Not yet archived” means that "
        "this site holds no copy of the page."
    )


def _licence() -> str:
    return _("This text may be used under CC BY 4.0; the pages cited belong to their publishers.")


def glosses() -> list[tuple[Status, str]]:
    return [(status, choose(STATUS_GLOSSES[status]).text) for status in Status]
