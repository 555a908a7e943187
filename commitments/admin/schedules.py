"""Schedules on the desk: when what happens by itself happens, and whether. Their tasks are fixed by the code.

The library's own pages would let any task of the worker be run with any arguments, and carry an inline script.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django_celery_beat import admin as library  # registers its own pages, which ours replace
from django_celery_beat.models import ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule

from commitments.actions.schedules import SWEEP, save_schedule
from commitments.choices import JobKind

assert library
for model in (PeriodicTask, IntervalSchedule, CrontabSchedule, SolarSchedule, ClockedSchedule):
    admin.site.unregister(model)


@admin.register(PeriodicTask)
class ScheduleAdmin(admin.ModelAdmin):
    list_display = ("what", "enabled", "scheduler", "last_run_at")
    list_select_related = ("interval", "crontab")
    fields = ("what", "enabled", "crontab", "interval", "description", "last_run_at")
    readonly_fields = ("what", "last_run_at")
    ordering = ("name",)
    actions = None

    def save_model(self, request, obj, form, change) -> None:
        save_schedule(obj)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """Without the sweep nothing lost would be found again."""
        return super().has_change_permission(request, obj) and getattr(obj, "name", "") != SWEEP

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description=_("what happens"), ordering="name")
    def what(self, row):
        if row.name == SWEEP:
            return _("Look for jobs that were forgotten")
        return JobKind(row.name).label if row.name in [*JobKind] else row.name


@admin.register(CrontabSchedule)
class TimesAdmin(admin.ModelAdmin):
    list_display = ("__str__", "timezone")
    actions = None
    fields = ("minute", "hour", "day_of_week", "day_of_month", "month_of_year", "timezone")


@admin.register(IntervalSchedule)
class IntervalAdmin(admin.ModelAdmin):
    actions = None
    fields = ("every", "period")
