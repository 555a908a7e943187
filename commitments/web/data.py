"""The data page: the files, what may be asked of them, what each field means, licence and citation."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commitments.catalogue.citations import Cited, citations
from commitments.catalogue.dictionary import columns, parameters
from commitments.catalogue.filters import LARGEST_PAGE, USUAL_PAGE
from commitments.catalogue.site import facts
from commitments.today import today
from commitments.web.caching import public_page, render_page
from commitments.web.metadata import LICENCE, files
from commitments.web.plain import unasked

NOTES = {
    "CSV": gettext_lazy("for spreadsheets; complete; one row for each commitment"),
    "XLSX": gettext_lazy("for spreadsheets; complete; the second row says what each column is"),
    "JSON": gettext_lazy("for programs; page by page"),
    "JSON Lines": gettext_lazy("for programs; complete; one object in each line"),
}


@require_safe
@public_page
def data(request: HttpRequest) -> HttpResponse:
    site, address = facts(), request.build_absolute_uri(reverse("web:data"))
    whole = Cited("register", _("All commitments with their statuses"), site.name, address, today(), today())
    context = {
        "site": site,
        "errors": unasked(request),
        "files": [(name, url, NOTES[name]) for name, _media, url in files()],
        "parameters": parameters(),
        "columns": columns(),
        "usual_page": USUAL_PAGE,
        "largest_page": LARGEST_PAGE,
        "citations": citations(whole),
        "licence": LICENCE,
    }
    return render_page(request, "commitments/data/data.html", context)
