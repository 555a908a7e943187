"""While an address is typed: is the page known, what does it bear on, and whose is it?"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse

from commitments.actions.evidence import known_page, publisher_of_host
from commitments.text.address import BadAddress, canonical_address


def lookup(request: HttpRequest) -> TemplateResponse:
    """`url`, or the field of a form whose name ends in `-url`; answers a fragment."""
    if not request.user.has_perm("commitments.view_evidence"):
        raise PermissionDenied
    typed = next((value for name, value in request.GET.items() if name == "url" or name.endswith("-url")), "").strip()
    return TemplateResponse(request, "admin/commitments/_lookup.html", _found(typed) if typed else {})


def _found(typed: str) -> dict:
    try:
        address = canonical_address(typed)
    except BadAddress:
        return {"is_bad": True}
    if known := known_page(typed):
        links = known.links.select_related("commitment").order_by("commitment__document_id", "commitment__path")
        return {"known": known, "links": links}
    changed = address if address != typed else ""
    return {"is_new": True, "address": changed, "publisher": publisher_of_host(typed)}
