"""All addresses: public pages and the admin, each in Chinese without a prefix and in English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from commitments.web import health, machines

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", machines.sitemap_part, name="sitemap-part"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("api/", include("commitments.api.urls")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("commitments.web.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "tracker.failures.bad_request"
handler403 = "commitments.web.failures.forbidden"
handler404 = "tracker.failures.not_found"
handler500 = "tracker.failures.server_error"
