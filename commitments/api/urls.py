"""Addresses of the API; each answers with and without the slash at its end."""

from typing import Any

from django.urls import URLPattern, path, re_path

from commitments.api.assessments import AssessmentAlone, Assessments
from commitments.api.base import Read
from commitments.api.changes import Changes
from commitments.api.commitments import CommitmentAlone, Commitments
from commitments.api.docs import Docs, Schema
from commitments.api.documents import DocumentAlone, Documents
from commitments.api.editions import EditionAlone, Editions
from commitments.api.evidence import EvidenceAlone, EvidenceList
from commitments.api.nothing import Nothing
from commitments.api.summary import Summary

app_name = "api"


def both(route: str, view: type[Read], name: str) -> list[URLPattern]:
    """The schema names the first."""
    bare: Any = view.as_view(schema=None)
    return [path(f"{route}/", view.as_view(), name=name), path(route, bare)]


urlpatterns = [
    *both("v1/commitments", Commitments, "commitments"),
    *both("v1/commitments/<slug:document>/<str:code>", CommitmentAlone, "commitment"),
    *both("v1/assessments", Assessments, "assessments"),
    *both("v1/assessments/<slug:document>/<str:code>@<str:day>/<str:moment>", AssessmentAlone, "assessment"),
    *both("v1/evidence", EvidenceList, "evidence-list"),
    *both("v1/evidence/<str:code>", EvidenceAlone, "evidence"),
    *both("v1/documents", Documents, "documents"),
    *both("v1/documents/<slug:document>", DocumentAlone, "document"),
    *both("v1/changes", Changes, "changes"),
    *both("v1/editions", Editions, "editions"),
    *both("v1/editions/<int:number>", EditionAlone, "edition"),
    *both("v1/summary", Summary, "summary"),
    *both("schema", Schema, "schema"),
    *both("docs", Docs, "docs"),
    re_path("", Nothing.as_view(), name="nothing"),
]
