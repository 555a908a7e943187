"""Public pages: rendered once for each state of the register, answered with 304 to readers who have them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache as store
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from commitments.answers import NOT_KEPT, key_of, validated
from commitments.catalogue.version import content_version, seen

KEPT = 3600  # seconds; a page of an older state is never asked for again, it only takes room until then
LARGEST = 300_000  # bytes

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        version = content_version()
        key = key_of(request, version)
        kept: HttpResponseBase | None = store.get(key)
        if kept is None:
            with seen(version):
                kept = view(request, *args, **kwargs)
            if _may_be_kept(kept):
                store.set(key, kept, KEPT)
        return validated(request, key, kept)

    return answer


def _may_be_kept(response: HttpResponseBase) -> bool:
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return False
    return NOT_KEPT not in response.get("Cache-Control", "") and len(response.content) <= LARGEST


def render_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A public page; one that names errors in its address is kept by nobody, or every mistake would take room."""
    response = render(request, template, context)
    asked = (context.get(name) for name in ("visit", "listing", "stream", "question"))
    if any(question is not None and question.errors for question in asked):
        response["Cache-Control"] = NOT_KEPT
    return response
