"""Sentences that say which evidence a status still lacks, what of the cited counts, and why the rest does not."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.choices import Status
from commitments.rules.citation import Cited, bearing_only, weaknesses
from commitments.rules.sentences import followed, listed


def stray(cited: Iterable[Cited]) -> str:
    codes = [c.code for c in cited if c.is_stray]
    sentence = ngettext(
        "%(codes)s does not bear on this commitment or on a part of it, and cannot be cited.",
        "%(codes)s do not bear on this commitment or on a part of it, and cannot be cited.",
        len(codes),
    )
    return sentence % {"codes": listed(codes)}


def too_few_carrying(status: Status, cited: Sequence[Cited], have: int, need: int) -> str:
    sentence = ngettext(
        "%(status)s needs at least %(need)d piece of evidence of progress or completion (has %(have)d).",
        "%(status)s needs at least %(need)d pieces of evidence of progress or completion (has %(have)d).",
        need,
    )
    uncounted = [(c.code, [bearing_only(c)]) for c in cited if not c.is_carrying]
    return _with_uncounted(sentence % {"status": status.label, "need": need, "have": have}, uncounted)


def too_weak(status: Status, cited: Sequence[Cited], document_date: date) -> str:
    sentence = _(
        "%(status)s needs evidence of progress or completion of the commitment itself, dated after %(day)s: "
        "an official source, or sources of 2 different origins."
    ) % {"status": status.label, "day": document_date}
    return _with_uncounted(
        followed(sentence, _counted(_strong_codes(cited, document_date))), _weak(cited, document_date)
    )


def not_shown_complete(status: Status, cited: Sequence[Cited], document_date: date) -> str:
    sentence = _(
        "%(status)s needs at least 1 piece of evidence that shows completion, dated after %(day)s; "
        "what counts shows progress only: %(codes)s."
    )
    words = {"day": document_date, "codes": listed(_strong_codes(cited, document_date))}
    return _with_uncounted(sentence % {"status": status.label, **words}, _weak(cited, document_date))


def _strong_codes(cited: Iterable[Cited], document_date: date) -> list[str]:
    return [c.code for c in cited if not weaknesses(c, document_date)]


def _weak(cited: Iterable[Cited], document_date: date) -> list[tuple[str, list[str]]]:
    return [(c.code, reasons) for c in cited if (reasons := weaknesses(c, document_date))]


def _counted(codes: Sequence[str]) -> str:
    if not codes:
        return _("Nothing cited counts.")
    sentence = ngettext(
        "%(count)d counts: %(codes)s, not official.",
        "%(count)d count: %(codes)s, none official and not of 2 origins.",
        len(codes),
    )
    return sentence % {"count": len(codes), "codes": listed(codes)}


def _with_uncounted(sentence: str, uncounted: Sequence[tuple[str, list[str]]]) -> str:
    if not uncounted:
        return sentence
    each = (_("%(code)s (%(reasons)s)") % {"code": code, "reasons": listed(reasons)} for code, reasons in uncounted)
    return followed(sentence, _("Not counted: %(list)s.") % {"list": listed(each)})
