"""The queue of links that need a person: moved, changed, refused, dead or long out of reach."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commitments.actions.link_checks import accept_address
from commitments.admin.saving import ReadOnly, held
from commitments.models import LinkHealth
from commitments.rules.refusal import Refused
from commitments.rules.review import Role


@admin.register(LinkHealth)
class LinkHealthAdmin(ReadOnly, admin.ModelAdmin):
    """Read here, written by visits; a person accepts what has moved, on the page of the evidence or here at once."""

    list_display = ("code", "page", "verdict", "since_day", "checked_day", "next_day")
    show_facets = admin.ShowFacets.NEVER
    list_display_links = None
    list_filter = ("needs_person", "verdict")
    list_select_related = ("evidence",)
    list_per_page = 50
    search_fields = ("evidence__code__istartswith", "evidence__title", "evidence__url")
    show_full_result_count = False
    ordering = ("-needs_person", "since", "id")
    actions = ("accept_addresses",)
    readonly_fields = ("evidence", "verdict", "new_address", "since", "checked_at", "next_check_at")
    fields = readonly_fields

    def has_accept_permission(self, request) -> bool:
        return Role.ANALYST in held(request)

    @admin.display(description=_("code"), ordering="evidence__code")
    def code(self, row):
        page = reverse("admin:commitments_evidence_change", args=[row.evidence_id])
        return format_html('<a href="{}">{}</a>', page, row.evidence.code)

    @admin.display(description=_("page"))
    def page(self, row):
        """The new address stands below the old one: the person compares them."""
        shown = format_html('<span class="clipped">{}</span>', row.evidence.title or row.evidence.url)
        if not row.new_address:
            return shown
        return format_html('{}<br><span class="remark">{} → {}</span>', shown, row.evidence.url, row.new_address)

    @admin.display(description=_("since"), ordering="since")
    def since_day(self, row):
        return day_of(row.since)

    @admin.display(description=_("checked at"), ordering="checked_at")
    def checked_day(self, row):
        return day_of(row.checked_at)

    @admin.display(description=_("next check"), ordering="next_check_at")
    def next_day(self, row):
        return day_of(row.next_check_at)

    @admin.action(description=_("Accept the new addresses"), permissions=["accept"])
    def accept_addresses(self, request, queryset):
        done = 0
        for row in queryset.select_related("evidence"):
            try:
                accept_address(row.evidence, by=request.user)
                done += 1
            except Refused as refused:
                messages.warning(request, str(refused))
        if done:
            messages.success(request, ngettext("%d new address.", "%d new addresses.", done) % done)


def day_of(moment) -> str:
    return localtime(moment).date().isoformat() if moment else "–"
