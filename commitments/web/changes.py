"""What changed: what happened in a period and what was entered in it, as two lists on one page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commitments.catalogue.changes import Stream
from commitments.catalogue.period import CLOCK, PARAMETERS, Period, year_before
from commitments.web.caching import public_page, render_page

PLACES = ("cursor", "entered_cursor")
FEED = ("document", "from", "to", *CLOCK)


@require_safe
@public_page
def change_list(request: HttpRequest) -> HttpResponse:
    stream = Stream(request.GET)
    context: dict[str, Any] = {"stream": stream, "given": stream.params}
    if stream.is_valid and stream.period:
        page, entered = stream.happened_page, stream.entered_page
        context |= {
            "clock": stream.clock,
            "periods": periods(stream, stream.period),
            "previous": stream.query_at("cursor", page.previous),
            "next": stream.query_at("cursor", page.next),
            "entered_previous": stream.query_at("entered_cursor", entered.previous),
            "entered_next": stream.query_at("entered_cursor", entered.next),
            "feed_query": stream.query(FEED),
            "clock_query": stream.query(CLOCK),
            "kept_parameters": kept(stream, "from", "to", "document"),
            "kept_clock": kept(stream, *CLOCK),
        }
    return render_page(request, "commitments/change/list.html", context)


def kept(stream: Stream, *names: str) -> list[tuple[str, str]]:
    """What a form on the page sends along."""
    return [(name, value) for name in names for value in stream.params.getlist(name) if value]


def periods(stream: Stream, shown: Period) -> list[dict[str, Any]]:
    """The last twelve months, each calendar year, and all: as links that keep the rest of the question."""
    usual = Period(year_before(stream.clock.as_of), stream.clock.as_of)
    found = [{"period": usual, "name": "usual", "query": _leading_to(stream, None)}]
    found += [
        {"period": year, "name": str(year.start.year), "query": _leading_to(stream, year)} for year in stream.years
    ]
    if stream.years:
        whole = Period(stream.years[-1].start, stream.clock.as_of)
        found.append({"period": whole, "name": "all", "query": _leading_to(stream, whole)})
    current = next((one for one in found if one["period"] == shown), None)
    return [{**one, "is_shown": one is current} for one in found]


def _leading_to(stream: Stream, period: Period | None) -> str:
    days = {"from": period.start.isoformat(), "to": period.end.isoformat()} if period else {"from": None, "to": None}
    return stream.query([name for name in PARAMETERS if name not in PLACES], **days)
