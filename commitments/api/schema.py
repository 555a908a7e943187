"""The OpenAPI schema, read off what answers: parameters off the forms of the questions, records off their shapes."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema

from commitments.answers import PROBLEM
from commitments.api.base import Many, Read, Unasked
from commitments.api.parameters import FIELDS, LANGUAGE, languages
from commitments.catalogue import dictionary, document_listing, evidence_listing, judgements, period
from commitments.catalogue.changes import Stream
from commitments.catalogue.clock import ClockForm
from commitments.catalogue.document_listing import DocumentForm, DocumentListing
from commitments.catalogue.edition_tables import Table
from commitments.catalogue.evidence_listing import EvidenceListing
from commitments.catalogue.fields import AllowedField, AllowedListField, IsoDateField
from commitments.catalogue.filters import PARAMETERS, REPEATABLE, CommitmentFilterSet
from commitments.catalogue.judgements import Judgements
from commitments.catalogue.listing import Listing
from commitments.catalogue.records import ARRAY, Field
from commitments.catalogue.shapes import OBJECT, SHAPES
from commitments.catalogue.visit import Visit
from commitments.languages import choose
from commitments.models import Commitment

JSON = "application/json"
Schema = dict[str, Any]
PLAIN: dict[str, Schema] = {
    "string": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    ARRAY: {"type": "array", "items": {"type": "string"}},
}
EMPTY: Schema = {"const": ""}
CENTURIES = "^(19|2[01])[0-9]{2}-"  # those of catalogue/fields.py
SLUG: Schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 64}
CODE: Schema = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$"}
PLACES: dict[str, Schema] = {
    "document": SLUG,
    "code": CODE,
    "number": {"type": "integer", "minimum": 1},
    "day": PLAIN["date"],
    "moment": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z(-[0-9]+)?$"},
}


# What may be asked


def _forms() -> dict[Any, tuple[dict[str, forms.Field], tuple[str, ...], tuple[str, ...]]]:
    """Question -> its form's fields, the names in order, those that may be repeated."""
    listing = CommitmentFilterSet(queryset=Commitment.objects.none()).form.fields
    stream, evidence = period.PeriodForm({}), evidence_listing.EvidenceForm(QueryDict(), [])
    return {
        Listing: (listing, PARAMETERS, REPEATABLE),
        Judgements: (listing, judgements.PARAMETERS, REPEATABLE),
        EvidenceListing: (evidence.fields, evidence_listing.PARAMETERS, evidence_listing.REPEATABLE),
        Stream: (stream.fields, period.PARAMETERS, period.REPEATABLE),
        DocumentListing: (DocumentForm.base_fields, document_listing.PARAMETERS, ()),
        Visit: (ClockForm.base_fields, tuple(ClockForm.base_fields), ()),
        Unasked: ({}, (), ()),
    }


def _parameters(view: Read) -> list[Schema]:
    fields, names, repeatable = _forms()[view.asks]
    asked = [_query(name, fields[name], name in repeatable) for name in names]
    return [*_path(view), *asked, *_own(view.shape)]


def _query(name: str, field: forms.Field, is_repeatable: bool) -> Schema:
    one = _value(field)
    schema = {"type": "array", "items": one} if is_repeatable else one
    words = [str(field.label or ""), dictionary.takes(name, field), *_glossed(field)]
    return {
        **{"in": "query", "name": name, "required": False, "description": "; ".join(part for part in words if part)},
        "schema": schema,
        **({"style": "form", "explode": True} if is_repeatable else {}),
    }


def _value(field: Any) -> Schema:
    """An empty value is no wish, as in the forms of the pages."""
    if isinstance(field, AllowedField | AllowedListField) and field.choices:  # of languages only the rows know
        return {"type": "string", "enum": [*(value for value, _label in field.choices if value), ""]}
    if isinstance(field, IsoDateField):
        return {"type": "string", "anyOf": [{"format": "date", "pattern": CENTURIES}, EMPTY]}
    if isinstance(field, forms.IntegerField):
        whole = {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
        return {"anyOf": [whole, {"type": "string", **EMPTY}]}
    return {"type": "string", **({"maxLength": field.max_length} if getattr(field, "max_length", None) else {})}


def _glossed(field: Any) -> list[str]:
    """The words of a vocabulary with what they mean."""
    if not isinstance(field, AllowedField | AllowedListField):
        return []
    pairs = [(value, str(label)) for value, label in field.choices if value]
    return (
        [", ".join(f"`{value}` {label}" for value, label in pairs)]
        if any(value != label for value, label in pairs)
        else []
    )


def _path(view: Read) -> list[Schema]:
    return [
        {"in": "path", "name": name, "required": True, "description": str(words), "schema": PLACES[name]}
        for name, words in view.where.items()
    ]


def _own(shape: Table) -> Iterable[Schema]:
    names = [field.name for field in shape.fields]
    yield {
        **{"in": "query", "name": FIELDS, "required": False, "style": "form", "explode": False},
        "description": _("only these fields, separated by commas; without it all of them"),
        "schema": {"type": "array", "items": {"type": "string", "enum": [*names, ""]}},
    }
    yield language()


def language() -> Schema:
    return {
        **{"in": "query", "name": LANGUAGE, "required": False},
        "description": _("the language of labels, messages and refusals; without it Chinese"),
        "schema": {"type": "string", "enum": [*languages(), ""]},
    }


# What is answered


def _component(shape: Table) -> Schema:
    properties = {field.name: _property(field, field.name in shape.key) for field in shape.fields}
    return {
        **{"type": "object", "description": choose(shape.labels).text, "additionalProperties": False},
        "properties": properties,
    }


def _property(field: Field, is_never_empty: bool) -> Schema:
    described = {"description": choose(field.labels).text}
    if field.of:
        inner = {field.name: _property(field, False) for field in field.of}
        record = {"type": "object", "additionalProperties": False, "properties": inner}
        return {**(record if field.datatype == OBJECT else {"type": "array", "items": record}), **described}
    found = dict(PLAIN[field.datatype])
    if field.words:
        found["enum"] = [word.value for word in field.words]
        meanings = ", ".join(f"`{word.value}` {word.label}" for word in field.words)
        described["description"] += f": {meanings}"
    if not is_never_empty and field.datatype not in (ARRAY, "boolean"):
        found["type"] = [found["type"], "null"]
        if field.words:
            found["enum"] = [*found["enum"], None]
    return {**found, **described}


def _page(items: Schema, **more: Schema) -> Schema:
    address: Schema = {"type": ["string", "null"], "format": "uri-reference"}
    properties = {
        "count": {"type": "integer", "minimum": 0, "description": _("how many there are, counted up to 10,000")},
        "count_is_exact": {"type": "boolean"},
        "next": {**address, "description": _("address of the page after this one")},
        "previous": {**address, "description": _("address of the page before this one")},
        "results": {"type": "array", "items": items},
        **more,
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _problem() -> Schema:
    text: Schema = {"type": "string"}
    return {
        "type": "object",
        "description": _("Why there is no answer (RFC 9457)"),
        "properties": {
            "type": {**text, "format": "uri-reference"},
            "title": text,
            "status": {"type": "integer"},
            "detail": {**text, "description": _("one sentence; of something withdrawn, the reason")},
            "errors": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": text},
                "description": _("what is wrong with each parameter, and what is allowed"),
            },
            "retry_after": {"type": "integer", "description": _("seconds")},
            "reason_zh": {"type": ["string", "null"]},
            "reason_en": {"type": ["string", "null"]},
        },
        "required": ["type", "title", "status", "detail"],
    }


def _answers(view: Read) -> Schema:
    record = {"$ref": f"#/components/schemas/{view.gives}"}
    body = record
    if isinstance(view, Many):
        apart = {"entered": _page(record)} if view.asks is Stream else {}
        if view.asks is Listing:
            apart["relaxed"] = {
                "type": "boolean",
                "description": _("too little had all of the words: these have at least half of their weight"),
            }
        body = _page(record, **apart)
    refusals = {400: _("A parameter is refused"), 406: _("JSON was not asked for"), 429: _("Too many requests")}
    if view.where:
        refusals |= {404: _("There is nothing at this address"), 410: _("It was withdrawn; the reason is given")}
    moved = {"301": {"description": _("The document has another name today")}} if "document" in view.where else {}
    mark = {"ETag": {"description": _("send it as If-None-Match to be told 304"), "schema": {"type": "string"}}}
    found: Schema = {
        "200": {"description": str(view.summary), "headers": mark, "content": {JSON: {"schema": body}}},
        **moved,
        "304": {"description": _("Nothing has changed")},
    }
    for status, words in sorted(refusals.items()):
        found[str(status)] = {"description": words, "content": {PROBLEM: {"schema": {"$ref": _PROBLEM}}}}
    wait = {"description": _("seconds"), "schema": {"type": "integer", "minimum": 1}}
    found["429"]["headers"] = {"Retry-After": wait}
    return found


_PROBLEM = "#/components/schemas/Problem"


class Described(AutoSchema):
    """Each operation from its view alone; nothing is guessed."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any) -> Schema:
        view = cast(Read, self.view)
        return {
            "operationId": view.name,
            "summary": str(view.summary),
            "tags": [path.strip("/").split("/")[2]],
            "parameters": _parameters(view),
            "responses": _answers(view),
        }


def with_components(result: Schema, generator: Any, request: Any, public: bool) -> Schema:
    """A postprocessing hook of drf-spectacular: every shape, and the one shape of refusals."""
    schemas = {shape.name: _component(shape) for shape in SHAPES}
    result.setdefault("components", {})["schemas"] = {**schemas, "Problem": _problem()}
    return result
