"""The methodology page: the codebook as the rules have it, the words, and what was left out and why."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.catalogue.glossary import groups
from commitments.catalogue.method import Method
from commitments.web.caching import public_page, render_page
from commitments.web.plain import unasked


@require_safe
@public_page
def methodology(request: HttpRequest) -> HttpResponse:
    method = Method()
    context = {
        "errors": unasked(request),
        "method": method,
        "glossary": groups(),
        "sections": sections(method),
    }
    return render_page(request, "commitments/method/methodology.html", context)


def sections(method: Method) -> dict[str, str]:
    """Anchor -> title, in the order of the page; a section without data is not there."""
    found = {
        "statuses": _("The ten statuses"),
        "bands": _("In five bands"),
        "evidence": _("What evidence carries a status"),
        "momentum": _("Recent movement"),
        "confidence": _("Confidence and verifiability"),
        "overall": _("The overall status of a proposal"),
        "clocks": _("The two dates"),
        "silences": _("Three silences"),
        "corrections": _("Corrections and withdrawals"),
        "scores": _("Scores on two other scales"),
        "review": _("Who made this register, and its limits") if method.reviews else "",
        "exclusions": _("What was left out, and why") if method.left_out else "",
        "glossary": _("Glossary"),
    }
    return {anchor: title for anchor, title in found.items() if title}
