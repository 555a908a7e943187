"""The OpenAPI schema: valid without a warning, read off the same forms and shapes as the answers, and its page."""

import io
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from rest_framework.renderers import JSONRenderer

from commitments.catalogue import document_listing, evidence_listing, judgements, period
from commitments.catalogue.filters import PARAMETERS, REPEATABLE
from commitments.catalogue.listing import Listing
from tests.actions.seeded import first_run, seeded
from tests.factories import make_edition
from tests.surfaces.test_hostile_queries import STRINGS

__all__ = ["first_run", "seeded"]

ONE = {"commitments": "xian-2023/4.2", "evidence": "E001", "documents": "xian-2023", "editions": "1"}
LISTS = ["commitments", "assessments", "evidence", "documents", "changes", "editions"]


def made(language: str) -> dict[str, Any]:
    with override(language):
        found = SchemaGenerator().get_schema(request=None, public=True)
        return json.loads(JSONRenderer().render(found))


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return made("en")


def operation(schema: dict[str, Any], path: str) -> dict[str, Any]:
    return schema["paths"][f"/api/v1/{path}/"]["get"]


def asked(schema: dict[str, Any], path: str) -> dict[str, Any]:
    return {one["name"]: one for one in operation(schema, path)["parameters"] if one["in"] == "query"}


def test_the_schema_is_valid_openapi_3_1_without_a_warning() -> None:
    written = io.StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, format="openapi-json", stdout=written)
    assert json.loads(written.getvalue())["openapi"].startswith("3.1")


def test_every_address_of_the_design_is_in_it_once_and_only_read(schema: dict[str, Any]) -> None:
    assert {path.split("/")[3] for path in schema["paths"]} == {*LISTS, "summary"}
    assert all(path.endswith("/") and [*methods] == ["get"] for path, methods in schema["paths"].items())
    names = [methods["get"]["operationId"] for methods in schema["paths"].values()]
    assert len(names) == len(set(names)) == 12


def test_parameters_are_those_of_the_one_filterset(schema: dict[str, Any]) -> None:
    own = ["fields", "lang"]
    assert list(asked(schema, "commitments")) == [*PARAMETERS, *own]
    assert list(asked(schema, "assessments")) == [*judgements.PARAMETERS, *own]
    assert list(asked(schema, "evidence")) == [*evidence_listing.PARAMETERS, *own]
    assert list(asked(schema, "changes")) == [*period.PARAMETERS, *own]
    assert list(asked(schema, "documents")) == [*document_listing.PARAMETERS, *own]
    assert list(asked(schema, "editions")) == list(asked(schema, "editions/{number}")) == own
    for name, one in asked(schema, "commitments").items():
        assert one["description"], name
        assert (one["schema"].get("type") == "array") == (name in (*REPEATABLE, "fields")), name


def test_whatever_the_schema_lists_for_a_parameter_is_taken_and_nothing_else(schema: dict[str, Any], db: None) -> None:
    for name, one in asked(schema, "commitments").items():
        words = one["schema"].get("items", one["schema"]).get("enum", [])
        if name in PARAMETERS and words:
            for word in words:
                assert Listing(QueryDict(f"{name}={word}")).errors == {}
            for text in STRINGS[::7]:
                params = QueryDict(mutable=True)
                params[name] = text
                assert (text in words) == (not Listing(params).errors), (name, text[:40])


def test_every_refusal_is_declared_with_its_shape(schema: dict[str, Any]) -> None:
    for path, methods in schema["paths"].items():
        answers = methods["get"]["responses"]
        rows = {"404", "410"} if "{" in path else set()
        moved = {"301"} if "{document}" in path else set()
        assert set(answers) == {"200", "304", "400", "406", "429"} | rows | moved, path
        assert "Retry-After" in answers["429"]["headers"]
        for status in {"400", "406", "429"} | rows:
            shape = answers[status]["content"]["application/problem+json"]["schema"]
            assert shape == {"$ref": "#/components/schemas/Problem"}


def test_words_come_in_the_language_asked_for(schema: dict[str, Any]) -> None:
    chinese = made("zh-hans")
    status = lambda found: found["components"]["schemas"]["Commitment"]["properties"]["status"]  # noqa: E731
    assert "实施中" in status(chinese)["description"] and "Being carried out" in status(schema)["description"]
    assert {**status(chinese), "description": ""} == {**status(schema), "description": ""}


def validator(schema: dict[str, Any], path: str, status: str = "200") -> Draft202012Validator:
    whole = Registry().with_resource("urn:api", Resource(contents=schema, specification=DRAFT202012))
    (content,) = operation(schema, path)["responses"][status]["content"].values()
    local = json.loads(json.dumps(content["schema"]).replace('"#/', '"urn:api#/'))
    return Draft202012Validator(local, registry=whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", LISTS)
def test_every_row_of_the_shipped_register_fits_its_shape(
    client: Client, seeded: Any, schema: dict[str, Any], name: str
) -> None:
    make_edition(number=1)
    period = "&from=2000-01-01" if name == "changes" else ""
    where, fits, rows = f"/api/v1/{name}/", validator(schema, name), 0
    size = "?page_size=100" if name not in ("documents", "editions") else "?lang=en"
    address: str | None = f"{where}{size}{period}"
    while address:
        page = client.get(address).json()
        fits.validate(page)
        rows += len(page["results"])
        address = page["next"]
    assert rows == page["count"] > 0


def test_single_rows_and_the_summary_fit_their_shapes(client: Client, seeded: Any, schema: dict[str, Any]) -> None:
    make_edition(number=1)
    paths = [path.removeprefix("/api/v1/").strip("/") for path in schema["paths"] if "{" in path]
    judgement = client.get("/api/v1/assessments/?page_size=1").json()["results"][0]["id"]
    for path in paths:
        where = {**ONE, "assessments": judgement}[path.split("/")[0]]
        answer = client.get(f"/api/v1/{path.split('/')[0]}/{where}/")
        assert answer.status_code == 200, where
        validator(schema, path).validate(answer.json())
    validator(schema, "summary").validate(client.get("/api/v1/summary/").json())
    for code in ("P1", "4", "4.2", "J8"):
        answer = client.get(f"/api/v1/commitments/xian-2023/{code}/?lang=en")
        validator(schema, "commitments/{document}/{code}").validate(answer.json())


def test_a_refusal_fits_the_shape_of_problems(client: Client, db: None, schema: dict[str, Any]) -> None:
    validator(schema, "commitments", "400").validate(client.get("/api/v1/commitments/?x=1&status=y").json())
    validator(schema, "commitments", "429").validate(client.get("/api/v1/nothing/").json())


@pytest.mark.parametrize("language", ["", "?lang=en"])
def test_the_page_to_try_it_on_has_nothing_inline_and_nothing_from_elsewhere(
    client: Client, db: None, language: str
) -> None:
    answer = client.get(f"/api/docs/{language}", headers={"accept": "text/html"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "unsafe" not in answer["Content-Security-Policy"]
    assert "Set-Cookie" not in answer and not answer.cookies
    assert not re.search(r"<style|style=|<script(?![^>]*\ssrc=)|\son\w+=|https?://", page)
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        found = client.get(address)
        assert found.status_code == 200 and found.getvalue(), address
    assert f'data-schema="/api/schema/?lang={"en" if language else settings.LANGUAGE_CODE}"' in page


def test_the_schema_is_served_as_it_is_made(client: Client, db: None, schema: dict[str, Any]) -> None:
    answer = client.get("/api/schema/?lang=en")
    assert answer["Content-Type"] == "application/json" and "public" in answer["Cache-Control"]
    assert answer.json() == schema


def test_schema_and_page_take_the_language_alone(client: Client, db: None) -> None:
    for address in ("/api/schema/", "/api/docs/"):
        assert list(client.get(f"{address}?x=1").json()["errors"]) == ["x"]
        assert list(client.get(f"{address}?lang=fr").json()["errors"]) == ["lang"]
        assert client.post(address).status_code == 405
