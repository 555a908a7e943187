"""Progress reports: a form beside the filters that the reader came with, the report as a page, and as files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments import answers
from commitments.actions.report_files import most_rows
from commitments.catalogue.filters import CommitmentFilterSet
from commitments.choices import ReportLength
from commitments.reports.formats import FORMATS
from commitments.reports.question import Question
from commitments.reports.report_html import context as shown
from commitments.web.caching import public_page, render_page

# Rows of a report that a visitor may ask for at once; a greater one is made by `manage.py report`.
LARGEST_PAGE, LARGEST_FILE = 400, 2000


@require_safe
@public_page
def report(request: HttpRequest) -> HttpResponse:
    question = Question(request.GET)
    context: dict[str, Any] = {"question": question, "given": question.params, "lengths": list(ReportLength)}
    if question.is_valid:
        context |= form(question)
        if question.is_asked and not question.is_larger_than(LARGEST_FILE):
            context["files"] = files(question)
        if question.is_asked:
            context["jobs"] = made_by_job(question)
        if question.is_asked and question.is_larger_than(LARGEST_PAGE):
            context["refusal"] = too_large(question)
        elif question.is_asked:
            context |= shown(question.report()) | {"on_site": True}
    return render_page(request, "commitments/report/report.html", context)


def form(question: Question) -> dict[str, Any]:
    """The period as it would be, the filters as they are, and what the form sends along with the period."""
    names = [*CommitmentFilterSet.base_filters, "known_on", "edition"]
    return {
        "start": question.period.start,
        "end": question.period.end,
        "length": question.length,
        "chosen": question.filters,
        "kept": [(name, value) for name in names for value in question.params.getlist(name) if value.strip()],
        "selection": question.selection,
    }


def files(question: Question) -> list[tuple[str, str]]:
    return [(name.upper(), f"{reverse(f'web:report-{name}')}?{question.canonical}") for name in FILES]


def made_by_job(question: Question) -> list[str]:
    """The formats that take their time, for as many rows as each may have."""
    at_once = ("html", *(() if question.is_larger_than(LARGEST_FILE) else FILES))
    return [name for name in FORMATS if name not in at_once and not question.is_larger_than(most_rows(name))]


FILES = ("csv", "xlsx")


def too_large(question: Question) -> str:
    """More than a page holds, or more than a file."""
    if question.is_larger_than(LARGEST_FILE):
        sentence = _("This selection has more than %(n)d commitments, too many at once. Narrow it down by a filter.")
        return sentence % {"n": LARGEST_FILE}
    sentence = _(
        "This selection has more than %(n)d commitments, too many for a page. Narrow it down by a filter, or take the "
        "report as a file."
    )
    return sentence % {"n": LARGEST_PAGE}


def _file(request: HttpRequest, name: str) -> HttpResponse:
    question = Question(request.GET)
    if not question.is_valid:
        return answers.refused(question.errors)
    if question.is_larger_than(LARGEST_FILE):
        return answers.refused({"document": [too_large(question)]})
    found = FORMATS[name]
    site = request.build_absolute_uri("/")
    response = HttpResponse(b"".join(found.pieces(question.report(site))), content_type=found.content_type)
    return answers.to_save(response, f"report-{question.period.end}.{name}")


@require_safe
@public_page
def report_csv(request: HttpRequest) -> HttpResponse:
    return _file(request, "csv")


@require_safe
@public_page
def report_xlsx(request: HttpRequest) -> HttpResponse:
    return _file(request, "xlsx")
