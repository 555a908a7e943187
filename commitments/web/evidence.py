"""The list of evidence, one page per piece of it, and its file where it has one."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from commitments.catalogue import evidence
from commitments.catalogue.evidence_listing import PARAMETERS, EvidenceListing, language_name
from commitments.catalogue.visit import Visit
from commitments.models import Evidence
from commitments.reports.attachment import attachment
from commitments.web.caching import View, public_page, render_page
from commitments.web.failures import gone

CLOCK = ("as_of", "known_on")
NOT_FILTERS = (*CLOCK, "q", "order", "cursor", "page_size")


@require_safe
@public_page
def evidence_list(request: HttpRequest) -> HttpResponse:
    listing = EvidenceListing(request.GET)
    context = {
        "listing": listing,
        "clock": listing.clock if listing.is_valid else None,
        "given": listing.params.dict(),
        "has_filters": any(request.GET.get(name) for name in PARAMETERS if name not in NOT_FILTERS),
        "clock_query": listing.query(only=CLOCK),
        "kept_parameters": [(n, value) for n, values in listing.params.lists() for value in values if n not in CLOCK],
    }
    return render_page(request, "commitments/evidence/list.html", context)


def _with_row(view: Callable[[HttpRequest, Evidence], HttpResponseBase]) -> View:
    """What is hidden answers like what never was; what was withdrawn says so."""

    @wraps(view)
    def answer(request: HttpRequest, code: str) -> HttpResponseBase:
        try:
            row = evidence.find(code)
        except evidence.Gone as withdrawn:
            return gone(request, withdrawn.row)
        if row is None:
            raise Http404
        return view(request, row)

    return answer


@require_safe
@public_page
@_with_row
def evidence_detail(request: HttpRequest, row: Evidence) -> HttpResponse:
    visit = Visit(request.GET)
    context = {
        "visit": visit,
        "clock": visit.clock,
        "detail": evidence.EvidenceDetail(row, visit.clock),
        "language": language_name(row.language) if row.language else "",
        "clock_query": request.GET.urlencode() if visit.is_valid else "",
    }
    return render_page(request, "commitments/evidence/detail.html", context)


@require_safe
@_with_row
def evidence_file(request: HttpRequest, row: Evidence) -> HttpResponseBase:
    if not row.file:
        raise Http404
    return attachment(row)
