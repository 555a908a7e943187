"""The source documents: their list, and the reader with every commitment marked in its text."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from commitments.catalogue import reader
from commitments.catalogue.clock import Clock
from commitments.catalogue.document_listing import DocumentListing
from commitments.catalogue.visit import Visit
from commitments.choices import Publication
from commitments.languages import active, html_lang, suffix
from commitments.models import SourceDocument
from commitments.web.caching import public_page, render_page
from commitments.web.failures import gone
from commitments.web.moved import moved_or_absent


@require_safe
@public_page
def document_list(request: HttpRequest) -> HttpResponse:
    listing = DocumentListing(request.GET)
    context = {"listing": listing, "clock": listing.clock, "clock_query": clock_query(listing.clock)}
    return render_page(request, "commitments/document/list.html", context)


@require_safe
@public_page
def document_detail(request: HttpRequest, document: str) -> HttpResponse:
    row = reader.find(document)
    if row is None:
        return moved_or_absent(request, document)
    if row.publication == Publication.WITHDRAWN:
        return gone(request, row)
    visit = Visit(request.GET)
    context = {
        "visit": visit,
        "clock": visit.clock,
        "document": row,
        "reader": reader.Reader(row, visit.clock),
        "clock_query": clock_query(visit.clock),
        "our_lang": our_lang(row),
    }
    return render_page(request, "commitments/document/detail.html", context)


def clock_query(clock: Clock) -> str:
    """What keeps the reader's dates on the way to a commitment; nothing today."""
    if clock.is_now:
        return ""
    return "?" + urlencode({"as_of": clock.as_of.isoformat(), "known_on": clock.known_on.isoformat()})


def our_lang(document: SourceDocument) -> str:
    """The lang of our own words inside the text; nothing where they are in the text's language."""
    return "" if suffix(document.language.lower()) == suffix(active()) else html_lang(active())
