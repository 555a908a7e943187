"""Pages without a question of their own: every parameter is unknown to them, and they say so."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from commitments.catalogue.parameters import Errors


def unasked(request: HttpRequest) -> Errors:
    return {name[:60]: [_("This page takes no parameters.")] for name in request.GET}
