"""What went wrong, as problem details: an exception of a view -> the answer."""

import math
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from commitments.answers import problem
from commitments.languages import Bilingual, codes, suffix


class Withdrawn(Exception):
    """What was asked for was public once; the reason why it is not stays public."""

    def __init__(self, row: Bilingual) -> None:
        self.row = row


def explain(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """None: an error of ours, which is answered where all of those are (tracker/failures.py)."""
    if isinstance(error, Withdrawn):
        return gone(error.row)
    if isinstance(error, Http404 | exceptions.NotFound):
        return not_found()
    if isinstance(error, exceptions.MethodNotAllowed):
        response = problem(405, _("The API is only read: GET, HEAD and OPTIONS are answered."))
        response["Allow"] = ", ".join(context["view"].allowed_methods)
        return response
    if isinstance(error, exceptions.NotAcceptable):
        return problem(406, _("The answer is JSON: ask for application/json or */*."))
    if isinstance(error, exceptions.Throttled):
        return too_many(math.ceil(getattr(error, "wait", None) or 1))
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return problem(403, _("This is not public."))
    return None


def gone(row: Bilingual) -> HttpResponse:
    reasons = {
        f"reason_{suffix(code)}": getattr(row, f"withdrawn_reason_{suffix(code)}", "") or None for code in codes()
    }
    return problem(410, row.words("withdrawn_reason").text, **reasons)


def too_many(seconds: int) -> HttpResponse:
    words = {"seconds": seconds}
    response = problem(429, _("Too many requests: ask again in %(seconds)s seconds.") % words, retry_after=seconds)
    response["Retry-After"] = str(seconds)
    return response


def bad_request() -> HttpResponse:
    return problem(400, _("The address cannot be read: it is too long, or holds bytes that are no text."))


def not_found() -> HttpResponse:
    return problem(404, _("There is nothing at this address; those that there are stand at /api/docs/."))


def server_error() -> HttpResponse:
    return problem(500, _("Something went wrong here; it is on record."))


def is_asked(request: HttpRequest) -> bool:
    """Whether the address is one of the API's."""
    return request.path_info.startswith("/api/")
