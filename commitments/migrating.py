"""Before and after `migrate`: guards step aside and come back, roles and schedules exist.

Django itself announces migrations by signal; nothing else in this project uses signals.
"""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.dispatch import receiver
from django_celery_beat.models import PeriodicTask

from commitments.actions.roles import ensure_roles
from commitments.actions.schedules import ensure_schedules
from commitments.models.guards import install_guards, remove_guards

US = apps.get_app_config("commitments")
SCHEDULES = apps.get_app_config("django_celery_beat")


@receiver(pre_migrate, sender=US)
def before_migrating(*, plan: list[Any], using: str, **_: Any) -> None:
    """SQLite cannot rebuild a table that a trigger names, and forgets its triggers when it does."""
    if plan:
        remove_guards(using)


@receiver(post_migrate, sender=US)
def after_migrating(*, using: str, **migrated: Any) -> None:
    install_guards(using)
    then = migrated.get("apps", apps)  # `flush` says the same without them
    create_permissions(SCHEDULES, verbosity=0, using=using, apps=then)  # before its turn: roles hold some
    ensure_roles(using)
    if PeriodicTask._meta.db_table in connections[using].introspection.table_names():
        ensure_schedules(using)
