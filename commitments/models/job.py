"""Jobs: work that was asked for and must not be lost. The broker only rings; what is to be done stands here."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.choices import JobKind, JobState
from commitments.models.base import not_blank, one_of

OPEN = (JobState.QUEUED, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, at: datetime):
        """Waiting, and their time has come; the oldest first."""
        return self.filter(state=JobState.QUEUED, due_at__lte=at).order_by("due_at", "id")

    def forsaken(self, at: datetime):
        """Their worker has not been heard of for longer than its lease."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=at)


class Job(models.Model):
    """One row per `key`: who asks twice under one key gets the same job, and its result exists once.

    `holder` is drawn anew by each claim. Every later write names it, so that a worker whose lease has passed to
    another writes nothing more.
    """

    kind = models.CharField(_("kind of job"), max_length=40)
    subject = models.CharField(_("about"), max_length=200, blank=True)
    key = models.CharField(_("key"), max_length=200, unique=True)
    state = models.CharField(
        _("state"), max_length=12, choices=JobState.choices, default=JobState.QUEUED.value, editable=False
    )
    due_at = models.DateTimeField(_("due"))
    lease_until = models.DateTimeField(_("held until"), null=True, blank=True)
    holder = models.CharField(_("held by"), max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    total = models.PositiveIntegerField(_("steps in all"), default=0)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    message = models.TextField(_("last message"), blank=True)
    result = models.JSONField(_("result"), null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="jobs",
        null=True,
        blank=True,
        verbose_name=_("asked for by"),
    )
    created_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["due_at", "id"], name="job_waiting", condition=Q(state=JobState.QUEUED.value)),
            models.Index(fields=["lease_until"], name="job_running", condition=Q(state=JobState.RUNNING.value)),
            models.Index(fields=["finished_at"], name="job_finished"),
        ]
        constraints = [
            one_of("state", JobState),
            not_blank("kind"),
            not_blank("key"),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING.value, lease_until__isnull=False) & ~Q(holder="")
                | ~Q(state=JobState.RUNNING.value) & Q(lease_until__isnull=True, holder=""),
                name="%(class)s_held_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in OPEN], finished_at__isnull=True)
                | ~Q(state__in=[state.value for state in OPEN]) & Q(finished_at__isnull=False),
                name="%(class)s_finished_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_label} {self.subject}".strip()

    @property
    def kind_label(self) -> str:
        return JobKind(self.kind).label if self.kind in [*JobKind] else self.kind

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
