"""Public pages: rendered once for each state of the register, answered with 304 to readers who have them.

Shared caches may keep a page for a minute, so that a withdrawal is everywhere a minute later.
"""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache as store
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control

from commitments.catalogue.version import content_version
from commitments.languages import active
from commitments.today import today

SECONDS = 60
KEPT = 3600  # a page of an older state is never asked for again; it only takes room until then
LARGEST = 300_000  # bytes
NOT_KEPT = "no-store"

View = Callable[..., HttpResponseBase]


@cache
def release() -> str:
    """Changes with the code, the templates and the settings that pages show."""
    package = Path(settings.BASE_DIR, "commitments")
    files = (file for file in package.rglob("*") if file.suffix in (".py", ".html", ".css", ".mo"))
    newest = max(file.stat().st_mtime_ns for file in files)
    shown = (settings.TRACKER_CONTACT, settings.TRACKER_SITE_NAME_ZH, settings.TRACKER_SITE_NAME_EN)
    return f"{newest} {shown}"


def public_page(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = _key(request)
        etag = f'"{key}"'
        kept: HttpResponseBase | None = store.get(key)
        if kept is None:
            kept = view(request, *args, **kwargs)
            if _may_be_kept(kept):
                store.set(key, kept, KEPT)
        if kept.status_code == 200 and NOT_KEPT not in kept.get("Cache-Control", ""):
            kept["ETag"] = etag
            patch_cache_control(kept, public=True, max_age=SECONDS)
            return get_conditional_response(request, etag=etag, response=kept) or kept  # type: ignore[arg-type]
        patch_cache_control(kept, no_store=True)
        return kept

    return answer


def _key(request: HttpRequest) -> str:
    """Everything that the page depends on."""
    asked = (request.method, request.get_host(), request.get_full_path())
    parts = (release(), content_version(), today(), active(), *asked)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


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
