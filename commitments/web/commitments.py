"""The list of commitments as page and files, and one page per commitment."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments import answers
from commitments.catalogue import records
from commitments.catalogue.advice import advice
from commitments.catalogue.citations import Cited, citations
from commitments.catalogue.detail import Detail, Gone, find
from commitments.catalogue.facets import chips, facets_of
from commitments.catalogue.filters import CommitmentFilterSet
from commitments.catalogue.hits import hits
from commitments.catalogue.lines import lines
from commitments.catalogue.listing import Listing
from commitments.catalogue.method import minimum
from commitments.catalogue.site import facts
from commitments.catalogue.suggestions import suggestions
from commitments.catalogue.visit import Visit
from commitments.languages import active, suffix
from commitments.reports import table_csv, table_jsonl, table_xlsx
from commitments.today import today
from commitments.web.caching import public_page, render_page
from commitments.web.embeds import frame, oembed_address
from commitments.web.failures import gone
from commitments.web.list_html import facets_html, lines_html
from commitments.web.moved import moved_or_absent
from commitments.web.timeline import timeline

Records = Iterable[dict[str, Any]]
CLOCK = ("as_of", "known_on")
ORDERS = [
    ("code", _("document order")),
    ("-as_of", _("newest status first")),
    ("last_checked_on", _("longest unchecked first")),
    ("due_on", _("due soonest first")),
    ("relevance", _("nearest to the words")),
]
LONGEST_TYPED = 60
DATES = ("due_after", "due_before", "assessed_after", "assessed_before", "checked_before")


@require_safe
@public_page
def commitment_list(request: HttpRequest) -> HttpResponse:
    listing = Listing(request.GET)
    facets = facets_of(listing)
    shown, clock_query = lines(listing), listing.query(only=CLOCK)
    context = {
        "listing": listing,
        "lines": shown,
        "lines_html": lines_html(shown, clock_query, hits(listing.rows, listing.found) if listing.found else {}),
        "clock": listing.clock if listing.is_valid else None,
        "advice": advice(listing) if listing.is_valid else [],
        "facets_html": facets_html(listing, facets),
        "chips": chips(listing, facets) if listing.is_valid else [],
        "orders": [(name, label, name == listing.order) for name, label in ORDERS] if listing.is_valid else [],
        "given": listing.params.dict(),
        "date_fields": date_fields(request.GET),
        "kept_parameters": [(n, value) for n, values in listing.params.lists() for value in values if n not in CLOCK],
    }
    return render_page(request, "commitments/commitment/list.html", context)


@require_safe
def commitment_suggest(request: HttpRequest) -> HttpResponse:
    """A fragment for the search box. Kept by readers for a minute and by nobody here: each letter asks anew."""
    typed = request.GET.get("q", "")[:LONGEST_TYPED]
    context = {"suggestions": suggestions(typed), "typed": typed}
    response = render(request, "commitments/commitment/_suggestions.html", context)
    patch_cache_control(response, public=True, max_age=answers.SECONDS)
    return response


def date_fields(params: QueryDict) -> list[dict[str, str]]:
    """The date filters as the form shows them, with what was typed."""
    labels = CommitmentFilterSet.base_filters
    return [{"name": name, "label": str(labels[name].label), "value": params.get(name, "")} for name in DATES]


def _file(request: HttpRequest, ending: str, make: Callable[[Records], HttpResponseBase]) -> HttpResponseBase:
    """Every row of the filter, whatever page it is on, as a file named after the day."""
    listing = Listing(request.GET)
    if not listing.is_valid:
        return answers.refused(listing.errors)
    response = make(records.commitment(row) for row in listing)
    return answers.to_save(response, f"commitments-{today().isoformat()}.{ending}")


@require_safe
@public_page
def commitment_csv(request: HttpRequest) -> HttpResponseBase:
    def make(rows: Records) -> HttpResponseBase:
        return StreamingHttpResponse(table_csv.lines(records.COMMITMENT, rows), content_type=table_csv.CONTENT_TYPE)

    return _file(request, "csv", make)


@require_safe
@public_page
def commitment_jsonl(request: HttpRequest) -> HttpResponseBase:
    def make(rows: Records) -> HttpResponseBase:
        return StreamingHttpResponse(table_jsonl.lines(rows), content_type=table_jsonl.CONTENT_TYPE)

    return _file(request, "jsonl", make)


@require_safe
@public_page
def commitment_xlsx(request: HttpRequest) -> HttpResponseBase:
    def make(rows: Records) -> HttpResponseBase:
        book = table_xlsx.workbook(records.COMMITMENT, rows, suffix(active()))
        return FileResponse(book, content_type=table_xlsx.CONTENT_TYPE)

    return _file(request, "xlsx", make)


@require_safe
@public_page
def commitment_json(request: HttpRequest) -> HttpResponse:
    listing = Listing(request.GET)
    if not listing.is_valid:
        return answers.refused(listing.errors)
    results = [records.commitment(row) for row in listing.quoted]
    return answers.as_json(answers.page_of_commitments(request.path, listing, results))


@require_safe
@public_page
def commitment_detail(request: HttpRequest, document: str, code: str) -> HttpResponse:
    visit = Visit(request.GET)
    try:
        row = find(document, code, visit.clock)
    except Gone as withdrawn:
        return gone(request, withdrawn.row)
    if row is None:
        return moved_or_absent(request, document)
    detail = Detail(row, visit.clock)
    address = request.build_absolute_uri()
    links = [link for _bearing, group in detail.evidence for link in group]
    site = facts()
    context = {
        "site": site,
        "visit": visit,
        "clock": visit.clock,
        "detail": detail,
        "address": address,
        "oembed": oembed_address(request, address),
        "frame": frame(request, row, visit.clock, site.name),
        "next_rung": detail.next_rung,
        "next_minimum": minimum(detail.next_rung) if detail.next_rung else "",
        "timeline": timeline(row.document.issued_on, visit.clock.as_of, detail.counted_steps, links),
        "citations": citations(_as_cited(detail, site.name, address)),
    }
    return render_page(request, "commitments/commitment/detail.html", context)


def _as_cited(detail: Detail, site: str, address: str) -> Cited:
    row = detail.row
    title = f"{row.code} {detail.title.text}"
    return Cited(row.natural_id, title, site, address, detail.clock.as_of, today())
