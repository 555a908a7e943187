"""Other sites may read the API from their pages: no cookie, no secret, so any origin."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from commitments.api.failures import is_asked

METHODS = "GET, HEAD, OPTIONS"
ASKED_WITH = "Accept, Accept-Language, Content-Type, If-None-Match"
SHOWN = "Content-Language, ETag, Retry-After"
DAY = "86400"


class ReadableFromOtherSites:
    """Marks every answer under /api/, refusals too. Preflights are answered by the views (OPTIONS)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_asked(request):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = SHOWN
            if request.method == "OPTIONS":
                response["Access-Control-Allow-Methods"] = METHODS
                response["Access-Control-Allow-Headers"] = ASKED_WITH
                response["Access-Control-Max-Age"] = DAY
        return response
