"""Addresses under /api/ that lead nowhere: refused as everything there is."""

from typing import Any

from django.http import Http404, HttpResponse

from commitments.api.base import Read


class Nothing(Read):
    schema = None

    def get(self, request: Any, **where: Any) -> HttpResponse:
        raise Http404
