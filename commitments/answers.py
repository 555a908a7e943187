"""What pages, files and the API answer alike: a page of a list, files to save, refusals, what readers have already.

Shared caches may keep an answer for a minute, so that a withdrawal is everywhere a minute later.
"""

import hashlib
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, parse_etags
from django.utils.translation import gettext as _

from commitments.catalogue.listing import Listing
from commitments.catalogue.parameters import Errors
from commitments.languages import active
from commitments.today import today

SECONDS = 60
NOT_KEPT = "no-store"
PROBLEM = "application/problem+json"
Answer = TypeVar("Answer", bound=HttpResponseBase)


class Paged(Protocol):
    """A page of a list and the questions that lead to the pages beside it."""

    @property
    def count(self) -> int: ...
    @property
    def count_is_exact(self) -> bool: ...
    @property
    def next_query(self) -> str | None: ...
    @property
    def previous_query(self) -> str | None: ...


def page(path: str, listing: Paged, results: list[dict[str, Any]], also: str = "") -> dict[str, Any]:
    """`next` and `previous` are addresses on this site; `also` is what they ask beside the question."""

    def leading_to(query: str | None) -> str | None:
        return None if query is None else f"{path}?{'&'.join(part for part in (query, also) if part)}"

    return {
        "count": listing.count,
        "count_is_exact": listing.count_is_exact,
        "next": leading_to(listing.next_query),
        "previous": leading_to(listing.previous_query),
        "results": results,
    }


def page_of_commitments(path: str, listing: Listing, results: list[dict[str, Any]], also: str = "") -> dict[str, Any]:
    """`relaxed`: too little had all of the words that were asked for; these are the best matches."""
    return {**page(path, listing, results, also), "relaxed": listing.relaxed}


def as_json(body: dict[str, Any]) -> JsonResponse:
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def to_save(response: Answer, name: str) -> Answer:
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def problem(status: int, detail: str, **more: Any) -> JsonResponse:
    """RFC 9457; `detail` and `more` are in the reader's language. Nobody keeps it: every mistake would take room."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    response = JsonResponse(body, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = NOT_KEPT
    return response


def refused(errors: Errors) -> JsonResponse:
    """The sentences that the pages show, by the name of the parameter."""
    return problem(400, _("Some parameters are refused: “errors” says which, and what is allowed."), errors=errors)


# What readers have already


@cache
def release() -> str:
    """Changes with the code, the templates and the settings that pages show."""
    package = Path(settings.BASE_DIR, "commitments")
    files = (file for file in package.rglob("*") if file.suffix in (".py", ".html", ".css", ".mo"))
    newest = max(file.stat().st_mtime_ns for file in files)
    shown = (settings.TRACKER_CONTACT, settings.TRACKER_SITE_NAME_ZH, settings.TRACKER_SITE_NAME_EN)
    return f"{newest} {shown}"


def key_of(request: HttpRequest, version: str) -> str:
    """Everything that an answer depends on; `version` is that of the register."""
    asked = (request.method, request.get_host(), request.get_full_path())
    parts = (release(), version, today(), active(), *asked)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def is_held(request: HttpRequest, key: str) -> bool:
    """Whether the reader says to have this very answer; only an answer of 200 ever carried the key."""
    return key in (tag.removeprefix("W/").strip('"') for tag in parse_etags(request.headers.get("If-None-Match", "")))


def held(key: str) -> HttpResponse:
    return _marked(HttpResponseNotModified(), key)


def validated(request: HttpRequest, key: str, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with its mark, or 304 to readers who have it. Whatever is not 200 is kept by nobody."""
    if response.status_code != 200 or NOT_KEPT in response.get("Cache-Control", ""):
        patch_cache_control(response, no_store=True)
        return response
    response = _marked(response, key)
    return get_conditional_response(request, etag=f'"{key}"', response=response) or response  # type: ignore[arg-type]


def _marked(response: Any, key: str) -> Any:
    response["ETag"] = f'"{key}"'
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response
