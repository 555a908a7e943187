"""Pages for what goes wrong, in the reader's language and without a trace."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from commitments.languages import Bilingual


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _plain("400", 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _plain("403", 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _plain("404", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain("500", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _plain("csrf", 403)


def gone(request: HttpRequest, row: Bilingual) -> HttpResponse:
    """410: nothing of a withdrawn row is shown but the reason."""
    return render(request, "commitments/failures/410.html", {"withdrawn": row}, status=410)


def _plain(name: str, status: int) -> HttpResponse:
    """Without the request and the database: these pages must stand when those do not."""
    response = HttpResponse(loader.render_to_string(f"commitments/failures/{name}.html"), status=status)
    response["Cache-Control"] = "no-store"
    return response
