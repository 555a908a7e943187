"""Report files behind private links: asked for by a form, watched while they are made, fetched for a day."""

from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from commitments import answers
from commitments.actions.report_files import (
    TooMany,
    ask_for_file,
    content_of,
    has_failed,
    is_current,
    job_of,
    question_of,
)
from commitments.languages import html_lang
from commitments.models import Job, ReportFile
from commitments.reports.formats import FORMATS
from commitments.reports.question import Question
from commitments.rules.refusal import Refused
from commitments.web.failures import bad_request

LONGEST_QUERY = 8_000
WAITED_LONG = 10  # seconds; a worker that is there takes a job at once


# A page that caches share carries no token, and outside the admin nobody is signed in whose name could be misused.
@csrf_exempt
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    query = request.POST.get("query", "")
    if len(query) > LONGEST_QUERY or "\x00" in unquote(query):  # as in an address; no database takes NUL
        return bad_request(request)
    question = Question(QueryDict(query))
    if not question.is_valid:
        return answers.refused(question.errors)
    try:
        site = request.build_absolute_uri("/")
        row = ask_for_file(question, request.POST.get("format", ""), site_url=site)
    except TooMany as refused:
        response = _page(request, HTTPStatus.SERVICE_UNAVAILABLE, refusal=str(refused), question=question)
        response["Retry-After"] = str(refused.seconds)
        return response
    except Refused as refused:
        return answers.refused({refused.field or "document": [str(refused)]})
    response = HttpResponseRedirect(reverse("web:report-made", args=[row.token]), status=HTTPStatus.SEE_OTHER)
    return _private(response)


@require_safe
def made(request: HttpRequest, token: str) -> HttpResponse:
    row = _row(token)
    job = job_of(row)
    if row.name and not is_current(row):
        return _changed(request, row)
    state: dict[str, Any] = {
        "job": job,
        "is_open": job is not None and job.is_open,
        "is_waiting": _waits_long(job),
        "has_failed": has_failed(job) and not row.name,
    }
    return _page(request, row=row, question=question_of(row), **state)


@require_safe
def made_file(request: HttpRequest, token: str) -> HttpResponse:
    row = _row(token)
    if not row.name:
        return _private(HttpResponseRedirect(reverse("web:report-made", args=[token])))
    content = content_of(row) if is_current(row) else None
    if content is None:
        return _changed(request, row)
    response = HttpResponse(content, content_type=FORMATS[row.format].content_type)
    name = f"report-{question_of(row).period.end}-{html_lang(row.language)}.{row.format}"
    answers.to_save(response, name)
    response["Content-Language"] = html_lang(row.language)
    return _private(response)


def _row(token: str) -> ReportFile:
    """What has expired is as if it had never been."""
    return get_object_or_404(ReportFile, token=token, expires_at__gt=timezone.now())


def _waits_long(job: Job | None) -> bool:
    if job is None or not job.is_open or job.started_at:
        return False
    return (timezone.now() - job.created_at).total_seconds() >= WAITED_LONG


def _changed(request: HttpRequest, row: ReportFile) -> HttpResponse:
    """410: what it says may have been corrected or withdrawn since."""
    sentence = _("The register has changed since this file was made, so it is no longer given out.")
    return _page(request, HTTPStatus.GONE, row=row, question=question_of(row), refusal=sentence)


def _page(request: HttpRequest, status: HTTPStatus = HTTPStatus.OK, /, **context: Any) -> HttpResponse:
    return _private(render(request, "commitments/report/made.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
