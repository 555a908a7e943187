"""One commitment as a card that other sites may frame: small, dated, without script, cookie or form."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from commitments.catalogue.clock import Clock
from commitments.catalogue.detail import Detail, Gone, find
from commitments.catalogue.visit import Visit
from commitments.choices import Kind
from commitments.models import Commitment, Passage
from commitments.web.caching import public_page
from commitments.web.moved import moved_or_absent

LONGEST_QUOTE = 90  # characters
WIDTH = 480
# In which each card of the shipped register fits without scrolling; one of a proposal tells of its measures too.
HEIGHT, HEIGHT_OF_PROPOSAL = 320, 380
# Nothing but our own style sheet and links out of the frame. Pages that isolate themselves (COEP) frame only what
# says that it may be framed and itself loads nothing that has not said so.
ALONE = {"frame-ancestors": ["*"], "script-src": [NONE], "connect-src": [NONE], "form-action": [NONE]}
HEADERS = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Robots-Tag": "noindex",
}

View = Callable[..., HttpResponseBase]


def framed(view: View) -> View:
    """What may stand in a frame of any site; used here alone."""

    @csp_replace(ALONE)
    @xframe_options_exempt
    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return answer


@require_safe
@framed
@public_page
def card(request: HttpRequest, document: str, code: str) -> HttpResponse:
    visit = Visit(request.GET)
    if not visit.is_valid:
        return render(request, "commitments/embed/refused.html", {"errors": visit.errors}, status=400)
    try:
        row = find(document, code, visit.clock)
    except Gone as withdrawn:
        return render(request, "commitments/embed/gone.html", {"withdrawn": withdrawn.row}, status=410)
    if row is None:
        return moved_or_absent(request, document)
    page = _at("commitment-detail", row, visit.clock)
    detail = Detail(row, visit.clock)
    context = {"clock": visit.clock, "detail": detail, "page": page, "quote": _short(detail.first_statement)}
    return render(request, "commitments/embed/card.html", context)


def _short(passage: Passage | None) -> str:
    return Truncator(passage.quote).chars(LONGEST_QUOTE, truncate="…") if passage else ""


def _at(route: str, row: Commitment, clock: Clock) -> str:
    """The path of a page of this commitment, at the reader's dates where they are not today's."""
    path = reverse(f"web:{route}", args=[row.document.slug, row.code])
    dates = {"as_of": clock.as_of.isoformat(), "known_on": clock.known_on.isoformat()}
    return path if clock.is_now else f"{path}?{urlencode(dates)}"


def height_of(row: Commitment) -> int:
    return HEIGHT_OF_PROPOSAL if row.kind == Kind.PROPOSAL else HEIGHT


def frame(
    request: HttpRequest, row: Commitment, clock: Clock, site: str, *, width: int = WIDTH, height: int | None = None
) -> str:
    """The HTML that another site puts into its page: plain text here, so that our own pages escape it."""
    markup = format_html(
        '<iframe src="{}" title="{} {} · {}" width="100%" height="{}" loading="lazy" '
        'style="border:0;max-width:{}px"></iframe>',
        request.build_absolute_uri(_at("embed", row, clock)),
        row.code,
        row.words("title"),
        site,
        height or height_of(row),
        width,
    )
    return markup + ""


def oembed_address(request: HttpRequest, address: str) -> str:
    return request.build_absolute_uri(f"{reverse('web:oembed')}?{urlencode({'url': address, 'format': 'json'})}")
