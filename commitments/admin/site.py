"""The desk's own words on the stock admin site."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_title = _("Analysts' desk")
admin.site.site_header = _("Analysts' desk")
admin.site.index_title = _("The register")
admin.site.empty_value_display = "–"
