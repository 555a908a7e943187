"""For machines: does the process live, and has it all that it needs?"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commitments.web.readiness import points


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Figures: migrations that are missing, seconds that the oldest job has waited, MB free on disk."""
    found = list(points())
    body = {point.name: {"ok": point.is_ok, "figure": point.figure} for point in found}
    is_ready = all(point.is_ok for point in found)
    return JsonResponse({"ready": is_ready, "points": body}, status=200 if is_ready else 503)
