"""Language from the path alone, and addresses that no page could understand refused before they reach one."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django_structlog.middlewares import RequestMiddleware

from tracker.failures import bad_request

LONGEST_QUERY = 8_000  # bytes; a list page with every filter set stays under 2,000
Handler = Callable[[HttpRequest], HttpResponseBase]


class RequestLog(RequestMiddleware):
    """The path alone: a query may hold what somebody searched for, or a key. Stands below the static files."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"


class LanguageFromPath:
    """/en/… is English, everything else the first language. No cookie and no negotiation, so caches never mix them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.prefixed = [code for code, _ in settings.LANGUAGES[1:]]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        first = request.path_info.split("/", 2)[1:2]  # none in `OPTIONS *`
        language = first[0] if first and first[0] in self.prefixed else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class CookiesForAdminOnly:
    """Outside the admin no page sees a cookie: none can depend on one, set one or take one back.

    Django's session middleware answers a malformed session cookie with Set-Cookie, also on pages that caches keep.
    Stands before the session middleware.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.admin = ("/admin/", *(f"/{code}/admin/" for code, _ in settings.LANGUAGES[1:]))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(self.admin):
            request.COOKIES = {}
        return self.get_response(request)


class RefuseBrokenAddresses:
    """NUL characters, bytes that are no UTF-8 and over-long queries end in a plain 400."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page itself, not an exception: nobody's broken link shall fill the log with traces."""
        query, path = (request.META.get(name, "") for name in ("QUERY_STRING", "PATH_INFO"))
        is_broken = len(query) > LONGEST_QUERY or not (_is_text(query) and _is_text(path))
        return bad_request(request) if is_broken else self.get_response(request)


def _is_text(part: str) -> bool:
    """UTF-8 without NUL, as it stands and with its %XX read."""
    try:
        return "\x00" not in unquote_to_bytes(part.encode("latin-1", "replace")).decode("utf-8")
    except UnicodeDecodeError:
        return False
