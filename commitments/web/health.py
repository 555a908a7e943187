"""For machines: is the process alive, and can it reach its database?"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM commitments_sourcedocument LIMIT 1")
    except DatabaseError:
        return HttpResponse("database not ready", content_type="text/plain", status=503)
    return HttpResponse("ready", content_type="text/plain")
