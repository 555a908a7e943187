"""The about page: who runs the site, what it claims and does not, how errors are mended, what it keeps of readers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commitments.web.caching import public_page, render_page
from commitments.web.metadata import LICENCE
from commitments.web.plain import unasked


@require_safe
@public_page
def about(request: HttpRequest) -> HttpResponse:
    return render_page(request, "commitments/about/about.html", {"errors": unasked(request), "licence": LICENCE})
