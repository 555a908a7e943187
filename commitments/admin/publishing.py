"""Publish and withdraw from a list or a page: commitments, evidence and source documents."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from commitments.actions.derived import writing
from commitments.actions.publication import publish, withdraw
from commitments.admin.posted import VERSION_DIGITS, number
from commitments.admin.refusals import put, refusal_of
from commitments.admin.saving import ActionAdmin, held
from commitments.choices import Publication
from commitments.rules.refusal import Refused
from commitments.rules.review import Role

AT_ONCE = 500  # rows of one bulk action: a request must end


class ReasonForm(forms.Form):
    is_in_conflict = False
    reason_zh = forms.CharField(
        label=gettext_lazy("reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    reason_en = forms.CharField(
        label=gettext_lazy("reason (English)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


class PublishingAdmin(ActionAdmin):
    """Adds two bulk actions and two buttons, for whoever holds the publisher's role."""

    actions = ("publish_selected", "withdraw_selected")

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<path:object_id>/publish/", self._view(self.publish_view), name=f"{name}_publish"),
            path("<path:object_id>/withdraw/", self._view(self.withdraw_view), name=f"{name}_withdraw"),
            *super().get_urls(),
        ]

    def _view(self, view):
        return self.admin_site.admin_view(view)

    def has_publish_permission(self, request) -> bool:
        return self.has_view_permission(request) and Role.PUBLISHER in held(request)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may = obj is not None and self.has_publish_permission(request)
        context["may_publish"] = may and obj.publication == Publication.DRAFT
        context["may_withdraw"] = may and obj.publication == Publication.PUBLISHED
        return super().render_change_form(request, context, add, change, form_url, obj)

    # From the list.
    @admin.display(description=mark_safe('<input type="checkbox" id="action-toggle">'))
    def action_checkbox(self, row):
        """With the version that the person saw."""
        box = super().action_checkbox(row)
        return format_html('{}<input type="hidden" name="version-{}" value="{}">', box, row.pk, row.version)

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        if self._too_many(request, queryset):
            return
        done = 0
        for row in self.model.objects.filter(pk__in=queryset.values("pk")):
            try:
                publish(row, by=request.user, expected_version=version_seen(request, row))
                done += 1
            except Refused as refused:
                messages.warning(request, str(refused))
        if done:
            words = ngettext("%(count)d row published.", "%(count)d rows published.", done)
            messages.success(request, words % {"count": done})

    @admin.action(description=gettext_lazy("Withdraw with a reason"), permissions=["publish"])
    def withdraw_selected(self, request, queryset):
        if self._too_many(request, queryset):
            return None
        form = ReasonForm(request.POST if "reason_zh" in request.POST else None)
        rows = list(self.model.objects.filter(pk__in=queryset.values("pk")))
        if self._withdraw(request, form, rows):
            return None
        hidden = [(ACTION_CHECKBOX_NAME, str(row.pk)) for row in rows] + [("action", "withdraw_selected")]
        hidden += self._versions(request, form, rows)
        return self._reason_page(request, form, rows, hidden, back=request.get_full_path())

    def _too_many(self, request, queryset) -> bool:
        if (count := queryset.count()) <= AT_ONCE:
            return False
        words = {"count": count, "most": AT_ONCE}
        messages.error(request, _("%(count)d rows are selected; at most %(most)d can be changed at once.") % words)
        return True

    # From the page of one row.
    def _row(self, request, object_id):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return row

    def _page_of(self, row) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    def publish_view(self, request, object_id):
        return require_POST(self._publish_one)(request, object_id)

    def _publish_one(self, request, object_id):
        row = self._row(request, object_id)
        try:
            publish(row, by=request.user, expected_version=version_seen(request, row))
            messages.success(request, _("“%(row)s” is published.") % {"row": row})
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(self._page_of(row))

    def withdraw_view(self, request, object_id):
        row = self._row(request, object_id)
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if self._withdraw(request, form, [row]):
            return HttpResponseRedirect(self._page_of(row))
        versions = self._versions(request, form, [row])
        return self._reason_page(request, form, [row], versions, back=self._page_of(row))

    def _versions(self, request, form, rows) -> list[tuple[str, str]]:
        """As the person saw them; after a conflict as they are now, since the page shows that they have changed."""
        now = dict(self.model.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "version"))
        seen = {row.pk: None if form.is_in_conflict else version_seen(request, row) for row in rows}
        return [(f"version-{pk}", str(seen[pk] or now[pk])) for pk in now]

    def _withdraw(self, request, form, rows) -> bool:
        """All of them or none."""
        if not (form.is_bound and form.is_valid()):
            return False
        try:
            with writing():
                for row in rows:
                    withdraw(row, by=request.user, expected_version=version_seen(request, row), **form.cleaned_data)
        except Refused as refused:
            refusal = refusal_of(refused)
            put(form, refusal)
            form.is_in_conflict = refusal.is_conflict
            return False
        words = ngettext("%(count)d row withdrawn.", "%(count)d rows withdrawn.", len(rows))
        messages.success(request, words % {"count": len(rows)})
        return True

    def _reason_page(self, request, form, rows, hidden, back):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw with a reason"),
            "opts": self.opts,
            "form": form,
            "rows": rows,
            "hidden": hidden,
            "back": back,
            "button": _("Withdraw"),
            "remark": _("The public then sees only that it was withdrawn, and this reason."),
        }
        return TemplateResponse(request, "admin/commitments/reason.html", context)


def version_seen(request, row) -> int | None:
    """The version that the posted page showed."""
    return number(request.POST.get(f"version-{row.pk}", ""), VERSION_DIGITS)
