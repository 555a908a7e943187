"""HTML of the many small things on the list: lines and options, written without templates, which cost ten times more.

Everything that comes from a row is escaped here, by `escape` or `format_html`. The rest of the page is a template.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from django.template.defaultfilters import slugify
from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.catalogue.facets import LARGE, Facet, Option, keep_for_question
from commitments.catalogue.hits import Hit
from commitments.catalogue.kept import Shelf
from commitments.catalogue.lines import Line
from commitments.catalogue.listing import Listing
from commitments.choices import NOT_ASSESSABLE_LABELS, Confidence, Momentum, Status, StatusBasis, Vocabulary
from commitments.languages import active, choose
from commitments.search.snippets import Piece
from commitments.templatetags.register import confidence_bars, mark, momentum_mark, runs, shown, status_mark

MARKS = 512


def lines_html(lines: Sequence[Line], clock_query: str, hits: Mapping[int, Hit]) -> SafeString:
    """Rows of the table; a proposal's heading before the first of its own, and where the words of a search stand."""
    base, ending = reverse("web:commitment-list"), f"?{escape(clock_query)}" if clock_query else ""
    language, evidence = active(), escape(_("Evidence"))
    return mark_safe("\n".join(_line(line, hits.get(line.pk), base, ending, language, evidence) for line in lines))


def _line(line: Line, hit: Hit | None, base: str, ending: str, language: str, evidence: str) -> str:
    slug = escape(line.slug)
    head = ""
    if line.head:
        address = f"{base}{slug}/{escape(line.head.code)}/{ending}"
        title = f"{escape(line.head.code)} {shown(line.head.title)}"
        head = f'<tr class="head"><th scope="rowgroup" colspan="7"><a href="{address}">{title}</a></th></tr>\n'
    code = escape(line.code)
    basis = f"<br><small>{_label(StatusBasis.COMPUTED, language)}</small>" if line.is_computed else ""
    return (
        f'{head}<tr class="{escape(line.kind)}">\n<td class="code">{code}</td>\n'
        f'<td class="title"><a href="{base}{slug}/{code}/{ending}">{_title(line, hit)}</a>'
        f"{_parts(line.parts)}{_snippet(hit)}</td>\n"
        f'<td class="state">{_status(line.status, line.is_assessable, language)}{basis}</td>\n'
        f"<td>{_movement(line.momentum, language) if line.momentum else ''}</td>\n"
        f"<td>{_confidence(line.confidence, language) if line.confidence else ''}</td>\n"
        f'<td class="day">{line.as_of}</td>\n'
        f'<td class="number" data-label="{evidence}">{"" if line.cited is None else line.cited}</td>\n</tr>'
    )


def _title(line: Line, hit: Hit | None) -> str:
    return shown(line.title) if hit is None or hit.words.pending else _pieces(hit.title, _with_runs)


def _snippet(hit: Hit | None) -> str:
    if hit is None or not hit.snippet:
        return ""
    pieces = _pieces(hit.snippet, escape)
    return f'<p class="snippet">{escape(hit.label)}: <span lang="{escape(hit.lang)}">{pieces}</span></p>'


def _with_runs(text: str) -> str:
    return conditional_escape(runs(text))


def _pieces(pieces: Sequence[Piece], plain: Callable[[str], str]) -> str:
    return "".join(f"<mark>{escape(each.text)}</mark>" if each.hit else plain(each.text) for each in pieces)


def _parts(parts: Sequence[Status]) -> str:
    if not parts:
        return ""
    marks = "".join(_mark(f"status-{status}", 11) for status in parts)
    number = ngettext("%(n)s part", "%(n)s parts", len(parts)) % {"n": len(parts)}
    return f' <span class="inline-parts">{marks} <small>{escape(number)}</small></span>'


@lru_cache(MARKS)
def _mark(name: str, size: int) -> str:
    return mark(name, size)


@lru_cache(MARKS)
def _label(word: Vocabulary, language: str) -> str:
    return escape(choose(word.labels, language).text)


@lru_cache(MARKS)
def _status(status: Status, is_assessable: bool, language: str) -> str:
    known = is_assessable or status != Status.NOT_ASSESSED
    label = choose(status.labels if known else NOT_ASSESSABLE_LABELS, language).text
    return f'<span class="status {status.value}">{status_mark(status, 16)} {escape(label)}</span>'


@lru_cache(MARKS)
def _movement(momentum: Momentum, language: str) -> str:
    return f'<span class="movement {momentum.value}">{momentum_mark(momentum)} {_label(momentum, language)}</span>'


@lru_cache(MARKS)
def _confidence(confidence: Confidence, language: str) -> str:
    return f'<span class="confidence">{confidence_bars(confidence)} {_label(confidence, language)}</span>'


_written: Shelf[SafeString] = Shelf(LARGE)


def facets_html(listing: Listing, facets: Sequence[Facet]) -> SafeString:
    written = keep_for_question(_written, listing, lambda: mark_safe("\n".join(_facet(facet) for facet in facets)))
    return SafeString(written)


def _facet(facet: Facet) -> str:
    options = "\n".join(_option(facet.name, option) for option in facet.options)
    return f"<fieldset>\n<legend>{escape(facet.label)}</legend>\n{options}\n</fieldset>"


def _option(name: str, option: Option) -> str:
    begin, label = _choice(name, option.value, option.label, option.mark)
    none = ' class="none"' if option.number == 0 else ""
    checked = " checked" if option.checked else ""
    number = f"<b>{option.number}</b>" if option.number is not None else ""
    return f"<label{none}>{begin}{checked}>{label}{number}</label>"


@lru_cache(MARKS)
def _choice(name: str, value: str, label: str, sign: str) -> tuple[str, str]:
    """What an option is written with whatever is asked, before and after its check mark."""
    begin = f'<input type="checkbox" id="pick-{name}-{slugify(value)}" name="{name}" value="{escape(value)}"'
    return begin, f"{_mark(sign, 14) if sign else ''}<span>{escape(label)}</span>"
