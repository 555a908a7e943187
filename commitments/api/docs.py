"""The API described: its OpenAPI schema, and a page on which to try it."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.cache import cache as store
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from rest_framework.renderers import JSONRenderer

from commitments import answers
from commitments.api.base import Read
from commitments.api.parameters import LANGUAGE, Own
from commitments.catalogue import parameters
from commitments.languages import active

KEPT = 3600  # seconds


class Alone(Read):
    """What takes the language and nothing else."""

    schema = None

    def answer(self, request: HttpRequest, **where: Any) -> HttpResponseBase:
        own = Own(request.GET, ())
        errors = parameters.merged(own.errors, parameters.unknown(own.rest, [LANGUAGE]))
        return answers.refused(errors) if errors else self.shown(request)

    def shown(self, request: HttpRequest) -> HttpResponse:
        raise NotImplementedError


class Schema(Alone):
    def shown(self, request: HttpRequest) -> HttpResponse:
        key = f"schema-{active()}-{hashlib.sha256(answers.release().encode()).hexdigest()}"
        kept = store.get(key)
        if kept is None:
            kept = JSONRenderer().render(SchemaGenerator().get_schema(request=None, public=True))
            store.set(key, kept, KEPT)
        return HttpResponse(kept, content_type="application/json")


class Docs(Alone):
    """Swagger's page from our own address; without anything inline, as every page of ours."""

    def perform_content_negotiation(self, request: Any, force: bool = False) -> Any:
        return JSONRenderer(), "text/html"  # a page for whoever asks

    def shown(self, request: HttpRequest) -> HttpResponse:
        schema = f"{reverse('api:schema')}?{LANGUAGE}={active()}"
        others = [(code, name) for code, name in settings.LANGUAGES if code != active()]
        return render(request, "commitments/api/docs.html", {"schema": schema, "others": others})
