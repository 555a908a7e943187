"""Jobs on the desk: read while they run, and tried again by a person where the software has given up."""

import json

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from commitments.actions.jobs import retry
from commitments.admin.saving import ReadOnly, held
from commitments.choices import JobState
from commitments.models import Job
from commitments.models.job import OPEN
from commitments.rules.refusal import Refused
from commitments.rules.review import Role


@admin.register(Job)
class JobAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("name", "state_shown", "progress", "message_start", "asked_by", "created_at", "finished_at")
    list_display_links = ("name",)
    list_filter = ("state", "created_at")
    list_select_related = ("requested_by",)
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    fieldsets = (
        (None, {"fields": ("name", "state_shown", "progress", "message", "result_shown")}),
        (
            None,
            {"fields": ("asked_by", "created_at", "due_at", "started_at", "finished_at", "attempts", "lease_until")},
        ),
    )
    readonly_fields = ("name", "state_shown", "progress", "result_shown", "asked_by")

    def get_urls(self):
        retry_view = self.admin_site.admin_view(require_POST(self.retry_view))
        return [path("<int:pk>/retry/", retry_view, name="commitments_job_retry"), *super().get_urls()]

    def retry_view(self, request, pk):
        job = get_object_or_404(Job, pk=pk)
        try:
            retry(job, by=request.user)
            messages.success(request, _("It will be tried again."))
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("admin:commitments_job_change", args=[pk]))

    def changelist_view(self, request, extra_context=None):
        """While anything is open, the page renews itself."""
        is_live = Job.objects.filter(state__in=OPEN).exists()
        return super().changelist_view(request, {**(extra_context or {}), "is_live": is_live})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["is_live"] = obj is not None and obj.is_open
        ended_badly = obj is not None and obj.state in (JobState.NEEDS_PERSON, JobState.FAILED)
        context["may_retry"] = ended_badly and Role.ANALYST in held(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=gettext_lazy("job"), ordering="kind")
    def name(self, job):
        return str(job)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, job):
        return format_html('<span class="state job-{}">{}</span>', job.state, JobState(job.state).label)

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, job):
        if not job.total:
            return "–"
        bar = '<span class="state"><progress value="{0}" max="{1}" aria-hidden="true"></progress> {0} / {1}</span>'
        return format_html(bar, job.done, job.total)

    @admin.display(description=gettext_lazy("last message"))
    def message_start(self, job):
        return job.message[:80]

    @admin.display(description=gettext_lazy("asked for by"), ordering="requested_by")
    def asked_by(self, job):
        return job.requested_by or _("the site itself")

    @admin.display(description=gettext_lazy("result"))
    def result_shown(self, job):
        if job.result is None:
            return "–"
        return format_html("<pre>{}</pre>", json.dumps(job.result, ensure_ascii=False, indent=1))
