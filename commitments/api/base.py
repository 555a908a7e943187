"""What every address of the API does alike: language, wishes, refusals, marks for readers who have the answer."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.utils.encoding import escape_uri_path
from django.utils.translation import override
from rest_framework.request import Request
from rest_framework.views import APIView

from commitments import answers
from commitments.api.parameters import OWN, Own, language_of
from commitments.catalogue import parameters
from commitments.catalogue.edition_tables import Table
from commitments.catalogue.records import Field, picked, record
from commitments.catalogue.renamed import slug_today
from commitments.catalogue.shapes import SHAPES
from commitments.catalogue.version import content_version, seen
from commitments.catalogue.visit import Visit

SHAPE = {shape.name: shape for shape in SHAPES}
PLACE_OF_SLUG = len("/api/v1/documents/".split("/")) - 1
Words = Any  # a text, or one that waits for the language of the request


class Unasked:
    """For what no question changes."""

    def __init__(self, params: QueryDict) -> None:
        self.errors = parameters.unknown(params, OWN)


class Read(APIView):
    """Parse, one call, render. A subclass names what it gives and how it is found."""

    name: ClassVar[str] = ""  # of the operation in the schema
    summary: ClassVar[Words] = ""
    gives: ClassVar[str] = ""  # a shape
    asks: ClassVar[type[Any]] = Visit  # from a query: errors, and what is found
    where: ClassVar[dict[str, Words]] = {}  # parts of the path, and what each is

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = language_of(request.GET)
        with override(language):
            response = super().dispatch(request, *args, **kwargs)
            response["Content-Language"] = language
            return response

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """An empty header asks for nothing in particular."""
        return super().perform_content_negotiation(request, force or not request.headers.get("Accept", "*/*").strip())

    def get(self, request: Request, **where: Any) -> HttpResponseBase:
        plain = request._request
        version = content_version()
        key = answers.key_of(plain, version)
        if answers.is_held(plain, key):
            return answers.held(key)
        try:
            with seen(version):
                return answers.validated(plain, key, self.answer(plain, **where))
        except Http404:
            return _moved(plain, **where)

    def answer(self, request: HttpRequest, **where: Any) -> HttpResponseBase:
        own = Own(request.GET, [field.name for field in self.shape.fields])
        question = self.asks(own.rest)
        if errors := parameters.merged(own.errors, question.errors):
            return answers.refused(errors)
        fields = picked(self.shape.fields, own.fields)
        return answers.as_json(self.body(question, fields, path=request.path, also=own.query, **where))

    def body(self, question: Any, fields: tuple[Field, ...], *, path: str, also: str, **where: Any) -> dict[str, Any]:
        """Of one row; a list gives a page of them (Many)."""
        return record(fields, self.found(question, **where))

    def found(self, question: Any, **where: Any) -> Any:
        """The row itself; raises Http404 or Withdrawn."""
        raise NotImplementedError

    @property
    def shape(self) -> Table:
        return SHAPE[self.gives]

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """A browser asks it before a page of another site may read; it costs nothing and counts for nothing."""
        return HttpResponse(status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    def check_throttles(self, request: Request) -> None:
        if request.method != "OPTIONS":
            super().check_throttles(request)


def _moved(request: HttpRequest, document: str = "", **where: Any) -> HttpResponse:
    """An address under a former slug of a document leads to the one of today, with its query."""
    slug = slug_today(document) if document else None
    if slug is None:
        raise Http404
    before, after = request.path.split("/")[:PLACE_OF_SLUG], request.path.split("/")[PLACE_OF_SLUG + 1 :]
    path, query = escape_uri_path("/".join([*before, slug, *after])), request.META.get("QUERY_STRING")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    response["Cache-Control"] = answers.NOT_KEPT  # a name may come back: nobody shall keep where it led
    return response


class Many(Read):
    """A page of a list."""

    def body(self, question: Any, fields: tuple[Field, ...], *, path: str, also: str, **where: Any) -> dict[str, Any]:
        listing = self.listed(question)
        return answers.page(path, listing, [record(fields, row) for row in self.rows(listing, fields)], also)

    def listed(self, question: Any) -> Any:
        """What has the rows and the places beside them: most questions do."""
        return question

    def rows(self, listing: Any, fields: tuple[Field, ...]) -> list[Any]:
        return listing.rows


@dataclass(frozen=True)
class Complete:
    """A list that is short enough for one page."""

    rows: list[Any]
    count_is_exact: bool = True
    next_query: str | None = None
    previous_query: str | None = None

    @property
    def count(self) -> int:
        return len(self.rows)
