"""JSON answers: one page of a list, and refusals with the same sentences as the pages."""

from typing import Any

from django.http import JsonResponse

from commitments.catalogue.listing import Listing
from commitments.catalogue.parameters import Errors


def page(path: str, listing: Listing, results: list[dict[str, Any]]) -> JsonResponse:
    """`next` and `previous` are addresses on this site."""
    body = {
        "count": listing.count,
        "count_is_exact": listing.count_is_exact,
        "next": listing.next_query and f"{path}?{listing.next_query}",
        "previous": listing.previous_query and f"{path}?{listing.previous_query}",
        "results": results,
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def refused(errors: Errors) -> JsonResponse:
    body = {"title": "Bad Request", "status": 400, "errors": errors}
    return JsonResponse(body, status=400, json_dumps_params={"ensure_ascii": False})
