"""An address under a former slug of a document leads to the same address under its slug of today."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from commitments.catalogue.renamed import slug_today


def moved_or_absent(request: HttpRequest, document: str) -> HttpResponse:
    """301 in the same language with the query kept; raises Http404 where nothing ever was under this name."""
    slug, here = slug_today(document), request.resolver_match
    if slug is None or here is None:
        raise Http404
    path, query = reverse(here.view_name, kwargs={**here.kwargs, "document": slug}), request.META.get("QUERY_STRING")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
