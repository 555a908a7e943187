"""Editions: their list, one page for each and for each commitment in it, their files, and two of them compared."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments import answers
from commitments.catalogue import editions
from commitments.catalogue.citations import Cited, citations
from commitments.catalogue.edition_detail import Comparison, EditionDetail, commitment_in, compared, title_of
from commitments.catalogue.site import facts
from commitments.models import Edition
from commitments.reports import table_csv
from commitments.reports.edition_archive import changes_csv
from commitments.today import today
from commitments.web.caching import public_page, render_page
from commitments.web.metadata import LICENCE
from commitments.web.overview import headline_rows
from commitments.web.plain import unasked


def _found(number: int) -> Edition:
    row = editions.find(number)
    if row is None:
        raise Http404
    return row


@require_safe
@public_page
def edition_list(request: HttpRequest) -> HttpResponse:
    details = [EditionDetail(row) for row in editions.everyone()]  # their rows alone; no file is read
    return render_page(request, "commitments/edition/list.html", {"editions": details, "errors": unasked(request)})


@require_safe
@public_page
def edition_detail(request: HttpRequest, number: int) -> HttpResponse:
    row = _found(number)
    detail, site = EditionDetail(row), facts()
    title = _in_edition(_("All commitments with their statuses"), row)
    context = {
        "site": site,
        "errors": unasked(request),
        "detail": detail,
        "headline": detail.headline,
        "headline_rows": [(label, numbers) for label, numbers in headline_rows(detail.headline) if numbers.total],
        "comparison": compared(row),
        "others": [other for other in editions.everyone() if other.number != row.number],
        "sizes": editions.sizes(row),
        "licence": LICENCE,
        "citations": citations(_as_cited(request, row, f"edition-{number}", title, site.name)),
    }
    return render_page(request, "commitments/edition/detail.html", context)


@require_safe
@public_page
def edition_commitment(request: HttpRequest, number: int, document: str, code: str) -> HttpResponse:
    edition = _found(number)
    found = commitment_in(edition, document, code)
    if found is None:
        raise Http404
    site = facts()
    title = _in_edition(f"{found.row.code} {found.row.words('title')}", edition)
    context = {
        "site": site,
        "errors": unasked(request),
        "detail": EditionDetail(edition),
        "found": found,
        "row": found.row,
        "citations": citations(_as_cited(request, edition, f"edition-{number}-{found.row.id}", title, site.name)),
    }
    return render_page(request, "commitments/edition/commitment.html", context)


def _in_edition(title: str, edition: Edition) -> str:
    return _("%(title)s, %(edition)s") % {"title": title, "edition": title_of(edition)}


def _as_cited(request: HttpRequest, edition: Edition, key: str, title: str, site: str) -> Cited:
    address = request.build_absolute_uri(request.path)
    return Cited(key, title, site, address, edition.day, today(), edition.number, edition.sha256)


@require_safe
@public_page
def edition_compare(request: HttpRequest, before: int, after: int) -> HttpResponse:
    context = {
        "errors": unasked(request),
        "comparison": _comparison(before, after),
        "file": reverse("web:edition-compare-csv", args=[before, after]),
    }
    return render_page(request, "commitments/edition/compare.html", context)


@require_safe
@public_page
def edition_compare_csv(request: HttpRequest, before: int, after: int) -> HttpResponse:
    content = changes_csv(_comparison(before, after).changes)
    return _file(content, table_csv.CONTENT_TYPE, f"edition-{before}-to-{after}.csv")


def _comparison(before: int, after: int) -> Comparison:
    return Comparison(EditionDetail(_found(before)), EditionDetail(_found(after)))


@require_safe
@public_page
def edition_zip(request: HttpRequest, number: int) -> HttpResponse:
    return _file(editions.archive(_found(number)), "application/zip", f"edition-{number}.zip")


@require_safe
@public_page
def edition_json(request: HttpRequest, number: int) -> HttpResponse:
    return _file(editions.content(_found(number)), "application/json", f"edition-{number}.json")


def _file(content: bytes, media: str, name: str) -> HttpResponse:
    return answers.to_save(HttpResponse(content, content_type=media), name)
