"""Which surface says that something went wrong: problem details under /api/, a page everywhere else."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from commitments.api import failures as of_api
from commitments.web import failures as of_pages


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return of_api.bad_request() if of_api.is_asked(request) else of_pages.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return of_api.not_found() if of_api.is_asked(request) else of_pages.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    return of_api.server_error() if of_api.is_asked(request) else of_pages.server_error(request)
